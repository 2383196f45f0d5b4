"""What is owed, paid, repaired and built at a property."""

"""What stands at a property: its buildings and homes, its staff, its words, and whose it is."""

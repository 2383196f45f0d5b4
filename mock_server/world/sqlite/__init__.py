"""What only SQLite understands: its SQL, how it is opened, and what keeps it from being written."""

"""What only PostgreSQL understands: its SQL, how it is opened, how replicas take turns in it."""

"""What is remembered: records, clock, ids and randomness, and nothing of calls or vendors."""

"""Who lives at a property or asks there, and what they do."""

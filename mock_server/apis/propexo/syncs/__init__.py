"""How Propexo's copy follows the property systems: what is read, when, and what is told of it."""

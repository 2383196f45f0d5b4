"""How Propexo's copy comes to show what a PMS has: writes read back, and models read by syncs."""

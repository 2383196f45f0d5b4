"""What is particular to each vendor: one package a vendor, none knowing the other."""

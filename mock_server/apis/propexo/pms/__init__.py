"""What a property system does on its own side: what it holds, how it is, what it says to writes."""

"""How calls travel over HTTP: the only code that speaks Flask."""

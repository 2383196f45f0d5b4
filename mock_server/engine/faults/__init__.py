"""What goes wrong with calls on purpose: rules, what they are for, and what they do."""

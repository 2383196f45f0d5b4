"""What happens to a call, whoever's Api it is and however it travelled."""

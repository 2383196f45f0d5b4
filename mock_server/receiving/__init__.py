"""A receiver to try webhooks with: it takes any delivery, shows it, and can fail or pass it on."""

"""What a test uses of the sandbox: a server in its own process, a world, a webhook receiver."""

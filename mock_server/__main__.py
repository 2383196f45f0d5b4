"""What `python -m mock_server` does: the same as the command."""

from mock_server.cli import main

main()

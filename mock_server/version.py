"""Under which name this is installed, and in which version."""

from importlib.metadata import version

# The package index has another project under `mock-server`, the name of the command.
DISTRIBUTION = "proptech-sandbox"
VERSION = version(DISTRIBUTION)

"""What is raised where a database cannot be written to."""


class Unwritable(OSError):
    """Something that cannot be kept, for want of room or of the right to write; says which."""

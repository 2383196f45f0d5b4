"""What is raised where a database cannot be written to."""


class Unwritable(OSError):
    """Something that cannot be kept, for want of room or of the right to write; says which."""


class Unreachable(Unwritable):
    """A database that can neither be read nor written now; it may be there again soon."""

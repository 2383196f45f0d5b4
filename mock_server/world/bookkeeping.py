"""What is kept beside the records: what each world says of itself, and what it plans."""

import sqlalchemy as sa


def worlds_table(metadata: sa.MetaData) -> sa.Table:
    """Return the table of what each world says of itself."""
    return sa.Table(
        "worlds",
        metadata,
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
    )


def counters_table(metadata: sa.MetaData) -> sa.Table:
    """Return the table of what is counted for all worlds together, and never begins again."""
    return sa.Table(
        "counters",
        metadata,
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def agenda_table(metadata: sa.MetaData) -> sa.Table:
    """Return the table of what will happen by itself, in every world."""
    return sa.Table(
        "agenda",
        metadata,
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("world", sa.String, nullable=False),
        sa.Column("due_at", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("is_routine", sa.Boolean, nullable=False),
        sa.Index("ix_agenda", "world", "due_at", "number"),
    )


def shadows_table(metadata: sa.MetaData) -> sa.Table:
    """Return the table of the rows below that a world hides, by the number of their place.

    A changed record has a row of the world's own in that place; a removed one has none.
    """
    return sa.Table(
        "shadows",
        metadata,
        sa.Column("world", sa.String, primary_key=True),
        sa.Column("resource", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sqlite_with_rowid=False,
    )


def sightings_table(metadata: sa.MetaData) -> sa.Table:
    """Return the table of when all records of an owner were last seen, but for some left out."""
    return sa.Table(
        "sightings",
        metadata,
        sa.Column("world", sa.String, primary_key=True),
        sa.Column("resource", sa.String, primary_key=True),
        sa.Column("owner", sa.String, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("has_left_out", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )

"""How the records of a large table come to lie in the order in which they are listed."""

import sqlalchemy as sa


def arrange(connection: sa.Connection, source: sa.Table, world: str) -> bool:
    """Lay the world's rows down oldest first; say whether they have a `created_at` to do it by.

    Lists show them in that order, so the records of a page then lie side by side: reading a page
    from all over a large table costs twice as much.
    """
    if "created_at" not in source.c:
        return False
    columns = [each for each in source.c if each.name != "row"]
    names = [each.name for each in columns]
    copies = [sa.Column(each.name, each.type) for each in columns]
    number = sa.Column("row", sa.Integer, primary_key=True)
    aside = sa.Table("aside", sa.MetaData(), number, *copies, prefixes=["TEMPORARY"])
    mine = source.c.world == world
    oldest_first = sa.select(*columns).where(mine).order_by(source.c.created_at, source.c.id)
    aside.create(connection)
    connection.execute(sa.insert(aside).from_select(names, oldest_first))
    connection.execute(sa.delete(source).where(mine))
    back = sa.select(*(aside.c[name] for name in names)).order_by(aside.c.row)
    connection.execute(sa.insert(source).from_select(names, back))
    aside.drop(connection)
    return True

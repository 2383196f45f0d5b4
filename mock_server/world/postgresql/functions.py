"""What the database does by itself when replicas take turns in its worlds.

A world is held by a lock of PostgreSQL's on its name: an advisory one, which ends with the
connection, however that ends. A lock on a row would be written to the disk for each call that only
reads. `turns` has what is told with the lock: a `version`, which is another one after each
transaction, and the tallies. Both may be lost with the whole database server: then all is read
anew, and the tallies are those of the world's state. `looks` says when a world has to be looked at.
"""

# In one statement each, since a journey to the database takes longer than it does there. Every
# statement of such a function sees what was committed before it: so what is read, is read once the
# world is held.
STATEMENTS = (
    "CREATE SEQUENCE versions",
    "CREATE SEQUENCE replicas",
    """
    CREATE UNLOGGED TABLE turns (
        name VARCHAR COLLATE "C" PRIMARY KEY,
        version BIGINT,
        tallies TEXT
    ) WITH (fillfactor = 50)
    """,
    'CREATE TABLE looks (name VARCHAR COLLATE "C" PRIMARY KEY, at VARCHAR COLLATE "C" NOT NULL)',
    "CREATE INDEX ix_looks ON looks (at)",
    """
    CREATE FUNCTION take_turn(
        its_name VARCHAR,
        OUT is_taken BOOLEAN, OUT its_version BIGINT, OUT its_tallies TEXT, OUT at DOUBLE PRECISION
    ) AS $$
    BEGIN
        is_taken := pg_try_advisory_lock(hashtextextended(its_name, 0));
        IF is_taken THEN
            SELECT version, tallies INTO its_version, its_tallies FROM turns WHERE name = its_name;
        END IF;
        at := extract(epoch FROM clock_timestamp());
    END
    $$ LANGUAGE plpgsql
    """,
    # The lock goes over to the statement's own transaction: others get it once that is committed.
    """
    CREATE FUNCTION leave_turn(its_name VARCHAR, its_tallies TEXT) RETURNS VOID AS $$
    BEGIN
        IF its_tallies IS NOT NULL THEN
            INSERT INTO turns (name, tallies) VALUES (its_name, its_tallies)
            ON CONFLICT (name) DO UPDATE SET tallies = its_tallies;
        END IF;
        PERFORM pg_advisory_xact_lock(hashtextextended(its_name, 0));
        PERFORM pg_advisory_unlock(hashtextextended(its_name, 0));
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE FUNCTION seal_turn(its_name VARCHAR, its_look VARCHAR) RETURNS BIGINT AS $$
    DECLARE
        its_version BIGINT := nextval('versions');
    BEGIN
        INSERT INTO turns (name, version) VALUES (its_name, its_version)
        ON CONFLICT (name) DO UPDATE SET version = its_version;
        IF its_look IS NULL THEN
            DELETE FROM looks WHERE name = its_name;
        ELSE
            INSERT INTO looks VALUES (its_name, its_look)
            ON CONFLICT (name) DO UPDATE SET at = its_look WHERE looks.at <> its_look;
        END IF;
        RETURN its_version;
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE FUNCTION forget_turn(its_name VARCHAR) RETURNS VOID AS $$
        DELETE FROM turns WHERE name = its_name;
        DELETE FROM looks WHERE name = its_name;
    $$ LANGUAGE sql
    """,
)

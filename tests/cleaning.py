"""A database back as it was migrated: what a test wrote is taken away row by row, past every guard.

Copying the template anew takes twenty times as long. Past the guards only the superuser of the tests' own cluster may
go; with a server from outside, and after a test that changed more than rows, the database is copied.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection, sql

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
ROWS_OF = "SELECT {name}::text, count(*), coalesce(sum(hashtextextended(one::text, 0)), 0) FROM {table} AS one"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
# Everything that is not a row: tables and what they are guarded by, with whether the guard is on.
SCHEMA = """
WITH ours AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
    SELECT concat(relname, relkind, relowner, relacl::text) AS line FROM ours
    UNION ALL SELECT concat(attrelid, attname, atttypid, atttypmod, attnotnull, atthasdef)
        FROM pg_attribute JOIN ours ON ours.oid = attrelid WHERE attnum > 0
    UNION ALL SELECT concat(tgrelid, tgname, tgenabled, tgtype, tgfoid) FROM pg_trigger JOIN ours ON ours.oid = tgrelid
    UNION ALL SELECT concat(conrelid, conname, convalidated) FROM pg_constraint JOIN ours ON ours.oid = conrelid
    UNION ALL SELECT concat(proname, prosrc, proacl::text) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS everything
"""
OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass
class Clean:
    """A database as it was migrated, and a connection that may take it back there."""

    connection: Connection
    schema: str
    rows: dict[str, tuple[int, Any]]
    contents: dict[str, bytes]
    sequences: dict[str, int | None]
    compare: sql.Composable

    @classmethod
    def learn(cls, **superuser: str) -> "Clean | None":
        """Remember the database as it is now, or return None where there is no superuser to ask."""
        try:
            connection = psycopg.connect(**superuser, autocommit=True)
        except psycopg.OperationalError:
            return None
        tables = [name for (name,) in connection.execute(TABLES)]
        compare = sql.SQL(" UNION ALL ").join(
            sql.SQL(ROWS_OF).format(name=sql.Literal(name), table=sql.Identifier(name)) for name in tables
        )
        clean = cls(connection, "", {}, {}, {}, compare)
        clean.schema, clean.rows, clean.sequences = clean._schema(), clean._rows(), clean._sequences()
        clean.contents = {name: clean._content(name) for name, (number, _hash) in clean.rows.items() if number}
        return clean

    def restore(self) -> bool:
        """Take away what was written. Return False when more than rows was changed: then the database is no good."""
        self.connection.execute(OTHERS)  # a job or thread that hangs must not stay
        if self._schema() != self.schema:
            return False
        with self.connection.transaction():
            self.connection.execute("SET LOCAL session_replication_role = replica")
            for name, rows in self._rows().items():
                if rows != self.rows[name]:
                    self._put_back(name)
            for name, last in self._sequences().items():
                if last != self.sequences[name]:
                    known = self.sequences[name]
                    self.connection.execute(
                        "SELECT setval(%s::regclass, %s, %s)", [name, known or 1, known is not None]
                    )
        return True

    def _put_back(self, name: str) -> None:
        table = sql.Identifier(name)
        self.connection.execute(sql.SQL("DELETE FROM {}").format(table))
        if name in self.contents:
            with self.connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(table)) as copy:
                copy.write(self.contents[name])

    def _content(self, name: str) -> bytes:
        with self.connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
            return b"".join(copy)

    def _rows(self) -> dict[str, tuple[int, Any]]:
        return {
            name: (number, content) for name, number, content in self.connection.execute(self.compare, prepare=True)
        }

    def _sequences(self) -> dict[str, int | None]:
        return dict(self.connection.execute(SEQUENCES).fetchall())

    def _schema(self) -> str:
        (found,) = self.connection.execute(SCHEMA, prepare=True).fetchone() or ("",)
        return str(found)

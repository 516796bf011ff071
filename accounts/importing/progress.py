"""How far the worker has come with a file, told while its transaction is still open."""

from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import connection

TABLE = "accounts_accountimport"


class Progress:
    """Counts rows on a connection of its own: what the transaction at hand has written is seen by nobody yet.

    The transaction may not have locked the import's own row meanwhile.
    """

    def __init__(self, import_id: UUID | str) -> None:
        self._import_id = str(import_id)
        self._connection = connection.copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def of(self, total: int) -> None:
        """Say how many rows there are, and begin."""
        self._write("rows_done = 0, rows_total = %s", total)

    def reached(self, done: int) -> None:
        """Say how many rows are done."""
        self._write("rows_done = LEAST(%s, rows_total)", done)

    def _write(self, change: str, number: int) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET {change} WHERE id = %s", [number, self._import_id])  # noqa: S608  ours

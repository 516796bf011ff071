"""Triggers by which PostgreSQL itself refuses what must not happen, whoever asks."""

import pgtrigger
from django.db import models

REFUSE_CHANGE = "refuse_change"


class Guard(pgtrigger.Trigger):
    """A trigger that runs one of our own SQL functions.

    pgtrigger's own functions can be switched off with `pgtrigger.ignore`; ours cannot.
    """

    when = pgtrigger.Before
    func = "RETURN NULL;"  # never runs: render_execute names our function instead

    def __init__(
        self, *, function: str, name: str, operation: pgtrigger.Operation, level: pgtrigger.Level = pgtrigger.Row
    ) -> None:
        self.function = function
        super().__init__(name=name, operation=operation, level=level)

    def render_execute(self, model: models.Model) -> str:
        """Return the call of our function."""
        return f"{self.function}()"


class Follow(Guard):
    """A trigger that lets one of our own SQL functions write what follows from a row, once that is written."""

    when = pgtrigger.After


def append_only() -> list[Guard]:
    """Return the guards of a table whose rows may be added and never changed.

    A row may go only where `disposal_permitted()` says so: for what stands in the frozen list of an approved,
    executing disposal (R18).
    """
    return [
        Guard(function=REFUSE_CHANGE, name="append_only_row", operation=pgtrigger.Update | pgtrigger.Delete),
        Guard(
            function=REFUSE_CHANGE,
            name="append_only_table",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
        ),
    ]


def kept() -> list[Guard]:
    """Return the guards of a table whose rows may be changed, and go only as `append_only` says."""
    return [
        Guard(function=REFUSE_CHANGE, name="row_kept", operation=pgtrigger.Delete),
        Guard(function=REFUSE_CHANGE, name="table_kept", operation=pgtrigger.Truncate, level=pgtrigger.Statement),
    ]

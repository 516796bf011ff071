"""Where the same seed's same rows come from."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Final, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from laholm_sociala.common.swedish import STOCKHOLM

Thing = TypeVar("Thing")

# The clock of everything that is made: with the real one, two days would give different rows.
NOW: Final = datetime(2026, 1, 12, 9, 0, tzinfo=STOCKHOLM)


class Source:
    """Choices and keys that depend on the seed, the kind of record and its number, and on nothing else."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._namespace = uuid5(NAMESPACE_URL, f"laholm-sociala:seed:{seed}")

    def key(self, kind: str, number: int) -> UUID:
        """Return the key of one record."""
        return uuid5(self._namespace, f"{kind}:{number}")

    def random(self, kind: str, number: int) -> Random:
        """Return the choices of one record."""
        return Random(f"{self.seed}:{kind}:{number}")  # noqa: S311  # nothing secret is made

    @staticmethod
    def turn(things: Sequence[Thing], number: int) -> Thing:
        """Return the things in turn."""
        return things[number % len(things)]

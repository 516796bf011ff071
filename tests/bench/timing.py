"""Two or more things timed in turn, so that a busy moment strikes them alike."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from django.db import transaction

Work = Callable[[], object]

MOST_ROUNDS: Final = 300


@dataclass(frozen=True)
class Patience:
    """How long to go on: so many rounds at least, and then until the seconds are up."""

    warm_up: int
    rounds: int
    seconds: float


TO_JUDGE: Final = Patience(warm_up=3, rounds=30, seconds=12)
TO_SHOW: Final = Patience(warm_up=1, rounds=7, seconds=3)


@dataclass(frozen=True)
class Ratio:
    """How many times as long one thing takes as another, round by round."""

    rounds: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median: the number that is judged."""
        return median(self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """The bounds of the middle half of the rounds."""
        low, _middle, high = quantiles(self.rounds, n=4)
        return low, high

    def over(self, other: "Ratio") -> "Ratio":
        """Return this ratio over another from the same rounds."""
        return Ratio(tuple(one / below for one, below in zip(self.rounds, other.rounds, strict=True)))


@dataclass(frozen=True)
class Times:
    """Seconds for each thing, in the order of the rounds."""

    seconds: Mapping[str, tuple[float, ...]]

    def ratio(self, thing: str, floor: str) -> Ratio:
        """Return thing over floor, each round by itself: what slows the machine for a while falls out."""
        pairs = zip(self.seconds[thing], self.seconds[floor], strict=True)
        return Ratio(tuple(one / other for one, other in pairs))


def in_turn(works: Mapping[str, Work], patience: Patience = TO_JUDGE) -> Times:
    """Do each work once a round and time it, every other round in the opposite order."""
    for work in [*works.values()] * patience.warm_up:
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    order = list(works.items())
    gc.collect()
    gc.freeze()  # what is loaded by now would be walked through again and again in the middle of somebody's turn
    started = perf_counter()
    for rounds in count(1):
        for name, work in order:
            start = perf_counter()
            work()
            seconds[name].append(perf_counter() - start)
        order.reverse()
        if rounds >= MOST_ROUNDS or (rounds >= patience.rounds and perf_counter() - started > patience.seconds):
            break
    gc.unfreeze()
    return Times({name: tuple(taken) for name, taken in seconds.items()})


def rolled_back(work: Work) -> float:
    """Do the work in a transaction that is rolled back, and return its seconds."""
    gc.collect()
    with transaction.atomic():
        start = perf_counter()
        work()
        seconds = perf_counter() - start
        transaction.set_rollback(True)
    return seconds

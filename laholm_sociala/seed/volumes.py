"""What can be made in volume."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from laholm_sociala.seed import accounts
from laholm_sociala.seed.source import Source


@dataclass(frozen=True)
class Volume:
    """One option of the command: `--accounts`. `count` tells how many the seed has made, `make` makes them."""

    option: str
    help_text: str
    words: str
    count: Callable[[Source], int]
    make: Callable[[Source, int], None]


VOLUMES: Final = (Volume("accounts", "antal konton", "konton", accounts.count, accounts.make),)

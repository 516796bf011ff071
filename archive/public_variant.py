"""What everyone may read of a handling or an ärende in the diarium, as it is being written (OSL ch. 5 § 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive.enums import Direction

LONGEST: Final = 250
SHOWN: Final = ("subject", "correspondent", "public_subject", "public_correspondent", "dated_on", "direction")


@dataclass(frozen=True)
class PublicVariant:
    """A line of the public diarium. Of an ärende there is only `subject`."""

    subject: str
    correspondent: str = ""
    dated_on: str = ""
    direction: str = ""


def same_unless_said(public: str, inside: str) -> str:
    """Return the words for everyone: those inside, unless others are written for them."""
    return public.strip() or inside.strip()


def as_typed(typed: Mapping[str, str], *, is_correction: bool) -> PublicVariant:
    """Return what everyone will read of what stands in the form, whatever is wrong with it.

    In a correction the public words stand by themselves: an empty sender shows none.
    """
    said = {name: typed.get(name, "").strip()[:LONGEST] for name in SHOWN}
    shown = Direction(said["direction"]).label if said["direction"] in Direction.values else ""
    if is_correction:
        return PublicVariant(said["public_subject"], said["public_correspondent"], said["dated_on"], shown)
    return PublicVariant(
        same_unless_said(said["public_subject"], said["subject"]),
        same_unless_said(said["public_correspondent"], said["correspondent"]),
        said["dated_on"],
        shown,
    )

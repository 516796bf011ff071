"""What is known of a handling beside its text, in the order a person reads it.

PostgreSQL keeps the facts and not their order.
"""

from collections.abc import Mapping
from typing import Final

# What stands first, and what is long and stands last; the rest in between, by name.
FIRST: Final = (
    "Konto",
    "Vad det gäller",
    "Länk",
    "Var det står",
    "Skrivet av",
    "Publicerat",
    "Rapporterat",
    "Upptäckt",
    "Utfall",
    "Skäl för att diarieföra",
)
LAST: Final = "Vad som hänt"


def in_order(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the same facts, as they are read."""
    return {term: facts[term] for term in sorted(facts, key=_place)}


def _place(term: str) -> tuple[int, str]:
    if term == LAST:
        return len(FIRST) + 1, term
    return (FIRST.index(term) if term in FIRST else len(FIRST)), term

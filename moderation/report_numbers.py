"""The number that a report from the public is followed by: short, unguessable, and easy to read aloud. Pure.

Ten of sixteen signs, forty bits. None looks or sounds like another (no O beside 0, no M beside N), and without most
vowels they spell no words.
"""

import secrets
from typing import Final

from django.utils.crypto import salted_hmac

SIGNS: Final = "AFJKLMRTXY346789"
LENGTH: Final = 10
GROUPS: Final = (3, 6)
MARKED: Final = 6


def new_receipt() -> str:
    """Return a new number: "K7M4XR9FJL"."""
    while _is_marked(receipt := _signs(LENGTH)):
        pass
    return receipt


def decoy_receipt() -> str:
    """Return a number that belongs to no report, for what a machine sent: it looks like any other."""
    start = _signs(MARKED)
    return start + _mark(start)


def is_decoy(receipt: str) -> bool:
    """Tell whether the number is one of ours that belongs to no report. Nobody else can make or tell one."""
    return len(receipt) == LENGTH and _is_marked(receipt)


def read_receipt(typed: str) -> str:
    """Return the number as it is kept, however it was typed: "k7m 4xr 9fjl"."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[: 2 * LENGTH]


def in_groups(receipt: str) -> str:
    """Return the number as it is read aloud: "K7M 4XR 9FJL"."""
    first, second = GROUPS
    return f"{receipt[:first]} {receipt[first:second]} {receipt[second:]}"


def _signs(number: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(number))


def _is_marked(receipt: str) -> bool:
    return receipt[MARKED:] == _mark(receipt[:MARKED])


def _mark(start: str) -> str:
    digest = salted_hmac("moderation.report_numbers", start, algorithm="sha256").digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[: LENGTH - MARKED])

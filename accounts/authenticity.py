"""Är kontot äkta? Only the very address of an account in our list is ours: a name proves nothing (R05)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from accounts.addresses import HANDLE_AT_HOST, SCHEME
from accounts.enums import AccountStatus
from accounts.filters.public import LOOKS_LIKE_AN_ADDRESS, keys_of_address
from accounts.filters.words import all_words
from accounts.models import Account

MOST_NAMED: Final = 20
MOST_ALIKE: Final = 3
ALIKE: Final = 0.3
BETWEEN_NAMES: Final = re.compile(r"[^\w]|_")


@dataclass(frozen=True)
class Verdict:
    """What we can say of what was asked: it is ours, it is not in our list, or these are ours of that name."""

    asked: str
    by_address: bool
    ours: Account | None = None
    ended: Account | None = None
    named: Sequence[Account] = field(default=())
    alike: Sequence[Account] = field(default=())

    @property
    def opening(self) -> str:
        """How the answer begins where it is not ours."""
        return "Vi har inget konto med adressen" if self.by_address else "Vi har inget konto som heter"

    @property
    def query(self) -> str:
        """What the report of it begins with."""
        return "?" + urlencode({"adress": self.asked})


def judge(asked: str) -> Verdict:
    """Return what we know of an address, a handle or a name as somebody pasted or wrote it."""
    if not _is_address(asked):
        return Verdict(asked, by_address=False, named=_public().filter(all_words(asked))[:MOST_NAMED])
    keys = keys_of_address(asked)
    there = Account.objects.on_public_page().select_related("platform", "unit").filter(canonical_key__in=keys).first()
    if there is None:
        return Verdict(asked, by_address=True, alike=_alike(asked))
    if there.status == AccountStatus.CLOSED:
        return Verdict(asked, by_address=True, ended=there)
    return Verdict(asked, by_address=True, ours=there)


def _public() -> QuerySet[Account]:
    return Account.objects.public().select_related("platform", "unit")


def _is_address(asked: str) -> bool:
    return bool(LOOKS_LIKE_AN_ADDRESS.match(asked) or HANDLE_AT_HOST.fullmatch(asked))


def _alike(asked: str) -> Sequence[Account]:
    """Return ours with nearly that name: whoever is deceived by a copy looks for the one it was copied from."""
    path = SCHEME.sub("", asked).partition("/")[2].partition("?")[0]
    name = BETWEEN_NAMES.sub("", path)
    near = _public().annotate(likeness=TrigramSimilarity("handle", name)).filter(likeness__gte=ALIKE)
    return near.order_by("-likeness", "id")[:MOST_ALIKE]

"""How a board diarieför: in a series of the portal's, or in its existing diarium (R16; OSL ch. 5 §§ 1, 5)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Board, User
from accounts.services.administration import ADMINISTER, put
from archive.enums import DiaryKind, NumberForm
from archive.models import REGISTER, Matter, Series
from laholm_sociala.common.errors import RefusedError

PREFIX: Final = re.compile(r"^[A-ZÅÄÖ]{2,6}-SM$")


@dataclass(frozen=True)
class Settings:
    """What is chosen for a board. `prefix` may be empty where it diarieför in its existing diarium."""

    kind: DiaryKind
    prefix: str = ""
    number_form: NumberForm = NumberForm.SIX_DIGITS
    usual_provisions: tuple[str, ...] = ()

    def values(self) -> dict[str, object]:
        """Return the series' fields."""
        return {
            "kind": self.kind,
            "prefix": self.prefix or None,
            "number_form": self.number_form,
            "usual_provisions": list(dict.fromkeys(self.usual_provisions)),
        }


@transaction.atomic
def set_up_series(board_id: UUID, settings: Settings, *, by: User, now: datetime) -> Series:
    """Say how the board diarieför from now on. What is numbered already keeps its number, whatever is chosen.

    Another prefix on a series that has numbered ends it, and begins a new one. Raises PermissionDenied for others than
    administrators and the board's registrators; RefusedError for a prefix that is not the portal's, is missing, or is
    or was another series'.
    """
    board = Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board_id)
    if not may_set_up(by, board):
        raise PermissionDenied
    # Behind the lock that every new number takes: none is given between the look at the series and its change.
    series = Series.objects.select_for_update(of=("self",), no_key=True).in_use().filter(board=board).first()
    settings = _with_its_prefix(settings, series)
    _refuse(settings, series)
    if series is None:
        return _begin(board, settings, by=by, now=now)
    if settings.prefix != (series.prefix or "") and has_numbered(series):
        _end(series, by=by, now=now)
        return _begin(board, settings, by=by, now=now)
    if put(series, settings.values()):
        series.record(by=by, now=now, reason="Serien ändrades")
    return series


def may_set_up(user: User, board: Board) -> bool:
    """Tell whether the person decides how the board diarieför: an administrator, or its registrator."""
    return user.may(ADMINISTER) or user.may(REGISTER, board)


def has_numbered(series: Series) -> bool:
    """Tell whether any ärende has its number from the series."""
    return Matter.objects.filter(series=series).exists()


def _with_its_prefix(settings: Settings, series: Series | None) -> Settings:
    """A board that goes over to its existing diarium keeps the prefix it had, for the day it comes back."""
    if settings.kind == DiaryKind.PORTAL or settings.prefix or series is None:
        return settings
    return Settings(settings.kind, series.prefix or "", settings.number_form, settings.usual_provisions)


def _refuse(settings: Settings, series: Series | None) -> None:
    if not settings.prefix and settings.kind == DiaryKind.EXISTING:
        return
    if not PREFIX.match(settings.prefix):
        raise RefusedError("Skriv två till sex versaler och -SM, till exempel KUN-SM.", field="prefix")
    others = Series.objects.filter(prefix=settings.prefix)
    if series is not None:
        others = others.exclude(pk=series.pk)
    if others.exists():
        raise RefusedError("Beteckningen används, eller har använts, av en annan serie.", field="prefix")


def _begin(board: Board, settings: Settings, *, by: User, now: datetime) -> Series:
    series = Series(board=board, **settings.values())
    series.record(by=by, now=now, reason="Serien började")
    return series


def _end(series: Series, *, by: User, now: datetime) -> None:
    series.ended_at = now
    series.record(by=by, now=now, reason="Serien avslutades, en ny börjar")

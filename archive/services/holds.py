"""Gallringsstopp are placed on objects or by description, reviewed and released (R07, R18)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Account, Board, User
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, Hold, HoldItem, HoldQuery
from archive.retention import record_type, types_of
from laholm_sociala.common.errors import RefusedError


@dataclass(frozen=True)
class Description:
    """What a gallringsstopp covers, now and later: a handlingstyp (empty: all), on an account (None: all)."""

    record_type: str = ""
    account: Account | None = None


@dataclass(frozen=True)
class Stop:
    """A gallringsstopp to place. `objects` are (the model's label, key); all of them belong to the board."""

    name: str
    ground: str
    review_on: date
    objects: Iterable[tuple[str, UUID]] = field(default_factory=tuple)
    descriptions: Iterable[Description] = field(default_factory=tuple)


@transaction.atomic
def place_hold(board: Board, stop: Stop, *, by: User, now: datetime) -> Hold:
    """Place a gallringsstopp on any number of objects, or by description, or both.

    Raises PermissionDenied for those who neither prepare nor decide the board's gallring; RefusedError where name or
    ground is missing, the review is not ahead, it covers nothing, or an object is not the board's.
    """
    _require(by, board)
    objects, descriptions = list(dict.fromkeys(stop.objects)), list(dict.fromkeys(stop.descriptions))
    if not stop.name.strip():
        raise RefusedError("Ge gallringsstoppet ett namn.", field="name")
    if not stop.ground.strip():
        raise RefusedError("Skriv varför inget får gallras.", field="ground")
    _refuse_past_review(stop.review_on, timezone.localdate(now))
    if not objects and not descriptions:
        raise RefusedError("Välj vad gallringsstoppet gäller.", field="record_type")
    _refuse_others_objects(board, objects)
    _refuse_others_descriptions(board, descriptions)
    hold = Hold(
        board=board,
        name=stop.name.strip(),
        ground=stop.ground.strip(),
        review_on=stop.review_on,
        placed_by=by,
        placed_at=now,
    )
    hold.record(by=by, now=now, reason=f"Infördes: {stop.ground.strip()}")
    HoldItem.objects.bulk_create(HoldItem(hold=hold, kind=kind, object_id=key) for kind, key in objects)
    HoldQuery.objects.bulk_create(
        HoldQuery(hold=hold, record_type=one.record_type, account=one.account) for one in descriptions
    )
    return hold


@transaction.atomic
def review_hold(hold_id: UUID, *, review_on: date, reason: str, by: User, now: datetime) -> Hold:
    """Let a gallringsstopp hold on, until its next review. Raises as `release_hold`, and where the day is not ahead."""
    hold = _lock_active(hold_id, by)
    _refuse_past_review(review_on, timezone.localdate(now))
    if not reason.strip():
        raise RefusedError("Skriv varför det behövs längre.", field="reason")
    hold.review_on = review_on
    hold.record(by=by, now=now, reason=f"Omprövades: {reason.strip()}")
    return hold


@transaction.atomic
def release_hold(hold_id: UUID, *, reason: str, by: User, now: datetime) -> Hold:
    """Release a gallringsstopp: what nothing else holds can be due again.

    Raises PermissionDenied for those who neither prepare nor decide the board's gallring; RefusedError when it is
    released already, or no reason is given.
    """
    hold = _lock_active(hold_id, by)
    if not reason.strip():
        raise RefusedError("Skriv varför gallringsstoppet hävs.", field="reason")
    hold.released_by, hold.released_at, hold.released_why = by, now, reason.strip()
    hold.record(by=by, now=now, reason=f"Hävdes: {reason.strip()}")
    return hold


def _lock_active(hold_id: UUID, by: User) -> Hold:
    hold: Hold = Hold.objects.select_for_update(of=("self",)).select_related("board").get(pk=hold_id)
    _require(by, hold.board)
    if not hold.is_active:
        raise RefusedError("Gallringsstoppet är redan hävt.")
    return hold


def _require(by: User, board: Board) -> None:
    if not (by.may(PREPARE_DISPOSAL, board) or by.may(DECIDE_DISPOSAL, board)):
        raise PermissionDenied


def _refuse_past_review(review_on: date, today: date) -> None:
    if review_on <= today:
        raise RefusedError("Välj en dag framåt i tiden då stoppet omprövas.", field="review_on")


def _refuse_others_objects(board: Board, objects: list[tuple[str, UUID]]) -> None:
    """Refuse what is not the board's own, in one query a kind."""
    for kind in {kind for kind, _key in objects}:
        keys = {key for one, key in objects if one == kind}
        types = types_of(kind)
        own = {
            found
            for one in types
            for found in one.objects()
            .alias(_board=one.board())
            .filter(_board=board.pk, pk__in=keys)
            .values_list("pk", flat=True)
        }
        if keys - own:
            raise RefusedError("Något av det du valt finns inte hos nämnden.")


def _refuse_others_descriptions(board: Board, descriptions: list[Description]) -> None:
    for one in descriptions:
        if one.record_type and record_type(one.record_type) is None:
            raise RefusedError("Välj en handlingstyp.", field="record_type")
        if one.account and one.account.board_id != board.pk:
            raise RefusedError("Välj ett av nämndens egna konton.", field="account")

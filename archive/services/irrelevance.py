"""A person asserts that something is no longer relevant (inaktuellt), one by one or many by description (R18)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account, Board, User
from archive.models import PREPARE_DISPOSAL, Assertion
from archive.retention import RecordType
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import copy_with_history


def not_asserted(
    one: RecordType, board: Board, *, account: Account | None = None, created_before: date | None = None
) -> QuerySet:
    """Return the type's objects at the board that nobody has asserted: on an account, older than a day, or all."""
    objects = one.objects().alias(_board=one.board(), _created=one.created()).filter(_board=board.pk)
    if account is not None:
        objects = objects.filter(**{one.account: account}) if one.account else objects.none()
    if created_before is not None:
        objects = objects.filter(_created__lt=created_before)
    asserted = Assertion.objects.filter(kind=one.kind, object_id=OuterRef("pk"), withdrawn_at__isnull=True)
    return objects.filter(~Exists(asserted))


@transaction.atomic
def assert_irrelevant(
    one: RecordType, board: Board, keys: Iterable[UUID], *, reason: str, by: User, now: datetime
) -> int:
    """Assert that objects of the type are no longer relevant; return how many that were not asserted before.

    Raises PermissionDenied for those who do not prepare the board's gallring; RefusedError without a reason, or where
    an object is not the board's.
    """
    chosen = set(keys)
    _begin(board, reason, by)
    own = set(not_asserted(one, board).filter(pk__in=chosen).values_list("pk", flat=True))
    known = set(
        Assertion.objects.filter(kind=one.kind, object_id__in=chosen, board=board).values_list("object_id", flat=True)
    )
    if chosen - own - known:
        raise RefusedError("Något av det du valt finns inte hos nämnden.")
    return _write(one, board, own, reason, by, now)


@transaction.atomic
def assert_all_irrelevant(
    one: RecordType,
    board: Board,
    *,
    account: Account | None = None,
    created_before: date | None = None,
    reason: str,
    by: User,
    now: datetime,
) -> int:
    """Assert everything of the type that the description covers now; return how many. Raises as `assert_irrelevant`."""
    _begin(board, reason, by)
    found = not_asserted(one, board, account=account, created_before=created_before).values_list("pk", flat=True)
    return _write(one, board, found, reason, by, now)


@transaction.atomic
def withdraw_assertion(assertion_id: UUID, *, reason: str, by: User, now: datetime) -> Assertion:
    """Take an assertion back. Raises PermissionDenied as above; RefusedError when it is taken back already."""
    found: Assertion = Assertion.objects.select_for_update(of=("self",)).select_related("board").get(pk=assertion_id)
    if not by.may(PREPARE_DISPOSAL, found.board):
        raise PermissionDenied
    if found.withdrawn_at is not None:
        raise RefusedError("Intyget är redan återtaget.")
    if not reason.strip():
        raise RefusedError("Skriv varför intyget tas tillbaka.", field="reason")
    found.withdrawn_at = now
    found.record(by=by, now=now, reason=f"Återtaget: {reason.strip()}")
    return found


def _begin(board: Board, reason: str, by: User) -> None:
    if not by.may(PREPARE_DISPOSAL, board):
        raise PermissionDenied
    if not reason.strip():
        raise RefusedError("Skriv varför det är inaktuellt.", field="reason")
    # The board's row is the lock: what two assert at once is asserted once.
    Board.objects.select_for_update().get(pk=board.pk)


def _write(one: RecordType, board: Board, keys: Iterable[UUID], reason: str, by: User, now: datetime) -> int:
    assertions = (
        Assertion(board=board, kind=one.kind, object_id=key, reason=reason.strip(), asserted_by=by, asserted_at=now)
        for key in keys
    )
    return copy_with_history(assertions, by=by, now=now, reason=f"Intygat inaktuellt: {reason.strip()}")

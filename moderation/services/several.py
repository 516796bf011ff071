"""The same thing done with several posts at once, as in a flood of spam: with all of them or with none (R12)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, RecordChoice
from moderation.models import Case
from moderation.services import acting, noting
from moderation.services.doors import lock_case
from moderation.services.settling import Settlement, settle

MOST_AT_ONCE: Final = 100


class Picked(NamedTuple):
    """A post as the person saw it when it was ticked."""

    case_id: UUID
    version: int


@dataclass(frozen=True)
class Same:
    """What is done with each, and the one reason for it. `record_choice`: how they are kept, where they are settled."""

    kind: ActionKind
    reason: str
    record_choice: str = ""


@transaction.atomic
def act_on_several(picked: Sequence[Picked], same: Same, *, by: User, now: datetime) -> int:
    """Do one thing with every post, a line each in what happened; return how many.

    All or nothing: RefusedError names the post that was in the way and says why (where somebody did something since,
    who and what), and then nothing is done with any. What may be secret is never one of several. Raises
    PermissionDenied for those who may not act on one of them.
    """
    # In the order of their keys: two who do this at once with the same posts wait in line, and never in a ring.
    each = sorted(set(picked))
    _refuse(each, same)
    for one in each:
        try:
            _ACTS[same.kind](one, same, by, now)
        except RefusedError as error:
            message = f"{Case.objects.presented().get(pk=one.case_id)}: {error} Inget är gjort med något av inläggen."
            raise RefusedError(message) from error
    return len(each)


def _refuse(each: Sequence[Picked], same: Same) -> None:
    if not each:
        raise RefusedError("Välj minst ett inlägg.")
    if len(each) > MOST_AT_ONCE:
        raise RefusedError(f"Välj högst {MOST_AT_ONCE} inlägg åt gången.")
    if not same.reason.strip():
        raise RefusedError("Skriv skälet. Det står sedan på vart och ett av inläggen.", field="reason")
    if same.kind == ActionKind.SETTLED and same.record_choice not in RecordChoice:
        raise RefusedError("Välj hur inläggen ska hållas.", field="record_choice")
    if Case.objects.filter(pk__in=[one.case_id for one in each], is_restricted=True).exists():
        raise RefusedError("Det som kan vara sekretess öppnas och åtgärdas ett i taget.")


Act = Callable[[Picked, Same, User, datetime], object]


def _remove(one: Picked, same: Same, by: User, now: datetime) -> None:
    acting.remove(one.case_id, version=one.version, reason=same.reason, by=by, now=now)


def _hide(one: Picked, same: Same, by: User, now: datetime) -> None:
    acting.hide(one.case_id, version=one.version, reason=same.reason, by=by, now=now)


def _leave(one: Picked, same: Same, by: User, now: datetime) -> None:
    acting.leave(one.case_id, version=one.version, reason=same.reason, by=by, now=now)


def _report(one: Picked, same: Same, by: User, now: datetime) -> None:
    lock_case(one.case_id, version=one.version, by=by, now=now)  # a report alone asks for no version
    noting.report_to_platform(one.case_id, text=same.reason, by=by, now=now)


def _settle(one: Picked, same: Same, by: User, now: datetime) -> None:
    settlement = Settlement(RecordChoice(same.record_choice), same.reason)
    settle(one.case_id, settlement, version=one.version, by=by, now=now)


_ACTS: Final[Mapping[ActionKind, Act]] = {
    ActionKind.REMOVED: _remove,
    ActionKind.HIDDEN: _hide,
    ActionKind.LEFT: _leave,
    ActionKind.REPORTED_TO_PLATFORM: _report,
    ActionKind.SETTLED: _settle,
}

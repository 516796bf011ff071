"""The act form as one press: what was done on the platform, and how the post is kept, both or neither."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from moderation.enums import ActionKind, CaseStatus
from moderation.models import Case
from moderation.services import acting, answering, passing
from moderation.services.passing import Receiver
from moderation.services.settling import Settlement, settle


@dataclass(frozen=True)
class Deed:
    """What was done, with the words that go with that kind of deed."""

    kind: ActionKind
    to_author: str = ""
    answer: str = ""
    receiver: Receiver = field(default_factory=Receiver)
    why: str = ""


@transaction.atomic
def act_and_settle(
    case_id: UUID, deed: Deed, settlement: Settlement | None, *, version: int | None, by: User, now: datetime
) -> Case:
    """Do the deed; where it decides the post and a settlement is given, close the post with it.

    Raises as the services of the deed and `settle` do; then nothing is done.
    """
    case = _DO[deed.kind](case_id, deed, version, by, now)
    if settlement is None or case.status != CaseStatus.DECIDED:
        return case
    return settle(case_id, settlement, version=case.version, by=by, now=now)


Do = Callable[[UUID, Deed, int | None, User, datetime], Case]


def _remove(pk: UUID, deed: Deed, version: int | None, by: User, now: datetime) -> Case:
    return acting.remove(pk, version=version, to_author=deed.to_author, by=by, now=now)


def _hide(pk: UUID, deed: Deed, version: int | None, by: User, now: datetime) -> Case:
    return acting.hide(pk, version=version, by=by, now=now)


def _gone(pk: UUID, deed: Deed, version: int | None, by: User, now: datetime) -> Case:
    return acting.gone(pk, version=version, by=by, now=now)


def _leave(pk: UUID, deed: Deed, version: int | None, by: User, now: datetime) -> Case:
    return acting.leave(pk, version=version, by=by, now=now)


def _reply(pk: UUID, deed: Deed, version: int | None, by: User, now: datetime) -> Case:
    return answering.reply(pk, version=version, answer=deed.answer, by=by, now=now)


def _pass_on(pk: UUID, deed: Deed, version: int | None, by: User, now: datetime) -> Case:
    return passing.pass_on(pk, receiver=deed.receiver, why=deed.why, version=version, by=by, now=now)


_DO: Final[Mapping[ActionKind, Do]] = {
    ActionKind.REMOVED: _remove,
    ActionKind.HIDDEN: _hide,
    ActionKind.GONE: _gone,
    ActionKind.LEFT: _leave,
    ActionKind.REPLIED: _reply,
    ActionKind.PASSED_ON: _pass_on,
}

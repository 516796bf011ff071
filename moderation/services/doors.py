"""The door that every change of a post goes through: locked, permitted, and at the version that was read."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account, Assignment, User
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import moment_in_words
from moderation.enums import ActionKind
from moderation.models import OVERSEE, Action, Case


class MovedOnError(RefusedError):
    """Somebody else was first. The message says who did what, and when."""


def may_act(case: Case, user: User, now: datetime) -> bool:
    """Tell whether the person may act on a post that they see: the board's editors, managers, kommunikationsenheten.

    Those who only read what may be secret, as the registrator does, may not.
    """
    today = timezone.localdate(now)
    if not Case.objects.visible_to(user, today).filter(pk=case.pk).exists():
        return False
    if user.may(OVERSEE):
        return True
    edits = Assignment.objects.filter(user=user, account__board=case.board_id).on(today).exists()
    return edits or Account.objects.filter(pk=case.account_id).visible_to(user, today).exists()


def lock_case(case_id: UUID, *, version: int | None, by: User, now: datetime) -> Case:
    """Return the post, locked, to one who may act on it.

    `version` is that of the page the person acted on; None where what others did meanwhile does not matter, as for a
    note. Raises PermissionDenied for others, MovedOnError when somebody did something since.
    """
    case = locked(Case.objects.filter(pk=case_id))
    if case is None:
        raise Case.DoesNotExist
    if not may_act(case, by, now):
        raise PermissionDenied
    if version is not None and version != case.version:
        raise MovedOnError(what_happened(case, now))
    return case


def locked(cases: QuerySet[Case]) -> Case | None:
    """Lock the first of the cases and return it as it stands then, with what a page about it shows.

    Locked first and read afterwards: what is joined to a row that had to be waited for was read before the wait.
    """
    pk = cases.select_for_update(of=("self",)).values_list("pk", flat=True).first()
    return Case.objects.presented().get(pk=pk) if pk else None


def lock_and_look(case_id: UUID, *, version: int | None, by: User, now: datetime) -> Case:
    """As `lock_case`, and note on the post that somebody has looked at it. The caller writes it down."""
    case = lock_case(case_id, version=version, by=by, now=now)
    case.looked_at = case.looked_at or now
    return case


def write_down(case: Case, kind: ActionKind, *, by: User, now: datetime, text: str = "", reference: str = "") -> Action:
    """Save a locked post and the line that says what was done with it; its version is raised by one.

    The history's reason is the kind alone: what was written stands in the line, which is disposed of by itself.
    """
    case.version += 1
    case.record(by=by, now=now, reason=reason_of(kind))
    return Action.objects.create(
        case=case, kind=kind, by=by, at=now, text=text.strip(), reference=reference.strip(), case_version=case.version
    )


def first_line(case: Case, kind: ActionKind, *, by: User, now: datetime) -> Action:
    """Return the line that says how a new post came in, to be written with it."""
    return Action(case=case, kind=kind, by=by, at=now, case_version=case.version)


def reason_of(kind: ActionKind) -> str:
    """Return what the post's history says of why it changed."""
    return ActionKind(kind).label.capitalize()


def what_happened(case: Case, now: datetime) -> str:
    """Return who last did what with the post, for one who acts on an older page."""
    last = case.actions.select_related("by__unit").first()
    if last is None:
        return "Någon annan hann före. Läs vad som hänt och försök igen."
    when = moment_in_words(last.at, now)
    return f"{last.by.short_name} {last.get_kind_display()} {when}. Läs vad som hänt, och gör det som är kvar."

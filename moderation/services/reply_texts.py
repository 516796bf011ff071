"""Ready answers: one's own, and those of one's verksamhet (R08)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from laholm_sociala.common.errors import RefusedError
from moderation.models import ReplyText


@transaction.atomic
def add(*, name: str, text: str, for_unit: bool, by: User, now: datetime) -> ReplyText:
    """Write a ready answer, for oneself or for one's verksamhet.

    Raises RefusedError where one has that name already, or when there is no verksamhet to share it with.
    """
    if for_unit and by.unit is None:
        raise RefusedError("Du hör inte till någon verksamhet. Spara den för dig själv.", field="for_unit")
    ready = ReplyText(owner=None if for_unit else by, unit=by.unit if for_unit else None)
    return _write(ready, name=name, text=text, by=by, now=now, reason="Ny svarstext")


@transaction.atomic
def change(text_id: UUID, *, name: str, text: str, by: User, now: datetime) -> ReplyText:
    """Change a ready answer. Raises PermissionDenied for those who do not use it, RefusedError as `add`."""
    return _write(_lock(text_id, by=by), name=name, text=text, by=by, now=now, reason="Svarstexten ändrades")


@transaction.atomic
def forget(text_id: UUID, *, by: User, now: datetime) -> None:
    """Remove a ready answer; what was answered with it stands. Raises PermissionDenied as `change`."""
    _lock(text_id, by=by).erase(by=by, now=now, reason="Svarstexten togs bort")


def _lock(text_id: UUID, *, by: User) -> ReplyText:
    ready: ReplyText = ReplyText.objects.select_for_update().get(pk=text_id)
    if not ReplyText.objects.usable_by(by).filter(pk=text_id).exists():
        raise PermissionDenied
    return ready


def _write(ready: ReplyText, *, name: str, text: str, by: User, now: datetime, reason: str) -> ReplyText:
    ready.name, ready.text = name.strip(), text.strip()
    if not ready.name:
        raise RefusedError("Skriv vad texten ska heta.", field="name")
    if not ready.text:
        raise RefusedError("Skriv texten.", field="text")
    same = ReplyText.objects.filter(owner=ready.owner, unit=ready.unit, name__iexact=ready.name).exclude(pk=ready.pk)
    if same.exists():
        raise RefusedError("Det finns redan en text som heter så.", field="name")
    ready.record(by=by, now=now, reason=reason)
    return ready

"""What of the posts can be given out when somebody asks for public documents (TF ch. 2; R07)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from archive.releasable import Original, Piece, Selection, Source, register_source
from moderation.enums import ViewedPart
from moderation.models import Action, Case, Evidence
from moderation.services.access import note_view
from moderation.services.handing_over import details_of


def register_posts() -> None:
    """Add posts to what is gathered for a request."""
    register_source(Source("case", _pieces, _original, _note))


def _pieces(selection: Selection, by: User, now: datetime, most: int) -> Iterator[Piece]:
    """Posts with their text, what was done and the copies' originals; only those that the person may read."""
    found = list(_selected(selection, by, now)[:most])
    keys = [case.pk for case in found]
    actions: dict[object, list[Action]] = {}
    for action in Action.objects.filter(case__in=keys).select_related("by__unit").order_by("case_version"):
        actions.setdefault(action.case_id, []).append(action)
    copies: dict[object, list[Original]] = {}
    for copy in Evidence.objects.filter(case__in=keys):
        original = Original(f"case:{copy.pk}", copy.file_name, copy.content_type, copy.sha256)
        copies.setdefault(copy.case_id, []).append(original)
    for case in found:
        yield Piece(
            key=str(case.pk),
            kind="Inlägg",
            heading=str(case),
            on=timezone.localdate(case.discovered_at),
            is_restricted=case.is_restricted,
            text=case.content.text,
            details=details_of(case, actions.get(case.pk, [])),
            files=copies.get(case.pk, []),
        )


def _selected(selection: Selection, by: User, now: datetime) -> QuerySet[Case]:
    visible = Case.objects.visible_to(by, timezone.localdate(now)) | Case.objects.filter(
        board__in=by.boards_with("archive.register"), is_restricted=False
    )
    cases = visible.filter(board=selection.board).presented().order_by("discovered_at", "id")
    if selection.account is not None:
        return cases.filter(account=selection.account)
    if selection.matter is not None:
        return cases.none()  # what of them is in the ärende is there as a handling
    return cases.filter(discovered_at__date__range=(selection.first, selection.last))


def _original(key: str) -> bytes:
    copy = Evidence.objects.filter(pk=key).first()
    if copy is None:
        raise LookupError(key)
    return bytes(copy.original)


def _note(key: str, by: User, now: datetime) -> None:
    note_view(Case.objects.get(pk=key), ViewedPart.CONTENT, by=by, now=now)

"""What the queue shows on a handling's page: the post that it came from, to those who may see that (R16)."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from archive.models import Document
from laholm_sociala.common import panels
from laholm_sociala.common.panels import Panel
from moderation.models import Case

SOURCE: Final = "case:"


def add_panels() -> None:
    """Add the app's sections."""
    panels.add_panels(Panel("archive.document", "moderation/parts/document_post.html", post_of))


def post_of(document: Document, user: User, now: datetime) -> dict[str, Any] | None:
    """Return the post, None where the handling came another way or the person may not see it."""
    if not document.source_ref.startswith(SOURCE):
        return None
    key = UUID(document.source_ref.removeprefix(SOURCE).split("/", maxsplit=1)[0])
    visible = Case.objects.visible_to(user, timezone.localdate(now))
    case = visible.filter(pk=key).select_related("account__platform").first()
    return {"case": case} if case else None

"""The post that a page is about, or 404 for those who may not see it."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from moderation.models import Case


def visible_case(request: HttpRequest, pk: UUID) -> Case:
    """Return the post if the person may see it; else it is not there."""
    return get_object_or_404(Case.objects.visible_to(request.user, timezone.localdate()).presented(), pk=pk)

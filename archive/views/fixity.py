"""Whether the snapshots' files are as they were written (R19, R23)."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from archive.integrity_page import may_see
from archive.models import FixityCheck
from laholm_sociala.common.paging import LongList

PER_PAGE: Final = 50


@require_GET
def fixity(request: HttpRequest) -> HttpResponse:
    """What is wrong by the newest check of each file, and when files were last read."""
    if not may_see(request.user):
        raise PermissionDenied
    page = LongList(FixityCheck.objects.faults().presented(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "last": FixityCheck.objects.aggregate(last=Max("checked_at"))["last"]}
    return render(request, "archive/fixity.html", context)

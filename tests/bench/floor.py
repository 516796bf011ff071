"""The floor: a page in the portal's frame and with its filter form, around one plain query and one plain loop.

The query is what anyone would write: fifty whole records of one table, unfiltered and in no order. Both floors stand
behind the same middleware, decorators and context processors as the pages.
"""

from typing import Final
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from accounts.filters.public import PublicFilter
from accounts.filters.register import AccountFilter
from accounts.models import Account, Platform
from archive.filters.diary import DocumentFilter
from archive.models import Document
from archive.views.diary import for_registrars
from laholm_sociala.common.models import Mail
from laholm_sociala.common.views import requires
from moderation.filters.queue import CaseFilter
from moderation.models import Case

PUBLIC: Final = "/golv/konton/"
REGISTER: Final = "/golv/register/"
QUEUE: Final = "/golv/granska/"
DIARY: Final = "/golv/diarium/"
ONE_ROW: Final = "/golv/en-rad/"
REPORT: Final = "/golv/rapport/"
ROWS: Final = 50


@login_not_required
@require_GET
@cache_control(public=True, max_age=60)
def public_floor(request: HttpRequest) -> HttpResponse:
    """As many rows and visible columns as the public list."""
    context = {"filter": PublicFilter(request.GET), "accounts": Account.objects.order_by()[:ROWS]}
    return render(request, "bench/public_floor.html", context)


@require_GET
@requires("accounts.view_register")
def register_floor(request: HttpRequest) -> HttpResponse:
    """As many rows and visible columns as the register; in `rader`, where a search finds fewer than a page."""
    rows = int(request.GET.get("rader", ROWS))
    context = {"filter": AccountFilter(request.GET), "accounts": Account.objects.order_by()[:rows]}
    return render(request, "bench/register_floor.html", context)


@require_GET
def queue_floor(request: HttpRequest) -> HttpResponse:
    """As many rows, words, boxes and buttons as the queue, with the same filter form."""
    now = timezone.now()
    cases = Case.objects.visible_to(request.user, timezone.localdate(now)).open()
    filtered = CaseFilter(request.GET, cases, user=request.user, own=[], now=now)
    rows = int(request.GET.get("rader", ROWS))
    context = {"filter": filtered, "cases": Case.objects.order_by()[:rows]}
    return render(request, "bench/queue_floor.html", context)


@require_GET
@for_registrars
def diary_floor(request: HttpRequest) -> HttpResponse:
    """As many rows and visible columns as the diarium, with the same filter form."""
    rows = int(request.GET.get("rader", ROWS))
    filtered = DocumentFilter(request.GET, Document.objects.all(), user=request.user)
    return render(
        request, "bench/diary_floor.html", {"filter": filtered, "documents": Document.objects.order_by()[:rows]}
    )


@login_not_required
@require_POST
def report_floor(request: HttpRequest) -> HttpResponse:
    """Take what was sent as one plain row: no form, no limits, no case, no history."""
    row = {"subject": request.POST["wrong"], "text": request.POST["text"], "html": request.POST["link"]}
    made = Mail.objects.create(to=[], message_id=uuid4(), created_at=timezone.now(), **row)
    return redirect("moderation:report-receipt", receipt=made.pk)


@login_not_required
@require_GET
def one_row(request: HttpRequest) -> HttpResponse:
    """One row of one small table, and nothing to draw."""
    return HttpResponse(Platform.objects.get(code="facebook").name)


urlpatterns = [
    path(PUBLIC.lstrip("/"), public_floor),
    path(REGISTER.lstrip("/"), register_floor),
    path(QUEUE.lstrip("/"), queue_floor),
    path(DIARY.lstrip("/"), diary_floor),
    path(ONE_ROW.lstrip("/"), one_row),
    path(REPORT.lstrip("/"), report_floor),
    path("", include("laholm_sociala.urls")),
]

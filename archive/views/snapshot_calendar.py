"""Which accounts are to be kept as ögonblicksbild this month, and which are done (R19)."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Account
from archive.integrity_page import may_see
from archive.services.capturing import can_be_captured
from archive.snapshot_calendar import done, due_of, to_take
from laholm_sociala.common.paging import LongList

PER_PAGE: Final = 50


@require_GET
def snapshot_list(request: HttpRequest) -> HttpResponse:
    """What is overdue and due this month, or with ?visa=klara what is done."""
    now, shows_done = timezone.now(), request.GET.get("visa") == "klara"
    today = timezone.localdate(now)
    seen = Account.objects.visible_to(request.user, today)
    accounts = (done if shows_done else to_take)(seen, now=now)
    page = LongList(accounts, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(due_of(account, today), can_be_captured(account)) for account in page],
        "shows_done": shows_done,
        "may_see_files": may_see(request.user),
    }
    return render(request, "archive/snapshot_list.html", context)

"""Which accounts are to be kept as ögonblicksbild this month, and which are done (R19)."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from archive.services.capturing import can_be_captured
from archive.snapshot_calendar import done, to_take, year_after
from laholm_sociala.common.paging import LongList

PER_PAGE: Final = 50


@require_GET
def snapshot_list(request: HttpRequest) -> HttpResponse:
    """What is overdue and due this month, or with ?visa=klara what is done."""
    now, shows_done = timezone.now(), request.GET.get("visa") == "klara"
    accounts = (done if shows_done else to_take)(request.user, now=now)
    page = LongList(accounts, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate(now)
    rows = [
        (account, due := year_after(account.counts_from), due < today, can_be_captured(account)) for account in page
    ]
    context = {"page": page, "rows": rows, "shows_done": shows_done}
    return render(request, "archive/snapshot_list.html", context)

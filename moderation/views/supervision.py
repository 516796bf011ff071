"""Daily supervision: all at one press, a month of each account, and the days that were missed (R09)."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import coverage
from accounts.models import Account
from accounts.services.keepers import may_keep
from accounts.views.register import visible_account
from laholm_sociala.common.swedish import count_in_words, month_in_words
from laholm_sociala.common.views import refusal_as_message
from moderation.forms.supervision import SupervisionForm
from moderation.models import SupervisionCheck
from moderation.services import supervision as service
from moderation.supervision import DAYS_BACK, month_of, to_check, with_last_check, with_missed
from moderation.to_do_supervision import last_check_in_words

PAGE_SIZE = 50


@require_http_methods(["GET", "POST"])
def supervision(request: HttpRequest) -> HttpResponse:
    """The accounts to look through today, and those that are done. What is unticked is not written down."""
    now = timezone.now()
    today = timezone.localdate(now)
    seen = Account.objects.visible_to(request.user, today)
    if request.method == "POST":
        return _looked_through(request, SupervisionForm(request.POST, accounts=seen.select_related("platform")))
    mine = with_last_check(Account.objects.looked_after_by(request.user, today).filter(coverage.WATCHED))
    waiting = list(with_last_check(to_check(request.user, now)))
    context = {
        "waiting": [(account, last_check_in_words(account)) for account in waiting],
        "others": [(account, last_check_in_words(account)) for account in mine if account not in waiting],
        "is_working_day": coverage.is_working_day(today, now),
        "today": today,
    }
    return render(request, "moderation/supervision/supervision.html", context)


@require_GET
def supervision_month(request: HttpRequest, pk: UUID, month: date | None = None) -> HttpResponse:
    """A month of one account: looked through, missed, closed and coming days, in words."""
    account = visible_account(request, pk)
    now = timezone.now()
    this_month = timezone.localdate(now).replace(day=1)
    first = month or this_month
    earliest, latest = timezone.localdate(account.registered_at).replace(day=1), _next(this_month)
    if not earliest <= first <= latest:
        raise Http404
    is_checked = SupervisionCheck.objects.filter(account=account, day=timezone.localdate(now)).exists()
    is_open = coverage.is_working_day(timezone.localdate(now), now)
    context = {
        "account": account,
        "title": month_in_words(first).capitalize(),
        "month": month_of(account, first, now),
        "before": _previous(first) if first > earliest else None,
        "after": _next(first) if first < latest else None,
        "may_check": is_open and not is_checked and may_keep(account, request.user, now),
    }
    return render(request, "moderation/supervision/supervision_month.html", context)


@require_GET
def supervision_missed(request: HttpRequest) -> HttpResponse:
    """The accounts with days that nobody looked through: all for kommunikationsenheten, else one's own."""
    now = timezone.now()
    seen = Account.objects.visible_to(request.user, timezone.localdate(now))
    accounts = with_missed(seen, now).select_related("platform", "unit").order_by("-missed", "sort_key", "id")
    page = Paginator(accounts, PAGE_SIZE).get_page(request.GET.get("page"))
    since = coverage.working_days_back(now, DAYS_BACK)[-1]
    return render(request, "moderation/supervision/supervision_missed.html", {"page": page, "since": since})


def _looked_through(request: HttpRequest, form: SupervisionForm) -> HttpResponse:
    if not form.is_valid():
        raise Http404
    if form.ticked or not form.unticked:
        with refusal_as_message(request):
            checked = service.check(form.ticked, by=request.user, now=timezone.now())
            messages.success(request, _receipt(checked))
    if form.unticked:
        account = form.unticked[0]
        messages.info(request, f"Logga det du hittade på {account}. Kontot står kvar bland dem att kontrollera.")
        return redirect(f"{reverse('moderation:case-log')}?konto={account.pk}")
    return redirect("to-do")


def _receipt(checked: list[Account]) -> str:
    if not checked:
        return "Det är redan kontrollerat i dag."
    if len(checked) == 1:
        return f"{checked[0]} är kontrollerat i dag."
    return f"{count_in_words(len(checked), 'konto', 'konton', neuter=True)} är kontrollerade i dag."


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _previous(first: date) -> date:
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)

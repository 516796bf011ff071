"""Rapportera innehåll: the public form, its receipt, and following a report by its number (R37). No sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.services.terms import terms_in_force
from laholm_sociala.common.client_address import client_address
from moderation.forms.receipt import ReceiptForm
from moderation.forms.report import ReportForm
from moderation.models import PublicReport
from moderation.report_numbers import decoy_receipt, in_groups, is_decoy, read_receipt
from moderation.reported import Wrong
from moderation.services.report_limits import may_guess, may_report, may_send
from moderation.services.report_outcomes import outcome_of
from moderation.services.reporting import take_report
from moderation.views.private import unlisted


@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report, or say what is missing with everything typed kept."""
    now = timezone.now()
    if request.method == "GET":
        return _form(request, ReportForm(initial=_asked(request), now=now))
    form = ReportForm(request.POST, request.FILES, now=now)
    sender = _sender(request)
    if not may_send(sender, now=now):
        return _form(request, form, status=429)
    if form.is_from_a_machine:
        return _to_receipt(decoy_receipt())
    if not form.is_valid():
        return _form(request, form)
    received = form.received()
    if not may_report(sender, received.account and received.account.pk, now=now):
        return _form(request, form, status=429)
    return _to_receipt(take_report(received, now=now).receipt)


@login_not_required
@require_GET
@unlisted
def report_follow(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt's number, and lead to its report."""
    form = ReceiptForm(request.GET if "nummer" in request.GET else None)
    if form.is_valid():
        return _to_receipt(form.cleaned_data["nummer"])
    return render(request, "moderation/report_follow.html", {"form": form})


@login_not_required
@require_GET
@unlisted
def report_receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What is known of a report: that it came, when it is looked at, and what came of it. Nobody's data."""
    number = read_receipt(receipt)
    found = PublicReport.objects.select_related("case").filter(receipt=number).first()
    if found is None and not is_decoy(number):
        return _unknown(request, receipt)
    now = timezone.now()
    context = {
        "number": in_groups(number),
        "review_by": found.review_by if found else terms_in_force(now).due(now),
        "outcome": outcome_of(found) if found else "",
    }
    return render(request, "moderation/report_receipt.html", context)


def _form(request: HttpRequest, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "sets_cookie": True, "is_too_many": status == 429, "email": settings.COMMUNICATIONS_EMAIL}
    return render(request, "moderation/report.html", context, status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return what the link to the form says of what is reported: an account of ours, or an address that is not."""
    if address := request.GET.get("adress", "").replace("\0", ""):
        return {"link": address, "wrong": Wrong.FAKE}
    return {"account": request.GET.get("konto", "")}


def _unknown(request: HttpRequest, receipt: str) -> HttpResponse:
    allowed = may_guess(_sender(request), now=timezone.now())
    context = {"form": ReceiptForm(initial={"nummer": receipt}), "is_unknown": allowed, "is_too_many": not allowed}
    return render(request, "moderation/report_follow.html", context, status=404 if allowed else 429)


def _to_receipt(receipt: str) -> HttpResponseRedirect:
    return redirect("moderation:report-receipt", receipt=receipt)


def _sender(request: HttpRequest) -> str:
    return client_address(request.META, trusted_proxies=settings.TRUSTED_PROXY_COUNT)

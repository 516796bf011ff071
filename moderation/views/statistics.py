"""Uppföljning: how well the limit is met (R12)."""

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.export import harmless
from accounts.services.terms import terms_in_force
from moderation import charts
from moderation.forms.statistics import PeriodForm
from moderation.models import OVERSEE, Case
from moderation.models.case import CaseQuerySet
from moderation.statistics import Statistics, as_rows, may_follow_up, statistics


@require_GET
def follow_up(request: HttpRequest) -> HttpResponse:
    """Charts, with a table beside each."""
    form = PeriodForm(request.GET or None, now=timezone.now())
    found = _statistics(request, form)
    drawn = [
        (heading, figures, charts.columns(figures) if heading == "Månad" else charts.lines(figures))
        for heading, figures in found.divisions
    ]
    context = {"form": form, "total": found.total, "divisions": drawn, "query": request.GET.urlencode()}
    return render(request, "moderation/statistics.html", context)


@require_GET
def follow_up_csv(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    found = _statistics(request, PeriodForm(request.GET or None, now=timezone.now()))
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="uppfoljning-{timezone.localdate()}.csv"'
    return response


def _statistics(request: HttpRequest, form: PeriodForm) -> Statistics:
    now = timezone.now()
    since, until = form.period
    return statistics(_cases(request), terms_in_force(now).calendar, since=since, until=until, now=now)


def _cases(request: HttpRequest) -> CaseQuerySet:
    """Return every account's posts for kommunikationsenheten, and those of their own accounts for who leads a unit."""
    today = timezone.localdate()
    if not may_follow_up(request.user, today):
        raise PermissionDenied
    return Case.objects.all() if request.user.may(OVERSEE) else Case.objects.on_accounts_led_by(request.user, today)


def _lines(found: Statistics) -> Iterator[str]:
    yield "\ufeff"  # or Excel reads å ä ö wrong
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in as_rows(found):
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()

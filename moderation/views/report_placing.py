"""Reports that lead to no account of ours: kommunikationsenheten places them on one, or answers (R37)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from laholm_sociala.common.views import refusal_as_message, requires
from moderation.forms.placing import AnswerForm, PlaceForm
from moderation.models import OVERSEE, PublicReport, ReportPicture
from moderation.pictures import read_picture
from moderation.reported import Answer
from moderation.services.report_outcomes import outcome_of
from moderation.services.reporting import answer_report, place_report


@require_GET
@requires(OVERSEE)
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports that wait, the oldest first. What they say is read one by one."""
    return render(request, "moderation/report_list.html", {"reports": PublicReport.objects.waiting()})


@require_GET
@requires(OVERSEE)
def report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What somebody reported, and the two ways on."""
    return _detail(request, _report(pk))


@require_POST
@requires(OVERSEE)
def report_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the report be about an account of ours."""
    found = _report(pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _detail(request, found, place=form)
    with refusal_as_message(request):
        place_report(found.pk, form.cleaned_data["account"], by=request.user, now=timezone.now())
        messages.success(request, "Rapporten är lagd på kontot, och de som sköter det granskar.")
    return redirect("moderation:report-list")


@require_POST
@requires(OVERSEE)
def report_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer that it is about no account of ours."""
    found = _report(pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _detail(request, found, answer=form)
    with refusal_as_message(request):
        answer_report(found.pk, Answer(form.cleaned_data["answer"]), by=request.user, now=timezone.now())
        messages.success(request, "Svaret står på kvittots sida. Den som lämnade e-post får det dit också.")
    return redirect("moderation:report-list")


@require_GET
@requires(OVERSEE)
def report_picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report's picture, drawn anew: the file itself is never rendered."""
    kept = get_object_or_404(ReportPicture, pk=pk, report__case__isnull=True)
    shown = read_picture(kept.file_name, bytes(kept.original))
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": 'attachment; filename="bild.png"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(shown.shown, content_type=shown.shown_type, headers=headers)


def _report(pk: UUID) -> PublicReport:
    # One placed on an account follows the rules of its case, and is read there.
    return get_object_or_404(PublicReport.objects.filter(case__isnull=True).select_related("content"), pk=pk)


def _detail(
    request: HttpRequest, report: PublicReport, *, place: PlaceForm | None = None, answer: AnswerForm | None = None
) -> HttpResponse:
    context = {
        "report": report,
        "has_picture": ReportPicture.objects.filter(pk=report.pk).exists(),
        "outcome": outcome_of(report),
        "place": place or PlaceForm(),
        "answer": answer or AnswerForm(),
        "form": place or answer,
    }
    return render(request, "moderation/report_detail.html", context)

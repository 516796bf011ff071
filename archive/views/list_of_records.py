"""Diarieförteckning as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from archive.forms.list_of_records import ListOfRecordsForm
from archive.services.list_of_records import list_of_records
from archive.views.diary import for_registrars
from laholm_sociala.common.views import refusal_in


@require_GET
@for_registrars
def records_list(request: HttpRequest) -> HttpResponse:
    """Ask for the board and the days; with them, answer with the file."""
    today = timezone.localdate()
    first = {"first": today.replace(month=1, day=1), "last": today}
    form = ListOfRecordsForm(request.GET or None, user=request.user, initial=first)
    if form.is_valid():
        with refusal_in(form):
            data = form.cleaned_data
            pdf = list_of_records(data["board"], first=data["first"], last=data["last"])
            response = HttpResponse(pdf, content_type="application/pdf")
            name = f"diarieforteckning-{data['first']}-{data['last']}.pdf"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return response
    return render(request, "archive/records_list.html", {"form": form})

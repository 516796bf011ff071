"""The list of a gallring object by object: looked through, chosen among, and taken out as CSV (R18)."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from archive.disposal_items import as_csv, rows_of
from archive.disposal_page import NOT_CARRIED_OUT
from archive.enums import DisposalChoice
from archive.forms.disposals import ChoiceForm
from archive.models import PREPARE_DISPOSAL, DisposalRun
from archive.services import disposal_choices
from archive.views.disposals import visible_run
from archive.views.gallring import known_type, require_permission
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.swedish import count_in_words
from laholm_sociala.common.views import refusal_in

PER_PAGE: Final = 50
SHOWN: Final = {"behalls": DisposalChoice.KEEP, "gallras": DisposalChoice.DESTROY}


@require_http_methods(["GET", "POST"])
def run_items(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """The objects of a handlingstyp, fifty a page, the longest due first; chosen one by one or all at once."""
    run, one = visible_run(request, pk), known_type(code)
    items = run.items.filter(record_type=code).order_by("due_on", "id")
    form = ChoiceForm(request.POST or None, items=items)
    if request.method == "POST":
        require_permission(request, run.board, PREPARE_DISPOSAL)
        if form.is_valid():
            with refusal_in(form):
                messages.success(request, _chosen(request, run, form, code))
                return redirect(request.get_full_path())
    shown = request.GET.get("visa", "")
    chosen = items.filter(choice=SHOWN[shown]) if shown in SHOWN else items
    page = LongList(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "record_type": one,
        "page": page,
        "rows": rows_of(one, page.object_list, request.user),
        "form": form,
        "ticked": form.ticked(),
        "shown": shown,
        "may_choose": run.status in NOT_CARRIED_OUT and request.user.may(PREPARE_DISPOSAL, run.board),
    }
    return render(request, "archive/disposal/run_items.html", context)


def _chosen(request: HttpRequest, run: DisposalRun, form: ChoiceForm, code: str) -> str:
    chosen = {**form.chosen(code), "by": request.user, "now": timezone.now()}
    if request.POST.get("val") == DisposalChoice.KEEP:
        number = disposal_choices.keep(run.pk, reason=form.cleaned_data["reason"], **chosen)
        return f"{count_in_words(number, 'handling behålls', 'handlingar behålls')}."
    number = disposal_choices.dispose(run.pk, **chosen)
    return f"{count_in_words(number, 'handling gallras', 'handlingar gallras')} om arkivansvarig beslutar det."


@require_GET
def run_items_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list with every choice, its reason and its outcome, as CSV; once it is sent, the frozen list."""
    run = visible_run(request, pk)
    frozen = f"-fryst-{run.list_sha256[:12]}" if run.list_sha256 else ""
    response = StreamingHttpResponse(as_csv(run), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="gallringslista-{run.as_of.year}{frozen}.csv"'
    return response

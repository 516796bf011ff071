"""A gallring is prepared, sent, decided on and advised on (R17, R18). For those who prepare, decide and advise."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.disposal_page import NOT_CARRIED_OUT, run_page
from archive.forms.disposals import AdviceForm, AsOfForm, SendBackForm
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, VIEW_DISPOSAL, DisposalRun
from archive.services import disposal_advice, disposal_choices, disposal_run
from archive.views.gallring import require_permission, visible_board
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_as_message, refusal_in, requires

PER_PAGE: Final = 50
PEOPLE: Final = ("board", "plan", "prepared_by__unit", "submitted_by__unit", "approved_by__unit", "protocol")


def visible_run(request: HttpRequest, pk: UUID) -> DisposalRun:
    """Return the gallring, or 404 to those who have no part in the board's."""
    runs = DisposalRun.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(runs.select_related(*PEOPLE), pk=pk)


@require_GET
def run_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board's gallringar, the newest first."""
    board = visible_board(request, pk)
    runs = board.disposals.select_related("protocol").order_by("-prepared_at")
    page = LongList(runs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/disposal/run_list.html", {"board": board, "page": page})


@require_http_methods(["GET", "POST"])
def run_prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List what is due as of a day."""
    board, now = visible_board(request, pk), timezone.now()
    require_permission(request, board, PREPARE_DISPOSAL)
    form = AsOfForm(request.POST or None, initial={"as_of": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            run = disposal_run.prepare(board, form.cleaned_data["as_of"], by=request.user, now=now)
            messages.success(request, "Listan är klar att gå igenom. Inget gallras förrän arkivansvarig har beslutat.")
            return redirect("archive:run-detail", run.pk)
    context = {
        "title": "Förbered gallringen",
        "text": "Du får en lista över det som har nått sin frist, och väljer vad som gallras.",
        "button": "Gör listan",
        "form": form,
        "back_url": reverse("archive:due-detail", args=[pk]),
        "back_text": "Att gallra",
    }
    return render(request, "components/confirm.html", context)


@require_GET
def run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list in counts and what is to be done with it; later how far it has come, and its protocol."""
    run = visible_run(request, pk)
    state = run.status if run.status in NOT_CARRIED_OUT else "carried_out"
    return render(request, f"archive/disposal/run_{state}.html", run_page(run, request.user, timezone.now()))


@require_POST
def run_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave out what is not ticked, and send the rest to arkivansvarig."""
    run = visible_run(request, pk)
    require_permission(request, run.board, PREPARE_DISPOSAL)
    with refusal_as_message(request):
        left_out = set(request.POST.getlist("finns")) - set(request.POST.getlist("ta_med"))
        disposal_choices.send(pk, left_out, by=request.user, now=timezone.now())
        messages.success(request, "Listan är skickad till arkivansvarig, som beslutar.")
    return redirect("archive:run-detail", pk)


@require_POST
def run_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide that what is on the list is disposed of."""
    run, now = visible_run(request, pk), timezone.now()
    require_permission(request, run.board, DECIDE_DISPOSAL)
    with refusal_as_message(request):
        disposal_run.approve(pk, seen_sha256=request.POST.get("last", ""), by=request.user, now=now)
        messages.success(request, "Du har beslutat om gallringen. Ångrar du dig innan den börjar: skicka tillbaka den.")
    return redirect("archive:run-detail", pk)


@require_http_methods(["GET", "POST"])
def run_list_anew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List anew what is due, as of another day or by a newer plan."""
    run = visible_run(request, pk)
    form = AsOfForm(request.POST or None, initial={"as_of": timezone.localdate()})

    def change(**who: Any) -> DisposalRun:
        return disposal_choices.list_anew(pk, form.cleaned_data["as_of"], **who)

    return _change(
        request,
        run,
        form,
        change,
        said="Listan är hämtad på nytt.",
        permission=PREPARE_DISPOSAL,
        title="Hämta listan på nytt",
        text="Det du har valt att behålla står kvar. Handlingstyper som du har tagit bort kommer med igen.",
        button="Hämta listan",
    )


@require_http_methods(["GET", "POST"])
def run_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a sent list back to be changed."""
    run = visible_run(request, pk)
    return _change(
        request,
        run,
        None,
        lambda **who: disposal_run.take_back(pk, **who),
        said="Listan är din igen. Ändra den och skicka den på nytt.",
        permission=PREPARE_DISPOSAL,
        title="Ta tillbaka listan?",
        text="Är den beslutad faller beslutet. Listan skickas och beslutas på nytt.",
        button="Ta tillbaka listan",
    )


@require_http_methods(["GET", "POST"])
def run_send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the list back to the one who prepares it, with what should be changed."""
    run = visible_run(request, pk)
    form = SendBackForm(request.POST or None)
    return _change(
        request,
        run,
        form,
        lambda **who: disposal_run.send_back(pk, **form.cleaned_data, **who),
        said="Listan är skickad tillbaka.",
        permission=DECIDE_DISPOSAL,
        title="Skicka tillbaka listan",
        text="Arkivredogöraren ändrar och skickar den på nytt. Har du beslutat faller beslutet.",
        button="Skicka tillbaka",
    )


@require_http_methods(["GET", "POST"])
@requires(VIEW_DISPOSAL)
def run_advise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down kommunarkivariens advice."""
    run = visible_run(request, pk)
    form = AdviceForm(request.POST or None)
    return _change(
        request,
        run,
        form,
        lambda **who: disposal_advice.advise(pk, **form.cleaned_data, **who),
        said="Rådet står på gallringens sida.",
        title="Lämna råd",
        text="Rådet ändrar inget i listan. Nämndens arkivansvarig beslutar.",
        button="Lämna rådet",
    )


@require_GET
def run_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who prepared, sent, decided, paused and resumed it, and when."""
    run = visible_run(request, pk)
    back = reverse("archive:run-detail", args=[pk])
    return show_history(request, run, title=str(run), back_url=back, back_text=str(run))


def _change(
    request: HttpRequest,
    run: DisposalRun,
    form: Any,
    change: Callable[..., object],
    *,
    said: str,
    permission: str = VIEW_DISPOSAL,
    **shown: str,
) -> HttpResponse:
    require_permission(request, run.board, permission)
    back = reverse("archive:run-detail", args=[run.pk])
    if request.method == "POST" and (form is None or form.is_valid()):
        refused = refusal_in(form) if form else refusal_as_message(request)
        with refused:
            change(by=request.user, now=timezone.now())
            messages.success(request, said)
            return redirect(back)
        if form is None:
            return redirect(back)
    return render(request, "components/confirm.html", {**shown, "form": form, "back_url": back, "back_text": str(run)})

"""Leveranser till e-arkivet: prepared, packed, handed over and receipted (R07, R17, R18). For those with gallring."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.forms.transfers import CancelForm, DetailsForm, HandOverForm, PrepareForm, ReceiptForm
from archive.models import PREPARE_DISPOSAL, Transfer, TransferDetails
from archive.models.transfer import ENDED, WITH_PACKAGE
from archive.services import transfers
from archive.services.transfer_list import last_day_of_last_year
from archive.services.transfer_packing import read_package
from archive.transfer_page import board_page, progress, transfer_page
from archive.views.gallring import boards_with_gallring, require_permission, visible_board
from archive.views.inbox import HEADERS
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_as_message, refusal_in

PER_PAGE: Final = 50


def visible_transfer(request: HttpRequest, pk: UUID) -> Transfer:
    """Return the leverans, or 404 to those who have no part in the board's gallring."""
    seen = Transfer.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(seen.select_related("board", "plan", "prepared_by__unit", "receipt__matter"), pk=pk)


@require_GET
def transfer_boards(request: HttpRequest) -> HttpResponse:
    """The boards whose leveranser the person works with; straight to them where there is one."""
    boards = list(boards_with_gallring(request.user))
    if not boards:
        raise PermissionDenied
    if len(boards) == 1:
        return redirect("archive:transfer-list", boards[0].pk)
    return render(request, "archive/transfer/transfer_boards.html", {"boards": boards})


@require_GET
def transfer_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board's leveranser, the newest first, and what it is known by."""
    board = visible_board(request, pk)
    page = LongList(board.transfers.select_related("receipt__matter"), PER_PAGE).get_page(request.GET.get("page"))
    context = {**board_page(board, request.user), "page": page}
    return render(request, "archive/transfer/transfer_list.html", context)


@require_http_methods(["GET", "POST"])
def transfer_details(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the e-archive knows the board by."""
    board = visible_board(request, pk)
    require_permission(request, board, PREPARE_DISPOSAL)
    details = TransferDetails.objects.filter(board=board).first()
    form = DetailsForm(request.POST or None, initial=DetailsForm.first_words(details))
    back = reverse("archive:transfer-list", args=[pk])
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            transfers.write_details(board, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Uppgifterna är sparade.")
            return redirect(back)
    context = {
        "title": "Uppgifter för leverans",
        "text": "Står i varje paket som görs efter det här.",
        "button": "Spara",
        "form": form,
        "back_url": back,
        "back_text": "Leveranser till e-arkivet",
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
def transfer_prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List what ended by a day and is to be kept by the e-archive."""
    board, now = visible_board(request, pk), timezone.now()
    require_permission(request, board, PREPARE_DISPOSAL)
    form = PrepareForm(request.POST or None, initial={"through": last_day_of_last_year(timezone.localdate(now))})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            transfer = transfers.prepare(board, **form.cleaned_data, by=request.user, now=now)
            messages.success(request, "Leveransen är klar att gå igenom. Inget packas förrän du trycker på Packa.")
            return redirect("archive:transfer-detail", transfer.pk)
    context = {
        "title": "Förbered en leverans",
        "text": "Du får se vad som kommer med innan något packas.",
        "button": "Gör listan",
        "form": form,
        "back_url": reverse("archive:transfer-list", args=[pk]),
        "back_text": "Leveranser till e-arkivet",
    }
    return render(request, "components/confirm.html", context)


@require_GET
def transfer_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the leverans holds, how far it has come, and what is to be done next."""
    transfer = visible_transfer(request, pk)
    return render(request, "archive/transfer/transfer_detail.html", transfer_page(transfer, request.user))


@require_POST
def transfer_pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the worker pack what is ticked, without what stopped it where the person says so; or pack anew."""
    transfer = visible_transfer(request, pk)
    require_permission(request, transfer.board, PREPARE_DISPOSAL)
    left_out = frozenset(request.POST.getlist("finns")) - frozenset(request.POST.getlist("ta_med"))
    with refusal_as_message(request):
        transfers.ask_to_pack(
            pk, left_out=left_out, without_faults_of=_shown_try(request), by=request.user, now=timezone.now()
        )
        messages.success(request, "Portalen packar. Du kan gå härifrån så länge.")
    return redirect("archive:transfer-detail", pk)


@require_GET
def transfer_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the packing has come, as a part of the page; the whole page again when it is over."""
    transfer = visible_transfer(request, pk)
    if not request.htmx:
        return redirect("archive:transfer-detail", pk)
    context = {**progress(transfer), "prepares": request.user.may(PREPARE_DISPOSAL, transfer.board)}
    response = render(request, "archive/transfer/parts/packing.html", context)
    if not context["is_moving"]:
        response["HX-Refresh"] = "true"
    return response


@require_GET
def transfer_package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The package byte for byte, with a note of who took it home."""
    transfer = visible_transfer(request, pk)
    require_permission(request, transfer.board, PREPARE_DISPOSAL)
    package = transfer.package if transfer.status in WITH_PACKAGE else None
    if package is None or package.removed_at is not None:
        raise Http404
    try:
        opened = read_package(package)
    except FileNotFoundError as error:  # it goes from the storage before that is written down
        raise Http404 from error
    transfers.note_reading(transfer, by=request.user, now=timezone.now())
    name = f"leverans-{transfer.through}-{str(transfer.pk)[:8]}.zip"
    return FileResponse(opened, as_attachment=True, filename=name, content_type="application/zip", headers=HEADERS)


@require_http_methods(["GET", "POST"])
def transfer_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the package was handed over."""
    form = HandOverForm(request.POST or None, initial={"on": timezone.localdate()})
    return _change(
        request,
        pk,
        form,
        transfers.hand_over,
        said="Överlämnad. Nu väntar ni på e-arkivets kvittens.",
        title="Paketet är överlämnat",
        text="När e-arkivet har tagit emot leveransen skickar det en kvittens. Fram till dess gallras inget av den.",
        button="Anteckna",
    )


@require_http_methods(["GET", "POST"])
def transfer_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note which handling in the diarium is the e-archive's receipt."""
    return _change(
        request,
        pk,
        ReceiptForm(request.POST or None),
        transfers.note_receipt,
        said="Kvitterad. Det som planen säger får gallras efter leverans räknas från kvittensens dag.",
        title="Anteckna e-arkivets kvittens",
        text="Diarieför kvittensen först, som inkommen handling. Paketet tas bort ur portalen när den är antecknad.",
        button="Anteckna kvittensen",
    )


@require_http_methods(["GET", "POST"])
def transfer_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a leverans that came to nothing."""
    return _change(
        request,
        pk,
        CancelForm(request.POST or None),
        transfers.cancel,
        said="Leveransen är avbruten. Det den innehöll kommer med i nästa.",
        title="Avbryt leveransen",
        text="Paketet tas bort ur portalen. Har e-arkivet redan fått det: säg till dem.",
        button="Avbryt leveransen",
        danger=True,
    )


@require_GET
def transfer_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who prepared, packed, handed over and receipted it, and when."""
    transfer = visible_transfer(request, pk)
    back = reverse("archive:transfer-detail", args=[pk])
    return show_history(request, transfer, title=str(transfer), back_url=back, back_text=str(transfer))


def _shown_try(request: HttpRequest) -> datetime | None:
    """Return when the try was asked for whose faults the person was shown; None where they ask for all to be packed."""
    said = request.POST.get("utan")
    try:
        return None if said is None else datetime.fromisoformat(said)
    except ValueError as error:
        raise BadRequest from error


def _change(
    request: HttpRequest, pk: UUID, form: Any, change: Callable[..., Transfer], *, said: str, **shown: Any
) -> HttpResponse:
    transfer = visible_transfer(request, pk)
    require_permission(request, transfer.board, PREPARE_DISPOSAL)
    back = reverse("archive:transfer-detail", args=[pk])
    if transfer.status in ENDED:
        messages.error(request, f"Leveransen är {transfer.get_status_display().lower()} och ändras inte.")
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            change(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, said)
            return redirect(back)
    context = {**shown, "form": form, "back_url": back, "back_text": str(transfer)}
    return render(request, "components/confirm.html", context)

"""The organisation: boards, units, managers and deputies. Only administrators."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.administration import BoardForm, DeputyForm, UnitForm
from accounts.models import Board, Deputy, Unit
from accounts.services import organisation as services
from accounts.services.administration import ADMINISTER
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_as_message, refusal_in, requires


@require_GET
@requires(ADMINISTER)
def organisation(request: HttpRequest) -> HttpResponse:
    units = Unit.objects.select_related("manager__unit").prefetch_related(_deputies_now()).order_by("sort_key")
    below: dict[UUID | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    for unit in units:
        unit.below = below.get(unit.pk, [])
    boards = [
        (board, [unit for unit in below.get(None, []) if unit.board_id == board.pk]) for board in Board.objects.all()
    ]
    return render(request, "accounts/administration/organisation.html", {"boards": boards})


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def board_add(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            board = services.add_board(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{board} är tillagd.")
            return redirect("accounts:organisation")
    return render(request, "accounts/administration/board_edit.html", {"form": form, "board": None})


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def board_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    board = get_object_or_404(Board, pk=pk)
    form = BoardForm(request.POST or None, initial={name: getattr(board, name) for name in BoardForm.base_fields})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            changed = services.change_board(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"Uppgifterna om {changed} är sparade.")
            return redirect("accounts:organisation")
    return render(request, "accounts/administration/board_edit.html", {"form": form, "board": board})


@require_GET
@requires(ADMINISTER)
def board_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    board = get_object_or_404(Board, pk=pk)
    back = reverse("accounts:board-edit", args=[pk])
    return show_history(request, board, title=f"Historik för {board}", back_url=back, back_text=board.name)


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def unit_add(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            unit = services.add_unit(form.details(), by=request.user, now=timezone.now())
            messages.success(request, f"{unit} är tillagd.")
            return redirect("accounts:unit-edit", unit.pk)
    return render(request, "accounts/administration/unit_edit.html", {"form": form, "unit": None})


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def unit_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = get_unit(pk)
    form = UnitForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            changed = services.change_unit(pk, form.details(), by=request.user, now=timezone.now())
            messages.success(request, f"Uppgifterna om {changed.name} är sparade.")
            return redirect("accounts:organisation")
    not_ended = Q(to_date__isnull=True) | Q(to_date__gte=timezone.localdate())
    deputies = Deputy.objects.filter(not_ended, unit=unit).select_related("user__unit")
    return render(request, "accounts/administration/unit_edit.html", {"form": form, "unit": unit, "deputies": deputies})


@require_GET
@requires(ADMINISTER)
def unit_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = get_unit(pk)
    return show_history(
        request,
        unit,
        title=f"Historik för {unit.name}",
        back_url=reverse("accounts:unit-edit", args=[pk]),
        back_text=str(unit),
        parts=[Deputy.history.filter(unit=unit)],
    )


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def deputy_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = get_unit(pk)
    form = DeputyForm(request.POST or None, initial={"from_date": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            deputy = services.add_deputy(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"{deputy.user} är ställföreträdande chef för {unit.name}.")
            return redirect("accounts:unit-edit", pk)
    context = {
        "title": f"Ställföreträdande chef för {unit.name}",
        "text": "Den som är ställföreträdande beslutar som chefen under de dagar du anger.",
        "button": "Utse",
        "form": form,
        "back_url": reverse("accounts:unit-edit", args=[pk]),
        "back_text": str(unit),
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def deputy_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.select_related("unit", "user__unit"), pk=pk)
    if request.method == "POST":
        with refusal_as_message(request):
            services.end_deputy(pk, by=request.user, now=timezone.now())
            messages.success(request, "Ställföreträdarskapet är avslutat.")
        return redirect("accounts:unit-edit", deputy.unit_id)
    begun = deputy.from_date <= timezone.localdate()
    context = {
        "title": f"Avsluta {deputy.user.name or deputy.user.in_sentence} som ställföreträdande chef?",
        "text": "Sista dagen blir i dag." if begun else "Det har inte börjat än och tas bort.",
        "button": "Avsluta",
        "back_url": reverse("accounts:unit-edit", args=[deputy.unit_id]),
        "back_text": str(deputy.unit),
    }
    return render(request, "components/confirm.html", context)


def get_unit(pk: UUID) -> Unit:
    """Return the unit with what its page shows, or 404."""
    return get_object_or_404(Unit.objects.select_related("board", "parent", "manager__unit"), pk=pk)


def _deputies_now() -> Prefetch:
    deputies = Deputy.objects.on(timezone.localdate()).select_related("user__unit")
    return Prefetch("deputies", deputies, to_attr="deputies_now")

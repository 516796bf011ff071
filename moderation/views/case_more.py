"""What more can be done with a post, each on a page of its own: a few words, and back to the post."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from laholm_sociala.common.views import refusal_in
from moderation.forms import case_more as forms
from moderation.forms.versioned import VersionedForm
from moderation.models import OVERSEE, Case
from moderation.services import advice, blocking, incident, noting, reclassifying, reopening
from moderation.services.doors import may_act
from moderation.views.visible import visible_case


@dataclass(frozen=True)
class Step:
    """A page: its heading, what its button says, what is said afterwards, its form, and the service that it calls."""

    title: str
    button: str
    said: str
    form: type[Form]
    do: Callable[..., Any]
    text: str = ""


@require_http_methods(["GET", "POST"])
def case_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    step = Step("Anteckna", "Spara", "Anteckningen är sparad.", forms.NoteForm, noting.note)
    return _page(request, pk, step)


@require_http_methods(["GET", "POST"])
def case_police(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = "Anmäl på 114 14 eller på polisen.se, och anteckna numret här. Vid fara: ring 112."
    step = Step("Polisanmälan", "Spara", "Polisanmälan är antecknad.", forms.PoliceForm, noting.report_to_police, text)
    return _page(request, pk, step)


@require_http_methods(["GET", "POST"])
def case_platform(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = "Anmäl inlägget där det står, och anteckna det här."
    step = Step(
        "Anmält till plattformen", "Spara", "Det är antecknat.", forms.PlatformForm, noting.report_to_platform, text
    )
    return _page(request, pk, step)


@require_http_methods(["GET", "POST"])
def case_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    said = "Frågan är skickad till kommunikationsenheten."
    step = Step("Fråga kommunikationsenheten", "Skicka frågan", said, forms.AskForm, advice.ask)
    return _page(
        request,
        pk,
        step,
        restricted_text=(
            "Kommunikationsenheten får inte läsa inlägget. De får ett mejl om att du frågar, och hör av sig till dig."
        ),
    )


@require_http_methods(["GET", "POST"])
def case_advise(request: HttpRequest, pk: UUID) -> HttpResponse:
    step = Step("Ge råd", "Skicka rådet", "Rådet är skickat till den som frågade.", forms.AdviseForm, advice.advise)
    return _page(request, pk, step, may=lambda person: person.may(OVERSEE))


@require_http_methods(["GET", "POST"])
def case_reclassify(request: HttpRequest, pk: UUID) -> HttpResponse:
    def change(case_id: UUID, *, form: forms.ReclassifyForm, **how: Any) -> Case:
        return reclassifying.reclassify(case_id, form.about_it(), reason=form.cleaned_data["reason"], **how)

    text = "Tiden räknas om från samma början. Det som redan är för sent står kvar."
    step = Step("Ändra vad det gäller", "Ändra", "Det är ändrat.", forms.ReclassifyForm, change, text)
    return _page(request, pk, step, initial=_as_it_is)


@require_http_methods(["GET", "POST"])
def case_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = "Var det publicerat tidigare än vi trodde räknas tiden därifrån. Den kan bara flyttas bakåt."
    step = Step(
        "När publicerades det?", "Flytta", "Tiden är räknad på nytt.", forms.StartForm, reclassifying.move_start, text
    )
    return _page(request, pk, step)


@require_http_methods(["GET", "POST"])
def case_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    step = Step("Öppna inlägget igen", "Öppna igen", "Inlägget är öppet igen.", forms.ReopenForm, reopening.reopen)
    return _page(request, pk, step)


@require_http_methods(["GET", "POST"])
def case_incident(request: HttpRequest, pk: UUID) -> HttpResponse:
    def assess(case_id: UUID, *, form: forms.IncidentForm, **how: Any) -> Case:
        return incident.assess(case_id, form.assessment(), **how)

    text = "Har personuppgifter kommit ut ska det anmälas inom 72 timmar, om det kan skada någon."
    step = Step("Bedöm incidenten", "Spara bedömningen", "Bedömningen är sparad.", forms.IncidentForm, assess, text)
    return _page(request, pk, step)


@require_http_methods(["GET", "POST"])
def case_block(request: HttpRequest, pk: UUID) -> HttpResponse:
    said = "Förslaget är skickat till kommunikationsenheten. Du får mejl när de beslutat."
    step = Step("Föreslå blockering", "Skicka förslaget", said, forms.ProposeBlockForm, blocking.propose)
    return _page(request, pk, step)


def _page(
    request: HttpRequest,
    pk: UUID,
    step: Step,
    *,
    may: Callable[[User], bool] = lambda person: True,
    initial: Callable[[Case], dict[str, Any]] = lambda case: {},
    restricted_text: str = "",
) -> HttpResponse:
    case = visible_case(request, pk)
    if not (may_act(case, request.user, timezone.now()) and may(request.user)):
        raise PermissionDenied
    form = _form(step, case, request, initial(case))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            step.do(pk, **_told(step, form), by=request.user, now=timezone.now())
            messages.success(request, step.said)
            return redirect("moderation:case-detail", pk)
    if isinstance(form, VersionedForm) and form.is_bound:
        form.bind_to(visible_case(request, pk))
    context = {
        "title": step.title,
        "text": restricted_text if case.is_restricted and restricted_text else step.text,
        "button": step.button,
        "form": form,
        "back_url": reverse("moderation:case-detail", args=[pk]),
        "back_text": "Inlägget",
    }
    return render(request, "components/confirm.html", context)


def _form(step: Step, case: Case, request: HttpRequest, initial: dict[str, Any]) -> Form:
    extra = {"case": case} if issubclass(step.form, VersionedForm) else {}
    return step.form(request.POST if request.method == "POST" else None, initial=initial, **extra)


def _told(step: Step, form: Form) -> dict[str, Any]:
    """What the service is told: the form itself where that puts it together, else its fields by their names."""
    if isinstance(form, forms.ReclassifyForm | forms.IncidentForm):
        return {"form": form, "version": form.cleaned_data["version"]}
    return form.cleaned_data


def _as_it_is(case: Case) -> dict[str, Any]:
    return {
        "about": case.category or case.lane,
        "criminal_grounds": case.criminal_grounds,
        "may_be_secret": case.is_restricted,
    }

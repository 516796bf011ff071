"""Starta nytt konto: fill in, look through, send (R39, R40)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.application import ApplicationForm
from accounts.models import Application, Draft
from accounts.services import applications, drafts
from laholm_sociala.common.swedish import join_in_words
from laholm_sociala.common.views import refusal_in


@require_GET
def application_start(request: HttpRequest) -> HttpResponse:
    """An empty form. It has a draft of its own as soon as something is sent."""
    form = ApplicationForm(initial=ApplicationForm.first_words(request.user), by=request.user)
    return _form_page(request, form, uuid4(), None)


@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a draft; on POST keep what is typed, and go on to the preview when it is whole."""
    if request.method == "GET":
        draft = _own(request, pk)
        form = ApplicationForm(initial=draft.typed, by=request.user)
        return _form_page(request, form, pk, draft)
    form = ApplicationForm(request.POST, by=request.user)
    draft = _keep(request, pk)
    if "spara" in request.POST:
        messages.success(request, "Utkastet är sparat. Du hittar det under Att göra.")
        return redirect("accounts:draft-edit", pk)
    if form.is_valid():
        return redirect("accounts:draft-preview", pk)
    return _form_page(request, form, pk, draft)


@require_GET
def draft_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form as the manager will read it, and who that is."""
    draft = _own(request, pk)
    form = ApplicationForm.from_typed(draft.typed, by=request.user)
    if not form.is_valid():
        return _form_page(request, form, pk, draft)
    application = applications.preview(content=form.cleaned_data, by=request.user, now=timezone.now())
    context = {"application": application, "draft": draft, "managers": _managers(application)}
    return render(request, "accounts/draft_preview.html", context)


@require_POST
def draft_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send Bilaga 1 to the manager."""
    draft = _own(request, pk)
    form = ApplicationForm.from_typed(draft.typed, by=request.user)
    if form.is_valid():
        with refusal_in(form), _not_ones_own():
            sent = applications.submit(pk, content=form.cleaned_data, by=request.user, now=timezone.now())
            to = _managers(sent) or "kommunikationsenheten, som utser vem som beslutar"
            messages.success(request, f"Skickat till {to}. Du får mejl när det är beslutat.")
            return redirect("accounts:application-detail", sent.pk)
    return _form_page(request, form, pk, draft)


@require_http_methods(["GET", "POST"])
def draft_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, and rensa the draft."""
    draft = get_object_or_404(Draft, pk=pk, owner=request.user, application__isnull=True)
    if request.method == "POST":
        with _not_ones_own():
            drafts.discard_draft(pk, by=request.user, now=timezone.now())
        messages.success(request, "Utkastet är rensat.")
        return redirect("to-do")
    context = {
        "title": f"Rensa utkastet {draft}?",
        "text": "Det du har skrivit försvinner och kan inte hämtas tillbaka.",
        "button": "Rensa utkastet",
        "danger": True,
        "back_url": reverse("accounts:draft-edit", args=[pk]),
        "back_text": "Tillbaka till utkastet",
    }
    return render(request, "components/confirm.html", context)


def _own(request: HttpRequest, pk: UUID) -> Draft:
    return get_object_or_404(Draft.objects.select_related("application"), pk=pk, owner=request.user)


def _keep(request: HttpRequest, pk: UUID) -> Draft:
    typed = ApplicationForm.typed_in(request.POST)
    with _not_ones_own():
        return drafts.save_draft(pk, typed=typed, by=request.user, now=timezone.now())


@contextmanager
def _not_ones_own() -> Iterator[None]:
    """Answer 404 for a draft that is somebody else's, or that a second press already sent or threw away."""
    try:
        yield
    except Draft.DoesNotExist as error:
        raise Http404 from error


def _form_page(request: HttpRequest, form: ApplicationForm, pk: UUID, draft: Draft | None) -> HttpResponse:
    context = {"form": form, "draft_id": pk, "draft": draft}
    return render(request, "accounts/application_form.html", context)


def _managers(application: Application) -> str:
    people = application.managers(timezone.localdate())
    return join_in_words([person.in_sentence for person in people])

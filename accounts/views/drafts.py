"""Starta nytt konto: fill in, look through, send (R39, R40)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.changed import changed_since_last_decision
from accounts.enums import PUBLIC_ACCOUNT
from accounts.forms.application import ApplicationForm
from accounts.models import Account, Application, Draft, User
from accounts.services import applications, drafts
from laholm_sociala.common.swedish import join_in_words
from laholm_sociala.common.views import refusal_in

# Earlier ones to begin with: the latest, which are the likeliest.
SHOWN_EARLIER = 8


@require_GET
def application_start(request: HttpRequest) -> HttpResponse:
    """An empty form, or one that begins with an earlier one's words. It has a draft of its own once it is saved."""
    earlier = Application.objects.to_start_from(request.user).select_related("platform", "unit")
    initial = ApplicationForm.first_words(request.user)
    begun = None
    if "fran" in request.GET:
        begun = get_object_or_404(earlier, pk=_uuid_or_404(request.GET["fran"]))
        initial |= drafts.typed_to_start_from(begun)
    form = ApplicationForm(initial=initial, by=request.user)
    return _form_page(request, form, uuid4(), None, earlier=earlier[:SHOWN_EARLIER], begun=begun)


@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a draft; on POST keep what is typed, and go on to the preview when it is whole."""
    if request.method == "GET":
        draft = _own(request, pk)
        form = ApplicationForm(initial=draft.typed, by=request.user)
        return _form_page(request, form, pk, draft)
    draft = _keep(request, pk)
    form = ApplicationForm(request.POST, by=request.user, returned=draft.application_id)
    if "spara" in request.POST:
        messages.success(request, "Utkastet är sparat. Du hittar det under Att göra.")
        return redirect("accounts:draft-edit", pk)
    if form.is_valid():
        return redirect("accounts:draft-preview", pk)
    return _form_page(request, form, pk, draft)


@login_not_required
@require_POST
def draft_autosave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what is typed while it is typed, and say so in a line that takes the last one's place.

    A session may end in the middle of a sentence. Then the line says that nothing is saved: a redirect would put the
    sign-in page where the line stands.
    """
    draft = _keep(request, pk) if request.user.is_authenticated else None
    context = {"draft": draft, "draft_id": pk, "just_now": True, "signed_out": draft is None}
    response = render(request, "accounts/parts/draft_saved.html", context)
    if draft is not None:
        response.headers["HX-Replace-Url"] = reverse("accounts:draft-edit", args=[pk])
    return response


@require_GET
def draft_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form as the manager will read it, and who that is."""
    draft = _own(request, pk)
    form = ApplicationForm.from_typed(draft.typed, by=request.user, returned=draft.application_id)
    if not form.is_valid():
        return _form_page(request, form, pk, draft)
    application = applications.preview(content=form.cleaned_data, by=request.user, now=timezone.now())
    context = {
        "application": application,
        "draft": draft,
        "managers": _managers(application),
        "changes": changed_since_last_decision(draft.application, application) if draft.application else {},
    }
    return render(request, "accounts/draft_preview.html", context)


@require_POST
def draft_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send Bilaga 1 to the manager."""
    draft = _own(request, pk)
    form = ApplicationForm.from_typed(draft.typed, by=request.user, returned=draft.application_id)
    if form.is_valid():
        with refusal_in(form), _not_ones_own():
            sent = applications.submit(pk, content=form.cleaned_data, by=request.user, now=timezone.now())
            to = _managers(sent) or "kommunikationsenheten, som utser vem som beslutar"
            messages.success(request, f"Skickat till {to}. Du får mejl när det är beslutat.")
            return redirect("accounts:application-detail", sent.pk)
        form.__dict__.pop("taken", None)  # somebody else was first, after the form was looked through
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


def _form_page(
    request: HttpRequest, form: ApplicationForm, pk: UUID, draft: Draft | None, **beside: object
) -> HttpResponse:
    context = {"form": form, "draft_id": pk, "draft": draft, "taken": _taken(request, form), **beside}
    return render(request, "accounts/application_form.html", context)


def _taken(request: HttpRequest, form: ApplicationForm) -> dict[str, object] | None:
    """The account or application that has the address already, with a way to it, or to who knows."""
    if not form.is_bound or form.taken is None:
        return None
    return {"found": form.taken, "url": _way_to(form.taken.record, request.user)}


def _way_to(record: Account | Application, user: User) -> str:
    name = "account-detail" if isinstance(record, Account) else "application-detail"
    if type(record).objects.visible_to(user, timezone.localdate()).filter(pk=record.pk).exists():
        return reverse(f"accounts:{name}", args=[record.pk])
    if isinstance(record, Account) and record.status in PUBLIC_ACCOUNT:
        return reverse("accounts:public-account", args=[record.pk])
    return ""


def _uuid_or_404(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise Http404 from error


def _managers(application: Application) -> str:
    people = application.managers(timezone.localdate())
    return join_in_words([person.in_sentence for person in people])

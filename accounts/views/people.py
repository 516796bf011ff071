"""People: invited, changed, let in and shut out. Only administrators; the invitation's own page is open to all."""

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import AccountStatus
from accounts.forms.administration import PasswordForm, PeopleFilter, PersonForm
from accounts.models import Deputy, Invitation, RoleAssignment, User
from accounts.services import invitations, people
from accounts.services.administration import ADMINISTER
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.navigation import settings_pages
from laholm_sociala.common.views import refusal_as_message, refusal_in, requires

PAGE_SIZE = 50


@require_GET
@requires(ADMINISTER)
def administration(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/administration/administration.html", {"settings": settings_pages()})


@require_GET
@requires(ADMINISTER)
def user_list(request: HttpRequest) -> HttpResponse:
    everyone = User.objects.people().presented().prefetch_related("role_assignments__role", "role_assignments__board")
    filtered = PeopleFilter(request.GET, everyone.order_by("sort_key", "title", "id"))
    page = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/administration/user_list.html", {"filter": filtered, "page": page})


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def user_invite(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            person = invitations.invite(form.details(), roles=form.grants(), by=request.user, now=timezone.now())
            messages.success(request, f"{person} är inbjuden och får ett mejl med en länk som gäller i sju dagar.")
            return redirect("accounts:user-list")
    return render(request, "accounts/administration/user_invite.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def user_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_person(pk)
    form = PersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            changed = people.change_person(pk, form.details(), roles=form.grants(), by=request.user, now=timezone.now())
            messages.success(request, f"Uppgifterna om {changed.in_sentence} är sparade.")
            return redirect("accounts:user-list")
    context = {
        "person": person,
        "form": form,
        "is_invited": person.is_active and not person.has_usable_password(),
        "has_second_step": is_mfa_enabled(person),
    }
    return render(request, "accounts/administration/user_edit.html", context)


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def user_deactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_person(pk)
    if request.method == "POST":
        with refusal_as_message(request):
            people.deactivate(pk, by=request.user, now=timezone.now())
            messages.success(request, f"{person} är inaktiv och kan inte logga in.")
        return redirect("accounts:user-edit", pk)
    context = {
        **_confirm_page(person, title=f"Inaktivera {called(person)}?", button="Inaktivera"),
        "text": "Personen kan inte längre logga in. Det som personen har gjort finns kvar.",
        "danger": True,
        **_left_behind(person),
    }
    return render(request, "accounts/administration/user_deactivate.html", context)


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def user_activate(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_person(pk)
    if request.method == "POST":
        with refusal_as_message(request):
            people.activate(pk, by=request.user, now=timezone.now())
            messages.success(request, f"{person} är aktiv och kan logga in.")
        return redirect("accounts:user-edit", pk)
    context = {
        **_confirm_page(person, title=f"Aktivera {called(person)}?", button="Aktivera"),
        "text": "Personen kan logga in igen, med de roller som fanns kvar.",
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
@requires(ADMINISTER)
def user_reset_second_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_person(pk)
    if request.method == "POST":
        with refusal_as_message(request):
            people.reset_second_step(pk, by=request.user, now=timezone.now())
            messages.success(request, f"Tvåstegsinloggningen för {person.in_sentence} är borttagen.")
        return redirect("accounts:user-edit", pk)
    context = {
        **_confirm_page(person, title=f"Ta bort tvåstegsinloggningen för {called(person)}?", button="Ta bort"),
        "text": "För den som har tappat telefonen och inte har reservkoderna. Ring upp personen och hör att det är "
        "rätt person som frågar. Personen får ett mejl, och slår på tvåstegsinloggningen på nytt.",
        "danger": True,
    }
    return render(request, "components/confirm.html", context)


@require_POST
@requires(ADMINISTER)
def user_invite_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_person(pk)
    with refusal_as_message(request):
        invitations.invite_again(pk, by=request.user, now=timezone.now())
        messages.success(request, f"{person} får ett nytt mejl. Den tidigare länken fungerar inte längre.")
    return redirect("accounts:user-edit", pk)


@require_GET
@requires(ADMINISTER)
def user_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_person(pk)
    return show_history(
        request,
        person,
        title=f"Historik för {called(person)}",
        back_url=reverse("accounts:user-edit", args=[pk]),
        back_text=person.short_name,
        parts=[RoleAssignment.history.filter(user=person)],
    )


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = invitations.find(token, now=timezone.now())
        form = PasswordForm(request.POST or None, person=invitation.user)
        if request.method == "POST" and form.is_valid():
            invitations.accept(token, password=form.cleaned_data["password"], now=timezone.now())
            messages.success(request, "Lösenordet är sparat. Logga in med det.")
            return redirect("account_login")
    except Invitation.DoesNotExist:
        return render(request, "accounts/administration/invitation_unknown.html", status=404)
    except invitations.LinkSpentError as error:
        return render(request, "accounts/administration/invitation_spent.html", {"why": str(error)}, status=410)
    return render(request, "accounts/administration/invitation_accept.html", {"form": form, "invitation": invitation})


def get_person(pk: UUID) -> User:
    """Return the person, or 404. The system itself is nobody."""
    return get_object_or_404(User.objects.people().presented(), pk=pk)


def called(person: User) -> str:
    """The name, or the function of a person with protected identity, inside a sentence."""
    return person.name or person.in_sentence


def _confirm_page(person: User, *, title: str, button: str) -> dict[str, object]:
    return {
        "title": title,
        "button": button,
        "back_url": reverse("accounts:user-edit", args=[person.pk]),
        "back_text": person.short_name,
    }


def _left_behind(person: User) -> dict[str, object]:
    """What the person leads and looks after, for someone else to be named (R29)."""
    today = timezone.localdate()
    looked_after = person.assignments.on(today).exclude(account__status=AccountStatus.CLOSED)
    return {
        "led": person.managed_units.filter(active=True),
        "deputyships": Deputy.objects.filter(user=person).on(today).select_related("unit"),
        "assignments": looked_after.select_related("account__platform"),
        "board_roles": person.role_assignments.exclude(board=None).select_related("role", "board"),
    }

"""The manager's one page: read, and approve, send back or reject (R03, R41)."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.bilaga1 import fingerprint
from accounts.changed import changed_since_last_decision
from accounts.enums import ApplicationStatus
from accounts.forms.decision import ApprovalForm, RejectForm, SendBackForm
from accounts.models import Application
from accounts.services import decisions
from accounts.sign_in import sign_in_method
from accounts.views.applications import visible_application
from laholm_sociala.common.views import refusal_in


@require_http_methods(["GET", "POST"])
def application_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything to read in one scroll, and the decision in reach of the thumb. Nothing changes on GET."""
    return _decide(request, pk, ApprovalForm, "accounts/application_approve.html", _approve)


@require_http_methods(["GET", "POST"])
def application_send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send it back with what should change."""
    return _decide(request, pk, SendBackForm, "accounts/application_send_back.html", _send_back)


@require_http_methods(["GET", "POST"])
def application_reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say no, with the reason."""
    return _decide(request, pk, RejectForm, "accounts/application_reject.html", _reject)


def _decide(
    request: HttpRequest,
    pk: UUID,
    form_class: type[Form],
    template: str,
    act: Callable[[HttpRequest, UUID, Form], None],
) -> HttpResponse:
    application = visible_application(request, pk)
    if request.user not in application.managers(timezone.localdate()):
        raise PermissionDenied
    form = form_class(request.POST or None, initial={"seen": fingerprint(application.canonical_content())})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            act(request, pk, form)
            return redirect("accounts:application-approve", pk)
        application = visible_application(request, pk)
    if application.status != ApplicationStatus.SUBMITTED:
        return _decided(request, application)
    if "seen" in form.errors:
        bind_to_what_is_shown(form, application)
    context = {
        "application": application,
        "form": form,
        "strong": decisions.strong_enough(sign_in_method(request)),
        "changes": changed_since_last_decision(application),
    }
    return render(request, template, context)


def bind_to_what_is_shown(form: Form, application: Application) -> None:
    """Let the next press answer for the page as it is now; the manager has been told to read it again."""
    form.data = form.data.copy()
    form.data["seen"] = fingerprint(application.canonical_content())


def _approve(request: HttpRequest, pk: UUID, form: Form) -> None:
    decisions.approve(
        pk,
        seen_sha256=form.cleaned_data["seen"],
        sign_in_method=sign_in_method(request),
        by=request.user,
        now=timezone.now(),
    )


def _send_back(request: HttpRequest, pk: UUID, form: Form) -> None:
    decisions.send_back(
        pk,
        comment=form.cleaned_data["comment"],
        seen_sha256=form.cleaned_data["seen"],
        sign_in_method=sign_in_method(request),
        by=request.user,
        now=timezone.now(),
    )


def _reject(request: HttpRequest, pk: UUID, form: Form) -> None:
    decisions.reject(
        pk,
        comment=form.cleaned_data["comment"],
        seen_sha256=form.cleaned_data["seen"],
        sign_in_method=sign_in_method(request),
        by=request.user,
        now=timezone.now(),
    )


def _decided(request: HttpRequest, application: Application) -> HttpResponse:
    """The receipt; for the one who came second, who decided and what."""
    decision = application.decisions.select_related("by__unit").first()
    mine = decision is not None and decision.by_id == request.user.pk
    context = {"application": application, "decision": decision, "mine": mine}
    return render(request, "accounts/application_decided.html", context)

"""An application as its people see it: read, withdraw, change again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import ApplicationStatus, DecisionKind
from accounts.filters.applications import ApplicationFilter
from accounts.models import Account, Application, ApprovedForm, ScannedForm
from accounts.services import applications, drafts
from accounts.services.notices import form_file_name
from accounts.services.platforms import EDIT_PLATFORMS
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_as_message

PAGE_SIZE = 50


@require_GET
def application_list(request: HttpRequest) -> HttpResponse:
    """All applications for kommunikationsenheten; for others their own and those they decide on."""
    visible = Application.objects.visible_to(request.user, timezone.localdate()).presented().order_by("-submitted_at")
    filtered = ApplicationFilter(request.GET, visible)
    page = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filter": filtered, "page": page, "may_edit_platforms": request.user.may(EDIT_PLATFORMS)}
    return render(request, "accounts/application_list.html", context)


@require_GET
def application_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was sent, what was decided, and what can be done now."""
    application = visible_application(request, pk)
    is_applicant = application.applicant_id == request.user.pk
    may_register = request.user.may("accounts.register_application")
    status = application.status
    context = {
        "application": application,
        "decisions": application.decisions.select_related("by__unit"),
        "form_made": form_in_force(application) is not None,
        "paper_attached": ScannedForm.objects.filter(decision__application=application).exists(),
        "account": Account.objects.filter(application=application).select_related("platform").first(),
        "may_decide": may_decide(request, application),
        "may_revise": is_applicant and status == ApplicationStatus.RETURNED,
        "may_withdraw": is_applicant and status in {ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED},
        "may_register": may_register and status == ApplicationStatus.APPROVED,
        "may_attach_paper": may_register and status == ApplicationStatus.SUBMITTED,
        "managers": application.managers(timezone.localdate()),
    }
    return render(request, "accounts/application_detail.html", context)


@require_http_methods(["GET", "POST"])
def application_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, and take the application back."""
    application = _own_application(request, pk)
    if request.method == "POST":
        with refusal_as_message(request):
            applications.withdraw(pk, by=request.user, now=timezone.now())
            messages.success(request, "Uppstarten är återtagen. Chefen behöver inte göra något.")
        return redirect("accounts:application-detail", pk)
    context = {
        "title": f"Återta uppstarten av {application}?",
        "text": "Chefen behöver då inte besluta. Vill du starta kontot senare fyller du i en ny.",
        "button": "Återta uppstarten",
        "danger": True,
        "back_url": reverse("accounts:application-detail", args=[pk]),
        "back_text": "Tillbaka till uppstarten",
    }
    return render(request, "components/confirm.html", context)


@require_POST
def application_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a returned application for change."""
    application = _own_application(request, pk)
    with refusal_as_message(request):
        draft = drafts.reopen_returned(application.pk, by=request.user, now=timezone.now())
        return redirect("accounts:draft-edit", draft.pk)
    return redirect("accounts:application-detail", pk)


@require_GET
def application_form_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The approved Bilaga 1, byte for byte as it was made."""
    application = visible_application(request, pk)
    form = form_in_force(application)
    if form is None:
        raise Http404
    response = HttpResponse(bytes(form.pdf), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{form_file_name(application)}"'
    return response


def form_in_force(application: Application) -> ApprovedForm | None:
    """Return the form of the approval that holds: none once the approval is void."""
    if application.status not in {ApplicationStatus.APPROVED, ApplicationStatus.REGISTERED}:
        return None
    return ApprovedForm.objects.filter(decision__application=application).order_by("-made_at").first()


def visible_application(request: HttpRequest, pk: UUID) -> Application:
    """Return the application, or 404 where the person has nothing to do with it."""
    visible = Application.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(visible.presented(), pk=pk)


def _own_application(request: HttpRequest, pk: UUID) -> Application:
    application = visible_application(request, pk)
    if application.applicant_id != request.user.pk:
        raise PermissionDenied
    return application


def may_decide(request: HttpRequest, application: Application) -> bool:
    """Tell whether the application waits for this person."""
    waits = application.status == ApplicationStatus.SUBMITTED
    return waits and request.user in application.managers(timezone.localdate())


def last_decision_by(request: HttpRequest, application: Application) -> object | None:
    """Return the person's own latest decision on the application, if any."""
    kinds = (DecisionKind.APPROVED, DecisionKind.RETURNED, DecisionKind.REJECTED)
    return application.decisions.filter(by=request.user, kind__in=kinds).first()


@require_GET
def application_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed the application, when and how."""
    application = visible_application(request, pk)
    url = reverse("accounts:application-detail", args=[pk])
    return show_history(request, application, title=str(application), back_url=url, back_text="Uppstarten")

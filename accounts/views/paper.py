"""A Bilaga 1 signed on paper: attached by kommunikationsenheten instead of a decision in the portal (R41)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.bilaga1 import fingerprint
from accounts.enums import ApplicationStatus
from accounts.forms.paper import PaperForm
from accounts.models import ScannedForm
from accounts.services import decisions
from accounts.services.notices import form_file_name
from accounts.views.applications import visible_application
from accounts.views.decisions import bind_to_what_is_shown
from laholm_sociala.common.uploads import PDF, PICTURES
from laholm_sociala.common.views import refusal_in, requires

ENDINGS = {kind.content_type: kind.ending for kind in (PDF, *PICTURES.values())}


@require_http_methods(["GET", "POST"])
@requires(decisions.REGISTER)
def application_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compare with the application, attach the file, and say who signed it and when."""
    application = visible_application(request, pk)
    if request.method == "GET" and application.status != ApplicationStatus.SUBMITTED:
        messages.error(request, "Uppstarten väntar inte längre på chefens beslut.")
        return redirect("accounts:application-detail", pk)
    first = {"seen": fingerprint(application.canonical_content())}
    form = PaperForm(request.POST or None, request.FILES or None, application=application, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            decisions.attach_signed_form(
                pk,
                paper=form.cleaned_data["file"],
                signer=form.cleaned_data["signer"],
                signed_on=form.cleaned_data["signed_on"],
                seen_sha256=form.cleaned_data["seen"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, "Blanketten är bifogad, och uppstarten är godkänd. Nu går den att registrera.")
            return redirect("accounts:application-detail", pk)
        application = visible_application(request, pk)
        if "seen" in form.errors:
            bind_to_what_is_shown(form, application)
    return render(request, "accounts/application_paper.html", {"application": application, "form": form})


@require_GET
def application_paper_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The signed form, byte for byte as it was sent in. Downloaded, never shown: it is somebody's file."""
    application = visible_application(request, pk)
    scan = ScannedForm.objects.filter(decision__application=application).order_by("-attached_at").first()
    if scan is None:
        raise Http404
    name = form_file_name(application).removesuffix(".pdf")
    response = HttpResponse(bytes(scan.content), content_type=scan.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-underskriven.{ENDINGS[scan.content_type]}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

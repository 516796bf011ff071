"""The portal takes a picture of an account's page, and a person says whether it shows it (R19, R20)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.services.keepers import may_keep
from archive.enums import SnapshotReason, SnapshotStatus
from archive.forms.snapshots import CaptureForm, VerdictForm
from archive.services import capturing
from archive.services.snapshots import judge
from archive.snapshot_progress import progress_of
from archive.views.snapshots import account_seen, detail_page, snapshot_seen
from laholm_sociala.common.views import refusal_as_message, refusal_in

BEING_TAKEN = (SnapshotStatus.REQUESTED, SnapshotStatus.CAPTURING)


@require_http_methods(["GET", "POST"])
def snapshot_capture(request: HttpRequest, account_pk: UUID) -> HttpResponse:
    """Have the portal take a picture, and why; or why only a person can."""
    account = account_seen(request, account_pk)
    if not may_keep(account, request.user, timezone.now()):
        raise PermissionDenied
    form = CaptureForm(request.POST or None, reason=request.GET.get("varfor", ""))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            reason = SnapshotReason(form.cleaned_data["reason"])
            asked = capturing.ask(account_pk, reason=reason, by=request.user, now=timezone.now())
            return redirect("archive:snapshot-detail", asked.pk)
    context = {"account": account, "form": form, "can_be_captured": capturing.can_be_captured(account)}
    return render(request, "archive/snapshot_capture.html", context)


@require_GET
def snapshot_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the worker has come, as a part of the page; the whole page again when it is done."""
    snapshot = snapshot_seen(request, pk)
    if not request.htmx:
        return redirect("archive:snapshot-detail", pk)
    context = {"snapshot": snapshot, "progress": progress_of(snapshot)}
    response = render(request, "archive/parts/snapshot_progress.html", context)
    if snapshot.status not in BEING_TAKEN:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def snapshot_judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether it shows the account's page. Only then it counts."""
    snapshot = snapshot_seen(request, pk)
    if not may_keep(snapshot.account, request.user, timezone.now()):
        raise PermissionDenied
    form = VerdictForm(request.POST, wall=snapshot.wall)
    if form.is_valid():
        with refusal_in(form):
            reason = form.cleaned_data["reason"]
            judge(pk, good=form.is_good, reason=reason, by=request.user, now=timezone.now())
            if form.is_good:
                messages.success(request, "Ögonblicksbilden är sparad.")
                return redirect("archive:snapshot-detail", pk)
            messages.success(request, "Bilden räknas inte. Ta en ny, eller skicka egna skärmbilder.")
            return redirect("archive:snapshot-timeline", snapshot.account_id)
    return detail_page(request, snapshot, form)


@require_POST
def snapshot_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the portal try once more."""
    snapshot_seen(request, pk)
    with refusal_as_message(request):
        capturing.ask_again(pk, by=request.user, now=timezone.now())
    return redirect("archive:snapshot-detail", pk)

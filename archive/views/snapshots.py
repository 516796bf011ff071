"""An account's ögonblicksbilder: through the years, one at a time, and two side by side (R19, R20)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import AccountStatus
from accounts.models import Account
from accounts.services.keepers import may_keep
from archive.enums import SnapshotFileKind, SnapshotMethod, SnapshotStatus
from archive.forms.snapshots import UploadForm, VerdictForm
from archive.models import Snapshot, SnapshotFile
from archive.services import snapshots as service
from archive.services.capturing import can_be_captured
from archive.services.snapshot_pdf import evidence_in_words
from archive.snapshot_progress import progress_of
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.in_memory import files_in_memory, let_go
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_in

PER_PAGE = 24
WHEN = Coalesce("taken_at", "requested_at")
# Of a page that the portal cut in parts only the top is shown in small.
TOP = Q(position=0) | Q(snapshot__method=SnapshotMethod.UPLOAD)
SMALL = Prefetch("files", SnapshotFile.objects.filter(TOP, kind=SnapshotFileKind.THUMBNAIL), to_attr="small")
SHOWN = Prefetch("files", SnapshotFile.objects.filter(kind=SnapshotFileKind.SHOWN), to_attr="shown")


@require_GET
def snapshot_timeline(request: HttpRequest, account_pk: UUID) -> HttpResponse:
    """All snapshots of an account, the newest first, with small pictures."""
    account = account_seen(request, account_pk)
    now = timezone.now()
    every = account.snapshots.presented().prefetch_related(SMALL).order_by(WHEN.desc(), "-requested_at", "-id")
    context = {
        "account": account,
        "page": LongList(every, PER_PAGE).get_page(request.GET.get("page")),
        "may_compare": account.snapshots.good().count() > 1,
        "change": account.planned_changes.waiting().select_related("announced_by__unit").first(),
        "may_change": may_keep(account, request.user, now) and account.status != AccountStatus.CLOSED,
        "can_be_captured": can_be_captured(account),
    }
    return render(request, "archive/snapshot_timeline.html", context)


@require_GET
def snapshot_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One snapshot: its pictures, how it was taken and who answers for it."""
    snapshot = snapshot_seen(request, pk)
    return detail_page(request, snapshot, VerdictForm(wall=snapshot.wall))


@require_GET
def snapshot_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who asked for it, what became of it and who answered for it."""
    snapshot = snapshot_seen(request, pk)
    back = reverse("archive:snapshot-detail", args=[pk])
    return show_history(request, snapshot, title=str(snapshot), back_url=back, back_text="Ögonblicksbilden")


@require_GET
def snapshot_zoom(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """One picture in its full size. The page scrolls both ways; no script is needed."""
    snapshot = snapshot_seen(request, pk)
    file = get_object_or_404(snapshot.files, pk=file_pk, kind=SnapshotFileKind.SHOWN)
    return render(request, "archive/snapshot_zoom.html", {"snapshot": snapshot, "file": file})


@require_GET
def snapshot_compare(request: HttpRequest, account_pk: UUID) -> HttpResponse:
    """Two good snapshots beside each other: the two newest, unless two are chosen."""
    account = account_seen(request, account_pk)
    good = list(account.snapshots.good().prefetch_related(SHOWN).order_by("-taken_at", "-id"))
    by_key = {str(snapshot.pk): snapshot for snapshot in good}
    earlier = by_key.get(request.GET.get("fore", ""), good[1] if len(good) > 1 else None)
    later = by_key.get(request.GET.get("efter", ""), good[0] if good else None)
    context = {"account": account, "good": good, "earlier": earlier, "later": later}
    return render(request, "archive/snapshot_compare.html", context)


@require_http_methods(["GET", "POST"])
@files_in_memory
def snapshot_upload(request: HttpRequest, account_pk: UUID) -> HttpResponse:
    """Send own pictures of the page, and answer for them."""
    account, now = account_seen(request, account_pk), timezone.now()
    if not may_keep(account, request.user, now):
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    chosen = {"reason": request.GET.get("varfor", ""), "let_go": let_go(request) if posted else ()}
    form = UploadForm(*posted, now=now, **chosen)
    if posted and form.is_valid():
        with refusal_in(form):
            kept = service.attest_upload(account_pk, form.upload(), by=request.user, now=now)
            messages.success(request, "Ögonblicksbilden är sparad. Originalen finns kvar precis som du skickade dem.")
            return redirect("archive:snapshot-detail", kept.pk)
    if posted:
        form.ask_for_the_files_again()
    context = {
        "account": account,
        "form": form,
        "can_be_captured": can_be_captured(account),
        "reason": chosen["reason"],
    }
    return render(request, "archive/snapshot_upload.html", context)


def detail_page(request: HttpRequest, snapshot: Snapshot, form: VerdictForm) -> HttpResponse:
    """Return the snapshot's page, with the form of the verdict for those who may give it."""
    waits = snapshot.status in {SnapshotStatus.TO_JUDGE, SnapshotStatus.FAILED}
    context = {
        "snapshot": snapshot,
        "originals": snapshot.files.filter(made_from__isnull=True),
        "evidence": evidence_in_words(snapshot),
        "progress": progress_of(snapshot),
        "may_keep": waits and may_keep(snapshot.account, request.user, timezone.now()),
        "form": form,
    }
    return render(request, "archive/snapshot_detail.html", context)


def account_seen(request: HttpRequest, pk: UUID) -> Account:
    """Return an account that the person sees, or 404."""
    seen = Account.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(seen.select_related("platform", "unit", "board"), pk=pk)


def snapshot_seen(request: HttpRequest, pk: UUID) -> Snapshot:
    """Return a snapshot of an account that the person sees, with its pictures to look at, or 404."""
    seen = Snapshot.objects.visible_to(request.user, timezone.localdate()).presented().select_related("account__board")
    return get_object_or_404(seen.prefetch_related(SHOWN), pk=pk)

"""Accounts that exist today come in from a file (R06)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.imports import CompleteForm, UploadForm
from accounts.importing import template
from accounts.importing.compare import RowKind
from accounts.models import AccountImport
from accounts.services import completion, imports
from accounts.services.keepers import may_keep
from accounts.views.register import visible_account
from laholm_sociala.common.views import refusal_as_message, refusal_in, requires

IMPORT = "accounts.register_application"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_SIZE = 50
# The file and what it said of each row are large, and only the page about that file shows them.
HEAVY = ("content", "report")


@require_http_methods(["GET", "POST"])
@requires(IMPORT)
def import_list(request: HttpRequest) -> HttpResponse:
    """The files so far, and a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = imports.upload(file_name=file.name, content=file.read(), by=request.user, now=timezone.now())
        return redirect("accounts:import-detail", made.pk)
    files = AccountImport.objects.defer(*HEAVY).select_related("uploaded_by__unit", "applied_by__unit")
    page = Paginator(files, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/imports/import_list.html", {"form": form, "page": page})


@require_GET
@requires(IMPORT)
def import_template_excel(request: HttpRequest) -> HttpResponse:
    """The template as a workbook."""
    return _download(template.as_excel(), "mall-konton.xlsx", EXCEL)


@require_GET
@requires(IMPORT)
def import_template_csv(request: HttpRequest) -> HttpResponse:
    """The template as CSV."""
    return _download(template.as_csv(), "mall-konton.csv", "text/csv; charset=utf-8")


@require_GET
@requires(IMPORT)
def import_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do, row by row, what is wrong first; and when it is read in, what it did."""
    found = AccountImport.objects.defer("content").select_related("uploaded_by__unit", "applied_by__unit")
    current = get_object_or_404(found, pk=pk)
    page = Paginator([_named(row) for row in current.report], PAGE_SIZE).get_page(request.GET.get("page"))
    counts = [(kind, kind.label, current.counts[kind]) for kind in RowKind if current.counts.get(kind)]
    context = {"import": current, "page": page, "counts": counts, "new": current.counts.get("new", 0)}
    return render(request, "accounts/imports/import_detail.html", context)


@require_GET
@requires(IMPORT)
def import_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the worker has come, as a part of the page; the whole page again when it is done."""
    current = get_object_or_404(AccountImport.objects.defer(*HEAVY), pk=pk)
    if not request.htmx:
        return redirect("accounts:import-detail", pk)
    response = render(request, "accounts/imports/parts/progress.html", {"import": current})
    if not current.is_working:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@requires(IMPORT)
def import_apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the accounts read in."""
    get_object_or_404(AccountImport.objects.defer(*HEAVY), pk=pk)
    with refusal_as_message(request):
        imports.start(pk, by=request.user, now=timezone.now())
    return redirect("accounts:import-detail", pk)


@require_http_methods(["GET", "POST"])
def account_complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill in what Bilaga 1 asks and the account does not say."""
    account, now = visible_account(request, pk), timezone.now()
    if not may_keep(account, request.user, now):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = CompleteForm(data, missing=completion.missing(account, now))
    if form.is_valid():
        with refusal_in(form):
            completion.complete(pk, answers=form.answers, people=form.people, by=request.user, now=now)
            messages.success(request, f"Uppgifterna om {account} är sparade.")
            return redirect("accounts:account-detail", pk)
    return render(request, "accounts/imports/account_complete.html", {"account": account, "form": form})


def _named(row: dict[str, object]) -> dict[str, object]:
    return {**row, "label": RowKind(row["kind"]).label}


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

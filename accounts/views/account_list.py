"""The central register: search, filters, saved views and spreadsheets (R05, R06)."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import ViewedList
from accounts.export import as_csv, as_excel
from accounts.filters.register import AccountFilter
from accounts.forms.saved_view import SavedViewForm
from accounts.models import Account
from accounts.register import RegisterPages
from accounts.views import saved_views
from laholm_sociala.common.views import requires

PAGE_SIZE = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("accounts.view_register")
def account_list(request: HttpRequest) -> HttpResponse:
    """The register, a page at a time, with what each account lacks."""
    filtered = _filtered(request)
    page = RegisterPages(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": filtered,
        "page": page,
        # Each account's own page lies below the register. Fifty calls of `reverse` take as long as the fifty rows.
        "below": reverse("accounts:account-list"),
        "rows": page.object_list,
        "views": saved_views.own_views(request, ViewedList.REGISTER),
        "may_import": request.user.may("accounts.register_application"),
        "view_form": SavedViewForm(initial={"query": request.GET.urlencode()}),
    }
    return render(request, "accounts/account_list.html", context)


@require_GET
@requires("accounts.view_register")
def account_list_csv(request: HttpRequest) -> HttpResponse:
    """The filtered register as CSV."""
    lines = as_csv(_filtered(request).qs, now=timezone.now())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="konton-{timezone.localdate()}.csv"'
    return response


@require_GET
@requires("accounts.view_register")
def account_list_excel(request: HttpRequest) -> HttpResponse:
    """The filtered register as an Excel workbook."""
    workbook = as_excel(_filtered(request).qs, now=timezone.now())
    name = f"konton-{timezone.localdate()}.xlsx"
    return FileResponse(workbook, as_attachment=True, filename=name, content_type=EXCEL)


@require_POST
@requires("accounts.view_register")
def saved_view_save(request: HttpRequest) -> HttpResponse:
    """Keep the search under a name."""
    return saved_views.keep(request, ViewedList.REGISTER, reverse("accounts:account-list"))


@require_POST
@requires("accounts.view_register")
def saved_view_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a saved view away."""
    return saved_views.forget(request, pk, ViewedList.REGISTER, reverse("accounts:account-list"))


def _filtered(request: HttpRequest) -> AccountFilter:
    return AccountFilter(request.GET, Account.objects.order_by("sort_key", "id"))

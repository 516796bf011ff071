"""The central register: search, filters, saved views and spreadsheets (R05, R06)."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.export import as_csv, as_excel
from accounts.filters.register import AccountFilter
from accounts.forms.saved_view import SavedViewForm
from accounts.models import Account, SavedView
from accounts.register import RegisterPages
from accounts.services import saved_views
from laholm_sociala.common.views import refusal_as_message, requires

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
        "views": SavedView.objects.filter(owner=request.user),
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
    form = SavedViewForm(request.POST)
    # Read and written anew: what was sent may hold anything, a line break too.
    query = QueryDict(request.POST.get("query", "")).urlencode()
    if not form.is_valid():
        messages.error(request, "Skriv ett namn på vyn, högst 60 tecken.")
    else:
        with refusal_as_message(request):
            view = saved_views.save_view(**form.cleaned_data, by=request.user)
            messages.success(request, f"Vyn ”{view.name}” är sparad.")
    return redirect(f"{reverse('accounts:account-list')}?{query}")


@require_POST
@requires("accounts.view_register")
def saved_view_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a saved view away."""
    try:
        saved_views.forget_view(pk, by=request.user)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "Vyn är borttagen.")
    return redirect("accounts:account-list")


def _filtered(request: HttpRequest) -> AccountFilter:
    return AccountFilter(request.GET, Account.objects.order_by("sort_key", "id"))

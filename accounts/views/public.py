"""What everyone sees: the list of the municipality's accounts, and a page for each (R05). No sign-in, no cookie."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET

from accounts.authenticity import judge
from accounts.filters.public import PublicFilter
from accounts.forms.authenticity import CheckForm
from accounts.models import Account
from accounts.public import PublicPages, grouped, public_account
from accounts.public_state import public_etag, public_last_modified


@login_not_required
@require_GET
@cache_control(public=True, max_age=0, must_revalidate=True)
@condition(etag_func=public_etag, last_modified_func=public_last_modified)
def public_list(request: HttpRequest) -> HttpResponse:
    """The current list of the municipality's accounts, by board."""
    filtered = PublicFilter(request.GET, Account.objects.public())
    page = PublicPages(filtered.qs).get_page(request.GET.get("page"))
    context = {"filter": filtered, "page": page, "groups": grouped(page.object_list), "asked": request.GET.get("q", "")}
    return render(request, "accounts/public_list.html", context)


@login_not_required
@require_GET
@cache_control(public=True, max_age=0, must_revalidate=True)
@condition(etag_func=public_etag, last_modified_func=public_last_modified)
def public_account_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An account: that it is ours, who runs it, and what visitors must be told."""
    account = get_object_or_404(Account.objects.on_public_page().select_related("platform", "unit"), pk=pk)
    return render(request, "accounts/public_account.html", {"account": public_account(account)})


@login_not_required
@require_GET
@cache_control(public=True, max_age=0, must_revalidate=True)
@condition(etag_func=public_etag, last_modified_func=public_last_modified)
def account_check(request: HttpRequest) -> HttpResponse:
    """Är kontot äkta? Yes for the very address of an account of ours, and for nothing else."""
    form = CheckForm(request.GET if "q" in request.GET else None)
    verdict = judge(form.cleaned_data["q"]) if form.is_valid() else None
    return render(request, "accounts/account_check.html", {"form": form, "verdict": verdict})

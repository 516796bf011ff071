"""The floor: a page in the portal's frame and with its filter form, around one plain query and one plain loop.

The query is what anyone would write: fifty whole records of one table, unfiltered and in no order. Both floors stand
behind the same middleware, decorators and context processors as the pages.
"""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.filters.public import PublicFilter
from accounts.filters.register import AccountFilter
from accounts.models import Account
from laholm_sociala.common.views import requires

PUBLIC: Final = "/golv/konton/"
REGISTER: Final = "/golv/register/"
ROWS: Final = 50


@login_not_required
@require_GET
@cache_control(public=True, max_age=60)
def public_floor(request: HttpRequest) -> HttpResponse:
    """As many rows and visible columns as the public list."""
    context = {"filter": PublicFilter(request.GET), "accounts": Account.objects.order_by()[:ROWS]}
    return render(request, "bench/public_floor.html", context)


@require_GET
@requires("accounts.view_register")
def register_floor(request: HttpRequest) -> HttpResponse:
    """As many rows and visible columns as the register."""
    context = {"filter": AccountFilter(request.GET), "accounts": Account.objects.order_by()[:ROWS]}
    return render(request, "bench/register_floor.html", context)


urlpatterns = [
    path(PUBLIC.lstrip("/"), public_floor),
    path(REGISTER.lstrip("/"), register_floor),
    path("", include("laholm_sociala.urls")),
]

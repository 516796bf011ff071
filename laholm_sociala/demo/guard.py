"""The demo's own pages answer this computer alone, and only in the demo."""

from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from laholm_sociala.common.views import View


def only_here(view: View) -> View:
    """Let in anyone who sits at this computer, without signing in; others get 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEMO and _sits_here(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_not_required(guarded)


def _sits_here(request: HttpRequest) -> bool:
    # A proxy would make the whole world look like this computer.
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

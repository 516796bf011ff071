"""The demo's own pages: sign in by one click, and read the mail that was sent."""

import re
from io import BytesIO
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib.auth import login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.sign_in import DEMO_METHOD
from laholm_sociala.demo import mailbox
from laholm_sociala.demo.guard import only_here

# A letter brings its own styles, as mail must, and may do nothing but be read and lead on.
LETTER_POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "form-action": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


@only_here
@require_POST
def sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign in as one of the example people, and record that no password was asked for."""
    person = get_object_or_404(User.objects.active(), pk=pk)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, DEMO_METHOD)
    return redirect(_next_page(request))


@only_here
@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    """Show the letters, newest first."""
    return render(request, "demo/mail_list.html", {"letters": mailbox.letters(), "frame": _frame(request)})


@only_here
@require_GET
@csp_update({"frame-src": [SELF]})
def mail_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one letter."""
    return render(request, "demo/mail_detail.html", {"letter": _letter(pk), "frame": _frame(request)})


@only_here
@require_GET
@xframe_options_sameorigin
@csp_replace(LETTER_POLICY)
def mail_html(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer with a letter's HTML, shut in a sandbox; its links open in the whole window."""
    html = re.sub(r"<head[^>]*>", lambda head: f'{head[0]}<base target="_top">', _letter(pk).html, count=1)
    return HttpResponse(html)


@only_here
@require_GET
def mail_attachment(request: HttpRequest, pk: UUID, number: int) -> FileResponse:
    """Send a letter's file, to be saved."""
    files = _letter(pk).attachments
    if not 1 <= number <= len(files):
        raise Http404
    file = files[number - 1]
    return FileResponse(BytesIO(file.content), as_attachment=True, filename=file.name)


def _letter(pk: UUID) -> mailbox.Letter:
    found = mailbox.letter(pk)
    if found is None:
        raise Http404
    return found


def _frame(request: HttpRequest) -> str:
    user: Any = request.user
    return "frames/staff.html" if user.is_authenticated else "frames/bare.html"


def _next_page(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else settings.LOGIN_REDIRECT_URL

"""Pages that no single app owns."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from laholm_sociala.common import to_do


@require_GET
def to_do_page(request: HttpRequest) -> HttpResponse:
    """The start page: what waits for the person. Those with a duty to know see their lines also when all is calm."""
    sections = to_do.sections(request.user, timezone.now())
    context = {
        "panels": [section for section in sections if section.panel],
        "sections": [section for section in sections if not section.panel],
        "is_calm": not any(section.count for section in sections),
        "by_lines": any(section.is_duty for section in sections),
        "calm_text": " ".join(f"{section.heading}." for section in sections) or "Inget väntar på dig.",
        "today": timezone.localdate(),
    }
    return render(request, "pages/to_do.html", context)


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """The person's own: password and second step."""
    return render(request, "pages/settings.html")


@login_not_required
@require_GET
@cache_control(public=True, max_age=3600)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tillgänglighetsredogörelse (lag 2018:1937)."""
    return render(request, "pages/accessibility.html", {"communications_email": settings.COMMUNICATIONS_EMAIL})


@login_not_required
@require_GET
@cache_control(public=True, max_age=3600)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and why (GDPR articles 13 and 14)."""
    return render(request, "pages/privacy.html", {"communications_email": settings.COMMUNICATIONS_EMAIL})


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Tell a watcher that the portal answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")

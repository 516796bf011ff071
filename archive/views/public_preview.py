"""What everyone will read of a handling, while it is written. Sent by POST: what is typed stands in no address."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from archive.public_variant import as_typed
from archive.views.diary import for_registrars

# The button by which the public variant is shown without JavaScript.
SHOW: Final = "visa"


@require_POST
@for_registrars
def public_preview(request: HttpRequest) -> HttpResponse:
    """The public variant of what is typed. Nothing is kept of it."""
    corrects = request.POST.get("corrects") == "1"
    shown = as_typed(request.POST.dict(), is_correction=corrects)
    return render(request, "archive/parts/public_preview.html", {"shown": shown, "corrects": corrects})

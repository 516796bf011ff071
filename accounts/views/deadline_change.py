"""What the changes of calendar and guideline share: what moves is shown before it is saved."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.deadlines import Preview
from laholm_sociala.common.swedish import count_in_words

CONFIRM, BACK = "spara", "tillbaka"
# More than anyone reads; what is left out is counted.
SHOWN = 50


def is_sent(request: HttpRequest) -> bool:
    """Tell whether the form was sent on, not back to be changed."""
    return request.method == "POST" and BACK not in request.POST


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether the person has seen what moves, and saves."""
    return CONFIRM in request.POST


def confirm_change(request: HttpRequest, form: BaseForm, preview: Preview, *, title: str) -> HttpResponse:
    """Show which open deadlines would move, with all that was typed kept for the next step."""
    moved = len(preview.moved)
    posts = "inlägg att granska får ny tidsfrist"
    heading = f"{moved} av {preview.total_open} {posts}" if moved else f"Inga {posts}"
    context = {
        "form": form,
        "title": title,
        "heading": heading,
        "moved": preview.moved[:SHOWN],
        "more": max(0, moved - SHOWN),
    }
    return render(request, "accounts/calendar/confirm.html", context)


def moved_in_words(moved: int) -> str:
    """Return Två inlägg att granska fick ny tidsfrist, or that none did."""
    return f"{count_in_words(moved, 'inlägg att granska', 'inlägg att granska', neuter=True)} fick ny tidsfrist."

"""The municipality's calendar: kommunikationsenheten's, with a look at what moves before anything is saved."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import calendar_page
from accounts.forms.calendar import OwnDayForm, RemoveDayForm, SeenForm, WeekForm, hours_in_words
from accounts.models import CalendarVersion
from accounts.services import calendar as services
from accounts.services.calendar import Content
from accounts.services.limits import EDIT_GUIDELINE, calendar_now
from accounts.views.deadline_change import confirm_change, is_confirmed, is_sent, moved_in_words
from laholm_sociala.common.views import refusal_in, requires

YEARS_SHOWN = 4


@require_GET
@requires(EDIT_GUIDELINE)
def calendar(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    versions = list(CalendarVersion.objects.select_related("made_by__unit"))
    content = versions[0].content
    context = {
        "week": calendar_page.week_in_words(content),
        "own_days": calendar_page.own_days(content, today),
        "years": [(year, calendar_page.red_days(year)) for year in range(today.year, today.year + YEARS_SHOWN)],
        "history": calendar_page.history(versions, today),
    }
    return render(request, "accounts/calendar/calendar.html", context)


@require_http_methods(["GET", "POST"])
@requires(EDIT_GUIDELINE)
def calendar_week(request: HttpRequest) -> HttpResponse:
    version = calendar_now()
    first = {**WeekForm.first_words(version.content["week"]), "seen": version.number}
    form = WeekForm(request.POST or None, initial=first)
    return _change(
        request, form, lambda: services.with_week(version.content, form.week()), title="Ändra den vanliga veckan"
    )


@require_http_methods(["GET", "POST"])
@requires(EDIT_GUIDELINE)
def calendar_day_add(request: HttpRequest) -> HttpResponse:
    version = calendar_now()
    form = OwnDayForm(request.POST or None, initial={"seen": version.number})

    def make() -> Content:
        typed = form.cleaned_data
        return services.with_day(version.content, typed["day"], hours=typed["hours"], label=typed["label"])

    return _change(request, form, make, title="Lägg till en dag")


@require_http_methods(["GET", "POST"])
@requires(EDIT_GUIDELINE)
def calendar_day_edit(request: HttpRequest, day: str) -> HttpResponse:
    version = calendar_now()
    own_day, row = _own_day(version, day)
    first = {"day": own_day, "label": row["label"], "hours": hours_in_words(row["hours"]), "seen": version.number}
    form = OwnDayForm(request.POST or None, initial=first)

    def make() -> Content:
        typed = form.cleaned_data
        return services.with_day(
            version.content, typed["day"], hours=typed["hours"], label=typed["label"], instead_of=own_day
        )

    return _change(request, form, make, title="Ändra dagen", own_day=day)


@require_http_methods(["GET", "POST"])
@requires(EDIT_GUIDELINE)
def calendar_day_remove(request: HttpRequest, day: str) -> HttpResponse:
    version = calendar_now()
    own_day, row = _own_day(version, day)
    form = RemoveDayForm(request.POST or None, initial={"seen": version.number})
    return _change(
        request,
        form,
        lambda: services.without_day(version.content, own_day),
        title="Ta bort dagen",
        removed={"day": own_day, "label": row["label"]},
    )


def _own_day(version: CalendarVersion, day: str) -> tuple[date, dict]:
    try:
        return date.fromisoformat(day), version.content["dates"][day]
    except (ValueError, KeyError) as error:
        raise Http404 from error


def _change(
    request: HttpRequest, form: SeenForm, make: Callable[[], Content], *, title: str, **context: object
) -> HttpResponse:
    """Ask, show what would move, and save: three steps at one address."""
    if is_sent(request) and form.is_valid():
        now = timezone.now()
        with refusal_in(form):
            content = make()
            if is_confirmed(request):
                moved = services.save_calendar(content, seen=form.cleaned_data["seen"], by=request.user, now=now)
                messages.success(request, f"Kalendern är sparad. {moved_in_words(moved)}")
                return redirect("accounts:calendar")
            preview = services.preview_calendar(content, now=now)
            return confirm_change(request, form, preview, title=title)
    return render(request, "accounts/calendar/calendar_change.html", {"form": form, "title": title, **context})

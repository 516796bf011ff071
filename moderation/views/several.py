"""The same thing with several posts at once: all of them, or none."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from laholm_sociala.common.views import refusal_in
from moderation.forms.several import SeveralForm
from moderation.models import Case
from moderation.rows import row
from moderation.services.several import MOST_AT_ONCE, Picked, act_on_several


@require_http_methods(["GET", "POST"])
def case_several(request: HttpRequest) -> HttpResponse:
    """Say what is done with those that were ticked, once, with one reason."""
    picked = _picked(request)
    if not picked:
        messages.warning(request, "Välj minst ett inlägg: sätt en bock framför det.")
        return redirect("moderation:case-list")
    cases = _visible(request, picked)
    form = SeveralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            number = act_on_several(picked, form.same(), by=request.user, now=timezone.now())
            messages.success(request, form.done(number))
            return redirect("moderation:case-list")
    rows = [row(case, request.user, timezone.now()) for case in cases]
    return render(request, "moderation/case_several.html", {"form": form, "rows": rows})


def _picked(request: HttpRequest) -> list[Picked]:
    """Return what was ticked. What is no post and version is not there."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        pairs = [one.split(":") for one in sent.getlist("inlagg")[: MOST_AT_ONCE + 1]]
        return [Picked(UUID(key), int(version)) for key, version in pairs]
    except ValueError as error:
        raise Http404 from error


def _visible(request: HttpRequest, picked: list[Picked]) -> list[Case]:
    """Return the posts, or 404 where the person may not see one of them."""
    keys = {one.case_id for one in picked}
    visible = Case.objects.visible_to(request.user, timezone.localdate()).filter(pk__in=keys)
    cases = list(visible.presented().most_urgent_first())
    if len(cases) < len(keys):
        raise Http404
    return cases

"""Keeping a search in a list under a name, and taking it away: alike for every list that has it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts.enums import ViewedList
from accounts.forms.saved_view import SavedViewForm
from accounts.models import SavedView
from accounts.services import saved_views
from laholm_sociala.common.views import refusal_as_message


def own_views(request: HttpRequest, within: ViewedList) -> QuerySet[SavedView]:
    """Return the person's own views of the list, by name."""
    return SavedView.objects.filter(owner=request.user, list=within)


def keep(request: HttpRequest, within: ViewedList, list_url: str) -> HttpResponse:
    """Keep what was sent under its name, and go back to the list as it was."""
    form = SavedViewForm(request.POST)
    # Read and written anew: what was sent may hold anything, a line break too.
    query = QueryDict(request.POST.get("query", "")).urlencode()
    if not form.is_valid():
        messages.error(request, "Skriv ett namn på vyn, högst 60 tecken.")
    else:
        with refusal_as_message(request):
            view = saved_views.save_view(**form.cleaned_data, by=request.user, within=within)
            messages.success(request, f"Vyn ”{view.name}” är sparad.")
    return redirect(f"{list_url}?{query}")


def forget(request: HttpRequest, pk: UUID, within: ViewedList, list_url: str) -> HttpResponse:
    """Take the view away, or answer 404 when it is not the person's own in this list."""
    try:
        saved_views.forget_view(pk, by=request.user, within=within)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "Vyn är borttagen.")
    return redirect(list_url)

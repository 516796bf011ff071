"""A person's own searches in a list. Untracked: they say nothing about an account or a handling."""

from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from accounts.enums import ViewedList
from accounts.models import SavedView, User
from laholm_sociala.common.errors import RefusedError

MOST = 20


@transaction.atomic
def save_view(*, name: str, query: str, by: User, within: ViewedList = ViewedList.REGISTER) -> SavedView:
    """Keep a search in a list under a name; the same name again replaces what it meant there.

    `query` is the address's query string; the page number is left out. Raises RefusedError when it narrows nothing
    down, or when the person has twenty already in that list.
    """
    asked = QueryDict(query, mutable=True)
    asked.pop("page", None)
    kept = QueryDict(mutable=True)
    for key in asked:
        if said := asked.get(key):
            kept[key] = str(said)
    if not kept:
        raise RefusedError("Sök eller filtrera först, och spara sedan vyn.")
    # Lock the person: two presses at once must not make one view too many.
    User.objects.select_for_update().get(pk=by.pk)
    if _others(name, by=by, within=within) >= MOST:
        raise RefusedError(f"Du har redan {MOST} sparade vyer. Ta bort någon först.")
    view, _new = SavedView.objects.update_or_create(
        owner=by, list=within, name=name, defaults={"query": kept.urlencode()[:1000]}
    )
    return view


@transaction.atomic
def forget_view(view_id: UUID, *, by: User, within: ViewedList = ViewedList.REGISTER) -> None:
    """Take away one of the person's own views in the list. Raises SavedView.DoesNotExist for any other."""
    SavedView.objects.select_for_update().get(pk=view_id, owner=by, list=within).delete()


def _others(name: str, *, by: User, within: ViewedList) -> int:
    return SavedView.objects.filter(owner=by, list=within).exclude(name=name).count()

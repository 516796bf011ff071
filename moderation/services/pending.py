"""Pictures that wait while a form is corrected (see `PendingPicture`)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from moderation.models import PendingPicture
from moderation.pictures import MOST_AT_ONCE, Picture, read_picture


@transaction.atomic
def keep_waiting(pictures: Sequence[Picture], *, by: User, now: datetime) -> list[PendingPicture]:
    """Keep the pictures of a form that could not be taken, at most as many as a form may hold; return them."""
    waiting = PendingPicture.objects.of(by)
    for picture in pictures[: max(0, MOST_AT_ONCE - waiting.count())]:
        PendingPicture.objects.create(
            owner=by, file_name=picture.file_name[-200:], original=picture.original, sent_at=now
        )
    return list(waiting)


def waiting_pictures(waiting: Iterable[PendingPicture], *, by: User) -> list[Picture]:
    """Return the pictures of those that are the person's own, looked through once more."""
    own = PendingPicture.objects.of(by).filter(pk__in=[picture.pk for picture in waiting])
    return [read_picture(picture.file_name, bytes(picture.original)) for picture in own]


def let_go(*, by: User) -> None:
    """Throw away what the person has waiting, at once: it may be what nobody is allowed to have (R23)."""
    PendingPicture.objects.of(by).delete()


def clear_forgotten(*, now: datetime) -> int:
    """Rensa pictures that nobody came back for within a day; return how many."""
    forgotten, _by_kind = PendingPicture.objects.forgotten(now).delete()
    return forgotten

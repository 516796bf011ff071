"""Keeping the table of public changes small."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Sum

from accounts.models import PublicChange

KEPT_APART = timedelta(days=1)


@transaction.atomic
def put_together(*, now: datetime) -> int:
    """Make one mark of those older than a day; return how many went. The number of changes ever stays the same.

    The new mark has a new id, so that no earlier state of the list ever comes back.
    """
    old = list(
        PublicChange.objects.select_for_update().filter(changed_at__lt=now - KEPT_APART).values_list("pk", flat=True)
    )
    if len(old) < 2:
        return 0
    rows = PublicChange.objects.filter(pk__in=old)
    whole = rows.aggregate(weight=Sum("weight"), changed_at=Max("changed_at"))
    rows.delete()
    PublicChange.objects.create(weight=whole["weight"], changed_at=whole["changed_at"])
    return len(old)

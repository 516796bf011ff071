"""Which accounts a person looks after, and which units they lead: found as keys, and asked of many times a page."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from accounts.models import Assignment, Unit, User
from laholm_sociala.common.once import once


@once
def accounts_of(user: User, day: date) -> Sequence[UUID]:
    """Return the accounts that the person is responsible or substitute for that day. One query."""
    duties = Assignment.objects.filter(user=user).on(day).order_by()
    return tuple(duties.values_list("account", flat=True))


@once
def units_led_by(user: User, day: date) -> Sequence[UUID]:
    """Return the units whose manager, or deputy that day, the person is. One query."""
    return tuple(Unit.objects.led_by(user, day).order_by().values_list("pk", flat=True))

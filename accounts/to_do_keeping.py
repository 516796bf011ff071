"""What an account's keeping asks of people under Att göra (R03, R10, R11, R29 to R32, R34)."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import compliance
from accounts.checks import people_gone, responsible_missing
from accounts.duties import accounts_of, units_led_by
from accounts.enums import ExemptionStatus
from accounts.models import Account, LogoExemption, Unit, User
from accounts.services.keepers import KEEP
from laholm_sociala.common.swedish import count_in_words, moment_in_words
from laholm_sociala.common.to_do import Kind, Task, add_kinds

# How many lacks a row names before it says how many more there are.
NAMED: Final = 2


def add_keeping_to_do() -> None:
    """Add the kinds of task."""
    add_kinds(
        Kind(
            15,
            without_people,
            lambda n: count_in_words(
                n, "konto behöver någon som sköter det", "konton behöver någon som sköter dem", neuter=True
            ),
            name_someone,
        ),
        Kind(
            25,
            wished_exemptions,
            lambda n: count_in_words(n, "önskemål om logotyp", "önskemål om logotyp", neuter=True),
            decide_exemption,
        ),
        Kind(
            55,
            to_mend,
            lambda n: "Att ordna på ditt konto" if n == 1 else "Att ordna på dina konton",
            mend,
            shown=compliance.with_findings,
        ),
    )


def without_people(user: User, now: datetime) -> QuerySet:
    """Accounts that nobody is responsible for, or whose people have left: for the manager at once (R29).

    Where no manager is, for kommunikationsenheten.
    """
    units = set(units_led_by(user, timezone.localdate(now)))
    if user.may(KEEP):
        leaderless = Q(manager__isnull=True) | Q(manager__in=User.objects.filter(is_active=False))
        units.update(Unit.objects.filter(leaderless).order_by().values_list("pk", flat=True))
    if not units:
        return Account.objects.none()
    # The few units as keys: as a subquery, PostgreSQL would look through the people of every account.
    accounts = Account.objects.filter(responsible_missing(now) | people_gone(now), unit__in=units)
    return accounts.select_related("platform", "unit").order_by("sort_key", "id")


def name_someone(account: Account) -> Task:
    """Ask for someone new to be named."""
    return Task(
        heading=str(account),
        url=reverse("accounts:account-people", args=[account.pk]),
        meta=f"{account.unit}. Den som är ansvarig eller ersättare är inte kvar, eller ingen är utsedd.",
        action="Utse någon",
        about=f"för {account}",
    )


def wished_exemptions(user: User, now: datetime) -> QuerySet | None:
    """Requests to be without the logo, which kommunikationsenheten decides on (R32)."""
    if not user.may(KEEP):
        return None
    waiting = LogoExemption.objects.filter(status=ExemptionStatus.REQUESTED)
    return waiting.select_related("account__platform", "requested_by__unit").order_by("requested_at")


def decide_exemption(exemption: LogoExemption) -> Task:
    """Ask kommunikationsenheten to read and decide."""
    when = moment_in_words(exemption.requested_at, timezone.now())
    return Task(
        heading=f"{exemption.account} utan logotyp",
        url=reverse("accounts:logo-exemption-decide", args=[exemption.account_id, exemption.pk]),
        meta=f"{exemption.requested_by.presented_as} önskade det {when}.",
        action="Läs och besluta",
        about=f"om {exemption.account}",
    )


def to_mend(user: User, now: datetime) -> QuerySet:
    """The accounts the person looks after that lack something; one row an account."""
    mine = accounts_of(user, timezone.localdate(now))
    if not mine:
        return Account.objects.none()
    accounts = Account.objects.filter(compliance.lacking_something(now), pk__in=mine)
    return accounts.select_related("platform").order_by("sort_key", "id")


def mend(account: Account) -> Task:
    """Name what is lacking and lead to the account, where each thing has its action."""
    titles = [found.title for found in compliance.findings_of(account)]
    named, left = titles[:NAMED], len(titles) - NAMED
    if left > 0:
        named.append(f"{count_in_words(left, 'sak till', 'saker till')}")
    return Task(
        heading=str(account),
        url=reverse("accounts:account-detail", args=[account.pk]),
        meta=". ".join(named) + ".",
        action="Ordna",
        about=f"det som saknas för {account}",
    )

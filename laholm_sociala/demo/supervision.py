"""What the example people have looked through the last four weeks, and who of them are away."""

from datetime import datetime, time
from typing import Final

from accounts import coverage
from accounts.models import Account, User
from accounts.services import absences
from laholm_sociala.common.swedish import STOCKHOLM
from laholm_sociala.demo.account_texts import IN_USE, ExampleAccount
from laholm_sociala.demo.people import example_id
from moderation.models import SupervisionCheck

DAYS: Final = 20
# Working days ago that nobody looked through an account, by the account's key.
MISSED: Final = {
    "kulturskolan-instagram": {1, 6, 7},
    "museet-instagram": {4},
    "osbeck-facebook": {2, 9},
    "hemtjansten-facebook": {1},
}
# Both of the kulturskola's are away the next working day: a day that nobody covers.
AWAY_TOMORROW: Final = ("musiklarare", "danslarare")
AWAY_LATER: Final = "biblioteksassistent"


def look_through(now: datetime) -> None:
    """Write what has been looked through, all at once, and through the services who is away."""
    days = coverage.working_days_back(now, DAYS)
    checks: list[SupervisionCheck] = []
    for example in IN_USE:
        account = Account.objects.get(name=example.name, platform__code=example.platform)
        checks += [
            _check(account, example, datetime.combine(day, time(8, 30 + days_ago), STOCKHOLM))
            for days_ago, day in enumerate(days, start=1)
            if days_ago not in MISSED.get(example.key, ()) and account.in_use_since and account.in_use_since <= day
        ]
    SupervisionCheck.objects.bulk_create(checks)
    _go_away(now)


def _check(account: Account, example: ExampleAccount, at: datetime) -> SupervisionCheck:
    by = example_id("person", example.responsible)
    return SupervisionCheck(account=account, by_id=by, day=at.date(), at=at)


def _go_away(now: datetime) -> None:
    ahead = coverage.working_days_ahead(now)
    for key in AWAY_TOMORROW:
        person = User.objects.get(pk=example_id("person", key))
        absences.register(person.pk, from_date=ahead[0], to_date=ahead[0], by=person, now=now)
    assistant = User.objects.get(pk=example_id("person", AWAY_LATER))
    absences.register(assistant.pk, from_date=ahead[5], to_date=ahead[6], by=assistant, now=now)

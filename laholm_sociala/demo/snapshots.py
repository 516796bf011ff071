"""The example accounts' ögonblicksbilder: most are done, one is overdue, one due this month, one before a change."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from accounts.models import Account, User
from archive.enums import SnapshotReason
from archive.models import Snapshot
from archive.services.manifests import make_manifests
from archive.services.planned_changes import announce_change
from archive.services.snapshots import Sent, SentFile, attest_upload
from archive.snapshot_calendar import end_of_month, year_before
from laholm_sociala.common.swedish import STOCKHOLM
from laholm_sociala.demo import past
from laholm_sociala.demo.account_texts import IN_USE, ExampleAccount
from laholm_sociala.demo.page_picture import page_picture
from laholm_sociala.demo.people import example_id

OVERDUE: Final = "museet-instagram"
DUE_THIS_MONTH: Final = "kommunen-linkedin"
TWO_YEARS: Final = ("kommunen-facebook", "biblioteket-facebook", "museet-facebook", "osbeck-facebook")
CHANGED: Final = ("biblioteket-instagram", "Nytt namn, och bilderna från gamla biblioteket tas bort")
# Working days: a year, and how far apart the accounts' snapshots lie.
A_YEAR, APART = 258, 11
WORDS: Final = "Hela sidan och de senaste inläggen, sett från en telefon"


def keep_pages(now: datetime) -> None:
    """Let the example people have sent their pictures, through the services. A second call changes nothing."""
    for number, example in enumerate(IN_USE):
        for year, taken_at in enumerate(_moments(example, number, now)):
            _send(example, year, taken_at)
    account = Account.objects.get(pk=_account(next(one for one in IN_USE if one.key == CHANGED[0])))
    if not account.planned_changes.exists():
        day, announced_at = now.date() + timedelta(days=9), past.moment(now, 2, "09.40")
        by = account.assignments.earliest("duty").user
        announce_change(account.pk, what=CHANGED[1], planned_on=day, by=by, now=announced_at)
    make_manifests(now - timedelta(days=3))
    make_manifests(now)


def _moments(example: ExampleAccount, number: int, now: datetime) -> Iterator[datetime]:
    """Yield when the account's page was kept, oldest first."""
    if example.key == OVERDUE:
        yield past.moment(now, A_YEAR + 15, "10.20")
        return
    if example.key == DUE_THIS_MONTH:
        last_day = year_before(end_of_month(now.astimezone(STOCKHOLM).date()))
        yield datetime.combine(last_day, time(10, 30), STOCKHOLM)
        return
    latest = 5 + number * APART
    if example.key in TWO_YEARS:
        yield past.moment(now, latest + A_YEAR - 5, "09.15")
    yield past.moment(now, latest, "10.50")


def _send(example: ExampleAccount, year: int, taken_at: datetime) -> None:
    key = example_id("snapshot", f"{example.key}-{year}")
    if Snapshot.objects.filter(pk=key).exists():
        return
    sent = Sent(
        reason=SnapshotReason.YEARLY,
        attestation=WORDS,
        taken_at=taken_at,
        files=[SentFile(f"{example.key}.png", "image/png", page_picture(example, year))],
        key=key,
    )
    by = User.objects.get(pk=example_id("person", example.responsible))
    attest_upload(_account(example), sent, by=by, now=taken_at + timedelta(minutes=6))


def _account(example: ExampleAccount) -> object:
    return Account.objects.values_list("pk", flat=True).get(name=example.name, platform__code=example.platform)

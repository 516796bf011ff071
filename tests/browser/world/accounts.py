"""The register: accounts in every state, who looks after them and when they are away, and the calendar."""

from datetime import date, timedelta
from typing import Any

from accounts.enums import AccountStatus
from accounts.models import Absence, Account
from accounts.services import keeping, logo
from accounts.services.calendar import save_calendar, with_day
from accounts.services.limits import calendar_now
from tests.accounts.closings import asked_for as closing_asked_for
from tests.accounts.closings import closed
from tests.accounts.in_order import statement_of
from tests.browser.world.world import LONG_NAME, LONG_WORDS, World
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import AbsenceFactory, AccountFactory, account_in_use, platform, registered_account

PAGE_AND_A_BIT = 52


def make(world: World) -> dict[str, Any]:
    """Fill more than a page of the register, with one account in each state."""
    cast = world.cast
    library = {"unit": cast.library, "applicant": cast.librarian, "substitute": cast.assistant}
    for number in range(PAGE_AND_A_BIT):
        AccountFactory(name=f"Laholm {number}", status=AccountStatus.ACTIVE, in_use_since=NOW.date(), unit=cast.library)
    account = account_in_use(**library, by=cast.communicator, account_name="Lagans laxtrappa")
    keep_in_order(account, cast)
    return {
        "planned": registered_account(**library, account_name="Sagostunder i Laholm", by=cast.communicator),
        "account": account,
        "lacking": of_the_library(cast),  # nothing of its keeping is in order
        "ending": ending(cast),
        "ended": closed(
            of_the_library(cast, "Barnboken"), by=cast.librarian, manager=cast.manager, successor=account
        ).account,
        "substitution": account.assignments.get(user=cast.assistant),
        "exemption": logo.request_exemption(account.pk, reason=LONG_WORDS, by=cast.librarian, now=NOW),
        "absence": both_away(cast),
        "platform": platform("facebook"),
        "own_day": klamdag(cast),
        "next_month": date(2026, 12, 1),
    }


def of_the_library(cast: Cast, name: str = LONG_NAME) -> Account:
    """Return an account in use that the librarian alone looks after."""
    return AccountFactory(name=name, unit=cast.library, responsible=cast.librarian, active=True)


def ending(cast: Cast) -> Account:
    """Return an account whose closing waits for its snapshot."""
    account = of_the_library(cast)
    closing_asked_for(account, by=cast.librarian)
    return account


def keep_in_order(account: Account, cast: Cast) -> None:
    """Write down where the login is and who the administrators are, and tell what the account is for."""
    keeping.record_login(account.pk, kept=LONG_WORDS, reached_by="Ansvarig och chefen", by=cast.librarian, now=NOW)
    for user in (cast.librarian, cast.assistant):
        keeping.add_platform_administrator(account.pk, user=user, by=cast.librarian, now=NOW)
    keeping.confirm_visitors_told(account.pk, by=cast.librarian, now=NOW)
    statement_of(account)


def both_away(cast: Cast) -> Absence:
    """Let nobody look after the library's accounts the day after tomorrow, and tell of an absence that is over."""
    day = (NOW + timedelta(days=2)).date()
    before = (NOW - timedelta(days=9)).date()
    AbsenceFactory(user=cast.librarian, from_date=before, to_date=before)
    AbsenceFactory(user=cast.assistant, from_date=day, to_date=day)
    return AbsenceFactory(user=cast.librarian, from_date=day, to_date=day)


def klamdag(cast: Cast) -> str:
    """Close on the day after Kristi himmelsfärdsdag, in a new version of the calendar."""
    day = date(2027, 5, 7)
    content = with_day(calendar_now().content, day, hours=[], label="klämdag")
    save_calendar(content, seen=1, by=cast.communicator, now=NOW)
    return day.isoformat()

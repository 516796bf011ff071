"""One mail a person and working day, and only where there is something (R08, R10, R12, R29)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.enums import Lane
from moderation.models import Notice
from moderation.services import morning
from tests.clock import NOW, STOCKHOLM, TODAY
from tests.factories import AbsenceFactory
from tests.mails import send_all, unsent
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
LOGGED = NOW - timedelta(days=1)


@pytest.fixture
def account(cast):
    return library_account(cast, name="Boktips")


def mails(now=NOW) -> dict[str, str]:
    """What each was told, by the mail's first word, after one round."""
    morning.send_morning_mails(now)
    return {mail.to[0].partition("@")[0]: mail.text for mail in unsent()}


def test_nothing_to_tell_is_no_mail(account):
    assert mails() == {}


def test_what_is_due_today_or_the_next_working_day_goes_to_the_one_on_duty(account):
    log_post(account, now=LOGGED)
    told = mails()
    assert list(told) == ["bibliotekarie"]
    assert (
        "Att granska i dag och nästa arbetsdag:\n- Personangrepp, Boktips på Facebook. Senast" in told["bibliotekarie"]
    )
    assert unsent().get().subject == "I dag: ett inlägg att granska"


def test_what_is_due_later_waits(account):
    log_post(account, now=NOW)  # due on Thursday
    assert mails() == {}


def test_late_posts_and_questions(account):
    log_post(account, now=NOW - timedelta(days=7))
    log_post(account, now=NOW, lane=Lane.QUESTION, text="Har ni sagostund på lovet?")
    text = mails()["bibliotekarie"]
    assert "För sent:\n- Personangrepp, Boktips på Facebook. För sent sedan" in text
    assert "Frågor som väntar på svar:\n- Fråga, Boktips på Facebook." in text
    assert "sagostund" not in text
    assert unsent().get().subject == "I dag: ett inlägg att granska och en fråga att svara på"


def test_while_the_responsible_is_away_it_goes_to_the_substitute(account, cast):
    log_post(account, now=LOGGED)
    AbsenceFactory(user=cast.librarian)
    assert list(mails()) == ["biblioteksassistent"]


def test_days_ahead_go_to_responsible_and_substitute(account, cast):
    day = TODAY + timedelta(days=2)
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person, from_date=day, to_date=day)
    told = mails()
    assert sorted(told) == ["bibliotekarie", "biblioteksassistent"]
    for text in told.values():
        assert "Dagar som ingen sköter kontot:\n- Boktips på Facebook: torsdag 26 november" in text


def test_the_manager_only_when_nobody_covers_tomorrow(account, cast):
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person, from_date=TOMORROW, to_date=TOMORROW)
    assert sorted(mails()) == ["bibliotekarie", "biblioteksassistent", "enhetschef", "stallforetradare"]


def test_those_who_are_away_get_no_mail(account, cast):
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person)
    assert sorted(mails()) == ["enhetschef", "stallforetradare"]


def test_once_a_day(account):
    log_post(account, now=LOGGED)
    assert morning.send_morning_mails(NOW) == 1
    log_post(account, now=NOW, lane=Lane.CRIMINAL)
    assert morning.send_morning_mails(NOW + timedelta(minutes=10)) == 0
    assert morning.send_morning_mails(NOW + timedelta(days=1)) == 1


@pytest.mark.parametrize(("month", "day", "hour"), [(11, 24, 7), (11, 24, 12), (11, 28, 9), (12, 24, 9)])
def test_only_in_office_hours_on_working_days(account, month, day, hour):
    log_post(account, now=LOGGED)
    assert mails(datetime(2026, month, day, hour, 50, tzinfo=STOCKHOLM)) == {}


def test_goes_on_where_it_was(account, cast, monkeypatch):
    log_post(account, now=LOGGED)
    other = library_account(cast, name="Arkivet", responsible=cast.assistant, substitute=None)
    log_post(other, now=LOGGED)
    whole, breaks_off = morning._write, [True]

    def write(found, now):
        if found.person == cast.assistant and breaks_off:
            raise InterruptedError
        return whole(found, now)

    monkeypatch.setattr(morning, "_write", write)
    with pytest.raises(InterruptedError):
        morning.send_morning_mails(NOW)
    assert [mail.to for mail in unsent()] == [[cast.librarian.email]]
    breaks_off.clear()
    assert morning.send_morning_mails(NOW) == 1
    assert {mail.to[0] for mail in unsent()} == {cast.librarian.email, cast.assistant.email}
    assert Notice.objects.filter(day=TODAY).count() == 3  # two people, and the day


def test_what_may_be_secret_is_told_only_to_those_who_see_it(account, cast):
    log_post(account, now=LOGGED, lane=Lane.SECRECY, text="Elevens diagnos")
    assert "- Kan vara sekretess, Boktips på Facebook. Senast" in mails()["bibliotekarie"]
    send_all()
    cast.librarian.unit = cast.building_permits
    cast.librarian.record(by=cast.administrator, now=NOW, reason="Bytte verksamhet")
    assert mails(NOW + timedelta(days=1)) == {}


def test_no_text_author_link_or_place(account):
    log_post(account, now=LOGGED, author="Arg Gran", link="https://www.facebook.com/a/posts/1", place="Under Lucia")
    morning.send_morning_mails(NOW)
    (mail,) = unsent()
    for told in ("informationsdisken", "Arg Gran", "posts/1", "Under Lucia"):
        assert told not in mail.subject + mail.text + mail.html


def test_queries_are_the_same_however_many_posts_and_accounts(cast):
    def count(rows):
        for number in range(rows):
            account = library_account(cast, name=f"Konto {number}")
            log_post(account, now=LOGGED)
            log_post(account, now=LOGGED, lane=Lane.SECRECY)
        with CaptureQueriesContext(connection) as captured:
            assert morning.mornings(NOW)
        return len(captured)

    assert count(1) == count(3)

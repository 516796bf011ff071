"""How much the public form takes: at the edge of each limit, and with forged headers."""

import pytest
from django.db import transaction
from django.test import Client

from laholm_sociala.common.models import Mail
from moderation.models import Case, PublicReport, ReportCount
from moderation.services.report_limits import clear_counts, may_report, may_send
from moderation.tasks import clear_report_counts
from tests.clock import NOW
from tests.factories import AccountFactory, platform
from tests.moderation.factories import library_account
from tests.moderation.reporting import URL, WORDS, send, typed
from tests.pages import Page
from tests.race import race

pytestmark = pytest.mark.django_db
VISITOR, OTHER = "192.0.2.7", "198.51.100.8"


@pytest.fixture
def account(cast):
    return library_account(cast, platform=platform("facebook"), handle="laholmsbibliotek")


def link(number: int) -> str:
    return f"https://www.facebook.com/laholmsbibliotek/posts/{number}"


def send_from(address: str, number: int = 1, **changes):
    """Send a report from an address, each about a post of its own."""
    return Client().post(URL, typed(link=link(number), **changes), REMOTE_ADDR=address)


def codes(*addresses: str) -> list[int]:
    return [send_from(address, number).status_code for number, address in enumerate(addresses)]


class TestEachLimit:
    def test_a_senders(self, account, settings):
        settings.REPORTS_PER_SENDER = 2
        assert codes(VISITOR, VISITOR, VISITOR, OTHER) == [302, 302, 429, 302]
        assert PublicReport.objects.count() == 3

    def test_an_accounts(self, account, settings):
        settings.REPORTS_PER_ACCOUNT = 2
        assert codes("192.0.2.1", "192.0.2.2", "192.0.2.3") == [302, 302, 429]
        AccountFactory(active=True, platform=platform("facebook"), handle="bygglov")
        assert send(link="https://www.facebook.com/bygglov/posts/1").status_code == 302

    def test_that_of_all_together(self, account, settings):
        settings.REPORTS_IN_TOTAL = 2
        assert codes("192.0.2.1", "192.0.2.2", "192.0.2.3") == [302, 302, 429]

    def test_that_of_forms_that_lack_something(self, account, settings):
        settings.REPORT_ATTEMPTS_PER_SENDER = 2
        answers = [send_from(VISITOR, wrong="").status_code for _ in range(3)]
        assert answers == [200, 200, 429]
        assert send_from(VISITOR).status_code == 429
        assert send_from(OTHER).status_code == 302

    @pytest.mark.parametrize(
        "setting", ["REPORTS_PER_SENDER", "REPORTS_PER_ACCOUNT", "REPORTS_IN_TOTAL", "REPORT_ATTEMPTS_PER_SENDER"]
    )
    def test_ends_with_its_hour(self, account, settings, clock, setting):
        setattr(settings, setting, 1)
        assert codes(VISITOR, VISITOR) == [302, 429]
        clock.move(minutes=59)
        assert codes(VISITOR) == [429]
        clock.move(minutes=1)
        assert send_from(VISITOR, 7).status_code == 302


class TestOverTheLimit:
    @pytest.fixture(autouse=True)
    def _few(self, account, settings):
        settings.REPORTS_PER_SENDER = 1
        send_from(VISITOR)

    def test_keeps_what_was_typed_and_tells_another_way(self, settings):
        response = send_from(VISITOR, 2, email="anna@exempel.example")
        page = Page(response)
        assert response.status_code == 429
        assert "Det kom många rapporter på kort tid" in page.text
        assert settings.MUNICIPALITY["phone"] in page.text
        assert settings.COMMUNICATIONS_EMAIL in page.links
        assert (page.typed("link"), page.typed("text")) == (link(2), WORDS)
        assert (page.typed("wrong"), page.typed("email")) == (["attack"], "anna@exempel.example")

    def test_keeps_nothing_and_sends_nothing(self):
        send_from(VISITOR, 2, email="anna@exempel.example")
        assert (PublicReport.objects.count(), Case.objects.count(), Mail.objects.count()) == (1, 1, 0)

    def test_uses_up_nothing_of_what_others_have(self, settings):
        settings.REPORTS_PER_ACCOUNT = settings.REPORTS_IN_TOTAL = 2
        for number in range(5):
            send_from(VISITOR, number)
        assert send_from(OTHER, 9).status_code == 302

    def test_is_the_same_for_one_with_another_browser(self):
        response = Client(headers={"user-agent": "Annan"}).post(URL, typed(link=link(3)), REMOTE_ADDR=VISITOR)
        assert response.status_code == 429


class TestForgedHeaders:
    @pytest.fixture(autouse=True)
    def _few(self, account, settings):
        settings.REPORTS_PER_SENDER = 1

    def send_with(self, forwarded: str, number: int, *, connected: str = "10.0.0.1") -> int:
        headers = {"x-forwarded-for": forwarded}
        return Client().post(URL, typed(link=link(number)), REMOTE_ADDR=connected, headers=headers).status_code

    def test_without_a_proxy_they_evade_nothing(self):
        answers = [self.send_with(f"203.0.113.{number}", number, connected=VISITOR) for number in range(3)]
        assert answers == [302, 429, 429]

    def test_behind_a_proxy_they_evade_nothing(self, settings):
        settings.TRUSTED_PROXY_COUNT = 1
        answers = [self.send_with(f"203.0.113.{number}, {VISITOR}", number) for number in range(3)]
        assert answers == [302, 429, 429]

    def test_nor_does_one_use_up_what_another_has(self, settings):
        settings.TRUSTED_PROXY_COUNT = 1
        for number in range(3):
            self.send_with(f"{OTHER}, {VISITOR}", number)
        assert self.send_with(OTHER, 9) == 302

    def test_the_whole_of_an_ipv6_network_is_one_sender(self, settings):
        settings.TRUSTED_PROXY_COUNT = 1
        answers = [self.send_with(f"2001:db8::{number}", number) for number in range(1, 4)]
        assert answers == [302, 429, 429]


class TestCounters:
    def test_hold_no_address(self, account):
        send_from(VISITOR)
        assert {count.scope for count in ReportCount.objects.all()} == {"attempt", "sender", "account", "total"}
        assert [count for count in ReportCount.objects.all() if VISITOR in count.key] == []

    def test_of_two_days_cannot_be_put_together(self, clock):
        may_send(VISITOR, now=NOW)
        may_send(VISITOR, now=clock.move(days=1))
        assert len(set(ReportCount.objects.values_list("key", flat=True))) == 2

    def test_are_cleared_when_their_time_has_passed(self, clock):
        may_send(VISITOR, now=NOW)
        assert clear_counts(now=clock.move(days=2)) == 0
        assert clear_counts(now=clock.move(hours=1)) == 1
        assert not ReportCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_counted_as_two(settings):
    settings.REPORTS_PER_SENDER = 5
    outcomes = race(*[lambda: may_report(VISITOR, None, now=NOW)] * 8)
    assert sorted(outcome.answer for outcome in outcomes) == [False] * 3 + [True] * 5


@pytest.mark.django_db(transaction=True)
def test_a_report_that_fails_halfway_does_not_hold_up_the_others(settings):
    with transaction.atomic():
        assert may_report(VISITOR, None, now=NOW)
        transaction.set_rollback(True)
    assert may_report(OTHER, None, now=NOW)


def test_counters_are_cleared_every_night(clock):
    may_send(VISITOR, now=NOW)
    clock.move(days=3)
    clear_report_counts(timestamp=0)
    assert not ReportCount.objects.exists()

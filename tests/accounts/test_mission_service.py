"""The uppdragsbeskrivning: changed by those who may, a version for each change, kept as it was made."""

import hashlib
import json
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.db.utils import DatabaseError

from accounts.enums import AccountStatus, LegalGround, Use
from accounts.models import Account, MissionStatement, User
from accounts.services import mission
from accounts.services.mission import Mission
from laholm_sociala.common.errors import RefusedError
from tests.accounts.in_order import PDF, statement_of
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, registered_account
from tests.jobs import perform_waiting_jobs, run_worker, waiting_jobs
from tests.race import meet_at, race, winners

pytestmark = pytest.mark.django_db

JOB = "make_mission_statement"
WRITTEN = Mission(
    purpose="Fler ska läsa.",
    audience="Den som inte läser än.",
    topics="Boktips.",
    summary="Boktips varje vecka",
    uses=[Use.AUDIENCES],
    legal_ground=LegalGround.PUBLIC_INTEREST,
)


@pytest.fixture
def account(cast) -> Account:
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def quick_pdf(monkeypatch):
    """Stands in for WeasyPrint, which takes its time."""
    monkeypatch.setattr(mission, "render_pdf", lambda html: f"%PDF {html}".encode())


def change(account, by, **changes):
    return mission.change_mission(account.pk, replace(WRITTEN, **changes), by=by, now=NOW)


def test_changes_what_the_account_is_for(account, cast):
    change(account, cast.librarian, topics=" Boktips. ")
    after = Account.objects.get(pk=account.pk)
    assert (after.purpose, after.topics, after.uses) == ("Fler ska läsa.", "Boktips.", ["audiences"])
    assert after.history.first().history_change_reason == "Uppdragsbeskrivningen ändrades"


def test_has_a_version_made(account, cast, quick_pdf):
    change(account, cast.librarian)
    perform_waiting_jobs()
    made = account.mission_statements.get()
    assert (made.version, made.made_by, made.made_at) == (1, cast.librarian, NOW)
    assert made.sha256 == hashlib.sha256(bytes(made.pdf)).hexdigest()
    said = json.loads(made.content)
    assert (said["syfte"], said["malgrupp"], said["amnen"]) == (
        "Fler ska läsa.",
        "Den som inte läser än.",
        "Boktips.",
    )


def test_each_change_makes_the_next_version_and_keeps_the_old(account, cast, quick_pdf):
    for topics in ("Boktips.", "Boktips och sagor."):
        change(account, cast.librarian, topics=topics)
        perform_waiting_jobs()
    assert [(row.version, json.loads(row.content)["amnen"]) for row in account.mission_statements.all()] == [
        (2, "Boktips och sagor."),
        (1, "Boktips."),
    ]


def test_nothing_changed_makes_nothing(account, cast, quick_pdf):
    change(account, cast.librarian)
    perform_waiting_jobs()
    change(account, cast.librarian)
    assert waiting_jobs(JOB) == []
    assert account.history.count() == 2


def test_first_version_is_made_though_nothing_changed(account, cast):
    same = {name: getattr(account, name) for name in Mission.__dataclass_fields__}
    mission.change_mission(account.pk, Mission(**same), by=cast.librarian, now=NOW)
    assert len(waiting_jobs(JOB)) == 1
    assert account.history.count() == 1


def test_summary_alone_makes_no_version(account, cast, quick_pdf):
    change(account, cast.librarian)
    perform_waiting_jobs()
    change(account, cast.librarian, summary="Något annat")
    assert waiting_jobs(JOB) == []


def test_registered_account_has_its_first_version_made():
    registered_account()
    assert len(waiting_jobs(JOB)) == 1


def test_real_pdf(account, cast):
    made = mission.make_statement(account.pk, by=cast.librarian, now=NOW)
    assert bytes(made.pdf).startswith(b"%PDF-")
    assert mission.make_statement(account.pk, by=cast.manager, now=NOW) == made, "once a version"


def test_pdf_says_everything(account):
    html = mission.statement_html(mission.content_of(account), version=3, made_at=NOW)
    for words in (account.purpose, account.audience, account.topics, "version 3", "Biblioteket", "2026-11-24"):
        assert words in html


@pytest.mark.parametrize("field", ["purpose", "audience", "topics", "summary", "uses"])
def test_nothing_may_be_left_out(account, cast, field):
    with pytest.raises(RefusedError) as refusal:
        change(account, cast.librarian, **{field: "" if field != "uses" else []})
    assert refusal.value.field == field


class TestArtisticExemption:
    def test_culture_and_leisure_needs_no_motivation(self, account, cast):
        assert change(account, cast.librarian, artistic_exemption=True).artistic_exemption

    def test_others_do(self, cast):
        account = AccountFactory(unit=cast.building_permits, responsible=cast.outsider)
        with pytest.raises(RefusedError, match="egen bedömning") as refusal:
            change(account, cast.outsider, artistic_exemption=True, artistic_motivation=" ")
        assert refusal.value.field == "artistic_motivation"
        after = change(account, cast.outsider, artistic_exemption=True, artistic_motivation="Vi visar konst.")
        assert after.artistic_motivation == "Vi visar konst."
        assert "Vi visar konst." in mission.content_of(after)

    def test_motivation_goes_with_the_exemption(self, account, cast):
        assert change(account, cast.librarian, artistic_motivation="Kvar").artistic_motivation == ""


@pytest.mark.parametrize("person", ["assistant", "manager", "deputy", "communicator"])
def test_those_who_keep_the_account_may(account, cast, person):
    change(account, getattr(cast, person))


@pytest.mark.parametrize("person", ["head", "outsider", "administrator"])
def test_others_may_not(account, cast, person):
    with pytest.raises(PermissionDenied):
        change(account, getattr(cast, person))
    assert waiting_jobs(JOB) == []


def test_closed_account_stays_as_it_was(cast):
    closed = AccountFactory(unit=cast.library, status=AccountStatus.CLOSED, in_use_since=TODAY)
    with pytest.raises(RefusedError, match="avslutat"):
        change(closed, cast.communicator)


def test_version_cannot_be_changed(account):
    statement = statement_of(account)
    statement.version = 9
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
        statement.save()


def test_content_that_changed_while_the_pdf_was_made_is_made_again(account, cast, monkeypatch):
    def slow(html):
        if "Nyare" not in html:
            change(account, cast.manager, topics="Nyare ämnen.")
        return PDF

    monkeypatch.setattr(mission, "render_pdf", slow)
    made = mission.make_statement(account.pk, by=cast.librarian, now=NOW)
    assert (made.version, json.loads(made.content)["amnen"]) == (1, "Nyare ämnen.")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_workers_make_one_version(self, account, cast, quick_pdf, monkeypatch):
        meet_at(monkeypatch, mission, "_store")
        calls = [lambda: mission.make_statement(account.pk, by=cast.librarian, now=NOW)] * 2
        outcomes = race(*calls)
        assert len(winners(outcomes)) == 2
        assert len({made.pk for made in winners(outcomes)}) == MissionStatement.objects.count() == 1

    def test_two_changes_end_in_a_version_of_the_last(self, account, cast, quick_pdf):
        race(
            lambda: change(account, cast.librarian, topics="Ett."), lambda: change(account, cast.manager, topics="Två.")
        )
        run_worker()
        newest = account.mission_statements.first()
        assert json.loads(newest.content)["amnen"] == Account.objects.get(pk=account.pk).topics
        assert User.objects.filter(pk=newest.made_by_id).exists()

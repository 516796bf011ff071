"""The guideline by versions, and its review each mandatperiod (R12, R38)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import deadlines
from accounts.enums import LimitClock, ReviewOutcome
from accounts.forms.guideline import GuidelineForm
from accounts.mandate import last_year_of_period, review_due_by, reviewed_too_early
from accounts.models import Guideline, GuidelineReview
from accounts.services import guideline as services
from accounts.services import limits
from accounts.services.guideline import (
    GuidelineDetails,
    change_guideline,
    preview_guideline,
    record_review,
    review_due,
)
from accounts.services.limits import guideline_now
from accounts.services.terms import terms_in_force
from accounts.to_do_guideline import to_review
from laholm_sociala.common.errors import RefusedError
from tests.accounts.holder import OpenPost, TestHolder
from tests.accounts.test_calendar_service import at
from tests.clock import NOW
from tests.factories import communicator
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db


def details(**changes: object) -> GuidelineDetails:
    return replace(GuidelineDetails(**GuidelineForm.first_words(guideline_now())), **changes)


@pytest.fixture
def posts(monkeypatch) -> TestHolder:
    holder = TestHolder([OpenPost("Över helgen", at(27, 15), at(1, 15, month=12))])
    monkeypatch.setattr(deadlines, "_holders", [holder])
    return holder


class TestChange:
    def test_next_version_holds_from_now_and_what_is_open_moves(self, posts, cast, now):
        assert change_guideline(details(limit_hours=24), seen=1, by=cast.communicator, now=now) == 1
        new, old = Guideline.objects.all()
        assert (new.version, new.in_force_from, new.in_force_to, new.limit_hours) == (2, now, None, 24)
        assert (old.version, old.in_force_to, old.limit_hours) == (1, now, 48)
        assert posts.posts[0].due == at(30, 15)
        assert terms_in_force(now - timedelta(seconds=1)).guideline == old
        written = [row.history.get(history_date=now).history_user for row in (new, old)]
        assert written == [cast.communicator] * 2

    def test_preview_saves_nothing(self, posts, now):
        found = preview_guideline(details(limit_hours=24), now=now)
        assert [(row.old_due, row.new_due) for row in found.moved] == [(at(1, 15, month=12), at(30, 15))]
        assert Guideline.objects.count() == 1

    @pytest.mark.parametrize("door", [preview_guideline, change_guideline])
    def test_office_hours_need_a_decision(self, posts, cast, now, door):
        wanted = details(clock=LimitClock.OFFICE_HOURS)
        known = {} if door is preview_guideline else {"seen": 1, "by": cast.communicator}
        with pytest.raises(RefusedError, match="Skriv vilket beslut") as refusal:
            door(wanted, now=now, **known)
        assert refusal.value.field == "decision_reference"

    def test_office_hours_by_a_decision(self, posts, cast, now):
        wanted = details(clock=LimitClock.OFFICE_HOURS, decision_reference="kommunstyrelsen § 200")
        change_guideline(wanted, seen=1, by=cast.communicator, now=now)
        assert posts.posts[0].due == at(7, 15, month=12)

    def test_nothing_changed(self, cast, now):
        with pytest.raises(RefusedError, match=r"Inget är ändrat\."):
            change_guideline(details(), seen=1, by=cast.communicator, now=now)

    @pytest.mark.parametrize("person", ["librarian", "manager", "administrator"])
    def test_only_kommunikationsenheten(self, cast, now, person):
        with pytest.raises(PermissionDenied):
            change_guideline(details(limit_hours=24), seen=1, by=getattr(cast, person), now=now)


class TestReview:
    @pytest.mark.parametrize(
        ("last", "due"),
        [(date(2022, 11, 8), 2026), (date(2023, 1, 1), 2030), (date(2026, 12, 31), 2030), (date(2027, 1, 1), 2034)],
    )
    def test_due_by_the_end_of_the_next_period(self, last, due):
        assert review_due_by(last) == date(due, 12, 31)

    @pytest.mark.parametrize(("year", "last"), [(2022, 2022), (2023, 2026), (2026, 2026), (2027, 2030)])
    def test_periods_end_with_election_years(self, year, last):
        assert last_year_of_period(year) == last

    @pytest.mark.parametrize("year", range(2023, 2040))
    def test_too_early_is_what_is_due_that_year_or_before(self, year):
        known = [last for last in range(2010, year + 1) if review_due_by(date(last, 6, 1)).year <= year]
        assert reviewed_too_early(year) == max(known)

    @pytest.mark.parametrize(("days", "waits"), [(-365, False), (0, True), (100, True)])
    def test_waits_in_the_last_year_of_the_period_and_until_it_is_done(self, cast, now, days, waits):
        assert to_review(cast.communicator, now + timedelta(days=days)).exists() == waits

    def test_waits_for_nobody_else(self, cast, now):
        assert to_review(cast.administrator, now) is None

    @pytest.mark.parametrize("outcome", ReviewOutcome)
    def test_is_written_down_and_waits_no_longer(self, cast, now, outcome):
        due = record_review(
            outcome=outcome,
            decided_on=date(2026, 11, 10),
            reference="kommunstyrelsen § 200",
            by=cast.communicator,
            now=now,
        )
        assert due == review_due(guideline_now()) == date(2030, 12, 31)
        assert not to_review(cast.communicator, now).exists()
        kept = GuidelineReview.objects.get()
        assert (kept.outcome, kept.recorded_by, str(kept.decided_on)) == (outcome, cast.communicator, "2026-11-10")

    @pytest.mark.parametrize(
        ("decided_on", "words"), [(date(2026, 11, 25), "inte har varit"), (date(2022, 11, 7), "äldre än riktlinjen")]
    )
    def test_day_that_cannot_be(self, cast, now, decided_on, words):
        with pytest.raises(RefusedError, match=words) as refusal:
            record_review(
                outcome=ReviewOutcome.KEPT, decided_on=decided_on, reference="§ 1", by=cast.communicator, now=now
            )
        assert refusal.value.field == "decided_on"

    def test_only_kommunikationsenheten(self, cast, now):
        with pytest.raises(PermissionDenied):
            record_review(
                outcome=ReviewOutcome.KEPT, decided_on=now.date(), reference="§ 1", by=cast.administrator, now=now
            )


def change_at_once() -> list:
    people = [communicator(), communicator()]
    wanted = [details(limit_hours=24), details(limit_hours=36)]
    return race(
        *(
            lambda by=by, new=new: change_guideline(new, seen=1, by=by, now=NOW)
            for by, new in zip(people, wanted, strict=True)
        )
    )


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_one_wins_and_the_other_is_told(self, monkeypatch):
        meet_at(monkeypatch, services, "guideline_now")
        outcomes = change_at_once()
        assert len(winners(outcomes)) == 1
        (told,) = losers(outcomes)
        assert isinstance(told, RefusedError)
        assert Guideline.objects.count() == 2

    def test_without_the_lock_the_other_is_not_told(self, monkeypatch):
        take_the_lock_away(monkeypatch)
        monkeypatch.setattr(limits, "_wait_for_those_who_measure", lambda: None)
        meet_at(monkeypatch, services, "guideline_now", afterwards=True)
        (told,) = losers(change_at_once())
        assert not isinstance(told, RefusedError)

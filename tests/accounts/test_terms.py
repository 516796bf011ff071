"""By what a deadline is measured, with the guideline and the calendar as they are installed (R12)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError

from accounts.enums import LimitClock
from accounts.models import CalendarVersion, Guideline, User
from accounts.services.terms import Terms, terms_for, terms_in_force
from tests.clock import NOW, STOCKHOLM

pytestmark = pytest.mark.django_db
CLOSED_MONDAY = {"2026-11-30": {"hours": [], "label": "klämdag"}}
SHORT_MONDAY = {"2026-11-30": {"hours": [["08:00", "12:00"]], "label": "halvdag"}}


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM)


def terms_with(*, dates: dict | None = None, **parameters) -> Terms:
    """What would hold, not saved."""
    guideline, version = Guideline.objects.get(), CalendarVersion.objects.get()
    for name, value in parameters.items():
        setattr(guideline, name, value)
    version.content["dates"] = dates or {}
    return Terms.of(guideline, version, now=NOW)


class TestInForce:
    def test_guideline_of_2022_and_an_ordinary_week(self, now, django_assert_num_queries):
        with django_assert_num_queries(2):
            terms = terms_in_force(now)
        guideline = terms.guideline
        assert (guideline.number, str(guideline.adopted_on)) == ("2022-000282", "2022-11-08")
        assert guideline.adopted_by == "kommunstyrelsen § 224"
        assert terms.sentence == "48 timmar, helger räknas inte"
        assert terms.calendar.closing_time(now.date()) == at(24, 17)

    def test_knows_at_least_from_2021_and_five_years_ahead(self, now):
        calendar = terms_in_force(now).calendar
        assert calendar.is_working_day(date(2021, 1, 4))
        assert not calendar.is_working_day(date(2031, 12, 24))

    def test_calendar_is_worked_out_once(self, now):
        assert terms_in_force(now).calendar is terms_in_force(now + timedelta(days=1)).calendar

    def test_frozen_terms_are_found_again(self, now):
        terms = terms_in_force(now)
        assert terms_for(terms.guideline.pk, terms.calendar_version.pk) == terms

    def test_what_was_in_force_then(self, now):
        old = Guideline.objects.get()
        old.in_force_to = now
        old.record(by=User.objects.system(), now=now, reason="Ny version")
        new = Guideline(version=2, adopted_on=now.date(), in_force_from=now, limit_hours=24)
        new.record(by=User.objects.system(), now=now, reason="Ny version")
        assert terms_in_force(now - timedelta(seconds=1)).guideline.limit_hours == 48
        assert terms_in_force(now).guideline.limit_hours == 24


class TestDue:
    @pytest.mark.parametrize(
        ("start", "due"),
        [
            (at(27, 15), at(1, 15, month=12)),  # found on a Friday
            (at(22, 10, month=12), at(28, 10, month=12)),  # before Christmas
            (at(28, 13), at(1, 17, month=12)),  # reported on a Saturday
            (at(24, 10), at(26, 10)),
            (at(24, 12, 30), at(26, 12)),  # closed for lunch
        ],
    )
    def test_by_working_days(self, now, start, due):
        assert terms_in_force(now).due(start) == due

    def test_whole_seconds(self, now):
        assert terms_in_force(now).due(at(24, 10).replace(microsecond=999_999)) == at(26, 10)

    def test_by_office_hours(self):
        terms = terms_with(clock=LimitClock.OFFICE_HOURS)
        assert terms.due(at(27, 15)) == at(7, 15, month=12)
        assert terms.sentence == "48 arbetstimmar"

    def test_klamdag_stands_still(self):
        assert terms_with(dates=CLOSED_MONDAY).due(at(27, 15)) == at(2, 15, month=12)

    def test_own_row_goes_before_a_red_day(self):
        open_eve = {"2026-12-24": {"hours": [["08:00", "10:00"]], "label": "öppet"}}
        assert terms_with(dates=open_eve).due(at(22, 10, month=12)) == at(24, 10, month=12)


class TestOtherPoints:
    def test_first_look_by_the_end_of_the_next_working_day(self, now):
        assert terms_in_force(now).look_by(at(27, 15)) == at(30, 17)

    def test_first_look_is_never_after_the_limit(self):
        assert terms_with(look_days=5).look_by(at(24, 10)) == at(26, 10)

    def test_question_by_the_end_of_the_next_working_day(self, now):
        assert terms_in_force(now).answer_by(at(28, 13)) == at(30, 17)

    def test_reminder_comes_a_working_day_before_while_the_office_is_open(self, now):
        terms = terms_in_force(now)
        assert terms.warn_at(at(1, 15, month=12)) == at(30, 15)
        assert terms.warn_at(at(1, 17, month=12)) == at(1, 8, month=12)


class TestExplain:
    def words(self, terms: Terms, start: datetime) -> list[tuple[str, str, str]]:
        return [(day.when, day.counted, day.reason) for day in terms.explain(start, terms.due(start))]

    def test_over_a_weekend(self, now):
        assert self.words(terms_in_force(now), at(27, 15)) == [
            ("Fredag 27 november, från kl. 15.00", "9 timmar", ""),
            ("Lördag 28 november", "räknas inte", "lördag"),
            ("Söndag 29 november", "räknas inte", "söndag"),
            ("Måndag 30 november", "24 timmar", ""),
            ("Tisdag 1 december, till kl. 15.00", "15 timmar", ""),
        ]

    def test_over_christmas(self, now):
        reasons = [day.reason for day in terms_in_force(now).explain(at(22, 10, month=12), at(28, 10, month=12))]
        assert reasons == ["", "", "julafton", "juldagen", "annandag jul", "söndag", ""]

    def test_limit_while_the_office_is_closed(self, now):
        assert self.words(terms_in_force(now), at(28, 13)) == [
            ("Lördag 28 november, från kl. 13.00", "räknas inte", "lördag"),
            ("Söndag 29 november", "räknas inte", "söndag"),
            ("Måndag 30 november", "24 timmar", ""),
            ("Tisdag 1 december", "24 timmar", ""),
            ("Kontoret stänger tisdag 1 december kl. 17.00", "senast då", ""),
        ]

    def test_klamdag_in_its_own_words(self):
        assert ("Måndag 30 november", "räknas inte", "klämdag") in self.words(
            terms_with(dates=CLOSED_MONDAY), at(27, 15)
        )

    def test_shortened_day_counts_in_full_by_working_days(self):
        assert ("Måndag 30 november", "24 timmar", "") in self.words(terms_with(dates=SHORT_MONDAY), at(27, 15))

    def test_shortened_day_by_office_hours(self):
        terms = terms_with(dates=SHORT_MONDAY, clock=LimitClock.OFFICE_HOURS)
        assert ("Måndag 30 november", "4 timmar", "halvdag") in self.words(terms, at(27, 15))

    def test_year_is_said_when_it_turns(self, now):
        rows = self.words(terms_in_force(now), at(31, 9, month=12))
        assert rows[0][:2] == ("Torsdag 31 december, från kl. 09.00", "räknas inte")
        assert rows[-1][0] == "Kontoret stänger tisdag 5 januari kl. 17.00"
        assert "Fredag 1 januari 2027" in [when for when, _counted, _reason in rows]


class TestDatabase:
    def test_office_hours_need_a_decision(self, now):
        guideline = Guideline.objects.get()
        guideline.clock = LimitClock.OFFICE_HOURS
        with pytest.raises(IntegrityError, match="guideline_office_hours_by_decision"):
            guideline.record(by=User.objects.system(), now=now, reason="Arbetstimmar")

    def test_one_guideline_in_force(self, now):
        second = Guideline(version=2, adopted_on=now.date(), in_force_from=now)
        with pytest.raises(IntegrityError, match="one_guideline_in_force"):
            second.record(by=User.objects.system(), now=now, reason="En till")

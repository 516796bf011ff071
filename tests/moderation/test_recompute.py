"""When the calendar changes, the open deadlines follow it, each with its history; what is late stands still."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import deadlines
from accounts.models import CalendarVersion
from accounts.services.terms import Terms, terms_in_force
from moderation.enums import ActionKind, Lane
from moderation.models import Case
from moderation.services.recompute import OpenCases
from tests.moderation.factories import library_account, log_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

FAR_AWAY = {"2027-02-01": {"hours": [], "label": "Stängt för flytt"}}


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def closed_tomorrow(cast, now) -> Terms:
    return terms_with({"2026-11-25": {"hours": [], "label": "Stängt för flytt"}}, cast, now)


def terms_with(dates: dict[str, object], cast, now) -> Terms:
    """Return the terms with those days, not saved yet."""
    before = terms_in_force(now)
    version = CalendarVersion(
        number=before.calendar_version.number + 1,
        content={**before.calendar_version.content, "dates": dates},
        made_by=cast.communicator,
        made_at=now,
    )
    return Terms.of(before.guideline, version, now=now)


def recompute(terms, cast, now) -> int:
    if terms.calendar_version._state.adding:
        terms.calendar_version.save()
    return deadlines.recompute(terms, by=cast.communicator, now=now)


def test_the_queue_is_asked_when_the_calendar_changes(account, closed_tomorrow, now):
    log_post(account)
    assert deadlines.preview(closed_tomorrow, now=now).total_open == 1


def test_preview_tells_what_moves_and_moves_nothing(account, closed_tomorrow, now):
    case = log_post(account)
    log_post(account, lane=Lane.OWN_POST, text="Fel bild")
    found = OpenCases().preview(closed_tomorrow, now)
    assert found.total_open == 2
    (moved,) = found.moved
    assert (moved.label, moved.url) == (str(case), reverse("moderation:case-detail", args=[case.pk]))
    assert (moved.old_due, moved.new_due) == (case.due_at, case.due_at + timedelta(days=1))
    assert Case.objects.get(pk=case.pk).due_at == case.due_at


def test_preview_says_nothing_of_what_may_be_secret(account, closed_tomorrow, now):
    log_post(account, lane=Lane.SECRECY)
    (moved,) = OpenCases().preview(closed_tomorrow, now).moved
    assert moved.label == f"Inlägg på {account}"


def test_moves_it_with_history_and_a_line_of_what_happened(account, cast, closed_tomorrow, now):
    before = log_post(account)
    assert recompute(closed_tomorrow, cast, now) == 1
    case = Case.objects.get(pk=before.pk)
    assert case.due_at == before.due_at + timedelta(days=1)
    assert case.calendar_version == closed_tomorrow.calendar_version
    assert case.version == before.version + 1
    row = case.history.latest("history_id")
    assert (row.due_at, row.history_user, row.history_change_reason) == (
        case.due_at,
        cast.communicator,
        "Tidsfristen räknades om",
    )
    action = case.actions.first()
    assert (action.kind, action.by, action.case_version) == (
        ActionKind.DEADLINE_MOVED,
        cast.communicator,
        case.version,
    )
    assert action.text == "Från torsdag 26 november kl. 10.00 till fredag 27 november kl. 10.00."


def test_what_does_not_move_keeps_its_version_and_what_measured_it(account, cast, now):
    before = log_post(account)
    assert recompute(terms_with(FAR_AWAY, cast, now), cast, now) == 0
    case = Case.objects.get(pk=before.pk)
    assert (case.version, case.calendar_version) == (before.version, before.calendar_version)
    assert case.history.count() == 1


def test_where_only_the_first_look_moves_there_is_history_and_no_line(account, cast, closed_tomorrow, now):
    before = log_post(account, lane=Lane.OWN_POST)
    assert recompute(closed_tomorrow, cast, now) == 0
    case = Case.objects.get(pk=before.pk)
    assert (case.due_at, case.version, case.actions.count()) == (before.due_at, before.version, 1)
    assert case.look_by == before.look_by + timedelta(days=1)
    assert case.history.count() == 2


def test_what_is_late_stands_still(account, cast, closed_tomorrow, now, clock):
    noted, just_now = log_post(account), log_post(account, text="Ett till")
    noted.late_since = noted.handle_by
    noted.record(by=cast.communicator, now=now, reason="Tiden gick ut")
    assert recompute(closed_tomorrow, cast, clock.move(days=3)) == 0
    for case in (noted, just_now):
        assert Case.objects.get(pk=case.pk).due_at == case.due_at


def test_a_new_limit_has_a_reminder_of_its_own(account, cast, closed_tomorrow, now):
    case = log_post(account)
    case.warned_at = now
    case.record(by=cast.communicator, now=now, reason="Påminde")
    recompute(closed_tomorrow, cast, now)
    assert Case.objects.get(pk=case.pk).warned_at is None


def test_once_more_moves_nothing(account, cast, closed_tomorrow, now):
    log_post(account)
    assert [recompute(closed_tomorrow, cast, now) for _time in range(2)] == [1, 0]


@pytest.mark.parametrize("work", ["preview", "recompute"])
def test_costs_the_same_number_of_queries_however_many(work, account, cast, now):
    terms = terms_in_force(now)
    # Other terms each time, so that every post moves every time.
    hours = iter(range(72, 1000, 24))

    def run():
        terms.guideline.limit_hours = next(hours)
        if work == "preview":
            OpenCases().preview(terms, now)
        else:
            OpenCases().recompute(terms, cast.communicator, now)

    texts = iter("abc")
    assert_same_query_count(run, add_row=lambda: log_post(account, text=next(texts)))

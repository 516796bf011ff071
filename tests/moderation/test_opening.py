"""A post comes in: its lane, its time, the same post again, and what is never copied (R12, R14, R15, R23)."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, Category, CriminalGround, Lane, Source
from moderation.models import Case, Evidence
from moderation.services import opening
from moderation.services.opening import Opened, Post, keep_pictures, open_case
from tests.clock import NOW, STOCKHOLM
from tests.moderation.factories import TEXT, library_account, log_post, picture
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholmsbibliotek/posts/1017"
CHILD_ABUSE = {"lane": Lane.CRIMINAL, "criminal_grounds": (CriminalGround.CHILD_ABUSE,), "text": "", "link": LINK}


@pytest.fixture
def account(cast):
    return library_account(cast)


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=STOCKHOLM)


def open_again(account, *, by=None, now=NOW, lane=Lane.INAPPROPRIATE, **attributes) -> Opened:
    if lane == Lane.INAPPROPRIATE:
        attributes.setdefault("category", Category.PERSONAL_ATTACK)
    by = by or account.assignments.first().user
    return open_case(Post(account=account, lane=lane, **attributes), by=by, now=now)


def lines(case: Case) -> list[str]:
    """What has happened, the newest first, in kinds."""
    return list(case.actions.values_list("kind", flat=True))


class TestEveryLane:
    @pytest.mark.parametrize("category", Category)
    def test_each_of_the_seven_categories(self, account, category):
        case = log_post(account, category=category)
        assert (case.lane, case.category, case.is_restricted, case.status) == (
            Lane.INAPPROPRIATE,
            category,
            False,
            CaseStatus.NEW,
        )

    @pytest.mark.parametrize("ground", [each for each in CriminalGround if each != CriminalGround.CHILD_ABUSE])
    def test_each_crime_is_due_at_once_and_never_found_late(self, account, ground):
        case = log_post(account, lane=Lane.CRIMINAL, criminal_grounds=(ground,), published_at=NOW - timedelta(days=90))
        assert (case.due_at, case.criminal_grounds, case.copy_forbidden, case.found_late) == (
            NOW,
            [ground],
            False,
            False,
        )

    def test_what_may_be_secret_is_for_the_few(self, account):
        case = log_post(account, lane=Lane.SECRECY)
        assert (case.is_restricted, case.due_at) == (True, log_post(account, text="Något annat").due_at)

    @pytest.mark.parametrize("lane", [lane for lane in Lane if lane != Lane.SECRECY])
    def test_any_other_may_also_be_secret(self, account, lane):
        assert log_post(account, lane=lane, may_be_secret=True).is_restricted

    @pytest.mark.parametrize("lane", [Lane.QUESTION, Lane.MESSAGE])
    def test_questions_and_messages_have_their_own_time(self, account, lane):
        case = log_post(account, lane=lane, published_at=at(16, 9))
        assert (case.due_at, case.found_late) == (at(25, 17), False)

    def test_our_own_post_is_measured_in_ordinary_hours(self, account):
        friday = at(27, 15)
        assert log_post(account, lane=Lane.OWN_POST, now=friday).due_at == friday + timedelta(hours=72)

    def test_the_text_is_kept_apart_and_the_line_says_who_found_it(self, account, cast):
        case = log_post(account, link=f"  {LINK} ", author="Arg laholmare", place="Under öppettiderna")
        assert (case.content.text, case.content.link) == (TEXT, LINK)
        assert (case.content.author, case.content.place) == ("Arg laholmare", "Under öppettiderna")
        line = case.actions.get()
        assert (line.kind, line.by, line.at, line.text) == (ActionKind.LOGGED, cast.librarian, NOW, "")

    def test_a_report_from_the_public_says_so(self, account):
        case = log_post(account, source=Source.PUBLIC, reported_at=NOW - timedelta(hours=2))
        assert (case.source, lines(case)) == (Source.PUBLIC, [ActionKind.REPORTED])

    def test_it_belongs_to_the_accounts_board_also_when_the_account_moves(self, account, cast):
        case = log_post(account)
        account.unit, account.board = cast.building_permits, cast.building_board
        account.record(by=cast.administrator, now=NOW, reason="Flyttade till bygglov")
        assert Case.objects.get(pk=case.pk).board == cast.culture_board


class TestWhenItBegins:
    def test_found_on_a_friday_afternoon(self, account):
        case = log_post(account, now=at(27, 15))
        assert (case.starts_at, case.due_at) == (at(27, 15), at(1, 15, month=12))

    def test_at_publication_when_that_is_known(self, account):
        case = log_post(account, published_at=at(23, 9))
        assert (case.starts_at, case.due_at, case.found_late) == (at(23, 9), at(25, 9), False)

    def test_at_the_report_when_that_came_before_we_saw_it(self, account):
        case = log_post(account, source=Source.PUBLIC, reported_at=at(23, 8))
        assert (case.starts_at, case.known_at) == (at(23, 8), at(23, 8))

    def test_never_after_we_knew_of_it(self, account):
        case = log_post(account, source=Source.PUBLIC, reported_at=at(23, 8), published_at=at(23, 9))
        assert case.starts_at == at(23, 8)

    def test_already_late_when_found_is_said_apart(self, account):
        case = log_post(account, published_at=at(16, 9))
        assert (case.found_late, case.due_at) == (True, at(18, 9))
        assert (case.handle_by, case.late_since) == (log_post(account, text="Nyss skrivet").due_at, None)

    def test_late_to_the_minute(self, account, clock):
        assert log_post(account, published_at=at(20, 10), text="En").found_late
        assert not log_post(account, published_at=at(20, 11), text="En till").found_late

    @pytest.mark.parametrize(
        ("published_at", "said"),
        [(NOW + timedelta(minutes=1), "efter nu"), (datetime(1926, 1, 1, tzinfo=STOCKHOLM), "årtalet")],
    )
    def test_a_time_that_cannot_be_is_refused_at_its_field(self, account, published_at, said):
        with pytest.raises(RefusedError, match=said) as refusal:
            log_post(account, published_at=published_at)
        assert refusal.value.field == "published_at"

    def test_the_very_moment_is_taken(self, account):
        assert log_post(account, published_at=NOW).starts_at == NOW


class TestNothingToTellItBy:
    @pytest.mark.parametrize("nothing", [{"text": ""}, {"text": "  \n", "link": " "}])
    def test_is_refused(self, account, nothing):
        with pytest.raises(RefusedError, match="länk, texten eller en bild"):
            log_post(account, **nothing)

    def test_a_picture_alone_is_enough_and_is_a_post_of_its_own(self, account):
        cases = {log_post(account, text="", pictures=[picture()]) for _again in range(2)}
        assert len(cases) == 2


class TestTheSamePostAgain:
    def test_joins_the_open_case_and_says_so(self, account, cast):
        case = log_post(account, link=LINK)
        again = open_again(account, link=f"{LINK}?fbclid=1", by=cast.assistant, now=NOW + timedelta(hours=1))
        assert (again.joined, again.case) == (True, case)
        assert lines(case) == [ActionKind.LOGGED] * 2
        assert case.actions.first().by == cast.assistant
        assert again.case.version == 2

    def test_on_another_account_is_another(self, account, cast):
        case = log_post(account, link=LINK)
        assert not open_again(library_account(cast), link=LINK).joined
        assert Case.objects.exclude(pk=case.pk).count() == 1

    @pytest.mark.parametrize("status", [CaseStatus.DECIDED, CaseStatus.CLOSED])
    def test_after_it_was_decided_is_found_anew(self, account, cast, status):
        case = log_post(account, link=LINK)
        case.status, case.outcome, case.decided_at = CaseStatus.DECIDED, ActionKind.REMOVED, NOW
        case.record(by=cast.librarian, now=NOW, reason="Tog bort inlägget")
        if status == CaseStatus.CLOSED:
            case.status, case.record_choice, case.closed_at = status, "kept_in_order", NOW
            case.record(by=cast.librarian, now=NOW, reason="Avslutade")
        assert not open_again(account, link=LINK).joined

    def test_keeps_what_was_sent_with_it(self, account):
        case = log_post(account, link=LINK, text="", pictures=[picture(colour="red")])
        open_again(account, link=LINK, text="Hela texten", author="Arg", place="I tråden", pictures=[picture()])
        case = Case.objects.get(pk=case.pk)
        assert (case.content.text, case.content.author, case.content.place) == ("Hela texten", "Arg", "I tråden")
        assert case.evidence.count() == 2

    def test_another_text_is_kept_in_the_line_and_the_first_stands(self, account):
        case = log_post(account, link=LINK, text="Först")
        open_again(account, link=LINK, text="Ändrad efteråt")
        open_again(account, link=LINK, text="Först")
        assert Case.objects.get(pk=case.pk).content.text == "Först"
        assert [line.text for line in case.actions.all()] == ["", "Ändrad efteråt", ""]

    def test_the_same_picture_is_kept_once(self, account):
        case = log_post(account, link=LINK, pictures=[picture()])
        open_again(account, link=LINK, pictures=[picture("annat-namn.png"), picture(colour="red")])
        assert case.evidence.count() == 2

    def test_says_what_the_second_one_called_it(self, account):
        case = log_post(account, link=LINK)
        open_again(account, link=LINK, category=Category.OBSCENITY)
        assert case.actions.first().text == "Den här gången som: obscena ord."
        assert Case.objects.get(pk=case.pk).category == Category.PERSONAL_ATTACK

    def test_becomes_due_at_once_when_the_second_one_sees_a_crime(self, account):
        case = log_post(account, link=LINK)
        threat = {"lane": Lane.CRIMINAL, "criminal_grounds": (CriminalGround.THREAT,)}
        again = open_again(account, link=LINK, **threat).case
        assert (again.lane, again.category, again.criminal_grounds) == (Lane.CRIMINAL, "", [CriminalGround.THREAT])
        assert again.due_at == case.known_at
        assert case.actions.first().text == "Den här gången som: uppenbart brottsligt: olaga hot."

    def test_our_own_stays_our_own(self, account):
        log_post(account, link=LINK, lane=Lane.OWN_POST)
        threat = {"lane": Lane.CRIMINAL, "criminal_grounds": (CriminalGround.THREAT,)}
        assert open_again(account, link=LINK, **threat).case.lane == Lane.OWN_POST

    def test_moves_the_start_back_when_more_is_known(self, account):
        case = log_post(account, link=LINK)
        again = open_again(account, link=LINK, published_at=at(23, 9), now=at(24, 12)).case
        assert (again.starts_at, again.due_at) == (at(23, 9), at(25, 9))
        assert again.discovered_at == case.discovered_at

    def test_moves_it_back_to_an_earlier_publication(self, account):
        log_post(account, link=LINK, published_at=at(23, 9))
        assert open_again(account, link=LINK, published_at=at(20, 9)).case.starts_at == at(20, 9)

    def test_never_moves_it_forward(self, account):
        case = log_post(account, link=LINK, published_at=at(23, 9))
        for later in ({"published_at": at(24, 9)}, {"source": Source.PUBLIC, "reported_at": at(24, 12)}, {}):
            again = open_again(account, link=LINK, now=at(24, 13), **later).case
            assert (again.starts_at, again.due_at, again.published_at) == (case.starts_at, case.due_at, at(23, 9))

    def test_what_has_become_late_stands_still(self, account, cast):
        case = log_post(account, link=LINK)
        case.late_since = case.handle_by
        case.record(by=cast.librarian, now=NOW, reason="Tiden gick ut")
        again = open_again(account, link=LINK, published_at=at(20, 9)).case
        assert (again.starts_at, again.due_at, again.late_since) == (at(20, 9), case.due_at, case.handle_by)


class TestWhatIsFearedHolds:
    @pytest.mark.parametrize("again", [{"lane": Lane.SECRECY}, {"may_be_secret": True}])
    def test_joining_makes_it_secret(self, account, again):
        log_post(account, link=LINK)
        joined = open_again(account, link=LINK, **again).case
        assert (joined.is_restricted, joined.lane) == (True, Lane.INAPPROPRIATE)

    def test_joining_makes_it_no_less_secret(self, account):
        log_post(account, link=LINK, lane=Lane.SECRECY)
        joined = open_again(account, link=LINK).case
        assert (joined.is_restricted, joined.lane) == (True, Lane.SECRECY)

    def test_joining_forbids_copies_from_then_on(self, account):
        log_post(account, link=LINK, text=TEXT, pictures=[picture()])
        joined = open_again(account, **CHILD_ABUSE).case
        assert (joined.copy_forbidden, joined.lane, joined.category) == (True, Lane.CRIMINAL, "")
        assert joined.due_at == NOW
        later = open_again(account, link=LINK, text="Mer text", pictures=[picture(colour="red")]).case
        assert (later.evidence.count(), later.content.text) == (1, TEXT)
        assert "Mer text" not in {line.text for line in later.actions.all()}


class TestWhatIsNeverCopied:
    def test_link_account_and_time_are_kept(self, account):
        case = log_post(account, **CHILD_ABUSE, published_at=at(24, 9))
        assert (case.copy_forbidden, case.content.link, case.content.text, case.published_at) == (
            True,
            LINK,
            "",
            at(24, 9),
        )

    @pytest.mark.parametrize(
        "copied", [{"text": "Text"}, {"author": "Namn"}, {"place": "I tråden"}, {"pictures": [picture()]}]
    )
    def test_anything_else_is_refused(self, account, copied):
        with pytest.raises(RefusedError, match="Ta ingen kopia"):
            log_post(account, **{**CHILD_ABUSE, **copied})
        assert not Case.objects.exists()

    def test_no_picture_can_be_added_later(self, account, cast):
        case = log_post(account, **CHILD_ABUSE)
        with pytest.raises(RefusedError, match="Ta ingen kopia") as refusal:
            keep_pictures(case, [picture()], by=cast.librarian, now=NOW)
        assert refusal.value.field == "pictures"


def test_at_most_ten_pictures_at_a_time(account, cast):
    pictures = [picture(size=(10 + number, 10)) for number in range(11)]
    assert log_post(account, pictures=pictures[:10]).evidence.count() == 10
    with pytest.raises(RefusedError, match="högst 10"):
        log_post(account, text="En till", pictures=pictures)


def test_nothing_is_left_of_a_post_that_was_refused(account):
    pictures = [picture(size=(10 + number, 10)) for number in range(11)]
    with pytest.raises(RefusedError), transaction.atomic():
        log_post(account, pictures=pictures)
    assert (Case.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_become_one_case_with_both_in_it(self, account, cast, monkeypatch):
        meet_at(monkeypatch, opening, "_write")
        outcomes = race(
            lambda: open_again(account, link=LINK, by=cast.librarian, pictures=[picture(colour="red")]),
            lambda: open_again(account, link=LINK, by=cast.assistant, pictures=[picture()]),
        )
        assert not losers(outcomes)
        assert sorted(opened.joined for opened in winners(outcomes)) == [False, True]
        case = Case.objects.get()
        assert (lines(case), case.evidence.count()) == ([ActionKind.LOGGED] * 2, 2)

    def test_two_who_join_an_open_one_wait_for_each_other(self, account, cast, monkeypatch):
        case = log_post(account, link=LINK)
        meet_at(monkeypatch, opening, "write_down")
        outcomes = race(
            lambda: open_again(account, link=LINK, by=cast.librarian),
            lambda: open_again(account, link=LINK, by=cast.assistant),
        )
        assert not losers(outcomes)
        assert (lines(case), Case.objects.get().version) == ([ActionKind.LOGGED] * 3, 3)

    def test_without_the_lock_one_of_them_would_be_lost(self, account, cast, monkeypatch):
        log_post(account, link=LINK)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, opening, "write_down")
        outcomes = race(
            lambda: open_again(account, link=LINK, by=cast.librarian),
            lambda: open_again(account, link=LINK, by=cast.assistant),
        )
        assert losers(outcomes)

    def test_decided_in_the_moment_between_is_opened_anew(self, account, cast, monkeypatch):
        case = log_post(account, link=LINK)
        original, tried = opening._join, []

        def decided_between(*arguments, **named):
            if not tried:
                tried.append(True)
                return None
            found = Case.objects.get(pk=case.pk)
            if found.status == CaseStatus.NEW:
                found.status, found.outcome, found.decided_at = CaseStatus.DECIDED, ActionKind.REMOVED, NOW
                found.record(by=cast.librarian, now=NOW, reason="Tog bort inlägget")
            return original(*arguments, **named)

        monkeypatch.setattr(opening, "_join", decided_between)
        assert not open_again(account, link=LINK).joined
        assert Case.objects.count() == 2

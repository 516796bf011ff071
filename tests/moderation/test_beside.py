"""What is done beside deciding: notes, passing on, advice, blocks, incidents and ready answers; and what is mailed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from moderation.enums import ActionKind, BlockStatus, CaseStatus, Lane
from moderation.models import Action, Block, Case, IncidentAssessment, ReplyText
from moderation.services import acting, advice, answering, blocking, incident, noting, passing, reply_texts
from moderation.services.blocking import Term
from moderation.services.doors import write_down
from moderation.services.incident import Assessment
from moderation.services.passing import Receiver
from tests.clock import NOW, TODAY
from tests.factories import UnitFactory, UserFactory
from tests.moderation.factories import TEXT, library_account, log_post

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholm/posts/1"
AUTHOR = "Kalle Anka"
PLACE = "under inlägget om vinterns öppettider"


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def case(account):
    return log_post(account, link=LINK, author=AUTHOR, place=PLACE)


@pytest.fixture
def secret(account):
    return log_post(account, lane=Lane.SECRECY, link=LINK, author=AUTHOR, place=PLACE)


@pytest.fixture
def how(cast):
    return {"by": cast.librarian, "now": NOW}


def everything_mailed() -> str:
    return " ".join(f"{mail.subject} {mail.text} {mail.html}" for mail in Mail.objects.all())


class TestNotes:
    @pytest.mark.parametrize("kind", ["note", "report_to_platform", "report_to_police"])
    @pytest.mark.parametrize("state", [CaseStatus.NEW, CaseStatus.DECIDED])
    def test_decide_nothing_in_any_state(self, case, how, kind, state):
        if state == CaseStatus.DECIDED:
            acting.remove(case.pk, version=None, **how)
        extra = {"reference": "5000-K1-26"} if kind == "report_to_police" else {}
        after = getattr(noting, kind)(case.pk, text="Ringde.", **extra, **how)
        assert (after.status, case.actions.first().text) == (state, "Ringde.")

    def test_police_report_has_its_number(self, case, how):
        with pytest.raises(RefusedError) as refusal:
            noting.report_to_police(case.pk, reference=" ", **how)
        assert refusal.value.field == "reference"
        noting.report_to_police(case.pk, reference="5000-K1-26", **how)
        assert case.actions.get(kind=ActionKind.REPORTED_TO_POLICE).reference == "5000-K1-26"

    def test_empty_note_is_none(self, case, how):
        with pytest.raises(RefusedError):
            noting.note(case.pk, text=" ", **how)

    def test_not_by_outsiders(self, case, how, cast):
        with pytest.raises(PermissionDenied):
            noting.note(case.pk, text="Hej", **{**how, "by": cast.outsider})


class TestPassOn:
    def test_unit_gets_mail_at_its_function_address(self, case, how, cast):
        unit = cast.building_permits
        passing.pass_on(case.pk, receiver=Receiver(unit), why="Gäller ett bygglov.", version=None, **how)
        letter = Mail.objects.get()
        assert letter.to == [unit.email]
        assert "Gäller ett bygglov." in letter.text
        assert LINK in letter.text
        assert TEXT not in letter.text
        line = case.actions.get(kind=ActionKind.PASSED_ON)
        assert (line.reference, line.text) == (str(unit), "Gäller ett bygglov.")

    def test_outside_is_written_down(self, case, how):
        passing.pass_on(case.pk, receiver=Receiver(outside="Trafikverket"), why="Deras väg.", version=None, **how)
        assert case.actions.get(kind=ActionKind.PASSED_ON).reference == "Trafikverket"
        assert not Mail.objects.exists()

    @pytest.mark.parametrize(
        ("receiver", "why", "field"),
        [(Receiver(), "Läs", "unit"), (Receiver(outside="Trafikverket"), " ", "why")],
    )
    def test_whom_and_what_for_are_said(self, case, how, receiver, why, field):
        with pytest.raises(RefusedError) as refusal:
            passing.pass_on(case.pk, receiver=receiver, why=why, version=None, **how)
        assert refusal.value.field == field

    def test_unit_without_an_address_gets_nothing(self, case, how):
        with pytest.raises(RefusedError, match="ingen funktionsadress"):
            passing.pass_on(case.pk, receiver=Receiver(UnitFactory(email="")), why="Läs", version=None, **how)

    def test_what_may_be_secret_goes_to_the_registrator_alone(self, account, how):
        case = log_post(account, lane=Lane.QUESTION, may_be_secret=True)
        with pytest.raises(RefusedError, match="Skicka det till registratorn"):
            passing.pass_on(case.pk, receiver=Receiver(outside="Polisen"), why="Läs", version=None, **how)


class TestAdvice:
    def test_asked_and_answered_by_mail(self, case, how, cast, settings):
        advice.ask(case.pk, question="Ska vi ta bort det?", **how)
        advice.advise(case.pk, advice="Ta bort det.", by=cast.communicator, now=NOW)
        question, answer = Mail.objects.order_by("subject")
        assert question.to == [settings.COMMUNICATIONS_EMAIL]
        assert "Ska vi ta bort det?" in question.text
        assert answer.to == [cast.librarian.email]
        assert "Ta bort det." in answer.text
        assert [action.kind for action in case.actions.all()[:2]] == [ActionKind.ADVISED, ActionKind.ASKED]

    def test_of_what_may_be_secret_only_who_asks(self, secret, how, settings, cast):
        advice.ask(secret.pk, question="Hon har fått hjälp av socialen, va?", **how)
        letter = Mail.objects.get()
        assert letter.to == [settings.COMMUNICATIONS_EMAIL]
        assert cast.librarian.email in letter.text
        for word in ("socialen", TEXT, AUTHOR, PLACE, LINK, "Laholms bibliotek", str(secret.pk)):
            assert word not in everything_mailed()

    def test_only_kommunikationsenheten_advises(self, case, how):
        with pytest.raises(PermissionDenied):
            advice.advise(case.pk, advice="Gör det.", **how)

    def test_who_has_left_gets_no_mail(self, case, how, cast):
        advice.ask(case.pk, question="Hur?", **how)
        cast.librarian.is_active = False
        cast.librarian.record(by=cast.administrator, now=NOW, reason="Slutade")
        advice.advise(case.pk, advice="Så här.", by=cast.communicator, now=NOW)
        assert Mail.objects.count() == 1

    @pytest.mark.parametrize("words", ["", "  "])
    def test_needs_words(self, case, how, cast, words):
        with pytest.raises(RefusedError):
            advice.ask(case.pk, question=words, **how)
        with pytest.raises(RefusedError):
            advice.advise(case.pk, advice=words, by=cast.communicator, now=NOW)


class TestBlock:
    TERM = Term(ends_on=TODAY + timedelta(days=90), review_on=TODAY + timedelta(days=30))

    @pytest.fixture
    def block(self, case, how):
        return blocking.propose(case.pk, reason="Har hotat tre gånger.", **how)

    @pytest.fixture
    def us(self, cast):
        return {"by": cast.communicator, "now": NOW}

    def in_state(self, block, state, us):
        match state:
            case BlockStatus.DECIDED:
                return blocking.decide(block.pk, term=self.TERM, reason="Hot.", **us)
            case BlockStatus.REFUSED:
                return blocking.refuse(block.pk, reason="Kritik.", **us)
            case BlockStatus.LIFTED:
                self.in_state(block, BlockStatus.DECIDED, us)
                return blocking.lift(block.pk, reason="Tiden är ute.", **us)
            case _:
                return block

    @pytest.mark.parametrize("step", ["decide", "refuse", "keep", "lift"])
    @pytest.mark.parametrize("state", BlockStatus)
    def test_every_state_against_every_step(self, block, us, state, step):
        self.in_state(block, state, us)
        expected = {"decide": "proposed", "refuse": "proposed", "keep": "decided", "lift": "decided"}[step]
        extra = {"decide": {"term": self.TERM}, "keep": {"review_on": TODAY + timedelta(days=60)}}.get(step, {})
        do = getattr(blocking, step)
        if state == expected:
            do(block.pk, reason="Skäl.", **extra, **us)
            return
        with pytest.raises(RefusedError):
            do(block.pk, reason="Skäl.", **extra, **us)
        assert Block.objects.get().status == state

    @pytest.mark.parametrize("step", ["decide", "refuse", "keep", "lift"])
    def test_only_kommunikationsenheten(self, block, how, cast, step):
        extra = {"decide": {"term": self.TERM}, "keep": {"review_on": TODAY}}.get(step, {})
        for person in (cast.librarian, cast.manager, cast.administrator):
            with pytest.raises(PermissionDenied):
                getattr(blocking, step)(block.pk, reason="Skäl.", **extra, **{**how, "by": person})

    @pytest.mark.parametrize(
        ("ends", "review", "field"),
        [(0, 0, "ends_on"), (366, 30, "ends_on"), (90, 91, "review_on"), (90, 0, "review_on")],
    )
    def test_has_an_end_within_a_year_and_a_review_before_it(self, block, us, ends, review, field):
        term = Term(TODAY + timedelta(days=ends), TODAY + timedelta(days=review))
        with pytest.raises(RefusedError) as refusal:
            blocking.decide(block.pk, term=term, reason="Hot.", **us)
        assert refusal.value.field == field

    def test_holds_at_most_a_year(self, block, us):
        term = Term(TODAY + timedelta(days=365), TODAY + timedelta(days=365))
        assert blocking.decide(block.pk, term=term, reason="Hot.", **us).status == BlockStatus.DECIDED

    def test_one_at_a_time(self, block, case, how):
        with pytest.raises(RefusedError, match="redan ett förslag"):
            blocking.propose(case.pk, reason="Igen.", **how)

    def test_who_proposed_is_told_and_nobody_is_named(self, block, us, cast):
        blocking.decide(block.pk, term=self.TERM, reason="Hot.", **us)
        letter = Mail.objects.get()
        assert letter.to == [cast.librarian.email]
        assert AUTHOR not in everything_mailed()
        assert AUTHOR not in str(Block.objects.values().get())

    def test_not_of_what_may_be_secret(self, secret, how):
        with pytest.raises(RefusedError, match="får inte läsa inlägget"):
            blocking.propose(secret.pk, reason="Hot.", **how)

    def test_kept_until_its_end_at_most(self, block, us):
        self.in_state(block, BlockStatus.DECIDED, us)
        with pytest.raises(RefusedError) as refusal:
            blocking.keep(block.pk, review_on=TODAY + timedelta(days=91), reason="Hotar än.", **us)
        assert refusal.value.field == "review_on"

    def test_review_is_due_on_its_day(self, block, us):
        self.in_state(block, BlockStatus.DECIDED, us)
        assert not Block.objects.to_look_over(self.TERM.review_on - timedelta(days=1)).exists()
        assert Block.objects.to_look_over(self.TERM.review_on).exists()

    def test_postgresql_wants_an_end(self, block, cast):
        block.status, block.decided_by, block.decided_at = BlockStatus.DECIDED, cast.communicator, NOW
        block.decision_reason = "Hot."
        with pytest.raises(IntegrityError, match="block_ends_and_is_looked_over"), transaction.atomic():
            block.record(by=cast.communicator, now=NOW, reason="Smet")


class TestIncident:
    @pytest.fixture
    def own(self, account):
        return log_post(account, lane=Lane.OWN_POST, text="Elevens adress är Storgatan 1.", link=LINK, author=AUTHOR)

    def test_the_dataskyddsombud_is_told_when_it_is_logged_and_not_what_it_says(self, own, settings):
        letter = Mail.objects.get()
        assert letter.to == [settings.DATA_PROTECTION_EMAIL]
        assert "72 timmar, senast fredag 27 november kl. 10.00" in letter.text
        for word in ("Storgatan", AUTHOR, LINK):
            assert word not in everything_mailed()

    def test_72_hours_run_on_all_days(self, own):
        assert own.due_at == NOW + timedelta(hours=72)

    def test_reported(self, own, how):
        assessment = Assessment(is_reported=True, reported_on=TODAY, number="IMY-2026-1234")
        assert incident.assess(own.pk, assessment, version=None, **how).incident_assessed_at == NOW
        assert own.actions.first().reference == "IMY-2026-1234"

    @pytest.mark.parametrize(
        ("assessment", "field"),
        [
            (Assessment(is_reported=False), "reason"),
            (Assessment(is_reported=True, number="1"), "reported_on"),
            (Assessment(is_reported=True, reported_on=TODAY + timedelta(days=1), number="1"), "reported_on"),
            (Assessment(is_reported=True, reported_on=TODAY), "number"),
        ],
    )
    def test_what_must_be_said(self, own, how, assessment, field):
        with pytest.raises(RefusedError) as refusal:
            incident.assess(own.pk, assessment, version=None, **how)
        assert refusal.value.field == field
        assert not IncidentAssessment.objects.exists()

    def test_only_of_our_own(self, case, how):
        with pytest.raises(RefusedError, match="inte vårt eget"):
            incident.assess(case.pk, Assessment(is_reported=False, reason="Nej."), version=None, **how)

    def test_is_kept_as_it_was_made(self, own, how):
        incident.assess(own.pk, Assessment(is_reported=False, reason="Ingen såg det."), version=None, **how)
        with pytest.raises(DatabaseError), transaction.atomic():
            IncidentAssessment.objects.update(reason="Något annat")


class TestReplyTexts:
    def test_own_and_those_of_the_unit(self, cast):
        mine = reply_texts.add(name="Tider", text="18.", for_unit=False, by=cast.librarian, now=NOW)
        shared = reply_texts.add(name="Boktips", text="Läs!", for_unit=True, by=cast.librarian, now=NOW)
        assert list(ReplyText.objects.usable_by(cast.librarian)) == [shared, mine]
        assert list(ReplyText.objects.usable_by(cast.assistant)) == [shared]
        assert not ReplyText.objects.usable_by(cast.outsider).exists()
        assert not ReplyText.objects.usable_by(UserFactory()).exists()

    def test_only_those_who_use_it_change_it(self, cast):
        mine = reply_texts.add(name="Tider", text="18.", for_unit=False, by=cast.librarian, now=NOW)
        with pytest.raises(PermissionDenied):
            reply_texts.change(mine.pk, name="Tider", text="19.", by=cast.assistant, now=NOW)
        with pytest.raises(PermissionDenied):
            reply_texts.forget(mine.pk, by=cast.assistant, now=NOW)
        assert reply_texts.change(mine.pk, name="Tider", text="19.", by=cast.librarian, now=NOW).text == "19."
        reply_texts.forget(mine.pk, by=cast.librarian, now=NOW)
        assert not ReplyText.objects.exists()

    @pytest.mark.parametrize(
        ("name", "text", "field"), [(" ", "18.", "name"), ("Tider", " ", "text"), ("tider", "18.", "name")]
    )
    def test_has_a_name_of_its_own_and_words(self, cast, name, text, field):
        reply_texts.add(name="Tider", text="17.", for_unit=False, by=cast.librarian, now=NOW)
        with pytest.raises(RefusedError) as refusal:
            reply_texts.add(name=name, text=text, for_unit=False, by=cast.librarian, now=NOW)
        assert refusal.value.field == field

    def test_nobody_shares_without_a_unit(self):
        with pytest.raises(RefusedError) as refusal:
            reply_texts.add(name="Tider", text="18.", for_unit=True, by=UserFactory(), now=NOW)
        assert refusal.value.field == "for_unit"


@pytest.mark.parametrize("kind", [ActionKind.REMOVED, ActionKind.HIDDEN])
def test_postgresql_wants_a_copy_before_a_post_is_gone(account, cast, kind):
    case = log_post(account, link=LINK, text="")
    with pytest.raises(DatabaseError, match="Spara en kopia"), transaction.atomic():
        write_down(case, kind, by=cast.librarian, now=NOW)
    assert not Action.objects.filter(kind=kind).exists()


def test_nothing_of_what_may_be_secret_is_mailed(secret, how, cast):
    advice.ask(secret.pk, question=f"{AUTHOR} skriver om sin granne.", **how)
    noting.report_to_police(secret.pk, reference="5000-K1-26", **how)
    acting.hide(secret.pk, version=None, **how)
    acting.remove(secret.pk, version=None, to_author="Hej!", **how)
    mailed = everything_mailed()
    assert mailed
    for word in (TEXT, AUTHOR, PLACE, LINK, "granne", "Laholms bibliotek"):
        assert word not in mailed


def test_history_of_a_post_has_no_words_of_it(case, how):
    answering.reply(case.pk, version=None, answer="Svaret om grannen.", **how)
    acting.remove(case.pk, version=None, to_author="Brevet om grannen.", **how)
    said = str(list(Case.history.filter(id=case.pk).values()))
    for word in (TEXT, AUTHOR, PLACE, LINK, "grannen"):
        assert word not in said

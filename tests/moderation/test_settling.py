"""Ska det diarieföras? What closes a post, and what the registrator gets of it (R07, R15, R16, R21)."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from archive.models import Handover
from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, Lane, RecordChoice
from moderation.models import Case
from moderation.record_proposal import choices, proposal
from moderation.services import acting, answering, incident, passing, reopening
from moderation.services.doors import MovedOnError
from moderation.services.incident import Assessment
from moderation.services.passing import Receiver
from moderation.services.settling import Settlement, settle
from tests.clock import NOW
from tests.moderation.factories import TEXT, library_account, log_post, picture, picture_bytes

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholm/posts/1"
REGISTER, IN_ORDER, TRIVIAL = RecordChoice.REGISTER, RecordChoice.KEPT_IN_ORDER, RecordChoice.TRIVIAL


@pytest.fixture
def how(cast):
    return {"version": None, "by": cast.librarian, "now": NOW}


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


def removed(account, how, lane=Lane.INAPPROPRIATE, **attributes) -> Case:
    case = log_post(account, lane=lane, link=LINK, **attributes)
    if lane == Lane.MESSAGE:
        return passing.pass_on(case.pk, receiver=Receiver(outside="Trafikverket"), why="Läs", **how)
    return acting.remove(case.pk, **how)


@pytest.mark.parametrize(
    ("lane", "proposed"),
    [
        (Lane.INAPPROPRIATE, IN_ORDER),
        (Lane.CRIMINAL, REGISTER),
        (Lane.SECRECY, REGISTER),
        (Lane.QUESTION, IN_ORDER),
        (Lane.MESSAGE, REGISTER),
        (Lane.OWN_POST, REGISTER),
    ],
)
def test_proposes(lane, proposed):
    case = Case(lane=lane, is_restricted=lane == Lane.SECRECY)
    assert proposal(case).choice == proposed
    assert choices(case)[0] == proposed
    assert proposal(case).reason.endswith(".")


@pytest.mark.parametrize("lane", Lane)
def test_of_what_may_be_secret_only_the_diarium_is_a_choice(lane):
    assert choices(Case(lane=lane, is_restricted=True)) == [REGISTER]


@pytest.mark.parametrize("choice", RecordChoice)
@pytest.mark.parametrize("lane", Lane)
def test_every_lane_against_every_choice(account, how, lane, choice):
    case = removed(account, how, lane)
    if lane == Lane.OWN_POST:
        incident.assess(case.pk, Assessment(is_reported=False, reason="Ingen skada."), **how)
    if lane == Lane.SECRECY and choice != REGISTER:
        with pytest.raises(RefusedError) as refusal:
            settle(case.pk, Settlement(choice, "Vi tycker det."), **how)
        assert refusal.value.field == "record_choice"
        return
    after = settle(case.pk, Settlement(choice, "Vi tycker det."), **how)
    assert (after.status, after.record_choice, after.closed_at) == (CaseStatus.CLOSED, choice, NOW)
    assert Handover.objects.exists() is (choice == REGISTER)


def test_postgresql_refuses_to_keep_what_may_be_secret_out_of_the_diarium(account, how, cast):
    case = removed(account, how, Lane.SECRECY)
    case.status, case.closed_at, case.record_choice = CaseStatus.CLOSED, NOW, TRIVIAL
    with pytest.raises(IntegrityError, match="case_restricted_is_registered"), transaction.atomic():
        case.record(by=cast.librarian, now=NOW, reason="Smet")


def test_our_proposal_brings_its_reason_and_another_choice_wants_one(account, how):
    case = removed(account, how)
    with pytest.raises(RefusedError) as refusal:
        settle(case.pk, Settlement(TRIVIAL), **how)
    assert refusal.value.field == "record_reason"
    after = settle(case.pk, Settlement(IN_ORDER), **how)
    assert after.record_reason == proposal(case).reason
    line = case.actions.get(kind=ActionKind.SETTLED)
    assert line.text == f"Det hålls ordnat här. {proposal(case).reason}"


def test_only_what_is_decided_and_not_closed(account, how):
    case = log_post(account, link=LINK)
    with pytest.raises(RefusedError, match="inte åtgärdat än"):
        settle(case.pk, Settlement(IN_ORDER), **how)
    acting.remove(case.pk, **how)
    settle(case.pk, Settlement(IN_ORDER), **how)
    with pytest.raises(RefusedError, match="redan klart"):
        settle(case.pk, Settlement(IN_ORDER), **how)


def test_not_by_outsiders_nor_from_an_older_page(account, how, cast):
    case = removed(account, how)
    with pytest.raises(PermissionDenied):
        settle(case.pk, Settlement(IN_ORDER), **{**how, "by": cast.outsider})
    with pytest.raises(MovedOnError):
        settle(case.pk, Settlement(IN_ORDER), **{**how, "version": case.version - 1})


def test_own_post_waits_for_the_assessment(account, how, cast):
    case = removed(account, how, Lane.OWN_POST)
    with pytest.raises(RefusedError, match="Bedöm först"):
        settle(case.pk, Settlement(REGISTER), **how)
    case.status, case.closed_at, case.record_choice = CaseStatus.CLOSED, NOW, REGISTER
    with pytest.raises(IntegrityError, match="case_own_post_closes_assessed"), transaction.atomic():
        case.record(by=cast.librarian, now=NOW, reason="Smet")


class TestHandOver:
    def test_the_registrator_of_the_board_gets_it_frozen(self, account, how, cast):
        case = removed(account, how, author="Kalle Anka", pictures=[picture()])
        settle(case.pk, Settlement(REGISTER, "Det kan bli ett ärende."), **how)
        handover = Handover.objects.get()
        assert (handover.board, handover.subject) == (
            cast.culture_board,
            "Personangrepp på kontot Laholms bibliotek på Facebook",
        )
        assert (handover.received_on, handover.handed_over_by) == (NOW.date(), cast.librarian)
        assert handover.content.text == TEXT
        details = handover.content.details
        assert (details["Länk"], details["Skrivet av"], details["Utfall"]) == (LINK, "Kalle Anka", "Tog bort inlägget")
        assert "2026-11-24 kl. 10.00: Bibliotekarie Björk" in details["Vad som hänt"]
        file = handover.files.get()
        assert bytes(file.content) == picture_bytes()
        assert file.sha256 == hashlib.sha256(picture_bytes()).hexdigest()

    def test_what_may_be_secret_says_so_and_nothing_in_its_subject(self, account, how):
        case = removed(account, how, Lane.INAPPROPRIATE, may_be_secret=True)
        settle(case.pk, Settlement(REGISTER), **how)
        handover = Handover.objects.get()
        assert handover.is_restricted
        assert handover.subject == "Inlägg på kontot Laholms bibliotek på Facebook"

    def test_each_closing_makes_one(self, account, how):
        case = removed(account, how)
        settle(case.pk, Settlement(REGISTER, "Ärende."), **how)
        reopening.reopen(case.pk, reason="Det kom tillbaka.", **how)
        acting.remove(case.pk, **how)
        settle(case.pk, Settlement(REGISTER, "Ärende."), **how)
        first, second = Handover.objects.order_by("source_ref").values_list("source_ref", flat=True)
        assert (first, second) == (f"case:{case.pk}/0", f"case:{case.pk}/1")

    def test_nothing_is_handed_over_of_what_is_refused(self, account, how):
        case = removed(account, how, Lane.OWN_POST)
        with pytest.raises(RefusedError):
            settle(case.pk, Settlement(REGISTER), **how)
        assert not Handover.objects.exists()


def test_question_is_kept_in_order_with_its_answer(account, how):
    case = log_post(account, lane=Lane.QUESTION, text="När stänger ni?")
    answering.reply(case.pk, answer="Klockan 18.", **how)
    assert settle(case.pk, Settlement(IN_ORDER), **how).status == CaseStatus.CLOSED
    assert not Handover.objects.exists()

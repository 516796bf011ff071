"""A gallringsstopp reaches what belongs to what it covers, along every path and wherever it has moved (R07, R18)."""

import pytest

from accounts.models import Account
from archive.enums import HandoverStatus
from archive.models import DisposalItem
from archive.retention import record_type
from archive.services import disposing
from archive.services.due import due_objects, standing
from archive.services.holds import Description
from archive.services.retention_dates import in_force
from laholm_sociala.common.models import Mail
from tests.archive.disposals import AT_ONCE, begun, old_case, plan_for
from tests.archive.factories import decided_plan, handed_over, stopped
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    found = old_case(library_account(cast), text="Ord")
    plan_for(cast.culture_board)
    return found


def mail_about(*records):
    """A mail that kommunikationsenhetens board keeps, and that repeats what the records say."""
    about = [record.pk for record in records]
    return Mail.objects.create(
        to=["a@x.se"], subject="Fråga", text="Ord", message_id=f"<{about}>", created_at=NOW, sent_at=NOW, about=about
    )


def is_due(found, board):
    return (
        due_objects(record_type(found._meta.label_lower.partition(".")[2]), board, TODAY).filter(pk=found.pk).exists()
    )


def test_mail_is_held_by_what_holds_the_post_that_it_tells_of(cast, case):
    mail = mail_about(case)
    decided_plan(cast.executive_board, mail=AT_ONCE)
    assert is_due(mail, cast.executive_board)
    stopped(cast.culture_board, case)
    governing = in_force(cast.executive_board, TODAY)
    found = standing(record_type("mail"), cast.executive_board, TODAY, governing).get(pk=mail.pk)
    assert (found.state, found.held_by) == ("held", ["Tillsyn av IMY"])


def test_mail_about_an_open_post_is_held(cast, case):
    decided_plan(cast.executive_board, mail=AT_ONCE)
    mail = mail_about(log_post(case.account, text="Nytt"))
    assert not is_due(mail, cast.executive_board)


def test_a_post_does_not_take_the_mail_of_another_that_is_held(cast, case, settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    held = old_case(case.account, text="Annat")
    mail = mail_about(case, held)
    stopped(cast.culture_board, held)
    run = begun(cast.culture_board)
    disposing.carry_out(run.pk, clock=lambda: NOW)
    assert DisposalItem.objects.get(run=run, object_id=case.pk).outcome == "Gallringsstopp: Tillsyn av IMY."
    assert Mail.objects.filter(pk=mail.pk).exists()


def test_a_stop_on_an_account_reaches_what_was_handed_over_of_it(cast):
    account = library_account(cast)
    handover = handed_over(cast.culture_board, account=account)
    handover.status, handover.designation = HandoverStatus.REGISTERED, "KUN 2026-1"
    handover.record(by=cast.librarian, now=NOW, reason="Registrerades")
    decided_plan(cast.culture_board, handover=AT_ONCE)
    assert is_due(handover, cast.culture_board)
    stopped(cast.culture_board, descriptions=[Description("", account)])
    assert not is_due(handover, cast.culture_board)


def test_a_stop_follows_its_account_to_another_board(cast, owner_moves):
    account = library_account(cast)
    stopped(cast.culture_board, descriptions=[Description("", account)])
    plan_for(cast.executive_board)
    found = old_case(owner_moves(account))
    assert found.board == cast.executive_board
    governing = in_force(found.board, TODAY)
    stands = standing(record_type("case_personal_attack"), found.board, TODAY, governing).get(pk=found.pk)
    assert (stands.state, stands.held_by) == ("held", ["Tillsyn av IMY"])


def test_a_stop_on_a_handlingstyp_is_its_own_boards_alone(cast, case):
    stopped(cast.executive_board, descriptions=[Description("case_personal_attack")])
    assert due_objects(record_type("case_personal_attack"), cast.culture_board, TODAY).filter(pk=case.pk).exists()


@pytest.fixture
def owner_moves(cast):
    """Let kommunstyrelsens unit have the account."""

    def move(account) -> Account:
        account.unit = cast.communicator.unit
        account.board = account.unit.board
        account.record(by=cast.communicator, now=NOW, reason="Kontot flyttades")
        return account

    return move

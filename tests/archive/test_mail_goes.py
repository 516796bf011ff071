"""What is kept of mail goes with the record that it tells of, whichever board keeps the mail (R18)."""

import pytest
from django.db import DatabaseError, transaction

from archive.enums import ForwardingMethod, ItemStatus
from archive.models import DisposalItem
from archive.services import disposing
from archive.services.diary import close_matter
from archive.services.forwarding import Receiver, forward, send_handling
from archive.services.sweeping import sweep
from laholm_sociala.common.models import Mail, MailAttachment
from moderation.enums import RecordChoice
from moderation.models import ReporterContact
from moderation.reported import Wrong
from moderation.services import acting, case_notices
from moderation.services.reporting import place_report
from moderation.services.settling import Settlement, settle
from tests.archive.disposals import AT_ONCE, begun, plan_for
from tests.archive.factories import SeriesFactory, decided_plan, document, registrar_of, stopped
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account
from tests.moderation.reporting import reported

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "kanarie7f3a"


@pytest.fixture(autouse=True)
def _no_folders(settings):
    settings.SWEPT_FOLDERS = []


@pytest.fixture
def board(cast):
    return SeriesFactory(board=cast.culture_board).board


@pytest.fixture
def case(cast, board):
    """A settled post: the one who reported it has had a receipt and an answer, and a colleague has asked about it."""
    case = reported(library_account(cast), text="Hon hängs ut.", email=f"{CANARY}@x.se").case
    case_notices.ask_communications(case, question=f"Får {CANARY} skriva så?", by=cast.librarian, now=NOW)
    acting.leave(case.pk, reason="Det är kritik mot kommunen.", version=None, by=cast.librarian, now=NOW)
    settlement = Settlement(RecordChoice.KEPT_IN_ORDER, "Hålls ordnat.")
    return settle(case.pk, settlement, version=None, by=cast.librarian, now=NOW)


def carry_out(run):
    return disposing.carry_out(run.pk, clock=lambda: NOW)


def mail_in_words():
    return sorted({find.place for find in sweep(CANARY) if find.place.startswith("common_mail")})


def test_mail_about_a_post_goes_with_it(board, case):
    plan_for(board)
    assert mail_in_words() == ["common_mail.html", "common_mail.text", "common_mail.to"]
    assert Mail.objects.filter(about__contains=[case.pk]).count() == 3
    assert carry_out(begun(board))
    assert list(sweep(CANARY)) == []
    assert not Mail.objects.filter(about__contains=[case.pk]).exists()


def test_without_its_place_in_the_reach_it_would_stay(board, case, owner):
    plan_for(board)
    owner.execute("DELETE FROM archive_disposalreach WHERE table_name LIKE 'common_mail%'")
    assert carry_out(begun(board))
    assert mail_in_words() == ["common_mail.html", "common_mail.text", "common_mail.to"]


def test_mail_to_the_one_who_reported_goes_with_the_address(board, case):
    contact = ReporterContact.objects.get()
    decided_plan(board, valid_from=TODAY, reporter_contact=AT_ONCE)
    assert carry_out(begun(board))
    assert not Mail.objects.filter(about__contains=[contact.pk]).exists()
    assert mail_in_words() == ["common_mail.html", "common_mail.text"]  # the colleague's question is of the post


def test_a_receipt_goes_with_the_post_that_the_report_was_placed_on(cast, board):
    report = reported(wrong=Wrong.FAKE, email=f"{CANARY}@x.se")
    receipt = Mail.objects.get(to=[f"{CANARY}@x.se"])
    placed = place_report(report.pk, library_account(cast), by=cast.communicator, now=NOW)
    receipt.refresh_from_db()
    assert {report.pk, placed.case.pk} <= set(receipt.about)


def test_what_a_mail_tells_of_is_never_taken_away(case):
    told = Mail.objects.filter(about__contains=[case.pk])
    with pytest.raises(DatabaseError, match="ändras inte"), transaction.atomic():
        told.update(about=[])


def test_a_stop_on_the_mail_holds_the_post(cast, board, case):
    plan_for(board)
    run = begun(board)
    asked = Mail.objects.get(text__contains="skriva så?")
    stopped(cast.executive_board, asked, name="Granskning av mejlen")
    assert carry_out(run)
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.WITHHELD, "Gallringsstopp: Granskning av mejlen.")
    assert Mail.objects.filter(pk=asked.pk).exists()


def test_a_handling_that_was_mailed_goes_with_its_attachments(board):
    registrar = registrar_of(board)
    kept = document(board, by=registrar, text=CANARY)
    receiver = Receiver("Region Halland", email="registrator@region.example")
    sent = forward(kept.pk, receiver, method=ForwardingMethod.MAIL, by=registrar, now=NOW)
    send_handling(sent.pk, now=NOW)
    assert MailAttachment.objects.filter(mail__about__contains=[kept.pk]).exists()
    close_matter(kept.matter_id, by=registrar, now=NOW)
    decided_plan(board, valid_from=TODAY, document=AT_ONCE)
    assert carry_out(begun(board))
    assert not Mail.objects.filter(about__contains=[kept.pk]).exists()
    assert not MailAttachment.objects.exists()
    assert list(sweep(CANARY)) == []

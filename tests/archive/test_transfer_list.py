"""A leverans is prepared: what it holds, and who may (R07, R17, R18)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from archive.enums import ForwardingMethod, RuleAction
from archive.models import (
    Document,
    Matter,
    Transfer,
    TransferItem,
    transfer_storage,
)
from archive.services import transfers
from archive.services.diary import close_matter, register_document, reopen_matter
from archive.services.forwarding import Receiver, forward
from archive.services.retention_plan import Terms
from archive.services.secrecy import mark_document
from archive.services.transfer_packing import clear_packages
from archive.services.transfer_parts import changed_since_packing
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import SeriesFactory, archivist_of, decided_plan, entry, registrar_of
from tests.archive.transfers import (
    AFTER_DELIVERY,
    LAST_YEAR,
    NUMBER,
    THROUGH,
    closed_matter,
    details_of,
    drafted,
    handed_over,
    listed,
    next_after,
    ready,
    receipt,
    receipted,
    snapshot_of,
)
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7 handling")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7 plan")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY, snapshot=AFTER_DELIVERY)


class TestDetails:
    def test_a_number_is_written_in_one_way(self):
        assert transfers.organisation_number_of(" 9999999999 ") == NUMBER
        assert transfers.organisation_number_of("16999999-9999") == NUMBER

    @pytest.mark.parametrize("typed", ["", "12345", "212000-12345", "999999-9998", "abcdef-ghij"])
    def test_what_is_no_number_is_told(self, typed):
        with pytest.raises(RefusedError) as refused:
            transfers.organisation_number_of(typed)
        assert refused.value.field == "organisation_number"

    def test_without_them_nothing_is_prepared_and_it_is_said_where_they_are_written(self, cast):
        SeriesFactory(board=cast.culture_board)
        decided_plan(cast.culture_board, valid_from=TODAY)
        closed_matter(cast.culture_board)
        with pytest.raises(RefusedError, match="Fyll i dem under Uppgifter för leverans"):
            drafted(cast.culture_board)
        assert not Transfer.objects.exists()

    def test_are_written_by_the_boards_archivist_alone(self, cast):
        with pytest.raises(PermissionDenied):
            transfers.write_details(
                cast.culture_board,
                organisation_number=NUMBER,
                receiver="E-arkivet",
                agreement="",
                by=archivist_of(cast.building_board),
                now=NOW,
            )


class TestPrepare:
    def test_lists_what_ended_and_is_preserved(self, board, cast):
        snapshot_of(cast)
        closed_matter(board, close=False)
        closed_matter(board, now=NOW)
        assert listed(drafted(board)) == ["document", "matter", "snapshot"]

    def test_what_the_plan_disposes_of_otherwise_is_not_delivered(self, cast):
        irrelevant = Terms(RuleAction.WHEN_IRRELEVANT)
        board = ready(cast.culture_board, document=irrelevant, snapshot=irrelevant)
        snapshot_of(cast)
        assert listed(drafted(board)) == ["matter"]

    def test_without_a_decided_plan_nothing_is_listed(self, cast):
        SeriesFactory(board=cast.culture_board)
        details_of(cast.culture_board)
        with pytest.raises(RefusedError, match="ingen beslutad plan"):
            drafted(cast.culture_board)

    def test_with_nothing_ended_there_is_nothing_to_deliver(self, board):
        with pytest.raises(RefusedError, match="inget att leverera"):
            drafted(board, through=LAST_YEAR.date() - timedelta(days=1))
        assert not Transfer.objects.exists()

    def test_today_is_not_over(self, board):
        with pytest.raises(RefusedError, match="dag som har gått"):
            drafted(board, through=TODAY)

    def test_one_at_a_time(self, board):
        drafted(board)
        with pytest.raises(RefusedError, match="redan en leverans"):
            drafted(board)

    def test_only_the_boards_archivist(self, board, cast):
        with pytest.raises(PermissionDenied):
            transfers.prepare(board, THROUGH, as_bag=False, by=cast.librarian, now=NOW)

    def test_what_was_receipted_is_not_delivered_again(self, board):
        receipted(board)
        with pytest.raises(RefusedError, match="inget att leverera"):
            drafted(board)

    def test_what_was_added_after_a_leverans_goes_in_the_next(self, board, clock):
        found = Matter.objects.get()
        receipted(board)
        later, registrar = clock.move(days=1), registrar_of(board)
        reopen_matter(found.pk, reason="Kom mer", by=registrar, now=later)
        register_document(found.pk, entry(dated_on=later.date()), by=registrar, now=later)
        close_matter(found.pk, by=registrar, now=later)
        again = transfers.prepare(board, later.date(), as_bag=False, by=archivist_of(board), now=clock.move(days=1))
        assert found.pk in again.items.filter(record_type="matter").values_list("object_id", flat=True)

    def test_handlingar_that_were_left_out_come_in_the_next(self, board):
        assert listed(next_after(board, left_out=frozenset({"document"}))) == ["document", "matter"]

    def test_left_out_of_what_the_plan_does_not_deliver_nothing_remains(self, cast):
        board = ready(cast.culture_board, document=Terms(RuleAction.WHEN_IRRELEVANT))
        with pytest.raises(RefusedError, match="inget att leverera"):
            next_after(board)

    def test_a_handling_that_came_between_the_list_and_the_package_goes_in_the_next(self, board, clock):
        found, transfer, registrar = Matter.objects.get(), drafted(board), registrar_of(board)
        reopen_matter(found.pk, reason="Kom mer", by=registrar, now=NOW)
        late = register_document(found.pk, entry(dated_on=TODAY), by=registrar, now=NOW)
        close_matter(found.pk, by=registrar, now=NOW)
        receipt(transfer, now=clock.move(hours=1))
        again = transfers.prepare(board, TODAY, as_bag=False, by=archivist_of(board), now=clock.move(days=1))
        assert late.pk in again.items.values_list("object_id", flat=True)

    def test_a_provision_noted_after_a_leverans_goes_in_the_next(self, board, clock):
        found = Document.objects.get()
        receipted(board)
        later = clock.move(hours=1)
        mark_document(found.pk, provisions=["OSL 26 kap. 1 §"], by=registrar_of(board), now=later)
        assert listed(drafted(board)) == ["document", "matter"]

    def test_what_was_sent_on_after_a_leverans_goes_in_the_next(self, board, clock):
        found = Document.objects.get()
        first = receipted(board)
        region, by_hand = Receiver("Region Halland"), ForwardingMethod.BY_HAND
        forward(found.pk, region, method=by_hand, by=registrar_of(board), now=clock.move(hours=1))
        assert {(one.kind, one.object_id) for one in changed_since_packing(first)} == {
            ("archive.document", found.pk),
            ("archive.matter", found.matter_id),
        }
        assert listed(drafted(board)) == ["document", "matter"]


def test_cancelled_it_can_be_listed_anew(board):
    transfer = handed_over(board)
    transfers.cancel(transfer.pk, reason="E-arkivet tog inte emot den", by=transfer.prepared_by, now=NOW)
    clear_packages(now=NOW)
    assert not transfer_storage().exists(transfer.package.name)
    assert listed(drafted(board)) == ["document", "matter"]
    assert TransferItem.objects.filter(transfer=transfer).count() == 2

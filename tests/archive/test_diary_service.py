from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from archive.enums import DiaryKind, Direction, MatterStatus
from archive.models import Document, DocumentContent, DocumentFile, Matter, SecrecyMark
from archive.services import diary
from archive.services.entries import File
from archive.services.numbers import next_number
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import SeriesFactory, document, entry, matter, registrar_of
from tests.clock import NOW, STOCKHOLM, TODAY

pytestmark = pytest.mark.django_db


class TestNumbers:
    def test_in_order_from_one_in_the_boards_own_form(self, cast, registrar):
        numbers = [str(matter(cast.culture_board, by=registrar)) for _ in range(3)]
        assert numbers == ["KUN-SM 2026-000001", "KUN-SM 2026-000002", "KUN-SM 2026-000003"]

    def test_each_board_has_its_own(self, cast, registrar):
        SeriesFactory(board=cast.building_board, prefix="MBN-SM")
        other = registrar_of(cast.building_board)
        assert str(matter(cast.culture_board, by=registrar)) == "KUN-SM 2026-000001"
        assert str(matter(cast.building_board, by=other)) == "MBN-SM 2026-000001"

    @pytest.mark.parametrize(
        ("moment", "year"),
        [
            (datetime(2026, 12, 31, 23, 59, tzinfo=STOCKHOLM), 2026),
            (datetime(2027, 1, 1, 0, 0, tzinfo=STOCKHOLM), 2027),  # still 2026 in UTC
        ],
    )
    def test_the_year_is_stockholms(self, cast, registrar, moment, year):
        assert matter(cast.culture_board, by=registrar, now=moment).year == year

    def test_a_new_year_begins_with_one(self, cast, registrar):
        matter(cast.culture_board, by=registrar)
        assert str(matter(cast.culture_board, by=registrar, now=NOW + timedelta(days=60))) == "KUN-SM 2027-000001"

    def test_a_number_that_came_to_nothing_is_given_again(self, cast, registrar):
        with transaction.atomic():
            matter(cast.culture_board, by=registrar)
            transaction.set_rollback(True)
        assert str(matter(cast.culture_board, by=registrar)) == "KUN-SM 2026-000001"

    def test_handlingar_are_numbered_within_their_matter(self, cast, registrar):
        first = document(cast.culture_board, by=registrar)
        second = diary.register_document(first.matter_id, entry(), by=registrar, now=NOW)
        assert [str(first), str(second)] == ["KUN-SM 2026-000001-1", "KUN-SM 2026-000001-2"]

    @pytest.mark.django_db(transaction=True)
    def test_no_number_outside_a_transaction(self, series):
        with pytest.raises(RuntimeError, match="outside a transaction"):
            next_number(series, now=NOW)


class TestOpenMatter:
    def test_only_the_boards_registrar(self, cast, registrar):
        strangers = (cast.communicator, cast.librarian, cast.administrator, User.objects.system())
        for other in (*strangers, registrar_of(cast.building_board)):
            with pytest.raises(PermissionDenied):
                matter(cast.culture_board, by=other)

    def test_says_what_it_is_about(self, cast, registrar):
        with pytest.raises(RefusedError, match="Skriv en ärendemening"):
            matter(cast.culture_board, by=registrar, subject="  ")

    def test_public_words_are_the_same_unless_given(self, cast, registrar):
        assert (
            matter(cast.culture_board, by=registrar).public_subject == matter(cast.culture_board, by=registrar).subject
        )
        assert matter(cast.culture_board, by=registrar, public_subject="Synpunkt").public_subject == "Synpunkt"

    def test_board_that_numbers_elsewhere_types_its_number(self, cast):
        SeriesFactory(board=cast.building_board, prefix="MBN-SM", kind=DiaryKind.EXISTING)
        other = registrar_of(cast.building_board)
        with pytest.raises(RefusedError, match="nummer i nämndens diarium") as refusal:
            matter(cast.building_board, by=other)
        assert refusal.value.field == "existing_designation"
        typed = matter(cast.building_board, by=other, existing_designation=" 2022-000282 ")
        assert (str(typed), typed.series, typed.number) == ("2022-000282", None, None)

    def test_typed_number_twice_is_refused(self, cast, registrar):
        matter(cast.culture_board, by=registrar, existing_designation="2022-000282")
        with pytest.raises(RefusedError, match="redan ett annat ärende"):
            matter(cast.culture_board, by=registrar, existing_designation="2022-000282")

    def test_typed_number_in_the_portals_own_form_is_refused(self, cast, registrar):
        with pytest.raises(RefusedError, match="inget ärende med det numret i sin egen serie"):
            matter(cast.culture_board, by=registrar, existing_designation="KUN-SM 2026-000009")


class TestRegisterDocument:
    def test_writes_the_statutory_fields_and_freezes_what_it_says(self, cast, registrar):
        made = document(
            cast.culture_board,
            by=registrar,
            public_correspondent="Enskild",
            details={"Länk": "https://facebook.com/1"},
            files=[File("skarmbild.png", "image/png", b"bytes")],
        )
        kept = Document.objects.get(pk=made.pk)
        assert (kept.direction, kept.dated_on, kept.correspondent, kept.public_correspondent) == (
            Direction.INCOMING,
            TODAY,
            "Enskild, via Facebook",
            "Enskild",
        )
        assert DocumentContent.objects.get().details == {"Länk": "https://facebook.com/1"}
        file = DocumentFile.objects.get()
        assert (bytes(file.content), file.size, len(file.sha256)) == (b"bytes", 5, 64)

    def test_the_same_source_is_registered_once(self, cast, registrar):
        source = f"case:{uuid4()}"
        first = document(cast.culture_board, by=registrar, source_ref=source)
        again = document(cast.culture_board, by=registrar, source_ref=source)
        assert again == first
        assert Document.objects.count() == DocumentContent.objects.count() == 1

    def test_after_a_cancelled_one_it_may_be_registered_anew(self, cast, registrar):
        first = document(cast.culture_board, by=registrar, source_ref="case:1")
        diary.cancel_document(first.pk, reason="Fel nämnd", by=registrar, now=NOW)
        assert document(cast.culture_board, by=registrar, source_ref="case:1") != first

    def test_provisions_mark_it(self, cast, registrar):
        made = document(cast.culture_board, by=registrar, provisions=["OSL 21 kap. 1 §"])
        assert made.is_restricted
        mark = SecrecyMark.objects.get()
        assert (mark.provision, mark.marked_on, mark.board, mark.marked_by) == (
            "OSL 21 kap. 1 §",
            TODAY,
            cast.culture_board,
            registrar,
        )

    @pytest.mark.parametrize(
        ("left_out", "field"),
        [
            ({"subject": " "}, "subject"),
            ({"correspondent": ""}, "correspondent"),
            ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ],
    )
    def test_nothing_the_law_asks_for_is_left_out(self, cast, registrar, left_out, field):
        with pytest.raises(RefusedError) as refusal:
            document(cast.culture_board, by=registrar, **left_out)
        assert refusal.value.field == field
        assert not Document.objects.exists()

    def test_what_we_drew_up_has_no_sender(self, cast, registrar):
        assert document(cast.culture_board, by=registrar, direction=Direction.DRAWN_UP, correspondent="").number == 1

    def test_not_in_a_closed_matter(self, cast, registrar):
        made = matter(cast.culture_board, by=registrar)
        diary.close_matter(made.pk, by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="Ärendet är avslutat"):
            diary.register_document(made.pk, entry(), by=registrar, now=NOW)


class TestCorrections:
    def test_old_value_is_kept(self, cast, registrar):
        made = document(cast.culture_board, by=registrar)
        diary.correct_document(made.pk, subject="Synpunkt om dörr", reason="Tydligare", by=registrar, now=NOW)
        assert [row.subject for row in made.history.order_by("history_id")] == [made.subject, "Synpunkt om dörr"]

    def test_needs_a_reason(self, cast, registrar):
        made = document(cast.culture_board, by=registrar)
        with pytest.raises(RefusedError, match="Skriv varför"):
            diary.correct_document(made.pk, subject="Annat", reason=" ", by=registrar, now=NOW)

    def test_a_number_is_no_word_to_correct(self, cast, registrar):
        made = matter(cast.culture_board, by=registrar)
        with pytest.raises(TypeError, match="designation"):
            diary.correct_matter(made.pk, designation="X", reason="Fel", by=registrar, now=NOW)


class TestCancel:
    def test_stays_with_its_number_and_reason(self, cast, registrar):
        made = document(cast.culture_board, by=registrar)
        diary.cancel_document(made.pk, reason="Dubbelt", by=registrar, now=NOW)
        kept = Document.objects.get(pk=made.pk)
        assert (kept.number, kept.cancelled_why, kept.cancelled_at) == (1, "Dubbelt", NOW)
        following = diary.register_document(made.matter_id, entry(), by=registrar, now=NOW)
        assert following.number == 2

    def test_matter_with_standing_handlingar_is_refused(self, cast, registrar):
        made = document(cast.culture_board, by=registrar)
        with pytest.raises(RefusedError, match="Ärendet har handlingar"):
            diary.cancel_matter(made.matter_id, reason="Fel", by=registrar, now=NOW)
        diary.cancel_document(made.pk, reason="Fel", by=registrar, now=NOW)
        assert diary.cancel_matter(made.matter_id, reason="Fel", by=registrar, now=NOW).is_cancelled

    def test_twice_is_refused_and_so_is_a_correction(self, cast, registrar):
        made = document(cast.culture_board, by=registrar)
        diary.cancel_document(made.pk, reason="Fel", by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="redan makulerat"):
            diary.cancel_document(made.pk, reason="Fel", by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="makulerat"):
            diary.correct_document(made.pk, subject="Annat", reason="Fel", by=registrar, now=NOW)


def test_close_and_reopen(cast, registrar):
    made = matter(cast.culture_board, by=registrar)
    diary.close_matter(made.pk, by=registrar, now=NOW)
    with pytest.raises(RefusedError, match="redan avslutat"):
        diary.close_matter(made.pk, by=registrar, now=NOW)
    diary.reopen_matter(made.pk, reason="Nytt brev", by=registrar, now=NOW)
    assert Matter.objects.get().status == MatterStatus.OPEN


def test_every_door_is_the_boards_registrars_alone(cast, registrar):
    made = document(cast.culture_board, by=registrar)
    doors = [
        lambda by: diary.register_document(made.matter_id, entry(), by=by, now=NOW),
        lambda by: diary.correct_matter(made.matter_id, subject="X", reason="Y", by=by, now=NOW),
        lambda by: diary.correct_document(made.pk, subject="X", reason="Y", by=by, now=NOW),
        lambda by: diary.cancel_document(made.pk, reason="Y", by=by, now=NOW),
        lambda by: diary.cancel_matter(made.matter_id, reason="Y", by=by, now=NOW),
        lambda by: diary.close_matter(made.matter_id, by=by, now=NOW),
        lambda by: diary.reopen_matter(made.matter_id, reason="Y", by=by, now=NOW),
    ]
    for door in doors:
        for stranger in (
            cast.communicator,
            cast.administrator,
            registrar_of(cast.building_board),
            User.objects.system(),
        ):
            with pytest.raises(PermissionDenied):
                door(stranger)

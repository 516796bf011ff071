import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.models import Document, Matter
from archive.services.numbers import next_number
from tests.archive.factories import document, matter
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db


def check(capsys) -> list[str]:
    call_command("check_diary")
    return capsys.readouterr().out.splitlines()


def test_whole_diary(cast, registrar, capsys):
    document(cast.culture_board, by=registrar)
    assert check(capsys) == ["Diariet är helt."]


def test_a_gap_is_reported_and_ends_with_one(cast, registrar, capsys):
    series = matter(cast.culture_board, by=registrar).series
    next_number(series, now=NOW)  # twice, and nothing bears them
    next_number(series, now=NOW)
    with pytest.raises(CommandError) as found:
        call_command("check_diary")
    assert found.value.returncode == 1
    assert capsys.readouterr().out.splitlines() == ["KUN-SM 2026-000002 saknas", "KUN-SM 2026-000003 saknas"]


def test_a_number_that_was_never_given_is_reported(cast, registrar, capsys):
    series = matter(cast.culture_board, by=registrar).series
    stray = Matter(
        board=cast.culture_board,
        series=series,
        year=2025,
        number=1,
        designation="KUN-SM 2025-000001",
        opened_on=TODAY,
        subject="Skrivet förbi tjänsten",
    )
    stray.record(by=registrar, now=NOW, reason="Prov")
    with pytest.raises(CommandError):
        call_command("check_diary")
    assert capsys.readouterr().out == "KUN-SM 2025-000001 har ett nummer som serien inte har delat ut\n"


def test_a_document_without_content_is_reported(cast, registrar, capsys):
    made = document(cast.culture_board, by=registrar)
    with connection.cursor() as cursor:  # written past the service
        cursor.execute(
            "INSERT INTO archive_document (id, matter_id, number, direction, dated_on, registered_at, correspondent,"
            " public_correspondent, subject, public_subject, source_ref, is_restricted, cancelled_why)"
            " SELECT gen_random_uuid(), matter_id, 3, direction, dated_on, registered_at, correspondent,"
            " public_correspondent, subject, public_subject, '', false, '' FROM archive_document WHERE id = %s",
            [made.pk],
        )
    with pytest.raises(CommandError):
        call_command("check_diary")
    assert capsys.readouterr().out.splitlines() == [
        "KUN-SM 2026-000001: handlingarna är inte numrerade i följd från 1",
        "KUN-SM 2026-000001-3 saknar sitt innehåll",
    ]


COPY = (
    "INSERT INTO archive_matter (id, board_id, series_id, year, number, designation, opened_on, subject,"
    " public_subject, status, cancelled_why) SELECT gen_random_uuid(), board_id, series_id, year, number, designation,"
    " opened_on, subject, public_subject, status, '' FROM archive_matter"
)
ORPHAN = (
    "INSERT INTO archive_document (id, matter_id, number, direction, dated_on, registered_at, correspondent,"
    " public_correspondent, subject, public_subject, source_ref, is_restricted, cancelled_why)"
    " SELECT gen_random_uuid(), gen_random_uuid(), 1, direction, dated_on, registered_at, correspondent,"
    " public_correspondent, subject, public_subject, '', false, '' FROM archive_document"
)


@pytest.mark.django_db(transaction=True)
class TestWhatPostgresqlRefuses:
    """The rules are taken away, as where somebody restores a table by hand: the command does not rest on them."""

    def test_a_number_twice_is_reported(self, cast, registrar, owner, capsys):
        matter(cast.culture_board, by=registrar)
        for name in ("matter_number_once", "matter_designation_once_per_board"):
            owner.execute(f"ALTER TABLE archive_matter DROP CONSTRAINT {name}")
        owner.execute(COPY)
        owner.commit()
        with pytest.raises(CommandError, match="Diariet har 1 fel"):
            call_command("check_diary")
        assert capsys.readouterr().out == "KUN-SM 2026-000001 finns 2 gånger\n"

    def test_a_handling_without_matter_is_reported(self, cast, registrar, owner, capsys):
        document(cast.culture_board, by=registrar)
        (name,) = owner.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'archive_document'::regclass AND contype = 'f'"
        ).fetchone()
        owner.execute(f"ALTER TABLE archive_document DROP CONSTRAINT {name}")
        owner.execute(ORPHAN)
        owner.commit()
        with pytest.raises(CommandError):
            call_command("check_diary")
        stray = Document.objects.exclude(matter__in=Matter.objects.all()).get()
        assert capsys.readouterr().out.splitlines()[0] == f"Handlingen {stray.pk} hör inte till något ärende"

"""What PostgreSQL refuses of the diarium, whoever asks: the portal and the tables' owner alike."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.archive.factories import SeriesFactory, document, registrar_of

pytestmark = pytest.mark.django_db
RESTRICT, PRIVILEGE = "23001", "42501"

FORBIDDEN = [
    "DELETE FROM archive_document",
    "DELETE FROM archive_matter",
    "DELETE FROM archive_series",
    "UPDATE archive_matter SET number = number + 1",
    "UPDATE archive_matter SET year = 2025",
    "UPDATE archive_matter SET designation = 'X'",
    "UPDATE archive_matter SET opened_on = '2025-01-01'",
    "UPDATE archive_document SET number = number + 1",
    "UPDATE archive_document SET registered_at = now()",
    "UPDATE archive_series SET prefix = 'ABC-SM'",
    "DELETE FROM archive_numbering",
    "UPDATE archive_numbering SET last = last - 1",
    "UPDATE archive_numbering SET last = last + 2",
]


@pytest.fixture
def _diary(cast):
    SeriesFactory(board=cast.culture_board)
    document(cast.culture_board, by=registrar_of(cast.culture_board))


def code(cursor, statement: str) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        cursor.execute(statement)
    return refusal.value.__cause__.sqlstate


@pytest.mark.usefixtures("_diary")
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_portal_is_refused(statement):
    with connection.cursor() as cursor:
        assert code(cursor, statement) == RESTRICT


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_diary")
def test_owner_is_refused_too(owner):
    import psycopg

    for statement in FORBIDDEN:
        with pytest.raises(psycopg.Error) as refusal, owner.transaction():
            owner.execute(statement)
        assert refusal.value.sqlstate == RESTRICT, statement


@pytest.mark.usefixtures("_diary")
@pytest.mark.parametrize("table", ["archive_documentcontent", "archive_documentfile"])
def test_content_stands_still(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, %s, 'UPDATE')", [table])
        assert cursor.fetchone() == (False,)


@pytest.mark.usefixtures("_diary")
def test_cancelled_stays_as_it_is():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_document SET cancelled_at = now(), cancelled_why = 'Fel'")
        assert code(cursor, "UPDATE archive_document SET cancelled_at = NULL, cancelled_why = ''") == RESTRICT
        assert code(cursor, "UPDATE archive_document SET subject = 'Annat'") == RESTRICT

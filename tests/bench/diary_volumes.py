"""A diarium in volume, written in bulk: three boards' handlingar, two in each ärende."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final

from django.db import connection

from accounts.models import Board
from tests.archive.factories import SeriesFactory
from tests.bench.volumes import Volume, filled
from tests.database import TestDatabase

ACCOUNTS: Final = 200
PREFIXES: Final = {10: "KS-SM", 20: "KUN-SM", 30: "MBN-SM"}
# Of ten ärenden the culture board has seven; the other two boards share the rest.
MATTERS: Final = """
INSERT INTO archive_matter (
  id, board_id, series_id, year, number, designation, opened_on, subject, public_subject, status, cancelled_why)
SELECT gen_random_uuid(), series.board_id, series.id, 2020 + place / 20000, 1 + place %% 20000,
       series.prefix || ' ' || 2020 + place / 20000 || '-' || lpad((1 + place %% 20000)::text, 6, '0'),
       date '2020-01-01' + place / 55, said.words, said.words, 'open', ''
FROM generate_series(0, %(matters)s - 1) AS place
JOIN archive_series AS series ON series.prefix = (ARRAY['KUN-SM', 'MBN-SM', 'KS-SM'])[
  CASE WHEN place %% 10 < 7 THEN 1 WHEN place %% 10 < 9 THEN 2 ELSE 3 END]
CROSS JOIN LATERAL (SELECT (ARRAY['Tillgänglighet på biblioteket', 'Öppettider i simhallen', 'Fotografens namn',
  'Kulturskolans platser', 'Belysning i parken', 'Barnens höstlov', 'Utställningen om Lagan'])[1 + place %% 7]
  || ' ' || place AS words) AS said
"""
DOCUMENTS: Final = """
INSERT INTO archive_document (
  id, matter_id, number, direction, dated_on, registered_at, subject, public_subject, correspondent,
  public_correspondent, source_ref, is_restricted, cancelled_why)
SELECT gen_random_uuid(), matter.id, answer, CASE WHEN answer = 1 THEN 'incoming' ELSE 'outgoing' END, matter.opened_on,
       matter.opened_on + interval '9 hours' + matter.number %% 600 * interval '1 minute' + answer * interval '1 hour',
       said.words, said.words, 'Enskild, via Facebook', 'Enskild', '', matter.number %% 50 = 0, ''
FROM archive_matter AS matter CROSS JOIN generate_series(1, 2) AS answer
CROSS JOIN LATERAL (SELECT (ARRAY['Synpunkt om trasig dörröppnare', 'Fråga om öppettider', 'Klagomål på bildtext',
  'Svar om köplats', 'Felanmälan av lykta'])[1 + matter.number %% 5] || ' ' || matter.number AS words) AS said
ORDER BY matter.opened_on
"""
CONTENTS: Final = """
INSERT INTO archive_documentcontent (id, document_id, text, details)
SELECT gen_random_uuid(), id, 'När lagas dörren?', '{}' FROM archive_document
"""
NUMBERED: Final = """
INSERT INTO archive_numbering (series_id, year, last)
SELECT series_id, year, max(number) FROM archive_matter GROUP BY series_id, year
"""


@contextmanager
def diary_volumes(sizes: Sequence[int]) -> Iterator[list[Volume]]:
    """Make a database with so many handlingar each; drop them afterwards."""
    with ExitStack() as stack:
        made = []
        for size in sizes:
            database = TestDatabase(f"benchdiary{size}")
            stack.callback(database.destroy)
            made.append(filled(database, ACCOUNTS, also=_handlingar(size)))
        yield made


def _handlingar(size: int) -> Callable[[], None]:
    def write() -> None:
        for board in Board.objects.filter(order__in=PREFIXES):  # the cast's
            SeriesFactory(board=board, prefix=PREFIXES[board.order])
        with connection.cursor() as cursor:
            cursor.execute(MATTERS, {"matters": size // 2})
            cursor.execute(DOCUMENTS, {})
            cursor.execute(CONTENTS)
            cursor.execute(NUMBERED)

    return write

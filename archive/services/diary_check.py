"""Whether the diarium is whole: no gap, no number twice, no handling that belongs nowhere (R16)."""

from collections.abc import Iterator

from django.db import connection

# Each looks over a whole table in one statement, and answers with sentences.
GAPS = """
SELECT format('%s %s-%s saknas', series.prefix, numbering.year, lpad(expected::text, 6, '0'))
FROM archive_numbering AS numbering
JOIN archive_series AS series ON series.id = numbering.series_id
CROSS JOIN LATERAL generate_series(1, numbering.last) AS expected
LEFT JOIN archive_matter AS matter
  ON matter.series_id = numbering.series_id AND matter.year = numbering.year AND matter.number = expected
WHERE matter.id IS NULL
ORDER BY series.prefix, numbering.year, expected
"""
BEYOND = """
SELECT format('%s har ett nummer som serien inte har delat ut', matter.designation)
FROM archive_matter AS matter
LEFT JOIN archive_numbering AS numbering ON numbering.series_id = matter.series_id AND numbering.year = matter.year
WHERE matter.series_id IS NOT NULL AND (numbering.last IS NULL OR matter.number > numbering.last)
ORDER BY matter.designation
"""
TWICE = """
SELECT format('%s finns %s gånger', designation, count(*))
FROM archive_matter GROUP BY board_id, designation HAVING count(*) > 1 ORDER BY designation
"""
WITHOUT_MATTER = """
SELECT format('Handlingen %s hör inte till något ärende', document.id)
FROM archive_document AS document LEFT JOIN archive_matter AS matter ON matter.id = document.matter_id
WHERE matter.id IS NULL ORDER BY document.id
"""
DOCUMENT_GAPS = """
SELECT format('%s: handlingarna är inte numrerade i följd från 1', matter.designation)
FROM archive_document AS document JOIN archive_matter AS matter ON matter.id = document.matter_id
GROUP BY matter.id, matter.designation
HAVING min(document.number) <> 1 OR max(document.number) <> count(*)
ORDER BY matter.designation
"""
WITHOUT_CONTENT = """
SELECT format('%s-%s saknar sitt innehåll', matter.designation, document.number)
FROM archive_document AS document JOIN archive_matter AS matter ON matter.id = document.matter_id
LEFT JOIN archive_documentcontent AS content ON content.document_id = document.id
WHERE content.id IS NULL ORDER BY matter.designation, document.number
"""
WHOLE = (GAPS, BEYOND, TWICE, WITHOUT_MATTER, DOCUMENT_GAPS, WITHOUT_CONTENT)


def faults() -> Iterator[str]:
    """Yield what is wrong in the diarium, a Swedish sentence each; nothing where all is well."""
    with connection.cursor() as cursor:
        for statement in WHOLE:
            cursor.execute(statement)
            yield from (sentence for (sentence,) in cursor)

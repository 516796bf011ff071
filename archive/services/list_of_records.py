"""Diarieförteckning: what a board's diarium holds from one day to another, as everyone may read it (OSL ch. 5 § 2)."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.template.loader import render_to_string

from accounts.models import Board
from archive.models import Document, Matter
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.pdf import render_pdf

# A PDF of more pages than anyone reads takes minutes to make; a shorter period says the same in two files.
MOST_DOCUMENTS = 2_000


def list_of_records(board: Board, *, first: date, last: date) -> bytes:
    """Return the public variant as PDF/A, by ärende, of what was dated from the first day to the last, both included.

    The same bytes for the same diarium. Raises RefusedError when the days are turned, or the period holds too much.
    """
    if last < first:
        raise RefusedError("Sista dagen ligger före den första.", field="last")
    documents = _documents(board, first, last)
    if len(documents) > MOST_DOCUMENTS:
        raise RefusedError("Perioden har fler än 2 000 handlingar. Välj en kortare.", field="last")
    context = {"board": board, "first": first, "last": last, "matters": list(_by_matter(documents))}
    return render_pdf(render_to_string("archive/pdf/list_of_records.html", context))


def _documents(board: Board, first: date, last: date) -> list[Document]:
    found = Document.objects.filter(matter__board=board, dated_on__range=(first, last)).select_related("matter")
    in_order = found.order_by("matter__opened_on", "matter__number", "matter_id", "number")
    return list(in_order[: MOST_DOCUMENTS + 1])


def _by_matter(documents: list[Document]) -> Iterator[tuple[Matter, list[Document]]]:
    for matter, within in groupby(documents, key=attrgetter("matter")):
        yield matter, list(within)

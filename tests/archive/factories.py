"""Example ärenden and handlingar, each through the real services."""

from typing import Any
from uuid import uuid4

from factory import SubFactory

from accounts.models import Board, User
from archive.enums import Direction, ForwardingMethod
from archive.models import Document, Forwarding, Handover, Matter, Series
from archive.services.diary import Entry, File, note_document_view, open_matter, register_document
from archive.services.forwarding import Receiver, forward
from archive.services.handover import HandedFile, Material, hand_over, note_view
from tests.clock import NOW, TODAY
from tests.factories import BoardFactory, RecordedFactory, RoleAssignmentFactory, UserFactory

SUBJECT = "Synpunkt om trasig dörröppnare, biblioteket i Våxtorp"


class SeriesFactory(RecordedFactory):
    """A board's series in the portal."""

    class Meta:
        model = Series

    board = SubFactory(BoardFactory)
    prefix = "KUN-SM"


def registrar_of(board: Board) -> User:
    """Return a new registrator of the board."""
    return RoleAssignmentFactory(user__title="registrator", role_id="registrator", board=board).user


def entry(**attributes: Any) -> Entry:
    """Return what is written of an incoming message."""
    return Entry(
        **{
            "direction": Direction.INCOMING,
            "dated_on": TODAY,
            "subject": SUBJECT,
            "correspondent": "Enskild, via Facebook",
            "text": "När lagas dörren?",
            **attributes,
        }
    )


def matter(board: Board, *, by: User, **attributes: Any) -> Matter:
    """Return a new ärende of the board's."""
    return open_matter(board, **{"subject": SUBJECT, "by": by, "now": NOW, **attributes})


def document(board: Board, *, by: User, **attributes: Any) -> Document:
    """Return a handling in a new ärende of the board's."""
    return register_document(matter(board, by=by).pk, entry(**attributes), by=by, now=NOW)


def forwarded(kept: Document, *, by: User) -> Forwarding:
    """Return that the handling was handed over to a region, whose receipt is awaited."""
    return forward(kept.pk, Receiver("Region Halland"), method=ForwardingMethod.BY_HAND, by=by, now=NOW)


def every_kind_of_row() -> None:
    """Write one row at least in every table of the app's that is kept as it is."""
    series = Series.objects.first() or SeriesFactory()
    file = File("brev.pdf", "application/pdf", b"%PDF")
    registrar = registrar_of(series.board)
    kept = document(series.board, by=registrar, provisions=["OSL 21 kap. 1 §"], files=[file])
    forwarded(kept, by=registrar)
    note_view(handed_over(series.board), by=registrar, now=NOW)
    note_document_view(kept, by=registrar, now=NOW)


def handed_over(board: Board, **attributes: Any) -> Handover:
    """Hand something to the board's registrator: a secret message with a picture, unless told otherwise."""
    material = {
        "source_ref": f"prov:{uuid4()}",
        "subject": "Inlägg på kontot Laholms bibliotek på Facebook",
        "received_on": TODAY,
        "is_restricted": True,
        "text": "Min granne får hjälp av socialen.",
        "details": {"Länk": "https://www.facebook.com/laholm/posts/1"},
        "files": [HandedFile("bild.png", "image/png", b"PNG")],
    }
    by, now = attributes.pop("by", None) or UserFactory(), attributes.pop("now", NOW)
    return hand_over(Material(board=board, **{**material, **attributes}), by=by, now=now)

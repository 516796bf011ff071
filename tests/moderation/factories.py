"""Example posts, each through the real services."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from accounts.models import Account, User
from moderation.enums import Category, CriminalGround, Lane, NoticeKind
from moderation.models import AccessReview, Case, CaseAccess, Notice, RestrictedView
from moderation.pictures import Picture, read_picture
from moderation.reported import Wrong
from moderation.services import blocking, incident, reply_texts, supervision
from moderation.services.incident import Assessment
from moderation.services.opening import Post, open_case
from moderation.services.reporting import Received, take_report
from tests.clock import NOW
from tests.factories import AccountFactory, UserFactory

TEXT = "Hon i informationsdisken är så korkad att hon borde skämmas."


def library_account(cast: Any, **attributes: Any) -> Account:
    """Return the library's account in use, with its librarian and assistant."""
    people = {"responsible": cast.librarian, "substitute": cast.assistant}
    return AccountFactory(unit=cast.library, active=True, **{**people, **attributes})


def log_post(
    account: Account, *, by: User | None = None, now: datetime = NOW, lane: Lane = Lane.INAPPROPRIATE, **attributes: Any
) -> Case:
    """Log a post on the account, as its responsible person unless told otherwise; a personal attack by default."""
    attributes.setdefault("text", TEXT)
    if lane == Lane.INAPPROPRIATE:
        attributes.setdefault("category", Category.PERSONAL_ATTACK)
    if lane == Lane.CRIMINAL:
        attributes.setdefault("criminal_grounds", (CriminalGround.THREAT,))
    by = by or account.assignments.order_by("duty").first().user
    return open_case(Post(account=account, lane=lane, **attributes), by=by, now=now).case


def picture_bytes(form: str = "PNG", size: tuple[int, int] = (60, 40), colour: str = "navy") -> bytes:
    """Return a small picture's bytes."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def picture(file_name: str = "skarmbild.png", **how: Any) -> Picture:
    """Return a picture that has been looked through."""
    return read_picture(file_name, picture_bytes(**how))


def every_kind_of_row() -> None:
    """Write one row at least in every table of the app's that is kept as it is."""
    account = AccountFactory(active=True, responsible=UserFactory())
    case = log_post(account, pictures=[picture()])
    access = CaseAccess(case=case, user=UserFactory(), granted_at=NOW)
    access.record(by=account.assignments.get().user, now=NOW, reason="Behöver läsa det")
    reader = UserFactory(unit=account.unit)
    RestrictedView.objects.create(case=case, user=reader, at=NOW, month=NOW.date().replace(day=1), what="content")
    review = AccessReview(board=account.board, month=NOW.date().replace(day=1))
    review.record(by=reader, now=NOW, reason="Månadens första läsning")
    false_account = Received(wrong=Wrong.FAKE, link="https://www.facebook.com/laholms.vinnare", picture=picture())
    take_report(false_account, now=NOW)
    librarian = account.assignments.get().user
    blocking.propose(case.pk, reason="Hotar personalen.", by=librarian, now=NOW)
    reply_texts.add(name="Öppettider", text="Vi stänger 18.", for_unit=False, by=librarian, now=NOW)
    own = log_post(account, lane=Lane.OWN_POST, text="Vi råkade visa en adress.")
    supervision.check([account.pk], by=librarian, now=NOW)
    Notice.objects.create(kind=NoticeKind.MORNING, user=librarian, day=NOW.date(), sent_at=NOW)
    incident.assess(own.pk, Assessment(is_reported=False, reason="Ingen såg det."), version=None, by=librarian, now=NOW)

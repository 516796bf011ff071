"""A post comes in, from an editor or from the public. The same post again joins the open case (R12, R14, R23)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.models import Account, User
from accounts.services.closing import stays_open
from accounts.services.limits import terms_for_new
from accounts.services.terms import FIRST_YEAR, Terms, terms_in_force
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.new_rows import Beginning, write_new, write_unless_there
from moderation.deadlines import deadlines, start_of
from moderation.enums import ActionKind, CaseStatus, CriminalGround, Lane, Source
from moderation.models import Case, CaseContent, Evidence
from moderation.pictures import MOST_AT_ONCE, Picture
from moderation.same_post import same_key
from moderation.services.case_notices import tell_data_protection
from moderation.services.doors import first_line, locked, reason_of, write_down

NO_COPY: Final = "Ta ingen kopia. Ring polisen på 114 14, vid fara 112."


@dataclass(frozen=True)
class Post:
    """What is known of a post that comes in. Moments are aware; `reported_at` only for what the public reports."""

    account: Account
    lane: Lane
    category: str = ""
    criminal_grounds: Sequence[str] = ()
    may_be_secret: bool = False
    text: str = ""
    link: str = ""
    author: str = ""
    place: str = ""
    pictures: Sequence[Picture] = field(default=())
    published_at: datetime | None = None
    reported_at: datetime | None = None
    source: Source = Source.EDITOR

    @property
    def copy_forbidden(self) -> bool:
        """Whether it may be child sexual abuse material, which is never copied (BrB ch. 16 § 10 a; R23)."""
        return CriminalGround.CHILD_ABUSE in self.criminal_grounds

    @property
    def restricted(self) -> bool:
        """Whether only the few within the board may read it (R15)."""
        return self.may_be_secret or self.lane == Lane.SECRECY


class ClosedAccountError(RefusedError):
    """The account was closed, perhaps in this very moment: nothing more comes in on it (R20)."""


@dataclass(frozen=True)
class Opened:
    """The case that a post became or joined."""

    case: Case
    joined: bool


def open_case(post: Post, *, by: User, now: datetime) -> Opened:
    """Open a case for the post, or join the open one of the same post; the unique rule in PostgreSQL decides a race.

    Who may log a post on the account is checked by the caller. Raises RefusedError when there is nothing to tell the
    post by, when it was published later than now, or when a copy is given of what must never be copied (R23);
    ClosedAccountError where the account is closed.
    """
    _refuse(post, now)
    opened = _open_or_join(post, by=by, now=now)
    if opened is None:
        raise ClosedAccountError(f"{post.account} är avslutat. Inget mer loggas på det.", field="account")
    return opened


def keep_pictures(case: Case, pictures: Sequence[Picture], *, by: User, now: datetime) -> int:
    """Keep copies of a post: the bytes as they came, and what is shown of them. Return how many were new.

    Raises RefusedError where a copy is forbidden, and for more than ten at a time.
    """
    if not pictures:
        return 0
    if case.copy_forbidden:
        raise RefusedError(NO_COPY, field="pictures")
    if len(pictures) > MOST_AT_ONCE:
        raise RefusedError(f"Välj högst {MOST_AT_ONCE} bilder åt gången.", field="pictures")
    kept = set(case.evidence.values_list("sha256", flat=True))
    new = {picture.sha256: picture for picture in pictures if picture.sha256 not in kept}
    for picture in new.values():
        Evidence.objects.create(
            case=case,
            file_name=picture.file_name[-200:],
            content_type=picture.content_type,
            original=picture.original,
            size=len(picture.original),
            sha256=picture.sha256,
            shown=picture.shown,
            shown_type=picture.shown_type,
            width=picture.width,
            height=picture.height,
            kept_by=by,
            kept_at=now,
        )
    return len(new)


def measure(case: Case, terms: Terms) -> None:
    """Set the post's moments by the terms. What has become late stands still."""
    if case.late_since is None:
        measure_anew(case, terms)


def measure_anew(case: Case, terms: Terms) -> None:
    """Set the post's moments by the terms, also of one that once was late: for one that is opened again."""
    found = deadlines(case, terms)
    case.due_at, case.handle_by, case.look_by = found.due_at, found.handle_by, found.look_by
    case.warn_at, case.found_late = found.warn_at, found.found_late
    case.guideline, case.calendar_version = terms.guideline, terms.calendar_version


# No savepoint of its own within the caller's transaction: what fails in here lets the whole of it fall.
@transaction.atomic(savepoint=False)
def _open_or_join(post: Post, *, by: User, now: datetime) -> Opened | None:
    """Return the case, or None where the account is closed."""
    if not stays_open(post.account):
        return None
    key = same_key(link=post.link, text=post.text, account_address=post.account.web_address)
    if opened := _write(post, key, terms_for_new(now=now), by=by, now=now):
        return Opened(opened, joined=False)
    if joined := _join(post, key, by=by, now=now):
        return Opened(joined, joined=True)
    # Closed in the very moment between: open it as new.
    return _open_or_join(post, by=by, now=now)


def _refuse(post: Post, now: datetime) -> None:
    if post.copy_forbidden and (any(words.strip() for words in (post.text, post.author, post.place)) or post.pictures):
        raise RefusedError(f"Skriv bara länken, kontot och tiden. {NO_COPY}", field="text")
    if not (post.link.strip() or post.text.strip() or post.pictures):
        raise RefusedError("Klistra in en länk, texten eller en bild.", field="link")
    if post.published_at is not None and post.published_at > now:
        raise RefusedError("Inlägget kan inte vara publicerat efter nu.", field="published_at")
    if post.published_at is not None and post.published_at.year < FIRST_YEAR:
        raise RefusedError("Kontrollera årtalet: så gamla inlägg finns inte.", field="published_at")


def _join(post: Post, key: str, *, by: User, now: datetime) -> Case | None:
    case = locked(Case.objects.filter(account=post.account, same_key=key, status=CaseStatus.NEW))
    if case is None:
        return None
    again, before = _also(case, post), _measured_by(case)
    _take_as_seriously(case, post)
    _begin_earlier(case, post)
    if _measured_by(case) != before:
        measure(case, terms_in_force(now))
    over = ""
    if not case.copy_forbidden:
        keep_pictures(case, post.pictures, by=by, now=now)
        over = _complete(case.content, post, by=by, now=now)
    write_down(case, _came_in_as(post), by=by, now=now, text="\n".join(filter(None, (again, over))))
    return case


def _take_as_seriously(case: Case, post: Post) -> None:
    """Let what is now feared hold for the post, never the other way: that takes somebody who reads it all."""
    case.is_restricted = case.is_restricted or post.restricted
    # A post of our own keeps its incident, whatever else it is; a crime that is never copied goes before that too.
    if post.lane == Lane.CRIMINAL and (case.lane != Lane.OWN_POST or post.copy_forbidden):
        case.criminal_grounds = list(dict.fromkeys([*case.criminal_grounds, *post.criminal_grounds]))
        case.lane, case.category = Lane.CRIMINAL, ""
        case.copy_forbidden = case.copy_forbidden or post.copy_forbidden


def _begin_earlier(case: Case, post: Post) -> None:
    """Let what is now known move the start back, never forward."""
    case.reported_at = _earlier(case.reported_at, post.reported_at)
    case.published_at = _earlier(case.published_at, post.published_at)
    begins = start_of(published_at=case.published_at, reported_at=case.reported_at, discovered_at=case.discovered_at)
    case.starts_at = min(case.starts_at, begins)


def _measured_by(case: Case) -> tuple[object, ...]:
    return case.lane, case.starts_at, case.known_at


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _complete(content: CaseContent, post: Post, *, by: User, now: datetime) -> str:
    """Fill in what was not known of the post; return the text that has no place there, for the line to say."""
    known = {"text": post.text, "link": post.link.strip(), "author": post.author, "place": post.place}
    new = {name: words for name, words in known.items() if words.strip() and not getattr(content, name)}
    for name, words in new.items():
        setattr(content, name, words)
    if new:
        content.record(by=by, now=now, reason="Inlägget kom in igen")
    return "" if post.text.strip() == content.text.strip() else post.text


def _also(case: Case, post: Post) -> str:
    """Say what the second one called it, where that was something else."""
    again = Case(lane=post.lane, category=post.category, criminal_grounds=list(post.criminal_grounds)).subject
    return "" if again == case.subject else f"Den här gången som: {again[:1].lower()}{again[1:]}."


def _came_in_as(post: Post) -> ActionKind:
    return ActionKind.REPORTED if post.source == Source.PUBLIC else ActionKind.LOGGED


def _write(post: Post, key: str, terms: Terms, *, by: User, now: datetime) -> Case | None:
    """Write the post as a new case; nothing where it is open already, which PostgreSQL's unique rule decides."""
    case = Case(
        account=post.account,
        board_id=post.account.board_id,
        lane=post.lane,
        category=post.category,
        criminal_grounds=list(post.criminal_grounds),
        is_restricted=post.restricted,
        copy_forbidden=post.copy_forbidden,
        source=post.source,
        same_key=key,
        published_at=post.published_at,
        reported_at=post.reported_at,
        discovered_at=now,
        starts_at=start_of(published_at=post.published_at, reported_at=post.reported_at, discovered_at=now),
    )
    measure(case, terms)
    if not write_unless_there(case):
        return None
    _write_what_it_says(case, post, by=by, now=now)
    keep_pictures(case, post.pictures, by=by, now=now)
    if case.lane == Lane.OWN_POST:
        tell_data_protection(case, by=by, now=now)
    return case


def _write_what_it_says(case: Case, post: Post, *, by: User, now: datetime) -> None:
    """Write the new case's content and first line, and both their histories."""
    came = _came_in_as(post)
    content = CaseContent(case=case, text=post.text, link=post.link.strip(), author=post.author, place=post.place)
    write_new(
        Beginning(case, by=by, now=now, reason=reason_of(came)),
        first_line(case, came, by=by, now=now),
        content,
        Beginning(content, by=by, now=now, reason="Inlägget kom in"),
    )

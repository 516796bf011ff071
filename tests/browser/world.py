"""A little of everything in the portal, so that every page has something to show."""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from accounts.enums import AccountStatus
from accounts.importing import template
from accounts.models import (
    Absence,
    Account,
    AccountImport,
    Application,
    Assignment,
    Board,
    Deputy,
    Draft,
    LogoExemption,
    Platform,
    User,
)
from accounts.services import imports, invitations, keeping, logo, people
from accounts.services.applications import submit
from accounts.services.calendar import save_calendar, with_day
from accounts.services.drafts import typed_from
from accounts.services.limits import calendar_now
from archive.enums import RuleAction, SnapshotFileKind, StartsFrom
from archive.models import Document, Forwarding, Handover, Hold, RecordsRequest, RetentionPlan, Snapshot
from archive.services.diary import File
from archive.services.forwarding import receipt_path
from archive.services.retention_plan import Terms
from archive.services.snapshots import SentFile
from laholm_sociala.common.models import Mail
from moderation.enums import Category, Lane, RecordChoice, ViewedPart
from moderation.models import AccessReview, Block, Case, PublicReport, ReplyText
from moderation.reported import Answer, Wrong
from moderation.services import acting, blocking, reply_texts
from moderation.services.access import grant_access, note_view
from moderation.services.reporting import answer_report
from moderation.services.settling import Settlement, settle
from tests.accounts.closings import asked_for as closing_asked_for
from tests.accounts.closings import closed
from tests.accounts.import_steps import LIBRARY as IN_A_FILE
from tests.accounts.import_steps import upload
from tests.accounts.in_order import statement_of
from tests.archive.factories import (
    SeriesFactory,
    archive_head_of,
    archivist_of,
    asked_for,
    decided_plan,
    document,
    forwarded,
    proposed_plan,
    registrar_of,
    stopped,
)
from tests.archive.request_factories import gathered
from tests.archive.snapshots import picture as page_picture
from tests.archive.snapshots import uploaded
from tests.browser.visitors import Visitors
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import (
    AbsenceFactory,
    AccountFactory,
    ApplicationFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
    account_in_use,
    approved_application,
    form_content,
    make_draft,
    platform,
    registered_account,
    rejected_application,
    returned_application,
)
from tests.moderation.factories import log_post, picture
from tests.moderation.reporting import reported

LONG_NAME = "Kulturmiljövårdsprogrammets bebyggelseinventeringar"
LONG_WORDS = "Byggnadsminnesförklaringar, kulturmiljövårdsprogram och riksintresseavgränsningar i hela kommunen."
PAGE_AND_A_BIT = 52


@dataclass
class World:
    """The records that addresses name, and the people who look at them."""

    cast: Cast
    newcomer: User  # invited, has no password yet
    former: User  # may not sign in
    protected: User  # shown by function
    draft: Draft
    whole_draft: Draft
    taken_draft: Draft  # of an account that somebody applies for already
    waiting: Application
    reading_club: Application  # an ordinary one, for the handbook
    returned: Application
    sent_again: Application  # returned and changed
    approved: Application
    rejected: Application
    without_manager: Application
    planned: Account
    account: Account
    lacking: Account  # nothing of its keeping is in order
    ending: Account  # under avveckling
    ended: Account  # closed, and followed by another
    substitution: Assignment
    exemption: LogoExemption
    absence: Absence  # together with the assistant's: a day that nobody is there
    deputy: Deputy
    post: Case
    secret: Case  # somebody was let in to read it
    reviewer: User
    month_read: AccessReview
    decided_post: Case  # hidden, and not settled yet
    closed_post: Case  # registered
    secret_post: Case
    own_post: Case  # of ours, removed and not assessed
    bare_post: Case  # nothing kept of it
    block: Block
    ready_text: ReplyText
    handed_over: Handover
    platform: Platform
    read_in: AccountImport  # the template itself: nothing to read in
    import_waiting: AccountImport
    import_refused: AccountImport
    import_ready: AccountImport
    report: PublicReport  # about no account of ours, with a picture
    receipt: str
    answered_report: PublicReport
    answered_receipt: str
    invitation: str
    spent_invitation: str
    reset_user: str
    reset_key: str
    registrar: User
    archivist: User
    archive_head: User
    adviser: User
    plan_decided: RetentionPlan
    plan_proposed: RetentionPlan
    stop: Hold
    registered: Document  # may be secret, and has a file
    forwarded: Forwarding
    records_request: RecordsRequest  # one document gathered, and not judged
    snapshot: Snapshot  # sent by the responsible person, after another
    own_day: str  # of the calendar's
    next_month: date = date(2026, 12, 1)
    nothing: UUID = field(default_factory=uuid4)

    def argument(self, name: str) -> object:
        """Return what stands for the name in an address: a record's key, or a word."""
        if name == "registered_matter":
            return self.registered.matter_id
        if name == "records_request_item":
            return self.records_request.items.get().pk
        if name == "snapshot_picture":
            return self.snapshot.files.filter(kind=SnapshotFileKind.SHOWN).values_list("pk", flat=True)[0]
        if name == "receipt_token":
            return receipt_path(self.forwarded).split("/")[-2]
        record = getattr(self, name) if name in {each.name for each in fields(self)} else getattr(self.cast, name, name)
        return getattr(record, "pk", record)

    def person(self, who: str) -> User:
        """Return somebody of the cast, or one of the others."""
        found = getattr(self.cast, who, None) or getattr(self, who)
        assert isinstance(found, User)
        return found


def klamdag(cast: Cast) -> str:
    """Close on the day after Kristi himmelsfärdsdag, in a new version of the calendar."""
    day = date(2027, 5, 7)
    content = with_day(calendar_now().content, day, hours=[], label="klämdag")
    save_calendar(content, seen=1, by=cast.communicator, now=NOW)
    return day.isoformat()


def make_world(cast: Cast, visitors: Visitors) -> World:
    """Write the records. The managers have a second step, as managers must."""
    for leader in (cast.manager, cast.head):
        visitors.give_second_step(leader)
    library = {"unit": cast.library, "applicant": cast.librarian, "substitute": cast.assistant}
    former, spent = invite(cast, "tidigare@laholm.example", "Tidigare Tall")
    people.deactivate(former.pk, by=cast.administrator, now=NOW)
    newcomer, invitation = invite(cast, "ny@laholm.example", "Nya Näckros")
    protected = UserFactory(name="", title="handläggare", protected_identity=True, unit=cast.library)
    RoleAssignmentFactory(user=protected, role_id="registrator", board=cast.culture_board)
    for number in range(PAGE_AND_A_BIT):
        AccountFactory(name=f"Laholm {number}", status=AccountStatus.ACTIVE, in_use_since=NOW.date(), unit=cast.library)
    waiting = ApplicationFactory(**library, account_name=LONG_NAME, purpose=LONG_WORDS, topics=LONG_WORDS)
    registrar = registrar_of(SeriesFactory(board=cast.culture_board).board)
    registered = document(
        cast.culture_board,
        by=registrar,
        provisions=["Hälsa och sexualliv, OSL 21 kap. 1 §"],
        text=LONG_WORDS,
        details={"Länk": "https://www.facebook.com/laholmsbibliotek/posts/1", "Skrivet av": LONG_NAME},
        files=[File("skarmbild.png", "image/png", b"PNG")],
    )
    account = account_in_use(**library, by=cast.communicator, account_name="Lagans laxtrappa")
    keep_in_order(account, cast)
    report = reported(wrong=Wrong.FAKE, text=LONG_WORDS, picture=picture(size=(600, 400)))
    answered = answer_report(reported(wrong=Wrong.FAKE).pk, Answer.FAKE_REPORTED, by=cast.communicator, now=NOW)
    secret = make_secret_post(account, cast)
    return World(
        cast=cast,
        newcomer=newcomer,
        former=former,
        protected=protected,
        draft=make_draft(cast.librarian, account_name="Laholms sagor", web_address="instagram.com/laholmssagor"),
        whole_draft=make_draft(
            cast.librarian, **{**typed_from(waiting), "web_address": "https://www.instagram.com/laholmssagotag"}
        ),
        taken_draft=make_draft(cast.librarian, **typed_from(waiting)),
        waiting=waiting,
        reading_club=ApplicationFactory(
            **library,
            account_name="Läsklubben i Laholm",
            web_address="https://www.instagram.com/lasklubbenlaholm",
            purpose="Fler unga ska hitta till biblioteket.",
        ),
        returned=returned_application(**library),
        sent_again=sent_again(cast, returned_application(**library)),
        approved=approved_application(**library, account_name="Boktips i Laholm"),
        rejected=rejected_application(**library),
        without_manager=ApplicationFactory(
            account_name="Fritidsgården Knäred", unit=UnitFactory(board=cast.culture_board), applicant=cast.outsider
        ),
        planned=registered_account(**library, account_name="Sagostunder i Laholm", by=cast.communicator),
        account=account,
        lacking=AccountFactory(name=LONG_NAME, unit=cast.library, responsible=cast.librarian, active=True),
        ending=ending(cast),
        ended=closed(
            AccountFactory(name="Barnboken", unit=cast.library, responsible=cast.librarian, active=True),
            by=cast.librarian,
            manager=cast.manager,
            successor=account,
        ).account,
        substitution=account.assignments.get(user=cast.assistant),
        exemption=logo.request_exemption(account.pk, reason=LONG_WORDS, by=cast.librarian, now=NOW),
        absence=both_away(cast),
        deputy=Deputy.objects.get(),
        post=make_posts(account),
        secret=secret,
        reviewer=RoleAssignmentFactory(
            user=UserFactory(unit=cast.culture_department), role_id="logggranskare", board=cast.culture_board
        ).user,
        month_read=read_last_month(secret, by=cast.librarian),
        **acted_on(account, cast),
        platform=platform("facebook"),
        own_day=klamdag(cast),
        read_in=read_in(cast),
        import_waiting=upload(cast, IN_A_FILE),
        import_refused=looked_through(cast, IN_A_FILE, (*IN_A_FILE[:3], "Byglov", "", "")),
        import_ready=looked_through(cast, *[IN_A_FILE] * 2, (LONG_NAME, "@laholmkultur", "FB", "biblioteket", "Ingen")),
        report=report,
        receipt=report.receipt,
        answered_report=answered,
        answered_receipt=answered.receipt,
        invitation=invitation,
        spent_invitation=spent,
        reset_user=user_pk_to_url_str(cast.assistant),
        reset_key=default_token_generator.make_token(cast.assistant),
        registrar=registrar,
        **gallring_of(cast.culture_board, registered),
        registered=registered,
        forwarded=forwarded(registered, by=registrar),
        records_request=gathered(
            asked_for(cast.culture_board, by=registrar, asked=LONG_WORDS, contact="fraga@example.se"),
            matter=registered.matter,
            by=registrar,
        ),
        snapshot=two_snapshots(account, cast),
    )


def two_snapshots(account: Account, cast: Cast) -> Snapshot:
    """Send one snapshot of last year and one of today, and return the latter."""
    before = SentFile("sida.png", "image/png", page_picture(800, 1600))
    uploaded(account, by=cast.librarian, taken_at=NOW - timedelta(days=380), files=[before], attestation=LONG_WORDS)
    return uploaded(account, by=cast.librarian, files=[before, before])


def gallring_of(board: Board, registered: Document) -> dict[str, Any]:
    """Let the board have a decided plan and a new proposal, with supervision due at once, and a gallringsstopp."""
    at_once = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED, motivation=LONG_WORDS)
    decided = decided_plan(board, restricted_view=at_once, document=Terms(RuleAction.WHEN_IRRELEVANT))
    return {
        "archivist": archivist_of(board),
        "archive_head": archive_head_of(board),
        "adviser": RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user,
        "plan_decided": decided,
        "plan_proposed": proposed_plan(board),
        "stop": stopped(board, registered, name=LONG_NAME, ground=LONG_WORDS),
    }


def ending(cast: Cast) -> Account:
    """Return an account whose closing waits for its snapshot."""
    account = AccountFactory(name=LONG_NAME, unit=cast.library, responsible=cast.librarian, active=True)
    closing_asked_for(account, by=cast.librarian)
    return account


def make_secret_post(account: Account, cast: Cast) -> Case:
    """Log a post that may be secret, with a picture, and let a colleague read it."""
    case = log_post(account, may_be_secret=True, text="Hon är patient hos er", pictures=[picture()])
    colleague = UserFactory(name=LONG_NAME, title="arkivarie", unit=cast.culture_department)
    grant_access(case.pk, user=colleague, reason=LONG_WORDS, by=cast.librarian, now=NOW)
    return case


def read_last_month(case: Case, by: User) -> AccessReview:
    """Let the post have been read in every way last month; return the review that waits."""
    for what in ViewedPart:
        note_view(case, what, by=by, now=NOW - timedelta(days=30))
    return AccessReview.objects.get()


def make_posts(account: Account) -> Case:
    """Log posts on the account in every lane and at different times, so that some are too late by now; return one."""
    for days, category in enumerate(Category):
        log_post(account, now=NOW - timedelta(days=days), category=category, text=f"{LONG_WORDS} {days}")
    for lane in (Lane.CRIMINAL, Lane.QUESTION, Lane.SECRECY):
        log_post(account, lane=lane, text=f"{LONG_WORDS} {lane}")
    return log_post(account, published_at=NOW - timedelta(days=30))


def acted_on(account: Account, cast: Cast) -> dict[str, Any]:
    """Log posts on the account that something has been done with, and what came of it."""
    how = {"version": None, "by": cast.librarian, "now": NOW}
    link = "https://www.facebook.com/laholm/posts/"
    decided, closed = (log_post(account, link=f"{link}{number}", text=LONG_WORDS) for number in (101, 102))
    acting.hide(decided.pk, **how)
    acting.remove(closed.pk, to_author=LONG_WORDS, **how)
    settle(closed.pk, Settlement(RecordChoice.REGISTER, LONG_WORDS), **how)
    own = log_post(account, lane=Lane.OWN_POST, link=f"{link}104", text=LONG_WORDS)
    acting.remove(own.pk, **how)
    return {
        "decided_post": decided,
        "closed_post": closed,
        "secret_post": log_post(account, lane=Lane.SECRECY, link=f"{link}103", pictures=[picture(size=(600, 400))]),
        "own_post": own,
        "bare_post": log_post(account, link=f"{link}105", text=""),
        "block": blocking.propose(decided.pk, reason=LONG_WORDS, by=cast.librarian, now=NOW),
        "ready_text": reply_texts.add(name=LONG_NAME[:80], text=LONG_WORDS, for_unit=True, by=cast.librarian, now=NOW),
        "handed_over": Handover.objects.get(),
    }


def sent_again(cast: Cast, application: Application) -> Application:
    """Change what was returned, and send it to the manager once more."""
    draft = make_draft(cast.librarian, application=application)
    people = {"unit": cast.library, "responsible": cast.librarian, "substitute": cast.assistant}
    content = form_content(**people, handle="laholmsagain", purpose=LONG_WORDS, audience="Alla barn i Laholm.")
    return submit(draft.pk, content=content, by=cast.librarian, now=NOW)


def keep_in_order(account: Account, cast: Cast) -> None:
    """Write down where the login is and who the administrators are, and tell what the account is for."""
    keeping.record_login(account.pk, kept=LONG_WORDS, reached_by="Ansvarig och chefen", by=cast.librarian, now=NOW)
    for user in (cast.librarian, cast.assistant):
        keeping.add_platform_administrator(account.pk, user=user, by=cast.librarian, now=NOW)
    keeping.confirm_visitors_told(account.pk, by=cast.librarian, now=NOW)
    statement_of(account)


def both_away(cast: Cast) -> Absence:
    """Let nobody look after the library's accounts the day after tomorrow, and tell of an absence that is over."""
    day = (NOW + timedelta(days=2)).date()
    before = (NOW - timedelta(days=9)).date()
    AbsenceFactory(user=cast.librarian, from_date=before, to_date=before)
    AbsenceFactory(user=cast.assistant, from_date=day, to_date=day)
    return AbsenceFactory(user=cast.librarian, from_date=day, to_date=day)


def looked_through(cast: Cast, *rows: tuple[str, ...]) -> AccountImport:
    """Hand in a file, looked through by the worker."""
    made = upload(cast, *rows)
    imports.check(made.pk, now=NOW)
    return AccountImport.objects.get(pk=made.pk)


def read_in(cast: Cast) -> AccountImport:
    """Hand in the template itself, looked through by the worker."""
    made = imports.upload(file_name="konton.csv", content=template.as_csv(), by=cast.communicator, now=NOW)
    imports.check(made.pk, now=NOW)
    return AccountImport.objects.get(pk=made.pk)


def invite(cast: Cast, email: str, name: str) -> tuple[User, str]:
    """Invite a person, and return the word in the link as well: it stands in the mail alone."""
    details = invitations.PersonDetails(email=email, name=name, title="bibliotekarie", unit=cast.library)
    person = invitations.invite(details, roles=frozenset(), by=cast.administrator, now=NOW)
    text = Mail.objects.get(to=[email]).text
    before = reverse("accounts:invitation-accept", args=["-"]).removesuffix("-/")
    return person, text.split(before)[1].split("/")[0]

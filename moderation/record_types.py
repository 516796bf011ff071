"""The handlingstyper of the daily work, for `AppConfig.ready()` to add to the archive's registry (R07, R18, R23)."""

from functools import partial
from typing import Any, Final

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Substr, TruncDate

from archive.delivery import Delivery
from archive.enums import MatterStatus, StartsFrom
from archive.models import Document, RecordsRequestItem
from archive.retention import (
    MAIL,
    AutomaticHold,
    Part,
    Proposal,
    RecordType,
    account_closed,
    add_automatic_holds,
    add_record_types,
    after,
    board_of,
    communications_board,
    day,
    hold_while_delivered,
    record_types,
    when_irrelevant,
)
from laholm_sociala.common.swedish import STOCKHOLM
from moderation.enums import Category, Lane
from moderation.models import (
    AccessReview,
    Action,
    Case,
    Evidence,
    Notice,
    PendingPicture,
    PublicReport,
    ReportCount,
    ReporterContact,
    RestrictedView,
    SupervisionCheck,
)

POSTS: Final = "Inlägg att granska"
REPORTS: Final = "Rapporter från allmänheten"
OWN: Final = "Portalens egna uppgifter"
WITHIN_CASE: Final = {"moderation.case": "case", "accounts.account": "case__account"}
OF_CASE: Final = ("moderation.case", "case")
UUID_LENGTH: Final = 36
# In the order in which they can go: what points at a report before the report.
CASE_PARTS: Final = (
    *MAIL,
    Part("moderation.reportercontact", "report__case"),
    Part("moderation.reportpicture", "report__case"),
    Part("moderation.reportcontent", "report__case"),
    Part("moderation.publicreport", "case"),
    Part("moderation.restrictedview", "case"),
    Part("moderation.caseaccess", "case"),
    Part("moderation.notice", "case"),
    Part("moderation.incidentassessment", "case"),
    Part("moderation.block", "case"),
    Part("moderation.evidence", "case"),
    Part("moderation.action", "case"),
    Part("moderation.casecontent", "case"),
)
PROPOSED_FOR_LANES: Final[dict[str, Proposal]] = {
    Lane.CRIMINAL: after(5, StartsFrom.CLOSED, "Kan behövas så länge brottet kan utredas."),
    Lane.SECRECY: after(5, StartsFrom.CLOSED, "Handlingen finns i diariet; här finns hur vi hanterade inlägget."),
    Lane.QUESTION: when_irrelevant("Behövs till dess frågan är besvarad och inte kommer tillbaka."),
    Lane.MESSAGE: when_irrelevant("Har lämnats vidare till den som handlägger."),
    Lane.OWN_POST: after(5, StartsFrom.CLOSED, "Visar hur personuppgiftsincidenten hanterades."),
}


def add_case_types() -> None:
    """Add posts, one handlingstyp for each of the guideline's categories and for each other lane (R14)."""
    shown_because = "Behövs så länge borttagningen kan ifrågasättas."
    for category in Category:
        add_record_types(
            _posts(
                f"case_{category}",
                f"Olämpliga inlägg: {category.label.lower()}",
                after(2, StartsFrom.CLOSED, shown_because),
                lane=Lane.INAPPROPRIATE,
                category=category,
            )
        )
    for lane, proposal in PROPOSED_FOR_LANES.items():
        add_record_types(_posts(f"case_{lane}", _lane_name(lane), proposal, lane=lane))


def add_case_part_types() -> None:
    """Add what belongs to a post: it goes with the post, or before it, and never after."""
    closed = {StartsFrom.CLOSED: day("case__closed_at")}
    within: dict[str, Any] = {
        "board": lambda: models.F("case__board"),
        "covers": WITHIN_CASE,
        "account": "case__account",
        "part_of": OF_CASE,
        "starts": closed,
    }
    add_record_types(
        RecordType(
            code="evidence",
            name="Kopior av inlägg",
            group=POSTS,
            model=Evidence,
            created=day("kept_at"),
            proposal=after(2, StartsFrom.CLOSED, "Behövs så länge borttagningen kan ifrågasättas."),
            **within,
            delivery=Delivery(
                closed[StartsFrom.CLOSED],
                restricted=partial(Q, case__is_restricted=True),
                left_out={"moderation.evidence.shown": "Gjordes ur originalet, för att visas på skärmen."},
            ),
        ),
        RecordType(
            code="action",
            name="Vad som gjorts med inlägg",
            group=POSTS,
            model=Action,
            created=day("at"),
            proposal=after(2, StartsFrom.CLOSED, "Följer inlägget."),
            **within,
            delivery=Delivery(closed[StartsFrom.CLOSED], is_list=True, restricted=partial(Q, case__is_restricted=True)),
        ),
        RecordType(
            code="restricted_view",
            name="Åtkomstlogg, inlägg som kan vara sekretess",
            group=OWN,
            model=RestrictedView,
            created=day("at"),
            proposal=after(5, StartsFrom.CREATED, "Behövs för att följa upp åtkomst till det som kan vara sekretess."),
            **within,
            delivery=Delivery(day("at"), is_list=True, restricted=partial(Q, case__is_restricted=True)),
        ),
    )


def add_access_types() -> None:
    """Add that somebody went through what was read, month by month (R15)."""
    add_record_types(
        RecordType(
            code="access_review",
            name="Genomgångar av åtkomstloggen",
            group=OWN,
            model=AccessReview,
            board=lambda: models.F("board"),
            created=lambda: models.F("month"),
            proposal=after(5, StartsFrom.CLOSED, "Visar att åtkomsten följdes upp, så länge loggen själv finns."),
            starts={StartsFrom.CLOSED: day("reviewed_at")},
            delivery=Delivery(day("reviewed_at")),
        )
    )
    add_automatic_holds(
        AutomaticHold(
            "access_to_review",
            "Åtkomst som inte är genomgången",
            {"moderation.accessreview": lambda: AccessReview.objects.filter(reviewed_at__isnull=True).values("pk")},
        )
    )


def add_report_types() -> None:
    """Add what the public reports, and apart from it where they want their answer (R37)."""
    add_record_types(
        RecordType(
            code="public_report",
            name="Rapporter från allmänheten",
            group=REPORTS,
            model=PublicReport,
            board=board_of("case__board", "account__board"),
            created=day("reported_at"),
            proposal=after(
                2, StartsFrom.CLOSED, "Följer inlägget, eller svaret där rapporten inte gällde våra konton."
            ),
            starts={StartsFrom.CLOSED: _report_ended},
            covers={**WITHIN_CASE, "accounts.account": "account"},
            account="account",
            part_of=OF_CASE,
            parts=(
                *MAIL,
                Part("moderation.reportercontact", "report"),
                Part("moderation.reportpicture", "report"),
                Part("moderation.reportcontent", "report"),
            ),
            delivery=Delivery(_report_ended, restricted=partial(Q, case__is_restricted=True)),
        ),
        RecordType(
            code="reporter_contact",
            name="Rapportörers e-post",
            group=REPORTS,
            model=ReporterContact,
            board=board_of("report__case__board", "report__account__board"),
            created=day("report__reported_at"),
            proposal=Proposal(
                after(0, StartsFrom.CLOSED, "").action,
                0,
                StartsFrom.CLOSED,
                motivation="Behövs inte när svaret är skickat.",
            ),
            starts={StartsFrom.CLOSED: day("told_at")},
            covers={
                "moderation.publicreport": "report",
                "moderation.case": "report__case",
                "accounts.account": "report__account",
            },
            account="report__account",
            part_of=("moderation.publicreport", "report"),
            parts=MAIL,
            delivery=Delivery(
                day("told_at"), restricted=partial(Q, report__case__is_restricted=True), written=("told_at",)
            ),
        ),
        RecordType(
            code="report_count",
            name="Statistik: räknare av rapporter",
            group=OWN,
            model=ReportCount,
            board=communications_board,
            created=day("window"),
            proposal=when_irrelevant("Innehåller antal, inga uppgifter om någon."),
            clears_itself="Portalen rensar dem själv när tidsfönstret har passerat.",
        ),
    )


def add_form_types() -> None:
    """Add what is not sent yet, and goes by itself."""
    add_record_types(
        RecordType(
            code="pending_picture",
            name="Bilder i formulär som inte har skickats",
            group=POSTS,
            model=PendingPicture,
            board=lambda: models.F("owner__unit__board"),
            created=day("sent_at"),
            proposal=when_irrelevant("Ett formulär är ingen allmän handling innan det skickas."),
            clears_itself="Rensas när inlägget loggas, annars efter ett dygn.",
        )
    )


def add_supervision_types() -> None:
    """Add the daily supervision and the reminders (R09)."""
    add_record_types(
        RecordType(
            code="supervision_check",
            name="Daglig tillsyn",
            group=OWN,
            model=SupervisionCheck,
            board=lambda: models.F("account__board"),
            created=lambda: models.F("day"),
            proposal=after(2, StartsFrom.CREATED, "Behövs för uppföljningen av tillsynen."),
            starts={StartsFrom.ACCOUNT_CLOSED: account_closed("account")},
            covers={"accounts.account": "account"},
            account="account",
            delivery=Delivery(lambda: models.F("day"), is_list=True),
        ),
        RecordType(
            code="notice",
            name="Påminnelser som har skickats",
            group=OWN,
            model=Notice,
            board=board_of("case__board", "user__unit__board"),
            created=lambda: models.F("day"),
            proposal=after(1, StartsFrom.CREATED, "Upprepar det som står i portalen."),
            starts={StartsFrom.CLOSED: day("case__closed_at")},
            covers=WITHIN_CASE,
            account="case__account",
            part_of=OF_CASE,
            delivery=Delivery(lambda: models.F("day"), is_list=True),
        ),
    )


def add_holds_of_the_queue() -> None:
    """Add what holds by itself: a post that is not closed, and one whose handling stands in an open ärende."""
    add_automatic_holds(
        AutomaticHold("open_case", "Öppet inlägg", {"moderation.case": lambda: Case.objects.open().values("pk")}),
        AutomaticHold(
            "case_in_open_request",
            "Öppen begäran om allmän handling",
            {"moderation.case": lambda: RecordsRequestItem.objects.held("case")},
        ),
        hold_while_delivered("posts_in_open_transfer", _goes_after_delivery()),
        AutomaticHold("case_in_open_matter", "Öppet ärende", {"moderation.case": _cases_in_open_matters}),
    )


def _posts(code: str, name: str, proposal: Proposal, **condition: str) -> RecordType:
    return RecordType(
        code=code,
        name=name,
        group=POSTS,
        model=Case,
        board=lambda: models.F("board"),
        created=day("discovered_at"),
        proposal=proposal,
        condition=partial(Q, **condition),
        starts={
            StartsFrom.CLOSED: day("closed_at"),
            StartsFrom.REGISTERED: _case_registered,
            StartsFrom.ACCOUNT_CLOSED: account_closed("account"),
        },
        covers={"accounts.account": "account"},
        account="account",
        parts=CASE_PARTS,
        delivery=Delivery(day("closed_at"), restricted=partial(Q, is_restricted=True)),
        url_name="moderation:case-detail",
        fetch=("account__platform",),
    )


def _lane_name(lane: str) -> str:
    return {Lane.QUESTION: "Frågor", Lane.MESSAGE: "Meddelanden som skickats vidare", Lane.OWN_POST: "Egna inlägg"}.get(
        Lane(lane), f"Inlägg: {Lane(lane).label.lower()}"
    )


def _case_registered() -> Combinable:
    # The same post handed over again is "case:<uuid>/1": its last registration counts.
    first = Concat(Value("case:"), Cast(OuterRef("pk"), models.TextField()), output_field=models.TextField())
    again = Q(source_ref__startswith=Concat(first, Value("/")))
    documents = Document.objects.filter(Q(source_ref=first) | again, cancelled_at__isnull=True)
    return Subquery(documents.order_by("-registered_at").values(on=TruncDate("registered_at", tzinfo=STOCKHOLM))[:1])


def _cases_in_open_matters() -> models.QuerySet:
    documents = Document.objects.filter(
        source_ref__startswith="case:", matter__status=MatterStatus.OPEN, matter__cancelled_at__isnull=True
    )
    key = Cast(Substr("source_ref", len("case:") + 1, UUID_LENGTH), models.UUIDField())
    return documents.order_by().values(case_key=key)


def _report_ended() -> Combinable:
    return TruncDate(Coalesce("case__closed_at", "answered_at"), tzinfo=STOCKHOLM)


def _goes_after_delivery() -> list[str]:
    own = {one.kind for one in record_types() if one.may_go_after_delivery and one.kind.startswith("moderation.")}
    return sorted(own)

"""The handlingstyper of accounts and of the archive itself. Read by `AppConfig.ready()`: it fills the registry."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from accounts.enums import OPEN_APPLICATION, ApplicationStatus, ImportStatus
from accounts.models import Account, AccountImport, Application, Closing, Draft, LogoExemption, MissionStatement
from archive.delivery import Delivery
from archive.enums import HandoverStatus, StartsFrom
from archive.models import (
    Document,
    DocumentContent,
    DocumentFile,
    DocumentView,
    Handover,
    HandoverView,
    Matter,
    PlannedChange,
    RecordsRequest,
    RecordsRequestItem,
    Snapshot,
)
from archive.retention import (
    MAIL,
    AutomaticHold,
    Part,
    RecordType,
    account_closed,
    add_automatic_holds,
    add_record_types,
    after,
    communications_board,
    day,
    hold_while_delivered,
    last_changed,
    preserve,
    record_types,
    value,
    when_irrelevant,
)
from laholm_sociala.common.models import Mail
from laholm_sociala.common.swedish import STOCKHOLM

ACCOUNTS: Final = "Konton"
DIARY: Final = "Diariet"
SNAPSHOTS: Final = "Ögonblicksbilder"
OWN: Final = "Portalens egna uppgifter"
ACCOUNT: Final = {"accounts.account": "account"}
AT_WORK: Final = (ImportStatus.CHECKING, ImportStatus.APPLYING)
MATTER: Final = {"archive.matter": "matter", "accounts.account": "matter__account"}


def add_accounts_types() -> None:
    """Add what is written of accounts."""
    add_record_types(
        RecordType(
            code="account",
            name="Konton i registret",
            group=ACCOUNTS,
            model=Account,
            board=value("board"),
            created=day("registered_at"),
            proposal=preserve("Registret visar vilka konton nämnden har haft."),
            starts={StartsFrom.REGISTERED: day("registered_at"), StartsFrom.ACCOUNT_CLOSED: account_closed()},
            account="pk",
            preserved_because="Annat i portalen hänvisar till kontot, så det bevaras.",
            url_name="accounts:account-detail",
            fetch=("platform",),
            delivery=Delivery(
                account_closed(),
                with_it=(("accounts.assignment", "account"), ("accounts.platformadministrator", "account")),
            ),
        ),
        RecordType(
            code="application",
            name="Uppstarter av konto (Bilaga 1)",
            group=ACCOUNTS,
            model=Application,
            board=value("unit__board"),
            created=day("submitted_at"),
            proposal=after(
                5, StartsFrom.ACCOUNT_CLOSED, "Visar vem som godkände kontot så länge det kan ifrågasättas."
            ),
            starts={
                StartsFrom.CLOSED: last_changed(Application, status__in=_decided_applications()),
                StartsFrom.REGISTERED: day("account__registered_at"),
                StartsFrom.ACCOUNT_CLOSED: account_closed("account"),
            },
            covers=ACCOUNT,
            account="account",
            parts=(
                *MAIL,
                Part("accounts.draft", "application"),
                Part("accounts.approvedform", "decision__application"),
                Part("accounts.scannedform", "decision__application"),
                Part("accounts.decision", "application"),
            ),
            unlinks=(("accounts.account", "application"),),
            url_name="accounts:application-detail",
            delivery=Delivery(last_changed(Application, status__in=_decided_applications())),
        ),
        RecordType(
            code="draft",
            name="Utkast till uppstarter",
            group=ACCOUNTS,
            model=Draft,
            board=value("owner__unit__board"),
            created=day("saved_at"),
            proposal=when_irrelevant("Ett utkast är ingen allmän handling innan det skickas."),
            clears_itself="Rensas när uppstarten skickas eller tas bort, annars när ingen har skrivit i det på ett år.",
        ),
        RecordType(
            code="closing",
            name="Avslut av konton",
            group=ACCOUNTS,
            model=Closing,
            board=value("account__board"),
            created=day("requested_at"),
            proposal=preserve("Visar varför kontot avslutades, och vem som svarade för det."),
            starts={StartsFrom.CLOSED: _closing_ended},
            covers=ACCOUNT,
            account="account",
            preserved_because="Kontots sida säger när och varför det avslutades, så avslutet bevaras med kontot.",
            delivery=Delivery(_closing_ended),
        ),
        RecordType(
            code="planned_change",
            name="Planerade större ändringar",
            group=ACCOUNTS,
            model=PlannedChange,
            board=value("account__board"),
            created=day("announced_at"),
            proposal=preserve("Visar varför en ögonblicksbild togs."),
            covers=ACCOUNT,
            account="account",
            preserved_because="Kontot bevaras i registret, och vad som planerades för det.",
            delivery=Delivery(_change_ended),
        ),
        RecordType(
            code="account_import",
            name="Filer som konton lästs in från",
            group=ACCOUNTS,
            model=AccountImport,
            board=communications_board,
            created=day("uploaded_at"),
            proposal=after(2, StartsFrom.CREATED, "Kontona står i registret, med vem som läste in dem och när."),
            starts={StartsFrom.CLOSED: day("applied_at")},
            delivery=Delivery(day("applied_at"), written=("applied_at",)),
        ),
        RecordType(
            code="mission_statement",
            name="Uppdragsbeskrivningar",
            group=ACCOUNTS,
            model=MissionStatement,
            board=value("account__board"),
            created=day("made_at"),
            proposal=preserve("Visar vad kontot var till för."),
            starts={StartsFrom.ACCOUNT_CLOSED: account_closed("account")},
            covers=ACCOUNT,
            account="account",
            delivery=Delivery(day("made_at")),
        ),
        RecordType(
            code="logo_exemption",
            name="Undantag från logotypen",
            group=ACCOUNTS,
            model=LogoExemption,
            board=value("account__board"),
            created=day("requested_at"),
            proposal=after(2, StartsFrom.ACCOUNT_CLOSED, "Behövs så länge kontot kan granskas."),
            starts={StartsFrom.CLOSED: day("decided_at"), StartsFrom.ACCOUNT_CLOSED: account_closed("account")},
            covers=ACCOUNT,
            account="account",
            parts=MAIL,
            delivery=Delivery(day("decided_at")),
        ),
    )
    add_automatic_holds(
        AutomaticHold(
            "open_import",
            "Inläsning av konton pågår",
            {"accounts.accountimport": lambda: AccountImport.objects.filter(status__in=AT_WORK).values("pk")},
        )
    )


def add_snapshot_types() -> None:
    """Add how accounts' pages looked (R19)."""
    add_record_types(
        RecordType(
            code="snapshot",
            name="Ögonblicksbilder",
            group=SNAPSHOTS,
            model=Snapshot,
            board=value("account__board"),
            created=lambda: TruncDate(Coalesce("taken_at", "requested_at"), tzinfo=STOCKHOLM),
            proposal=preserve("Visar hur nämnden syntes i sociala medier."),
            starts={
                StartsFrom.CLOSED: day("verdict_at"),
                StartsFrom.ACCOUNT_CLOSED: account_closed("account"),
            },
            covers=ACCOUNT,
            account="account",
            parts=(
                Part("archive.fixitycheck", "file__snapshot"),
                Part("archive.snapshotfile", "snapshot", files=("name",)),
            ),
            delivery=Delivery(day("verdict_at")),
            url_name="archive:snapshot-detail",
            fetch=("account__platform",),
        )
    )
    add_automatic_holds(
        AutomaticHold(
            "open_snapshot",
            "Ögonblicksbild som inte är bedömd",
            {"archive.snapshot": lambda: Snapshot.objects.open().values("pk")},
        )
    )


def add_diary_types() -> None:
    """Add what stands in the diarium, and around it."""
    add_record_types(
        RecordType(
            code="matter",
            name="Diarieposter",
            group=DIARY,
            model=Matter,
            board=value("board"),
            created=value("opened_on"),
            proposal=preserve("Det som antecknats i diariet bevaras."),
            covers=ACCOUNT,
            account="account",
            is_diary_entry=True,
            preserved_because="Det som antecknats i diariet bevaras. Bara handlingarnas innehåll kan gallras.",
            url_name="archive:matter-detail",
            delivery=Delivery(value("closed_on")),
        ),
        RecordType(
            code="document",
            name="Diarieförda handlingars innehåll",
            group=DIARY,
            model=Document,
            board=value("matter__board"),
            created=value("dated_on"),
            proposal=preserve("Det som nämnden valt att diarieföra bevaras tills nämnden beslutar annat."),
            condition=_has_content,
            stays=_is_protocol,
            starts={
                StartsFrom.REGISTERED: day("registered_at"),
                StartsFrom.CLOSED: value("matter__closed_on"),
            },
            covers=MATTER,
            account="matter__account",
            is_diary_entry=True,
            parts=(*MAIL, Part("archive.documentfile", "document"), Part("archive.documentcontent", "document")),
            url_name="archive:document-detail",
            fetch=("matter",),
            delivery=Delivery(value("matter__closed_on")),
        ),
        RecordType(
            code="handover",
            name="Överlämnat till registratorn",
            group=DIARY,
            model=Handover,
            board=value("board"),
            created=day("handed_over_at"),
            proposal=after(1, StartsFrom.REGISTERED, "Innehållet finns i diariet när det är registrerat."),
            starts={StartsFrom.REGISTERED: _handover_registered},
            covers=ACCOUNT,
            account="account",
            parts=(
                Part("archive.handoverview", "handover"),
                Part("archive.handoverfile", "handover"),
                Part("archive.handovercontent", "handover"),
            ),
            url_name="archive:handover-detail",
            delivery=Delivery(last_changed(Handover, status=HandoverStatus.REGISTERED), restricted=_is_restricted),
        ),
        RecordType(
            code="document_view",
            name="Åtkomstlogg, diariet",
            group=OWN,
            model=DocumentView,
            board=value("document__matter__board"),
            created=day("at"),
            proposal=after(5, StartsFrom.CREATED, "Behövs för att följa upp åtkomst till det som kan vara sekretess."),
            covers={"archive.document": "document", "archive.matter": "document__matter"},
            delivery=Delivery(day("at"), is_list=True),
        ),
        RecordType(
            code="handover_view",
            name="Åtkomstlogg, registratorns inkorg",
            group=OWN,
            model=HandoverView,
            board=value("handover__board"),
            created=day("at"),
            proposal=after(5, StartsFrom.CREATED, "Behövs för att följa upp åtkomst till det som kan vara sekretess."),
            covers={"archive.handover": "handover"},
            part_of=("archive.handover", "handover"),
            delivery=Delivery(day("at"), is_list=True),
        ),
        RecordType(
            code="records_request",
            name="Begäran om allmän handling, det som samlades",
            group=OWN,
            model=RecordsRequest,
            board=value("board"),
            created=value("received_on"),
            proposal=after(2, StartsFrom.CLOSED, "Det som lämnades ut och beslutet finns i diariet."),
            starts={StartsFrom.CLOSED: day("closed_at")},
            parts=(
                Part("archive.recordsrequestcontact", "request"),
                Part("archive.recordsrequestmask", "item__request"),
                Part("archive.recordsrequestcontent", "item__request"),
                Part("archive.recordsrequestitem", "request"),
            ),
            url_name="archive:request-detail",
            delivery=Delivery(day("closed_at"), restricted=_gathers_what_may_be_secret),
        ),
        RecordType(
            code="mail",
            name="Mejl som portalen har skickat",
            group=OWN,
            model=Mail,
            board=communications_board,
            created=day("created_at"),
            proposal=after(1, StartsFrom.CREATED, "Upprepar det som står i portalen."),
            starts={StartsFrom.CLOSED: day("sent_at")},
            tells_of="about",
            parts=(Part("common.mailattachment", "mail"),),
            delivery=Delivery(day("sent_at"), written=("sent_at",)),
        ),
    )


def add_holds_of_the_diary() -> None:
    """Add what the diarium holds by itself: open ärenden and requests, and what waits in the inbox."""
    add_automatic_holds(
        AutomaticHold(
            "open_matter",
            "Öppet ärende",
            {"archive.matter": lambda: Matter.objects.open().values("pk")},
        ),
        AutomaticHold(
            "open_request",
            "Öppen begäran om allmän handling",
            {
                "archive.recordsrequest": lambda: RecordsRequest.objects.open().order_by().values("pk"),
                "archive.document": lambda: RecordsRequestItem.objects.held("document"),
                "accounts.account": lambda: RecordsRequestItem.objects.held("account"),
                "accounts.application": lambda: RecordsRequestItem.objects.held("application"),
            },
        ),
        hold_while_delivered("open_transfer", sorted({"archive.matter", *_goes_after_delivery()})),
        AutomaticHold(
            "waiting_handover",
            "Väntar på registratorn",
            {"archive.handover": lambda: Handover.objects.filter(status=HandoverStatus.WAITING).values("pk")},
        ),
        AutomaticHold(
            "open_application",
            "Öppen uppstart",
            {"accounts.application": lambda: Application.objects.filter(status__in=OPEN_APPLICATION).values("pk")},
        ),
    )


def _goes_after_delivery() -> set[str]:
    return {one.kind for one in record_types() if one.may_go_after_delivery}


def _decided_applications() -> list[str]:
    return [status for status in ApplicationStatus.values if status not in OPEN_APPLICATION]


def _has_content() -> Q:
    own = {"document": OuterRef("pk")}
    return Q(Exists(DocumentContent.objects.filter(**own))) | Q(Exists(DocumentFile.objects.filter(**own)))


def _is_protocol() -> Q:
    # The protocol of a gallring is what is left to show that it was decided.
    return Q(source_ref__startswith="disposal:")


def _handover_registered() -> Combinable:
    documents = Document.objects.filter(source_ref=OuterRef("source_ref"), cancelled_at__isnull=True)
    return Subquery(documents.values(on=TruncDate("registered_at", tzinfo=STOCKHOLM))[:1])


def _closing_ended() -> Combinable:
    return TruncDate(Coalesce("confirmed_at", "withdrawn_at"), tzinfo=STOCKHOLM)


def _change_ended() -> Combinable:
    return Coalesce(TruncDate("withdrawn_at", tzinfo=STOCKHOLM), "planned_on")


def _is_restricted() -> Q:
    return Q(is_restricted=True)


def _gathers_what_may_be_secret() -> Q:
    return Q(Exists(RecordsRequestItem.objects.filter(request=OuterRef("pk"), is_restricted=True)))

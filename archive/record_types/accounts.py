"""The handlingstyper of accounts."""

from typing import Final

from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from accounts.enums import OPEN_APPLICATION, ApplicationStatus, ImportStatus
from accounts.models import Account, AccountImport, Application, Closing, Draft, LogoExemption, MissionStatement
from archive.delivery import Delivery
from archive.enums import StartsFrom
from archive.models import PlannedChange
from archive.record_types.covers import ACCOUNT
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
    last_changed,
    preserve,
    value,
    when_irrelevant,
)
from laholm_sociala.common.swedish import STOCKHOLM

ACCOUNTS: Final = "Konton"
AT_WORK: Final = (ImportStatus.CHECKING, ImportStatus.APPLYING)


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


def _decided_applications() -> list[str]:
    return [status for status in ApplicationStatus.values if status not in OPEN_APPLICATION]


def _closing_ended() -> Combinable:
    return TruncDate(Coalesce("confirmed_at", "withdrawn_at"), tzinfo=STOCKHOLM)


def _change_ended() -> Combinable:
    return Coalesce(TruncDate("withdrawn_at", tzinfo=STOCKHOLM), "planned_on")

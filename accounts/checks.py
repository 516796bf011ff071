"""What the guideline asks of every account (R03, R10, R11, R25, R26, R29 to R32, R34, R37).

What is missing is a lack to mend. It never hides an account that really exists.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.compliance import Severity, check
from accounts.enums import AccountStatus, Duty, ExemptionStatus
from accounts.models import Assignment, LogoExemption, PlatformAdministrator
from accounts.services.mission import out_of_date

ADMINISTRATORS_WANTED: Final = 2

RUNNING: Final = Q(status__in=(AccountStatus.PLANNED, AccountStatus.ACTIVE, AccountStatus.CLOSING))
# What can be asked only of an account that exists on the platform: a way in until it is closed, a profile while in use.
EXISTS_THERE: Final = Q(status__in=(AccountStatus.ACTIVE, AccountStatus.CLOSING))
IN_USE: Final = Q(status=AccountStatus.ACTIVE)
TO_USE: Final = Q(status__in=(AccountStatus.PLANNED, AccountStatus.ACTIVE))


def _today(now: datetime) -> date:
    return timezone.localdate(now)


def _looking_after(now: datetime) -> QuerySet:
    return Assignment.objects.filter(account=OuterRef("pk")).on(_today(now))


@check(
    "responsible_missing",
    "R03",
    severity=Severity.SERIOUS,
    title="Ansvarig saknas",
    icon="user-round-x",
    why="Ett konto ska alltid ha någon som är ansvarig.",
    action="Utse ansvarig",
    url_name="accounts:account-people",
)
def responsible_missing(now: datetime) -> Q:
    """Nobody is responsible today."""
    return RUNNING & ~Exists(_looking_after(now).filter(duty=Duty.RESPONSIBLE))


@check(
    "people_gone",
    "R29",
    severity=Severity.SERIOUS,
    title="Ansvarig eller ersättare är inte kvar",
    icon="user-round-x",
    why="Någon som sköter kontot är inte längre aktiv. Utse en annan.",
    action="Utse någon annan",
    url_name="accounts:account-people",
)
def people_gone(now: datetime) -> Q:
    """Someone who is responsible or substitute today has left."""
    return RUNNING & Exists(_looking_after(now).filter(user__is_active=False))


@check(
    "substitute_missing",
    "R10",
    severity=Severity.TO_MEND,
    title="Ersättare saknas",
    icon="user-round",
    why="Någon behöver ta över vid ledighet och sjukdom.",
    action="Utse ersättare",
    url_name="accounts:account-people",
)
def substitute_missing(now: datetime) -> Q:
    """Nobody is substitute today."""
    return RUNNING & ~Exists(_looking_after(now).filter(duty=Duty.SUBSTITUTE))


@check(
    "login_keeper_missing",
    "R11",
    severity=Severity.TO_MEND,
    title="Oklart var inloggningen finns",
    icon="key-round",
    why="Anteckna var den förvaras och vilka som når den. Skriv aldrig själva lösenordet.",
    action="Anteckna",
    url_name="accounts:account-login",
)
def login_keeper_missing(now: datetime) -> Q:
    """Where the login details are kept, or who reaches them, is not written down."""
    return EXISTS_THERE & (Q(login_kept="") | Q(login_reached_by=""))


@check(
    "login_unverified",
    "R11",
    severity=Severity.TO_MEND,
    title="Inloggningen är inte bekräftad på ett år",
    icon="key-round",
    why="Kontrollera att uppgifterna stämmer och att ni kommer in.",
    action="Bekräfta",
    url_name="accounts:account-login",
)
def login_unverified(now: datetime) -> Q:
    """What is written about the login has not been confirmed for a year."""
    a_year_ago = _today(now) - timedelta(days=365)
    old = Q(login_verified_on__isnull=True) | Q(login_verified_on__lt=a_year_ago)
    return EXISTS_THERE & ~Q(login_kept="") & ~Q(login_reached_by="") & old


@check(
    "administrators_missing",
    "R11",
    severity=Severity.TO_MEND,
    title="Färre än två administratörer på plattformen",
    icon="users-round",
    why="Med två kommer ni åt kontot också när en är borta.",
    action="Lägg till",
    url_name="accounts:account-administrators",
)
def administrators_missing(now: datetime) -> Q:
    """Fewer than two active people are administrators on the platform itself."""
    active = PlatformAdministrator.objects.filter(account=OuterRef("pk"), user__is_active=True).order_by()
    enough = active.values("account").annotate(number=Count("pk")).filter(number__gte=ADMINISTRATORS_WANTED)
    return EXISTS_THERE & ~Exists(enough)


@check(
    "mission_out_of_date",
    "R30",
    severity=Severity.TO_MEND,
    title="Aktuell uppdragsbeskrivning saknas",
    icon="file-text",
    why="Läs igenom syfte, målgrupp och ämnen, och spara.",
    action="Läs och spara",
    url_name="accounts:account-mission",
)
def mission_out_of_date(now: datetime) -> Q:
    """The newest uppdragsbeskrivning says something else than the account, or there is none."""
    return TO_USE & out_of_date()


@check(
    "sender_unconfirmed",
    "R31",
    severity=Severity.TO_MEND,
    title="Avsändaren är inte bekräftad",
    icon="badge-check",
    why="Det ska framgå vem avsändaren är och att verksamheten är en del av Laholms kommun.",
    action="Stäm av",
    url_name="accounts:account-sender",
)
def sender_unconfirmed(now: datetime) -> Q:
    """Nobody has confirmed that the profile says who the sender is."""
    return IN_USE & Q(sender_confirmed_on__isnull=True)


@check(
    "logo_unconfirmed",
    "R32",
    severity=Severity.TO_MEND,
    title="Logotypen är inte bekräftad",
    icon="image",
    why="Kommunens anpassade logotyp ska finnas på alla konton, om kommunikationsenheten inte beslutat om undantag.",
    action="Stäm av",
    url_name="accounts:account-sender",
)
def logo_unconfirmed(now: datetime) -> Q:
    """The logo is neither confirmed nor exempted. A request that waits is no exemption yet."""
    exempted = LogoExemption.objects.filter(account=OuterRef("pk"), status=ExemptionStatus.GRANTED)
    return IN_USE & Q(logo_confirmed_on__isnull=True) & ~Exists(exempted)


@check(
    "visitors_untold",
    "R34",
    severity=Severity.TO_MEND,
    title="Besökarinformationen är inte bekräftad",
    icon="info",
    why="Besökarna ska få veta vad som gäller. En färdig text finns att kopiera.",
    action="Hämta texten",
    url_name="accounts:account-visitors",
)
def visitors_untold(now: datetime) -> Q:
    """Nobody has confirmed that the visitor information stands on the platform."""
    return IN_USE & Q(visitors_told_on__isnull=True)


@check(
    "function_address_missing",
    "R37",
    severity=Severity.TO_MEND,
    title="Verksamheten saknar funktionsadress",
    icon="mail",
    why="Tills den finns når besökarna kommunikationsenheten. En administratör lägger in den.",
    action="Se vad besökarna ser",
    url_name="accounts:account-visitors",
)
def function_address_missing(now: datetime) -> Q:
    """The unit has no address by which visitors reach the one responsible."""
    return TO_USE & Q(unit__email="")


@check(
    "artistic_motivation_missing",
    "R26",
    severity=Severity.TO_MEND,
    title="Motivering till det konstnärliga undantaget saknas",
    icon="palette",
    why="Utanför kultur och fritids kärnverksamhet behövs en egen bedömning och en motivering.",
    action="Skriv motivering",
    url_name="accounts:account-mission",
)
def artistic_motivation_missing(now: datetime) -> Q:
    """The artistic exemption is claimed outside culture and leisure, and nobody has said why."""
    return RUNNING & Q(artistic_exemption=True, unit__is_culture_and_leisure=False, artistic_motivation="")

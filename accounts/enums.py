"""Words with a fixed set of values. The labels are what stands on screen."""

from django.db import models


class ApplicationStatus(models.TextChoices):
    """Where an application stands. What is not sent yet is a `Draft`."""

    SUBMITTED = "submitted", "Väntar på chefen"
    RETURNED = "returned", "Tillbaka för ändring"
    APPROVED = "approved", "Godkänd, väntar på registrering"
    REGISTERED = "registered", "Registrerad"
    REJECTED = "rejected", "Avslagen"
    WITHDRAWN = "withdrawn", "Återtagen"


OPEN_APPLICATION = (ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED, ApplicationStatus.APPROVED)


class AccountStatus(models.TextChoices):
    """Where an account stands in its life."""

    PLANNED = "planned", "Planerat"
    ACTIVE = "active", "I bruk"
    CLOSING = "closing", "Under avveckling"
    CLOSED = "closed", "Avslutat"


PUBLIC_ACCOUNT = (AccountStatus.ACTIVE, AccountStatus.CLOSING)


class DecisionKind(models.TextChoices):
    """What was decided about an application."""

    APPROVED = "approved", "Godkänt"
    RETURNED = "returned", "Skickat tillbaka"
    REJECTED = "rejected", "Avslaget"
    VOIDED = "voided", "Godkännandet upphävt"


class ViewedList(models.TextChoices):
    """A list whose searches can be kept under names of one's own."""

    REGISTER = "register", "Registret"
    DIARY = "diary", "Diariet"


class SignInMethod(models.TextChoices):
    """How the person who decides proved who they are (R41)."""

    PASSWORD = "password", "lösenord"
    MFA = "mfa", "tvåstegsinloggning"
    SSO = "sso", "kommunens gemensamma inloggning"
    DEMO = "demo", "demoinloggning"
    PAPER = "paper", "underskriven blankett"


class Use(models.TextChoices):
    """The guideline's seven uses of social media (R43)."""

    INSIGHT = "insight", "Skapa insyn och öka kunskapen om verksamheten"
    BRAND = "brand", "Sprida Laholms kommuns varumärke och plats"
    SERVICE = "service", "Ge service: upplysningar, vägledning, svar på frågor"
    DIALOGUE = "dialogue", "Öka medborgardialogen"
    AUDIENCES = "audiences", "Nå nya målgrupper"
    RECRUITMENT = "recruitment", "Rekrytera nya medarbetare"
    CRISIS = "crisis", "Kriskommunikation"


class LegalGround(models.TextChoices):
    """GDPR article 6.1 (R25)."""

    PUBLIC_INTEREST = "public_interest", "Uppgift av allmänt intresse"
    OFFICIAL_AUTHORITY = "official_authority", "Myndighetsutövning"
    LEGAL_OBLIGATION = "legal_obligation", "Rättslig förpliktelse"
    CONTRACT = "contract", "Avtal"
    CONSENT = "consent", "Samtycke"


class ExemptionStatus(models.TextChoices):
    """Where a request for an exemption from the logo stands (R32)."""

    REQUESTED = "requested", "Väntar på kommunikationsenheten"
    GRANTED = "granted", "Beviljat"
    REFUSED = "refused", "Avslaget"
    REVOKED = "revoked", "Återkallat"


class ImportStatus(models.TextChoices):
    """Where an import of existing accounts stands (R06)."""

    CHECKING = "checking", "Läser filen"
    REFUSED = "refused", "Har fel att rätta"
    READY = "ready", "Klar att läsa in"
    APPLYING = "applying", "Läser in"
    DONE = "done", "Inläst"


class Duty(models.TextChoices):
    """What a person does for an account (R03, R10)."""

    RESPONSIBLE = "responsible", "Ansvarig"
    SUBSTITUTE = "substitute", "Ersättare"


class LimitClock(models.TextChoices):
    """By which clock the guideline's 48 hours run (R12)."""

    WORKING_DAYS = "working_days", "arbetsdagar"
    OFFICE_HOURS = "office_hours", "arbetstimmar"


class ReviewOutcome(models.TextChoices):
    """What kommunstyrelsen decided when it reviewed the guideline (R38)."""

    KEPT = "kept", "Behålls"
    REVISED = "revised", "Revideras"
    REPEALED = "repealed", "Upphävs"
    MERGED = "merged", "Sammanförs med ett annat styrdokument"

"""Words with a fixed set of values. The labels are what stands on screen."""

from django.db import models


class DiaryKind(models.TextChoices):
    """Where a board's documents get their number."""

    PORTAL = "portal", "Nämnden diarieför här, i en egen serie"
    EXISTING = "existing", "Nämnden diarieför i sitt befintliga diarium"


class NumberForm(models.TextChoices):
    """How a number is written. The number itself is the same."""

    SIX_DIGITS = "six_digits", "Med sex siffror: 2026-000123"
    PLAIN = "plain", "Utan nollor: 2026-123"


class Direction(models.TextChoices):
    """How a document came to be the authority's (TF ch. 2)."""

    INCOMING = "incoming", "Inkommen"
    OUTGOING = "outgoing", "Utgående"
    DRAWN_UP = "drawn_up", "Upprättad"


class MatterStatus(models.TextChoices):
    """Where an ärende stands."""

    OPEN = "open", "Öppet"
    CLOSED = "closed", "Avslutat"


class ForwardingMethod(models.TextChoices):
    """How a document was sent on to another body."""

    MAIL = "mail", "Med e-post"
    BY_HAND = "by_hand", "På annat sätt"


class HandoverStatus(models.TextChoices):
    """Where something handed to the registrator stands."""

    WAITING = "waiting", "Väntar på registratorn"
    REGISTERED = "registered", "Diariefört"


class PlanStatus(models.TextChoices):
    """Where a version of a board's dokumenthanteringsplan stands."""

    PROPOSED = "proposed", "Förslag, ej beslutad"
    DECIDED = "decided", "Beslutad"
    REPLACED = "replaced", "Ersatt av en senare version"


class RuleAction(models.TextChoices):
    """What the plan says of a handlingstyp (R18)."""

    PRESERVE = "preserve", "Bevaras"
    AFTER_YEARS = "after_years", "Gallras efter ett antal år"
    WHEN_IRRELEVANT = "when_irrelevant", "Gallras vid inaktualitet"


class StartsFrom(models.TextChoices):
    """From when the years are counted. The labels finish the sentence "Tiden räknas från att …"."""

    CREATED = "created", "handlingen kom in eller upprättades"
    CLOSED = "closed", "det avslutades"
    REGISTERED = "registered", "det registrerades"
    ACCOUNT_CLOSED = "account_closed", "kontot avslutades"
    ASSERTED = "asserted", "någon intygade att det är inaktuellt"

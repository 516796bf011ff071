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
    TRANSFERRED = "transferred", "e-arkivet kvitterade leveransen"


class SnapshotReason(models.TextChoices):
    """Why a page is kept as it looks (R19, R20, R23)."""

    YEARLY = "yearly", "Årlig"
    BEFORE_CHANGE = "before_change", "Före en större ändring"
    CLOSING = "closing", "Före avslut"
    CASE = "case", "För ett inlägg"


class SnapshotMethod(models.TextChoices):
    """How the pictures came to be."""

    CAPTURE = "capture", "Tagen av portalen"
    UPLOAD = "upload", "Egna skärmbilder"


class SnapshotStatus(models.TextChoices):
    """Where a snapshot stands. Only what a person answers for is good."""

    REQUESTED = "requested", "Begärd"
    CAPTURING = "capturing", "Tas just nu"
    TO_JUDGE = "to_judge", "Väntar på din bedömning"
    GOOD = "good", "Sparad"
    REJECTED = "rejected", "Underkänd"
    FAILED = "failed", "Gick inte att ta"
    NOT_POSSIBLE = "not_possible", "Kunde inte tas"


OPEN_SNAPSHOT = (SnapshotStatus.REQUESTED, SnapshotStatus.CAPTURING, SnapshotStatus.TO_JUDGE)


class ReminderKind(models.TextChoices):
    """What a person was reminded of."""

    DUE = "due", "Att ta"
    LATE = "late", "Försenad"


class Wall(models.TextChoices):
    """What stood between the portal and the page."""

    LOGIN = "login", "En inloggningssida"
    COOKIES = "cookies", "En ruta om kakor"
    BLANK = "blank", "En tom sida"


class SnapshotFileKind(models.TextChoices):
    """What a file of a snapshot is."""

    SCREENSHOT = "screenshot", "Skärmbild"
    TILE = "tile", "Del av en lång skärmbild"
    TEXT = "text", "Sidans text"
    DOM = "dom", "Sidans kod"
    UPLOAD = "upload", "Skickad fil"
    THUMBNAIL = "thumbnail", "Liten bild"
    SHOWN = "shown", "Bild att titta på"


# Made anew from another file, to look at; the other one is the record.
MADE_TO_BE_SEEN = (SnapshotFileKind.THUMBNAIL, SnapshotFileKind.SHOWN)


class FixityOutcome(models.TextChoices):
    """What came of looking for a file in the storage and reading it."""

    GOOD = "good", "Oförändrad"
    MISSING = "missing", "Saknas"
    CHANGED = "changed", "Ändrad"
    UNREADABLE = "unreadable", "Går inte att läsa"
    FOREIGN = "foreign", "Okänd fil"
    GONE = "gone", "Okänd fil, borta igen"


# What somebody has to do something about.
FIXITY_FAULTS = (FixityOutcome.MISSING, FixityOutcome.CHANGED, FixityOutcome.UNREADABLE, FixityOutcome.FOREIGN)


class Viewport(models.TextChoices):
    """The width that the page was seen in."""

    DESKTOP = "desktop", "Dator"
    MOBILE = "mobile", "Telefon"


class LedgerKind(models.TextChoices):
    """What a line of the ledger tells."""

    NUMBER = "number", "Nummer i diariet"
    TOMBSTONE = "tombstone", "Gallringsuppgift"


class RequestMethod(models.TextChoices):
    """How somebody asked for public documents. Nobody has to write, and nobody has to say who they are (TF ch. 2)."""

    MAIL = "mail", "Med e-post"
    PHONE = "phone", "På telefon"
    VISIT = "visit", "På besök"
    LETTER = "letter", "Med brev"


class RequestScope(models.TextChoices):
    """What is gathered for a request."""

    ACCOUNT = "account", "Allt om ett konto"
    MATTER = "matter", "Ett ärende i diariet"
    PERIOD = "period", "Det som kom in eller upprättades under en tid"


class RequestStatus(models.TextChoices):
    """Where a request for public documents stands."""

    OPEN = "open", "Pågår"
    RELEASED = "released", "Lämnades ut"
    PARTLY = "partly", "Lämnades ut delvis"
    REFUSED = "refused", "Avslogs"
    WITHDRAWN = "withdrawn", "Återtogs"


class Assessment(models.TextChoices):
    """What came of looking at one document before it is given out (OSL ch. 6 § 3)."""

    RELEASED = "released", "Lämnas ut"
    MASKED = "masked", "Lämnas ut med maskning"
    WITHHELD = "withheld", "Lämnas inte ut"


class DisposalStatus(models.TextChoices):
    """Where a gallring stands (R18)."""

    DRAFT = "draft", "Förbereds"
    SUBMITTED = "submitted", "Hos arkivansvarig"
    APPROVED = "approved", "Beslutad"
    EXECUTING = "executing", "Genomförs"
    PAUSED = "paused", "Pausad"
    DONE = "done", "Genomförd"
    PARTIAL = "partial", "Genomförd i delar"


class DisposalChoice(models.TextChoices):
    """What the list says of an object."""

    DESTROY = "destroy", "Gallras"
    KEEP = "keep", "Behålls"


class ItemStatus(models.TextChoices):
    """What became of an object on the list."""

    WAITING = "waiting", "Väntar"
    DESTROYED = "destroyed", "Gallrad"
    KEPT = "kept", "Behållen"
    WITHHELD = "withheld", "Fick inte gallras"


class TransferFault(models.TextChoices):
    """Why an object in a leverans could not be packed (R07, R18)."""

    MISSING = "missing", "En fil saknas i lagringen."
    CHANGED = "changed", "En fil är inte densamma som när den kom."


class TransferStatus(models.TextChoices):
    """Where a leverans to the e-archive stands (R17, R18)."""

    DRAFT = "draft", "Förbereds"
    PACKING = "packing", "Packas"
    PACKED = "packed", "Packad"
    HANDED_OVER = "handed_over", "Överlämnad"
    RECEIVED = "received", "Kvitterad"
    CANCELLED = "cancelled", "Avbruten"

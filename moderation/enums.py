"""Words with a fixed set of values. The labels are what stands on screen."""

from typing import Final

from django.db import models


class Category(models.TextChoices):
    """What the guideline counts as inappropriate: exactly these seven, in its own words (R14)."""

    PERSONAL_ATTACK = "personal_attack", "Personangrepp"
    OBSCENITY = "obscenity", "Obscena ord"
    AGITATION = "agitation", "Hets mot folkgrupp"
    COPYRIGHT = "copyright", "Intrång i upphovsrätt"
    VIOLENCE = "violence", "Våldsskildringar"
    PORNOGRAPHY = "pornography", "Pornografi"
    ADVERTISING = "advertising", "Kommersiell reklam"


class Lane(models.TextChoices):
    """Which way a post goes. The first has a category; the others have rules of their own (R08, R14, R15, R22)."""

    INAPPROPRIATE = "inappropriate", "Olämpligt inlägg"
    CRIMINAL = "criminal", "Uppenbart brottsligt"
    SECRECY = "secrecy", "Kan vara sekretess"
    QUESTION = "question", "Fråga"
    MESSAGE = "message", "Meddelande eller ärende att skicka vidare"
    OWN_POST = "own_post", "Vårt eget inlägg"


class CriminalGround(models.TextChoices):
    """The crimes that oblige us to remove a post at once: lag (1998:112) § 5, each of its grounds (R14)."""

    THREAT = "threat", "Olaga hot"
    PRIVACY = "privacy", "Olaga integritetsintrång"
    INCITEMENT = "incitement", "Uppvigling"
    AGITATION = "agitation", "Hets mot folkgrupp"
    CHILD_ABUSE = "child_abuse", "Barnpornografibrott"
    VIOLENCE = "violence", "Olaga våldsskildring"
    TERRORISM = "terrorism", "Offentlig uppmaning till terrorism"
    COPYRIGHT = "copyright", "Intrång i upphovsrätt"


class Source(models.TextChoices):
    """How we came to know of the post."""

    EDITOR = "editor", "Hittat av oss"
    PUBLIC = "public", "Rapporterat av allmänheten"


class CaseStatus(models.TextChoices):
    """Where an inlägg att granska stands: something is done on the platform, then it is settled as a record (R21)."""

    NEW = "new", "Att granska"
    DECIDED = "decided", "Åtgärdat, diarieföring återstår"
    CLOSED = "closed", "Klart"


OPEN_CASE: Final = (CaseStatus.NEW, CaseStatus.DECIDED)


class ActionKind(models.TextChoices):
    """What can be done with a post. The labels finish the sentence "Bibliotekarien …" in *Vad som hänt*."""

    LOGGED = "logged", "loggade inlägget"
    REPORTED = "reported", "rapporterade inlägget"
    COPY_KEPT = "copy_kept", "sparade en kopia"
    TAKEN = "taken", "tog inlägget"
    LET_GO = "let_go", "släppte inlägget"
    HIDDEN = "hidden", "dolde inlägget"
    REMOVED = "removed", "tog bort inlägget"
    GONE = "gone", "såg att inlägget redan var borta"
    LEFT = "left", "lät inlägget stå kvar"
    REPLIED = "replied", "svarade"
    PASSED_ON = "passed_on", "skickade vidare"
    REPORTED_TO_PLATFORM = "reported_to_platform", "anmälde inlägget till plattformen"
    REPORTED_TO_POLICE = "reported_to_police", "polisanmälde inlägget"
    NOTED = "noted", "antecknade"
    ASKED = "asked", "frågade kommunikationsenheten"
    ADVISED = "advised", "gav råd"
    BLOCK_ASKED = "block_asked", "föreslog att den som skrev blockeras"
    BLOCKED = "blocked", "beslutade att blockera den som skrev"
    BLOCK_REFUSED = "block_refused", "beslutade att inte blockera den som skrev"
    UNBLOCKED = "unblocked", "hävde blockeringen"
    RECLASSIFIED = "reclassified", "ändrade vad det gäller"
    START_MOVED = "start_moved", "flyttade tidsfristens början bakåt"
    DEADLINE_MOVED = "deadline_moved", "räknade om tidsfristen"
    LATE = "late", "antecknade att tiden gick ut"
    INCIDENT_ASSESSED = "incident_assessed", "bedömde personuppgiftsincidenten"
    SETTLED = "settled", "avslutade"
    REOPENED = "reopened", "öppnade inlägget igen"


class NoticeKind(models.TextChoices):
    """What a mail to those who look after an account is about (R10, R12)."""

    MORNING = "morning", "Morgonens mejl"
    WARNING = "warning", "Påminnelse"
    SECOND = "second", "Påminnelse till ersättaren"
    LATE = "late", "För sent"


class RecordChoice(models.TextChoices):
    """Whether the post is registered: "Ska det diarieföras?" (R21; OSL ch. 5 § 1)."""

    REGISTER = "register", "Ja, skicka till registratorn"
    KEPT_IN_ORDER = "kept_in_order", "Nej, det hålls ordnat här"
    TRIVIAL = "trivial", "Nej, det har uppenbart ringa betydelse"


class ViewedPart(models.TextChoices):
    """What was shown of a post that may be secret. The labels finish the sentence "Bibliotekarien läste …" (R15)."""

    CONTENT = "content", "inlägget"
    COPY = "copy", "bilden"
    ORIGINAL = "original", "den sparade filen"


# What only a removal closes: hiding leaves it there for the one who wrote it (lag 1998:112 § 5; R15).
REMOVAL_ONLY: Final = (Lane.CRIMINAL, Lane.SECRECY)


class BlockStatus(models.TextChoices):
    """Where a block stands."""

    PROPOSED = "proposed", "Föreslagen"
    DECIDED = "decided", "Beslutad"
    REFUSED = "refused", "Avslagen"
    LIFTED = "lifted", "Hävd"


OPEN_BLOCK: Final = (BlockStatus.PROPOSED, BlockStatus.DECIDED)

"""What the public says is wrong, in everyday words, and which way each goes (R14, R15, R37). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import models

from moderation.enums import Category, CriminalGround, Lane


class Wrong(models.TextChoices):
    """What is wrong, as a visitor would say it. No legal category, which is ours to find."""

    ATTACK = "attack", "Någon blir påhoppad eller kränkt"
    COARSE = "coarse", "Grovt språk"
    HATE = "hate", "Hat mot en grupp"
    VIOLENCE = "violence", "Våld"
    SEX = "sex", "Sex eller nakenhet"
    ADVERTISING = "advertising", "Reklam"
    COPIED = "copied", "Någon annans bild eller text"
    CRIME = "crime", "Det är ett hot eller annat brott"
    PRIVATE = "private", "Sekretess eller privata uppgifter om någon"
    CHILD_ABUSE = "child_abuse", "Övergrepp mot barn"
    FAKE = "fake", "Ett falskt konto som låtsas vara kommunen"
    OTHER = "other", "Något annat"


class Answer(models.TextChoices):
    """What comes of a report that is about none of our accounts, as the one who reported reads it."""

    FAKE_REPORTED = (
        "fake_reported",
        "Det är inte Laholms kommuns konto. Vi har anmält det till plattformen.",
    )
    NOT_OURS = (
        "not_ours",
        "Det gäller inget av Laholms kommuns konton, så vi kan inte ta bort det. Anmäl det gärna till plattformen.",
    )
    NOTHING_THERE = (
        "nothing_there",
        "Vi hittar inget på den länken. Rapportera gärna igen, med länken till inlägget.",
    )
    PASSED_ON = "passed_on", "Vi har lämnat det vidare till den som ansvarar."


@dataclass(frozen=True)
class Way:
    """Where a report goes when it becomes an inlägg att granska."""

    lane: Lane
    category: str = ""
    criminal_grounds: tuple[str, ...] = ()
    may_be_secret: bool = False


WAYS: Final[Mapping[Wrong, Way]] = {
    Wrong.ATTACK: Way(Lane.INAPPROPRIATE, Category.PERSONAL_ATTACK),
    Wrong.COARSE: Way(Lane.INAPPROPRIATE, Category.OBSCENITY),
    Wrong.HATE: Way(Lane.INAPPROPRIATE, Category.AGITATION),
    Wrong.VIOLENCE: Way(Lane.INAPPROPRIATE, Category.VIOLENCE),
    Wrong.SEX: Way(Lane.INAPPROPRIATE, Category.PORNOGRAPHY),
    Wrong.ADVERTISING: Way(Lane.INAPPROPRIATE, Category.ADVERTISING),
    Wrong.COPIED: Way(Lane.INAPPROPRIATE, Category.COPYRIGHT),
    Wrong.CRIME: Way(Lane.CRIMINAL, criminal_grounds=(CriminalGround.THREAT,)),
    Wrong.PRIVATE: Way(Lane.SECRECY, may_be_secret=True),
    Wrong.CHILD_ABUSE: Way(Lane.CRIMINAL, criminal_grounds=(CriminalGround.CHILD_ABUSE,)),
    # What cannot be told apart is read by a person, who changes what it is about.
    Wrong.FAKE: Way(Lane.MESSAGE),
    Wrong.OTHER: Way(Lane.MESSAGE),
}

# What is never asked to be shown: neither picture nor words are taken (BrB ch. 16 § 10 a; R23).
NEVER_COPIED: Final = frozenset({Wrong.CHILD_ABUSE})
# About an account that is not ours: no account of ours is looked for.
NOT_OUR_ACCOUNT: Final = frozenset({Wrong.FAKE})

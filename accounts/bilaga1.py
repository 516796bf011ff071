"""Bilaga 1 of the guideline (Dnr 2022-000282), word for word: fields, help texts and checklist (R39, R40)."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

TITLE: Final = "Uppstart av nytt konto/sida i sociala medier"


@dataclass(frozen=True)
class Question:
    """One of the form's seven fields, in its order."""

    field: str
    label: str
    help_text: str = ""


QUESTIONS: Final = (
    Question("unit", "Verksamhet"),
    Question("web_address", "Webbadress"),
    Question("platform", "Kanal"),
    Question("account_name", "Namn på kontot"),
    Question("purpose", "Syfte och mål med kontot?", "Vad vill ni uppnå med kommunikationen?"),
    Question("audience", "Budskap och Målgrupp?", "Vad är viktigt för vem?"),
    Question(
        "topics",
        "Ämnen?",
        "Vilka ämnen ska ni kommunicera kring? Vad vill ni prata om, och förmedla? Vad vill ni ge era följare? "
        "Ämnen kan vara ett eller flera som ni pratar om och som är återkommande.",
    ),
)

# The guideline's own number: a later guideline brings a version of its own, and old applications keep theirs.
CHECKLIST_VERSION: Final = "2022-000282"
CHECKLIST: Final = (
    "Vi har gått igenom avtalsvillkoren för det sociala mediet",
    "Vi har skapat rutiner för planering, publicering och hantering av kontot/sidan",
    "Vi har en ansvarig för hantering av kontot/sidan",
    "Vi har gått igenom regler för diarieföring och gallring",
    "Vi har gått igenom regler för sekretess och andra lagar",
    "Vi har gått igenom kommunikationspolicyn",
)

# What the manager answers for (R29): the guideline's "resurser, kunskap och rutiner".
ASSURANCES: Final = (
    ("Resurser", "Det finns tid att titta till kontot varje arbetsdag."),
    ("Kunskap", "De som sköter kontot kan riktlinjen."),
    ("Rutiner", "Kontot står inte obevakat vid ledighet, sjukdom eller när någon slutar."),
)


def canonical(content: dict[str, object]) -> str:
    """Return the content as one text that is the same for the same content: sorted keys, no spare white space."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a canonical text in UTF-8, as 64 hexadecimal digits (R41)."""
    return hashlib.sha256(text.encode()).hexdigest()

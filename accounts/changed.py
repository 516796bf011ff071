"""What an applicant changed after the manager, or kommunikationsenheten, sent Bilaga 1 back."""

import json
from collections.abc import Mapping
from typing import Final

from accounts.models import Application

EMPTY: Final = "Inget stod här."

# Each place on the paper, and the parts of the content that stand there.
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": ("verksamhet",),
    "web_address": ("webbadress",),
    "platform": ("kanal",),
    "account_name": ("namn",),
    "purpose": ("syfte",),
    "audience": ("malgrupp",),
    "topics": ("amnen",),
    "responsible": ("ansvarig", "ansvarig_id"),
    "substitute": ("ersattare", "ersattare_id"),
    "consultation": ("avstamt_med", "avstamt_den", "avstamningens_rad"),
    "uses": ("anvandning",),
    "legal_ground": ("laglig_grund",),
    "exemption": ("konstnarligt_undantag", "undantagets_motivering"),
    "checklist": ("checklista",),
}


def changed_since_last_decision(application: Application, now: Application | None = None) -> dict[str, str]:
    """Return what stood before in each place that says something else since the last decision; nothing if none.

    `now` is the application as it would be sent, where it is not sent again yet.
    """
    last = application.decisions.first()
    if last is None:
        return {}
    return changed(json.loads(last.content), (now or application).content())


def changed(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, str]:
    """Return the old words of each place that differs. What the older content did not have is not compared."""
    return {
        place: _in_words([before[part] for part in parts if part in before and not part.endswith("_id")])
        for place, parts in PLACES.items()
        if any(part in before and before[part] != now[part] for part in parts)
    }


def _in_words(values: list[object]) -> str:
    words = ["\n".join(map(str, value)) if isinstance(value, list) else str(value) for value in values]
    return ". ".join(word for word in words if word) or EMPTY

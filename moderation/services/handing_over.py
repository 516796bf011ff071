"""A post as it is handed to the board's registrator: frozen, with its copies and what was done (R07, R15, R16)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from archive.models import Handover
from archive.services.handover import HandedFile, Material, hand_over
from archive.services.standing import Standing, standings
from moderation.enums import ActionKind
from moderation.models import Action, Case
from moderation.models.evidence import Evidence


def hand_over_case(case: Case, *, by: User, now: datetime) -> Handover:
    """Hand a locked post to its board's registrator, once for each time that it was closed."""
    material = Material(
        board=case.board,
        source_ref=_source_ref(case),
        subject=proposed_subject(case),
        account=case.account,
        received_on=timezone.localdate(case.reported_at or case.discovered_at),
        is_restricted=case.is_restricted,
        text=case.content.text,
        details=details_of(case, case.actions.select_related("by__unit").order_by("case_version")),
        files=[
            HandedFile(copy.file_name, copy.content_type, bytes(copy.original))
            for copy in Evidence.objects.filter(case=case)
        ],
    )
    return hand_over(material, by=by, now=now)


def handovers_of(case: Case) -> list[Standing]:
    """Return what of the post has been handed over and how it stands in the diarium, the latest first (R16, R22)."""
    return standings(Handover.objects.filter(source_ref__startswith=f"case:{case.pk}").order_by("-handed_over_at"))


def proposed_subject(case: Case) -> str:
    """Return an ärendemening without names, and of what may be secret without what it is about."""
    about = "Inlägg" if case.is_restricted else case.subject
    return f"{about} på kontot {case.account}"[:250]


def _source_ref(case: Case) -> str:
    """Name the post; each time it was opened again makes a handover of its own."""
    again = case.actions.filter(kind=ActionKind.REOPENED).count()
    return f"case:{case.pk}/{again}"


def details_of(case: Case, actions: Iterable[Action]) -> dict[str, str]:
    """Return what is known of a post beside its text, in words that are read years from now; `actions` in order."""
    content = case.content
    facts = {
        "Konto": str(case.account),
        "Vad det gäller": case.subject,
        "Länk": content.link,
        "Var det står": content.place,
        "Skrivet av": content.author,
        "Publicerat": _said(case.published_at),
        "Rapporterat": _said(case.reported_at),
        "Upptäckt": _said(case.discovered_at),
        "Utfall": ActionKind(case.outcome).label.capitalize() if case.outcome else "",
        "Skäl för att diarieföra": case.record_reason,
        "Vad som hänt": "\n".join(_lines(actions)),
    }
    return {term: words for term, words in facts.items() if words}


def _lines(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        done = ", ".join(filter(None, [action.get_kind_display(), action.reference]))
        yield f"{_said(action.at)}: {action.by.presented_as} {done}{': ' if action.text else ''}{action.text}"


def _said(moment: datetime | None) -> str:
    """Say the moment whole, with its year: it is read years from now."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local:%Y-%m-%d} kl. {local:%H.%M}"

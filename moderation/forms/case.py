"""What is done with a post: the act form on its page, and what remains when it has been done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from accounts.models import Unit
from moderation.enums import ActionKind, Lane, RecordChoice
from moderation.forms.versioned import VersionedForm
from moderation.models import Case
from moderation.ready_texts import REMINDER, to_author
from moderation.record_proposal import choices, proposal
from moderation.services.deciding import Deed
from moderation.services.passing import Receiver
from moderation.services.settling import Settlement
from moderation.workflow import OFFERED


@dataclass(frozen=True)
class Choice:
    """One row of *Vad gör du?*: what it is called, and a line about it."""

    title: str
    help: str

    def __str__(self) -> str:
        return self.title


VERBS: Final = {
    ActionKind.REMOVED: "Jag har tagit bort det",
    ActionKind.HIDDEN: "Jag har dolt det",
    ActionKind.LEFT: "Det får stå kvar",
    ActionKind.REPLIED: "Jag har svarat",
    ActionKind.PASSED_ON: "Skicka vidare",
    ActionKind.GONE: "Det var redan borta",
}


def act_choices(case: Case, *, has_copy: bool) -> list[tuple[str, Choice]]:
    """Return the rows for the post: what its lane offers, in its order."""
    platform = case.account.platform.name
    copy = "Vi har kopian." if has_copy else "Spara en kopia först."
    said = {
        ActionKind.REMOVED: Choice(
            "Ta bort", f"Ta bort det på {platform}." + ("" if case.copy_forbidden else f" {copy}")
        ),
        ActionKind.HIDDEN: Choice("Dölj", "Bara den som skrev ser det."),
        ActionKind.LEFT: Choice("Låt stå kvar", REMINDER),
        ActionKind.REPLIED: Choice("Svara", f"Skriv svaret här och på {platform}."),
        ActionKind.PASSED_ON: Choice("Skicka vidare", "Till en annan verksamhet, nämnd eller myndighet."),
        ActionKind.GONE: Choice("Det är redan borta", f"Den som skrev eller {platform} hann före."),
    }
    if case.lane in {Lane.CRIMINAL, Lane.SECRECY}:
        said[ActionKind.HIDDEN] = Choice("Dölj så länge", "Det måste också tas bort, så inlägget väntar kvar här.")
    if case.lane in {Lane.QUESTION, Lane.OWN_POST}:
        said[ActionKind.LEFT] = Choice(
            "Låt stå kvar", "Det behöver inget svar." if case.lane == Lane.QUESTION else "Det var inget fel."
        )
    return [(kind.value, said[kind]) for kind in OFFERED[Lane(case.lane)]]


class SettleForm(VersionedForm):
    """Ska det diarieföras? The first choice is what we propose."""

    record_choice = forms.ChoiceField(
        label="Ska det diarieföras?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om det ska diarieföras"},
    )
    record_reason = forms.CharField(
        label="Varför något annat än förslaget?",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["record_reason"].one_of_several = True
        if case.is_restricted:
            del self.fields["record_reason"]
        self._propose()

    def _propose(self) -> None:
        proposed = proposal(self.case)
        self.initial["record_choice"] = proposed.choice
        self.fields["record_choice"].choices = [
            (choice.value, Choice(choice.label, f"Vårt förslag: {_small(proposed.reason)}" if not number else ""))
            for number, choice in enumerate(choices(self.case))
        ]

    def settlement(self) -> Settlement:
        """Return what was chosen."""
        reason = self.cleaned_data.get("record_reason", "")
        return Settlement(RecordChoice(self.cleaned_data["record_choice"]), reason)


class ActForm(SettleForm):
    """Vad gör du?, with the words that each way asks for."""

    act = forms.ChoiceField(
        label="Vad gör du?", widget=forms.RadioSelect, error_messages={"required": "Välj vad du gör med inlägget"}
    )
    to_author = forms.CharField(
        label="Text till den som skrev",
        help_text="Ändra den om du vill, och kopiera den. Töm rutan om du inte skriver något till den som skrev.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    answer = forms.CharField(
        label="Ditt svar",
        help_text="Som du skrev det. Det antecknas när du svarade.",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Verksamhet", required=False, empty_label="Ingen av kommunens verksamheter"
    )
    outside = forms.CharField(
        label="Eller en myndighet utanför kommunen",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    why = forms.CharField(
        label="Vad ska de göra med det?",
        help_text="Verksamheten får det här i ett mejl, med länken till inlägget.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, has_copy: bool, answer: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("to_author", "answer", "unit", "outside", "why"):
            self.fields[name].one_of_several = True
        offered = act_choices(self.case, has_copy=has_copy)
        self.fields["act"].choices = offered
        self.initial["act"] = ActionKind.REPLIED if answer else offered[0][0]
        self.initial["to_author"], self.initial["answer"] = to_author(self.case), answer
        self.fields["unit"].queryset = Unit.objects.filter(active=True).exclude(email="").in_order()
        if self.case.lane == Lane.OWN_POST and self.case.incident_assessed_at is None:
            self._without("record_choice", "record_reason")
        self._without(*_not_asked_for({value for value, _choice in offered}, has_text=bool(self.initial["to_author"])))

    def _without(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def deed(self) -> Deed:
        """Return what was done."""
        known = self.cleaned_data
        return Deed(
            kind=ActionKind(known["act"]),
            to_author=known.get("to_author", ""),
            answer=known.get("answer", ""),
            receiver=Receiver(known.get("unit"), known.get("outside", "")),
            why=known.get("why", ""),
        )

    def settlement(self) -> Settlement | None:  # type: ignore[override]
        """Return how it is kept; None while the incident is to be assessed first."""
        return super().settlement() if "record_choice" in self.fields else None

    @property
    def verbs(self) -> list[tuple[str, str]]:
        """What the button says, for each way."""
        return [(value, VERBS[ActionKind(value)]) for value, _choice in self.fields["act"].choices]


def _not_asked_for(offered: Iterable[str], *, has_text: bool) -> Iterable[str]:
    if ActionKind.REMOVED not in offered or not has_text:
        yield "to_author"
    if ActionKind.REPLIED not in offered:
        yield "answer"
    if ActionKind.PASSED_ON not in offered:
        yield from ("unit", "outside", "why")


def _small(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"

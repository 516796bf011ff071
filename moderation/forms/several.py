"""The same thing with several posts: what, how they are kept, and the one reason."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from laholm_sociala.common.swedish import count_in_words
from moderation.enums import ActionKind, RecordChoice
from moderation.forms.case import Choice
from moderation.ready_texts import REMINDER
from moderation.services.several import Same

ACTS: Final = (
    (
        ActionKind.REMOVED,
        Choice("Ta bort", "Ni har tagit bort dem på plattformen. En kopia av var och en finns."),
    ),
    (ActionKind.HIDDEN, Choice("Dölj", "Bara de som skrev ser dem.")),
    (ActionKind.LEFT, Choice("Låt stå kvar", REMINDER)),
    (ActionKind.REPORTED_TO_PLATFORM, Choice("Anmäl till plattformen", "Det antecknas. Vad ni gör med dem återstår.")),
    (ActionKind.SETTLED, Choice("Avsluta", "De är åtgärdade, och du säger hur de ska hållas.")),
)
DONE: Final = {
    ActionKind.REMOVED: ("borttaget", "borttagna"),
    ActionKind.HIDDEN: ("dolt", "dolda"),
    ActionKind.LEFT: ("kvar", "kvar"),
    ActionKind.REPORTED_TO_PLATFORM: ("anmält till plattformen", "anmälda till plattformen"),
    ActionKind.SETTLED: ("klart", "klara"),
}


class SeveralForm(forms.Form):
    """What is done with all of them."""

    act = forms.ChoiceField(
        label="Vad gör du med dem?",
        widget=forms.RadioSelect,
        choices=[(kind.value, choice) for kind, choice in ACTS],
        error_messages={"required": "Välj vad du gör med inläggen"},
    )
    record_choice = forms.ChoiceField(
        label="När du avslutar: ska de diarieföras?",
        widget=forms.RadioSelect,
        choices=RecordChoice.choices,
        required=False,
    )
    reason = forms.CharField(
        label="Skäl",
        help_text="Står sedan på vart och ett av inläggen.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv skälet, till exempel: Samma reklam från samma avsändare."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record_choice"].one_of_several = True  # not said to be optional: it is asked of who settles

    def clean(self) -> dict[str, Any]:
        """Ask how they are kept where they are settled."""
        given = super().clean() or self.cleaned_data
        if given.get("act") == ActionKind.SETTLED and not given.get("record_choice"):
            self.add_error("record_choice", ValidationError("Välj om de ska diarieföras"))
        return given

    def same(self) -> Same:
        """Return what was chosen."""
        given = self.cleaned_data
        return Same(ActionKind(given["act"]), given["reason"], given["record_choice"])

    def done(self, number: int) -> str:
        """Say what was done, and with how many."""
        one, many = DONE[self.same().kind]
        return f"{count_in_words(number, 'inlägg är', 'inlägg är', neuter=True)} {one if number == 1 else many}."

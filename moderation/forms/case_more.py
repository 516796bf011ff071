"""What more can be done with a post, each on a page of its own."""

from typing import Final

from django import forms

from laholm_sociala.common.form_fields import MomentField
from moderation.enums import Category, CriminalGround, Lane
from moderation.forms.versioned import VersionedForm, long_text, short_text
from moderation.services.incident import Assessment
from moderation.services.reclassifying import About

OTHER_LANES: Final = (Lane.CRIMINAL, Lane.SECRECY, Lane.QUESTION, Lane.MESSAGE, Lane.OWN_POST)


class NoteForm(forms.Form):
    text = long_text("Vad vill du anteckna?", "Skriv vad du vill anteckna")


class PoliceForm(forms.Form):
    reference = short_text(
        "Polisanmälans nummer", "Skriv polisanmälans nummer", "Det står på kvittot, till exempel 5000-K123456-26."
    )
    text = long_text("Anteckning")


class PlatformForm(forms.Form):
    reference = short_text("Plattformens hänvisning", help_text="Om du fick någon.")
    text = long_text("Anteckning")


class AskForm(forms.Form):
    question = long_text(
        "Vad undrar du?", "Skriv vad du undrar", "Svaret kommer på din e-post och till inläggets sida."
    )


class AdviseForm(forms.Form):
    advice = long_text("Ditt råd", "Skriv ditt råd", "Den som frågade får det på sin e-post.")


class ReopenForm(VersionedForm):
    reason = long_text("Varför öppnas det igen?", "Skriv varför det öppnas igen", "Tiden räknas från nu.")


class StartForm(VersionedForm):
    published_at = MomentField(
        label="När publicerades det?",
        help_text="Till exempel 2026-11-24 08.30. Bara datumet går också bra.",
        error_messages={"required": "Skriv när det publicerades", "invalid": "Skriv tiden som 2026-11-24 08.30"},
    )
    reason = long_text("Hur vet du det?", "Skriv hur du vet det")


class ReclassifyForm(VersionedForm):
    about = forms.ChoiceField(
        label="Vad gäller det?",
        choices=[
            ("Olämpligt enligt riktlinjen", Category.choices),
            ("Annat", [(lane.value, lane.label) for lane in OTHER_LANES]),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det gäller"},
    )
    criminal_grounds = forms.MultipleChoiceField(
        label="Vilket brott?",
        help_text="Bara för det som är uppenbart brottsligt.",
        choices=CriminalGround,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    may_be_secret = forms.BooleanField(
        label="Det kan också vara sekretess",
        help_text="Då läser bara de som behöver det inom nämnden, och det antecknas.",
        required=False,
    )
    reason = long_text("Varför ändras det?", "Skriv varför det ändras")

    def about_it(self) -> About:
        """Return what was chosen."""
        known = self.cleaned_data
        about = known["about"]
        return About(
            lane=Lane.INAPPROPRIATE if about in Category.values else Lane(about),
            category=about if about in Category.values else "",
            criminal_grounds=known["criminal_grounds"] if about == Lane.CRIMINAL else (),
            may_be_secret=known["may_be_secret"],
        )


class IncidentForm(VersionedForm):
    is_reported = forms.TypedChoiceField(
        label="Ska incidenten anmälas till IMY?",
        help_text="Rådgör med dataskyddsombudet.",
        choices=[("ja", "Den är anmäld till IMY"), ("nej", "Den behöver inte anmälas")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om incidenten är anmäld eller inte behöver anmälas"},
    )
    reported_on = forms.DateField(
        label="Vilken dag anmäldes den?",
        required=False,
        help_text="Till exempel 2026-11-24.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Skriv dagen som 2026-11-24"},
    )
    number = short_text("IMY:s nummer", max_length=60)
    reason = long_text("Skäl", help_text="Behövs om den inte anmäls: varför är risken liten för dem det gäller?")

    def assessment(self) -> Assessment:
        """Return what was decided."""
        return Assessment(
            **{name: self.cleaned_data[name] for name in ("is_reported", "reported_on", "number", "reason")}
        )


class ProposeBlockForm(forms.Form):
    reason = long_text(
        "Varför ska den som skrev blockeras?",
        "Skriv varför den som skrev ska blockeras",
        "Kommunikationsenheten läser och beslutar. Att blockera någon är en inskränkning av yttrandefriheten.",
    )

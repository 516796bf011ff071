"""What a registrator corrects, and says about it."""

from typing import Any

from django import forms

from archive.enums import Direction
from archive.forms.about_matter import account_field, case_officer_field, offer_boards_own
from archive.forms.one_of_several import one_of_several
from archive.forms.public_preview import PublicPreview
from archive.models import Document, Matter


class DayField(forms.DateField):
    """A day, typed as 2026-11-24."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs: object) -> None:
        errors = {"required": "Skriv dagen, till exempel 2026-11-24", "invalid": "Skriv dagen som 2026-11-24"}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=errors, **kwargs)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Varför?",
        help_text="Skälet står kvar i diariet. Skriv inga namn.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför"},
    )


class CorrectMatterForm(PublicPreview, ReasonForm):
    """What an ärende is about, inside and for the public, who handles it and which account it is about."""

    corrects = True

    subject = forms.CharField(
        label="Ärendemening", max_length=250, error_messages={"required": "Skriv en ärendemening, utan namn"}
    )
    public_subject = forms.CharField(
        label="Ärendemening för allmänheten",
        max_length=250,
        error_messages={"required": "Skriv en ärendemening som kan visas för alla"},
    )
    case_officer = case_officer_field()
    account = account_field()
    field_order = ("subject", "public_subject", "case_officer", "account", "reason")

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(matter, name) for name in self.field_order[:-1]}, **kwargs)
        offer_boards_own(self, [matter.board], matter)


class CorrectDocumentForm(PublicPreview, ReasonForm):
    """What is written of a handling, inside and for the public."""

    corrects = True

    direction = forms.ChoiceField(label="Riktning", choices=Direction)
    dated_on = DayField(label="Kom in eller upprättades")
    subject = forms.CharField(
        label="Vad den rör", max_length=250, error_messages={"required": "Skriv vad handlingen rör, utan namn"}
    )
    correspondent = forms.CharField(label="Avsändare/mottagare", max_length=200, required=False)
    public_subject = forms.CharField(
        label="Vad den rör, för allmänheten",
        max_length=250,
        error_messages={"required": "Skriv vad den rör, så att det kan visas för alla"},
    )
    public_correspondent = forms.CharField(label="Avsändare/mottagare för allmänheten", max_length=200, required=False)
    field_order = (
        "direction",
        "dated_on",
        "subject",
        "correspondent",
        "public_subject",
        "public_correspondent",
        "reason",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_of_several(self, "correspondent", "public_correspondent")

    @classmethod
    def first_words(cls, document: Document) -> dict[str, object]:
        """Begin with what stands there."""
        return {name: getattr(document, name) for name in cls.field_order if name != "reason"}

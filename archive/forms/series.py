"""How a board diarieför."""

from typing import Any

from django import forms

from archive.enums import DiaryKind, NumberForm
from archive.forms.one_of_several import one_of_several
from archive.models import Series
from archive.services.series import Settings

LONGEST_PROVISION = Series._meta.get_field("usual_provisions").base_field.max_length


class SeriesForm(forms.Form):
    """Where the board numbers, how its numbers look, and which provisions are offered first."""

    kind = forms.ChoiceField(
        label="Var diarieför nämnden?",
        choices=DiaryKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj var nämnden diarieför"},
    )
    prefix = forms.CharField(
        label="Beteckning",
        help_text="Nämndens bokstäver och -SM, till exempel KUN-SM. Då liknar inget nummer det befintliga diariets.",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number_form = forms.ChoiceField(label="Numrets form", choices=NumberForm, widget=forms.RadioSelect)
    usual_provisions = forms.CharField(
        label="Vanliga sekretessbestämmelser",
        help_text="En på varje rad. De står överst när en handling registreras, och ingen är vald på förhand.",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_of_several(self, "prefix")

    @staticmethod
    def first_words(series: Series | None) -> dict[str, Any]:
        """Begin with what is chosen, or with the most common."""
        if series is None:
            return {"kind": DiaryKind.PORTAL, "number_form": NumberForm.SIX_DIGITS}
        return {
            "kind": series.kind,
            "prefix": series.prefix or "",
            "number_form": series.number_form,
            "usual_provisions": "\n".join(series.usual_provisions),
        }

    def clean_prefix(self) -> str:
        """Take it however it is typed."""
        return self.cleaned_data["prefix"].strip().upper()

    def clean_usual_provisions(self) -> tuple[str, ...]:
        """Take one a line."""
        lines = tuple(filter(None, (line.strip() for line in self.cleaned_data["usual_provisions"].splitlines())))
        if any(len(line) > LONGEST_PROVISION for line in lines):
            raise forms.ValidationError(f"Skriv varje bestämmelse på högst {LONGEST_PROVISION} tecken")
        return lines

    def settings(self) -> Settings:
        """Return what the service takes."""
        data = self.cleaned_data
        return Settings(
            DiaryKind(data["kind"]), data["prefix"], NumberForm(data["number_form"]), data["usual_provisions"]
        )

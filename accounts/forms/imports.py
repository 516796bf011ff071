"""What is filled in when accounts come in from a file, and to complete them afterwards."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.enums import Duty, LegalGround, Use
from accounts.forms.application import HELP, LABEL, PersonField
from accounts.importing.files import MOST_BYTES

COMPLETED: Final = ("purpose", "audience", "topics", "summary", "uses", "legal_ground")


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="Fil med konton",
        help_text="Excel (.xlsx) eller CSV, högst 10 MB.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": "Välj en fil med konton",
            "empty": "Filen är tom. Välj en annan fil",
            "missing": "Välj en fil med konton",
            "invalid": "Filen kom inte fram. Försök igen",
            "max_length": "Filens namn är för långt. Döp om den till högst 200 tecken",
        },
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too big before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Filen är större än 10 MB. Dela upp den, eller ta bort bilder och blad")
        return file


class CompleteForm(forms.Form):
    """What Bilaga 1 asks and the account does not say. Nothing has to be answered now."""

    purpose = forms.CharField(
        label=LABEL["purpose"],
        help_text=HELP["purpose"],
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience = forms.CharField(
        label=LABEL["audience"],
        help_text=HELP["audience"],
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics = forms.CharField(
        label=LABEL["topics"],
        help_text=HELP["topics"],
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    summary = forms.CharField(
        label="En rad för den offentliga listan",
        help_text="Vad följaren får, till exempel ”Boktips, program och öppettider”.",
        max_length=120,
        required=False,
    )
    responsible = PersonField(label="Ansvarig", empty_label="Välj", required=False)
    substitute = PersonField(
        label="Ersättare",
        help_text="Tar över när den ansvariga är ledig eller sjuk.",
        empty_label="Välj",
        required=False,
    )
    uses = forms.MultipleChoiceField(
        label="Vad används kontot till?",
        help_text="Kryssa i det som stämmer.",
        choices=Use,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_ground = forms.ChoiceField(
        label="Laglig grund för personuppgifter",
        help_text="Uppgift av allmänt intresse passar nästan alltid.",
        choices=[("", "Välj"), *LegalGround.choices],
        required=False,
    )

    def __init__(self, *args: Any, missing: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in missing:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Want at least one answer, and two different people."""
        cleaned = super().clean()
        if self.fields and not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Fyll i minst ett svar innan du sparar")
        if cleaned.get("responsible") and cleaned["responsible"] == cleaned.get("substitute"):
            self.add_error("substitute", "Välj en annan person än den ansvariga")
        return cleaned

    @property
    def answers(self) -> dict[str, object]:
        """What was answered about the account."""
        return {name: value for name in COMPLETED if (value := self.cleaned_data.get(name))}

    @property
    def people(self) -> dict[Duty, Any]:
        """Who was named."""
        return {duty: person for duty in Duty if (person := self.cleaned_data.get(duty.value))}

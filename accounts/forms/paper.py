"""A Bilaga 1 that the manager signed on paper, as kommunikationsenheten attaches it."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Application, User
from accounts.services.decisions import Paper
from laholm_sociala.common.uploads import FileError, kind_of


class PaperForm(forms.Form):
    """The file, who signed it and when, and that it says what the portal says."""

    seen = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(
        label="Den underskrivna blanketten",
        help_text="PDF, eller en bild i JPEG eller PNG. Högst 15 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Välj filen med den underskrivna blanketten",
            "empty": "Filen är tom. Välj filen en gång till.",
        },
    )
    signer = forms.ModelChoiceField(
        User.objects.none(),
        label="Vem har skrivit under?",
        empty_label="Välj",
        error_messages={"required": "Välj vem som har skrivit under"},
    )
    signed_on = forms.DateField(
        label="När?",
        input_formats=["%Y-%m-%d"],
        help_text="Datumet på blanketten, till exempel 2026-11-24.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Skriv datumet på blanketten", "invalid": "Skriv datumet som 2026-11-24"},
    )
    same = forms.BooleanField(
        label="Blanketten säger samma sak som uppstarten på den här sidan",
        error_messages={"required": "Jämför blanketten med uppstarten, och kryssa i att de säger samma sak"},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].queryset = User.objects.filter(pk__in=_who_may_have_signed(application)).presented()

    def clean_file(self) -> Paper:
        """Look at what the file is, whatever it is called."""
        sent = self.cleaned_data["file"]
        content = sent.read()
        try:
            kind = kind_of(content)
        except FileError as error:
            raise forms.ValidationError(str(error)) from error
        return Paper(sent.name, kind.content_type, content)


def _who_may_have_signed(application: Application) -> set[Any]:
    """Those who decide now, or did when it was sent: a deputy's days may be over when the paper comes in."""
    days: set[date] = {timezone.localdate(), timezone.localdate(application.submitted_at)}
    return {person.pk for day in days for person in application.managers(day)}

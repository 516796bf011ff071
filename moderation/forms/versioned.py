"""Forms that answer for a post as it was shown, and the fields that they share."""

from typing import Any

from django import forms
from django.utils import timezone

from moderation.models import Case
from moderation.services.doors import what_happened


class VersionedForm(forms.Form):
    """Answers for the post as it was shown. Whoever comes second is told who did what, whatever is wrong."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial["version"] = case.version

    def clean_version(self) -> int:
        """Want the version that the post has."""
        if self.cleaned_data["version"] != self.case.version:
            raise forms.ValidationError(what_happened(self.case, timezone.now()))
        return self.case.version

    def bind_to(self, case: Case) -> None:
        """Let the next press answer for the post as it is shown now, where the person has been told of a change."""
        if "version" in self.errors or self.non_field_errors():
            self.data = self.data.copy()
            self.data["version"] = str(case.version)


def long_text(label: str, required: str = "", help_text: str = "", **options: Any) -> forms.CharField:
    """Return a field of several lines; `required` is what is said when it is empty."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4000,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": required},
        **options,
    )


def short_text(label: str, required: str = "", help_text: str = "", max_length: int = 250) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=max_length,
        required=bool(required),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": required},
    )

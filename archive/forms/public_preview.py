"""A form whose words for everyone are previewed as they are written."""

from django import forms
from django.forms.utils import ErrorDict

from archive.public_variant import SHOWN, PublicVariant, as_typed


class PublicPreview(forms.Form):
    """Knows what everyone will read of what stands in it."""

    # In a correction the public words stand by themselves.
    corrects = False

    @property
    def shown_to_all(self) -> PublicVariant:
        """What stands in the fields, as everyone will read it."""
        typed = {name: str(self[name].value() or "") for name in SHOWN if name in self.fields}
        return as_typed({"direction": self.direction_given, **typed}, is_correction=self.corrects)

    @property
    def direction_given(self) -> str:
        """The direction, where the form has no field for it."""
        return ""

    def judge_nothing(self) -> None:
        """Show what is typed as it is, without a word about what is missing: nothing is sent yet."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

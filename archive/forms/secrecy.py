"""Which provision may make a handling secret."""

from typing import Any

from django import forms

from archive.forms.one_of_several import one_of_several
from archive.models import Document, Series


class MarkForm(forms.Form):
    """The board's usual provisions first, none preselected; or another (OSL ch. 5 § 5)."""

    provisions = forms.MultipleChoiceField(
        label="Vilken bestämmelse?", required=False, widget=forms.CheckboxSelectMultiple
    )
    other_provision = forms.CharField(
        label="En annan bestämmelse", help_text="Till exempel OSL 26 kap. 1 §.", max_length=150, required=False
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_of_several(self, "provisions", "other_provision")
        series = Series.objects.in_use().filter(board=document.matter.board).first()
        there = set(document.marks.in_force().values_list("provision", flat=True))
        offered = [provision for provision in (series.usual_provisions if series else []) if provision not in there]
        self.fields["provisions"].choices = [(provision, provision) for provision in offered]
        if not offered:
            del self.fields["provisions"]

    def named(self) -> list[str]:
        """Return the provisions that were chosen and written."""
        return [*self.cleaned_data.get("provisions", []), self.cleaned_data["other_provision"]]

"""The days that someone is away."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.forms.administration import DayField
from accounts.forms.application import PersonField
from accounts.models import User


class DaysAwayForm(forms.Form):
    """From when to when. Never why."""

    from_date = DayField(
        label="Första dag borta",
        help_text="Till exempel 2026-11-24.",
        error_messages={"required": "Skriv första dagen, till exempel 2026-11-24"},
    )
    to_date = DayField(
        label="Sista dag borta", required=False, help_text="Lämna tomt om du inte vet: då gäller det tills vidare."
    )


class AbsenceForm(DaysAwayForm):
    """Who is away, and from when to when."""

    person = PersonField(label="Vem är borta?", empty_label=None, error_messages={"required": "Välj en person"})

    field_order = ("person", "from_date", "to_date")

    def __init__(self, *args: Any, people: QuerySet, myself: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].myself = myself.pk
        self.fields["person"].initial = myself.pk
        if not people.exclude(pk=myself.pk).exists():
            self.fields["person"].widget = forms.HiddenInput()

"""A filter in which one of a few records is chosen, all of which the page shows."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import Model
from django.forms.models import ModelChoiceIterator


class _Fetched(ModelChoiceIterator):
    """The choices, from the records that the field has fetched."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, self.queryset)


class FetchedChoiceField(forms.ModelChoiceField):
    """Finds the chosen record among those it shows: one query, where Django's own field asks for it apart."""

    iterator = _Fetched

    def to_python(self, value: Any) -> Model | None:
        """Raise where none of them was chosen."""
        if value in self.empty_values:
            return None
        # The queryset keeps what it fetched, and each form has a queryset of its own.
        for record in self.queryset:
            if str(self.prepare_value(record)) == str(value):
                return record
        raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})


class FetchedChoiceFilter(django_filters.ModelChoiceFilter):
    """Keeps what belongs to the chosen record."""

    field_class = FetchedChoiceField

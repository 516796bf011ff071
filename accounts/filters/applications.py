"""How the applications are narrowed down."""

import django_filters

from accounts.enums import ApplicationStatus
from accounts.models import Application


class ApplicationFilter(django_filters.FilterSet):
    """The applications' state."""

    lage = django_filters.ChoiceFilter(label="Läge", field_name="status", choices=ApplicationStatus, empty_label="Alla")

    class Meta:
        model = Application
        fields: list[str] = []

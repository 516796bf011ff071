"""Daily supervision."""

from datetime import date

from django.urls import path, register_converter

from moderation.views import supervision


class MonthConverter:
    """2026-11 in an address: the month's first day."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Return the first day."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        """Return year and month."""
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("", supervision.supervision, name="supervision"),
    path("missade/", supervision.supervision_missed, name="supervision-missed"),
    path("<uuid:pk>/", supervision.supervision_month, name="supervision-account"),
    path("<uuid:pk>/<month:month>/", supervision.supervision_month, name="supervision-month"),
]

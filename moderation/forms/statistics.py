"""Which time Uppföljning is about."""

from datetime import datetime

from django import forms

from laholm_sociala.common.swedish import STOCKHOLM

YEARS_BACK = 4


class PeriodForm(forms.Form):
    """The last twelve months, or a year."""

    ar = forms.ChoiceField(label="Tid", required=False)

    def __init__(self, data: object, *, now: datetime) -> None:
        self.now = now.astimezone(STOCKHOLM)
        super().__init__(data)
        years = range(self.now.year, self.now.year - YEARS_BACK, -1)
        choices = [("", "De senaste tolv månaderna"), *((str(year), str(year)) for year in years)]
        self.fields["ar"].choices = choices

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From when, and before when. What is no choice is the last twelve months."""
        year = self.cleaned_data.get("ar") if self.is_bound and self.is_valid() else ""
        if year:
            return self._first_of(int(year), 1), self._first_of(int(year) + 1, 1)
        return self._first_of(self.now.year, self.now.month - 11), self._first_of(self.now.year, self.now.month + 1)

    @staticmethod
    def _first_of(year: int, month: int) -> datetime:
        number = year * 12 + month - 1
        return datetime(number // 12, number % 12 + 1, 1, tzinfo=STOCKHOLM)

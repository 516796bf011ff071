"""What kommunikationsenheten fills in about the calendar."""

import re
from typing import Any

from django import forms

from accounts.forms.administration import DayField
from laholm_sociala.common.opening_hours import WEEKDAYS as CODES
from laholm_sociala.common.opening_hours import CalendarTextError, read_hours
from laholm_sociala.common.swedish import WEEKDAYS, capitalised

SPAN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d{2}))?", re.ASCII)
EXAMPLE = "Skriv tiderna som 08.00–12.00, 13.00–17.00"


def hours_in_words(hours: list[list[str]]) -> str:
    """Return 08.00–12.00, 13.00–17.00 for a day's hours as they are kept."""
    return ", ".join(f"{opens}–{closes}" for opens, closes in hours).replace(":", ".")


class HoursField(forms.CharField):
    """A day's hours, as 08.00–12.00, 13.00–17.00. Empty: closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> list[list[str]]:
        """Return the hours as they are kept. Raises ValidationError when they make no sense."""
        text = self.to_python(value)
        self.run_validators(text)
        parts = [part.strip() for part in re.split(r",|;| och ", text) if part.strip()]
        found = [SPAN.fullmatch(part) for part in parts]
        if not all(found):
            raise forms.ValidationError(EXAMPLE)
        hours = [
            [f"{int(a):02}:{b or '00'}", f"{int(c):02}:{d or '00'}"] for a, b, c, d in (m.groups() for m in found if m)
        ]
        try:
            read_hours(hours, "Här")
        except CalendarTextError as error:
            raise forms.ValidationError(f"{EXAMPLE}, i ordning och utan överlapp, som längst till 24.00") from error
        return hours


class SeenForm(forms.Form):
    """A change of a version that the person has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class WeekForm(SeenForm):
    """The ordinary week. Every day is asked about, and an empty answer is one."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in zip(CODES, WEEKDAYS, strict=True):
            self.fields[code] = HoursField(label=capitalised(name), required=True)

    @staticmethod
    def first_words(week: dict[str, list[list[str]]]) -> dict[str, str]:
        """Return what stands already."""
        return {code: hours_in_words(week.get(code, [])) for code in CODES}

    def week(self) -> dict[str, list[list[str]]]:
        """Return what was filled in."""
        return {code: self.cleaned_data[code] for code in CODES}


class OwnDayForm(SeenForm):
    """A shortened day, a klämdag or a closure."""

    day = DayField(
        label="Dag",
        help_text="Till exempel 2026-12-23.",
        error_messages={"required": "Skriv vilken dag, till exempel 2026-12-23"},
    )
    label = forms.CharField(
        label="Vad är det för dag?",
        max_length=60,
        help_text="Till exempel klämdag, dagen före julafton eller planeringsdag. Det står under ”Så räknade vi”.",
        error_messages={"required": "Skriv vad det är för dag, till exempel klämdag"},
    )
    hours = HoursField(
        label="Öppet",
        required=False,
        help_text="Till exempel 08.00–12.00. Lämna tomt om kontoret har stängt hela dagen.",
    )


class RemoveDayForm(SeenForm):
    """Nothing but what was seen."""

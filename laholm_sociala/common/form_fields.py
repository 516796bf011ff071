"""Fields that forms of several apps use."""

import re
from typing import Any, Final

from django import forms

CLOCK: Final = re.compile(r"\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d\d)$")


class MomentField(forms.DateTimeField):
    """A day, and the time of day where it is known: 2026-11-24 08.30. A day alone counts from its beginning."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": "Skriv tiden som 2026-11-24 08.30"})
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the Swedish point as well: Django takes "08.30" for eight and three tenths of an hour."""
        typed = CLOCK.sub(r" \1:\2", value.strip()) if isinstance(value, str) else value
        return super().to_python(typed)

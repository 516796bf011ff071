"""What the templates need to speak and look like the portal: icons, dates and counts in words."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from laholm_sociala.common import swedish
from laholm_sociala.common.panels import panels_of

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A lucide icon as inline SVG. It never stands alone: a word beside it says the same."""
    return _svg(str(name))


@cache
def _svg(name: str) -> SafeString:
    # The package's own tag marks it safe and says only `str`.
    return SafeString(lucide(name, size=20, **{"class": "ls-icon", "aria-hidden": "true", "focusable": "false"}))


@register.filter
def date_in_words(day: date | None) -> str:
    """tisdag 1 december."""
    if not day:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day, swedish.STOCKHOLM).date()
    return swedish.date_in_words(day, timezone.localdate(timezone=swedish.STOCKHOLM))


@register.filter
def moment_in_words(moment: datetime | None) -> str:
    """i går kl. 16.05."""
    return swedish.moment_in_words(moment, timezone.now()) if moment else ""


@register.filter
def number_in_words(number: int) -> str:
    """två; with common gender (en). For ett: {% count %} with neuter."""
    return swedish.number_in_words(number)


@register.filter
def in_figures(number: int) -> str:
    """1 284."""
    return swedish.in_figures(number)


@register.filter
def join_in_words(words: Sequence[object]) -> str:
    """a, b och c."""
    return swedish.join_in_words([str(word) for word in words])


@register.simple_tag
def count(number: int, singular: str, plural: str, *, neuter: bool = False, capital: bool = True) -> str:
    """{% count 2 "ny uppstart" "nya uppstarter" %} says Två nya uppstarter."""
    return swedish.count_in_words(number, singular, plural, neuter=neuter, capital=capital)


@register.filter
def bare_address(url: str) -> str:
    """facebook.com/laholmsbibliotek: an address as it is said, without https://www. and the last slash."""
    for prefix in ("https://", "http://", "www."):
        url = url.removeprefix(prefix)
    return url.removesuffix("/")


@register.filter
def breakable(words: object) -> SafeString:
    """An address that may break after its signs, and not in the middle of a name."""
    parts = re.split(r"(?<=[./_?&=-])", str(words))
    return mark_safe("<wbr>".join(conditional_escape(part) for part in parts))  # noqa: S308  each part is escaped


@register.filter
def unbroken(words: object) -> SafeString:
    """A heading where a diarienummer breaks after its name alone: KUN-SM, and 2026-000001-2 whole on the next line."""
    parts = enumerate(re.split(r"(\S*-SM(?=\s)|\d+-[\d-]*\d)", str(words)))
    whole = (f'<span class="text-nowrap">{escape(part)}</span>' if place % 2 else escape(part) for place, part in parts)
    return mark_safe("".join(whole))  # noqa: S308  each part is escaped


@register.simple_tag(takes_context=True)
def panels(context: template.Context, record: Any) -> SafeString:
    """What other apps show on the page of the record."""
    engine = cast("template.Template", context.template).engine
    shown = panels_of(record, context["request"].user, timezone.now())
    return SafeString("".join(engine.get_template(name).render(template.Context(content)) for name, content in shown))

from datetime import UTC, datetime

import lucide
import pytest
from django.template import Context, Template


def render(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_icon_is_decoration_to_a_screen_reader():
    svg = render('{% icon "check" %}')
    assert svg.startswith("<svg")
    assert 'class="ls-icon"' in svg
    assert 'aria-hidden="true"' in svg
    assert 'focusable="false"' in svg


def test_unknown_icon_is_an_error():
    with pytest.raises(lucide.IconDoesNotExist):
        render('{% icon "finns-inte" %}')


def test_date_of_a_moment_is_the_date_in_stockholm():
    assert render("{{ moment|date_in_words }}", moment=datetime(1999, 12, 31, 23, 30, tzinfo=UTC)).endswith(
        "1 januari 2000"
    )


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_said_of_no_date(value):
    assert render("{{ value|date_in_words }}{{ value|moment_in_words }}", value=value) == ""


def test_count_escapes_what_it_is_given():
    assert render('{% count 2 "x" words %}', words="<b>") == "Två &lt;b&gt;"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.facebook.com/laholmsbibliotek/", "facebook.com/laholmsbibliotek"),
        ("https://laholm.se", "laholm.se"),
        ("instagram.com/a", "instagram.com/a"),
    ],
)
def test_bare_address(url, words):
    assert render("{{ url|bare_address }}", url=url) == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Begäran", "Begäran"),
        (
            "Rätta KUN-SM 2026-000001-2?",
            'Rätta <span class="text-nowrap">KUN-SM</span> <span class="text-nowrap">2026-000001-2</span>?',
        ),
        ("2022-000282: <b>", '<span class="text-nowrap">2022-000282</span>: &lt;b&gt;'),
    ],
)
def test_a_number_in_a_heading_is_not_broken(words, shown):
    assert render("{{ words|unbroken }}", words=words) == shown

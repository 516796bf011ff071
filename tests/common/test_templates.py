"""What holds for every template of the portal's own."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

FOLDER = Path(__file__).resolve().parents[2] / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*") if path.suffix in {".html", ".txt"})
OWN = [name for name in NAMES if not name.startswith("bootstrap5/")]  # crispy hands its partials the whole context
PAGES = [name for name in NAMES if name.endswith(".html") and "mail/" not in name and "/pdf/" not in name]
MAIL_PARTS = {"mail/base.html", "mail/button.html", "mail/section.html"}
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:")


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_the_content_security_policy(name):
    assert INLINE.findall((FOLDER / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", OWN)
def test_include_takes_what_it_needs_by_name(name):
    """An include without `only` hides what it depends on."""
    includes = re.findall(r"\{% include .*? %\}", (FOLDER / name).read_text(encoding="utf-8"))
    assert [include for include in includes if not include.endswith("only %}")] == []


@pytest.mark.parametrize("name", [name for name in OWN if name.startswith("mail/") and name not in MAIL_PARTS])
def test_mail_takes_its_look_from_the_parts(name):
    """Mail needs its styles inline: they stand in one place each."""
    assert "style=" not in (FOLDER / name).read_text(encoding="utf-8")

"""Hjälp: the handbook's chapters, their pictures, and the search."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from laholm_sociala.handbook.chapters import FOLDER, chapters, search

# What stands in the pages: templates, and the labels and sentences of the code.
ON_SCREEN = " ".join(
    " ".join(path.read_text(encoding="utf-8").split())
    for folder in ("templates", "accounts", "archive", "moderation", "laholm_sociala")
    for path in sorted(Path(settings.BASE_DIR, folder).rglob("*"))
    if path.suffix in {".html", ".txt", ".py"} and "migrations" not in path.parts and "demo" not in path.parts
)
EXAMPLES = {"KUN-SM 2026-000041-1"}
PICTURE = re.compile(r"!\[[^\]]+\]\((bilder/[\w-]+\.png)\)")


@pytest.mark.django_db
@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.slug)
def test_every_chapter_is_served_with_its_headings(client_for, cast, chapter):
    response = client_for(cast.outsider).get(reverse("handbook-chapter", args=[chapter.slug]))
    assert response.status_code == 200
    for section in chapter.sections:
        assert f'id="{section.anchor}"' in response.content.decode()


@pytest.mark.parametrize("chapter", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_what_a_chapter_calls_by_name_stands_on_a_page(chapter):
    """Buttons, headings and states are written in italics, in the very words that are on the screen."""
    words = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", " ".join(chapter.read_text(encoding="utf-8").split()))
    assert [said for said in words if said not in EXAMPLES and not _is_on_screen(said)] == []


def _is_on_screen(words: str) -> bool:
    first = f"(?:{re.escape(words[0].upper())}|{re.escape(words[0].lower())})"
    return bool(re.search(rf"(?<!\w){first}{re.escape(words[1:])}(?!\w)", ON_SCREEN))


@pytest.mark.django_db
def test_the_contents_list_every_chapter(client_for, cast):
    page = client_for(cast.librarian).get(reverse("handbook")).content.decode()
    assert [chapter.title for chapter in chapters() if chapter.title not in page] == []


def test_the_twelfth_chapter_comes_after_the_second():
    slugs = [chapter.slug for chapter in chapters()]
    assert slugs.index("starta-nytt-konto") < slugs.index("diariet") < slugs.index("kanaler")


@pytest.mark.django_db
def test_unknown_chapter_is_404(client_for, cast):
    assert client_for(cast.librarian).get(reverse("handbook-chapter", args=["finns-inte"])).status_code == 404


@pytest.mark.django_db
def test_anonymous_is_sent_to_sign_in():
    assert Client().get(reverse("handbook")).status_code == 302


def test_every_word_must_be_found_in_a_section():
    hits = [hit.section.heading for hit in search("ställföreträdande chef datum")]
    assert "Ställföreträdande chef" in hits
    assert search("ordsominteståringenstans") == []
    assert search("") == []


@pytest.mark.django_db
def test_what_is_searched_for_is_text(client_for, cast):
    page = client_for(cast.librarian).get(reverse("handbook"), {"q": "<b>utkast"}).content.decode()
    assert "<b>utkast" not in page


def test_every_picture_that_a_chapter_shows_is_there_and_every_picture_is_shown():
    shown = {picture for path in FOLDER.glob("*.md") for picture in PICTURE.findall(path.read_text(encoding="utf-8"))}
    there = {f"bilder/{path.name}" for path in (FOLDER / "bilder").glob("*.png")}
    assert shown == there


def test_readme_shows_pictures_that_are_there():
    readme = Path(settings.BASE_DIR, "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert [picture for picture in pictures if not Path(settings.BASE_DIR, picture).is_file()] == []

"""Logga ett inlägg that is wrongly filled in: what is wrong stands at its field, and all that was typed is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laholm_sociala.common import in_memory
from moderation.models import Case, Evidence, PendingPicture
from moderation.services import pending
from tests.clock import NOW
from tests.moderation.case_log.steps import TEXT, screenshot
from tests.moderation.factories import picture, picture_bytes

pytestmark = pytest.mark.django_db


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("typed", "field", "error"),
        [
            ({"link": ""}, "link", "Klistra in en länk, texten eller en bild."),
            ({"link": "se bilden"}, "link", "Det här är ingen länk."),
            ({"about": None}, "about", "Välj vad det gäller"),
            ({"about": "rudeness"}, "about", "Välj ett giltigt alternativ"),
            ({"about": "criminal"}, "grounds", "Kryssa i vilket brott det kan vara"),
            ({"grounds": ["threat"]}, "grounds", "Välj ”Uppenbart brottsligt”, eller ta bort krysset för brott"),
            ({"published_at": "i går"}, "published_at", "Skriv tiden som 2026-11-24 08.30"),
            ({"published_at": "2026-11-25"}, "published_at", "Inlägget kan inte vara publicerat efter nu."),
            ({"account": ""}, "account", "Välj konto"),
            ({"kept": ["00000000-0000-4000-8000-000000000009"]}, "kept", "Bilden finns inte kvar."),
        ],
    )
    def test_is_said_at_its_field_and_all_typed_is_kept(self, send, typed, field, error):
        page = send(text=TEXT if "link" not in typed else "", place="I tråden", **typed)
        assert page.title.startswith("Fel:")
        assert page.errors[field].startswith(error)
        assert page.typed("place") == "I tråden"
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "error"),
        [
            ("bild.svg", b"<svg onload='x'/>", "bild.svg: Filen är ingen bild i JPEG eller PNG."),
            ("bild.png", picture_bytes()[:-30], "bild.png: Bilden går inte att öppna."),
        ],
    )
    def test_a_file_that_is_no_picture_is_named(self, send, name, content, error):
        page = send(pictures=[SimpleUploadedFile(name, content)])
        assert page.errors["pictures"].startswith(error)

    def test_pictures_are_kept_while_the_form_is_put_right(self, send, cast):
        page = send(about=None, pictures=[screenshot("a.png"), SimpleUploadedFile("b.gif", b"GIF89a")])
        assert "b.gif" in page.errors["pictures"]
        assert len(page.typed("kept")) == 1
        assert "a.png" in page.text
        send(kept=page.typed("kept"), pictures=[screenshot("c.png", colour="red")])
        assert {each.file_name for each in Evidence.objects.all()} == {"a.png", "c.png"}
        assert not PendingPicture.objects.exists()

    def test_a_picture_that_is_unticked_is_not_kept(self, send):
        send(about=None, pictures=[screenshot("a.png")])
        send(kept=[])
        assert not Evidence.objects.exists()

    def test_somebody_elses_waiting_picture_cannot_be_taken(self, send, cast):
        (waiting,) = pending.keep_waiting([picture()], by=cast.assistant, now=NOW)
        page = send(kept=[str(waiting.pk)])
        assert "kept" in page.errors
        assert not Evidence.objects.exists()

    def test_at_most_ten_pictures(self, send):
        page = send(pictures=[screenshot(f"{number}.png", size=(10 + number, 10)) for number in range(11)])
        assert page.errors["pictures"].startswith("10.png: Bilderna är för många")
        assert len(page.typed("kept")) == 10

    def test_too_much_together_lets_go_of_what_is_over_and_keeps_the_words(self, send, monkeypatch):
        monkeypatch.setattr(in_memory, "MOST_TOGETHER", 400)
        page = send(text=TEXT, pictures=[screenshot("a.png"), screenshot("b.png", size=(900, 900))])
        assert page.errors["pictures"].startswith("b.png: ")
        assert (page.typed("text"), "a.png" in page.text) == (TEXT, True)

"""What everyone will read of a handling is shown while it is written, and nothing of it is kept (OSL ch. 5 § 2)."""

import pytest
from django.urls import reverse

from archive.enums import Direction
from archive.models import Document, Matter
from archive.public_variant import PublicVariant, as_typed
from tests.archive.factories import document, handed_over
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post

pytestmark = pytest.mark.django_db
URL = reverse("archive:public-preview")
REGISTER = reverse("archive:document-register")
TYPED = {
    "subject": "Synpunkt från Anna Svensson",
    "correspondent": "Anna Svensson",
    "direction": "incoming",
    "dated_on": "2026-11-23",
}
PUBLIC = {"public_subject": "Synpunkt om dörr", "public_correspondent": "Enskild"}


def preview(page: Page) -> str:
    return " ".join(page.soup.select_one("#sa-syns-det").get_text(" ").split())


@pytest.fixture
def shown(registrar, client_for):
    client = client_for(registrar)

    def shown(**typed):
        response = client.post(URL, typed)
        assert response.status_code == 200
        return " ".join(Page(response).soup.get_text(" ").split())

    return shown


class TestWhileItIsTyped:
    def test_is_the_same_unless_other_words_are_written(self, shown):
        words = shown(**TYPED)
        assert words.endswith("2026-11-23. Inkommen. Anna Svensson. Synpunkt från Anna Svensson")
        words = shown(**TYPED, **PUBLIC)
        assert words.endswith("2026-11-23. Inkommen. Enskild. Synpunkt om dörr")

    def test_in_a_correction_an_empty_sender_is_none(self, shown):
        words = shown(**TYPED, public_subject="Synpunkt om dörr", public_correspondent="", corrects="1")
        assert words.endswith("2026-11-23. Inkommen. Synpunkt om dörr")

    def test_nothing_typed_says_what_will_stand_there(self, shown):
        assert "Här står det du skriver" in shown()

    def test_whatever_is_typed_is_text(self, shown):
        words = shown(subject="<script>alert(1)</script>", direction="<b>", dated_on="i går")
        assert words.endswith("i går. <script>alert(1)</script>")

    def test_nothing_is_kept(self, shown):
        shown(**TYPED, **PUBLIC)
        assert not Document.objects.exists()
        assert not Matter.objects.exists()

    def test_who_may(self, cast, registrar, client_for):
        assert_asks_for_sign_in(URL)
        assert_only_post(client_for(registrar), URL)
        for person in (cast.librarian, cast.communicator, cast.administrator):
            assert client_for(person).post(URL, TYPED).status_code == 403


def test_is_what_the_diarium_then_holds(cast, registrar):
    """The preview and what is registered are made by one rule."""
    for public in ({}, PUBLIC, {"public_subject": " "}):
        typed = {name: TYPED[name] for name in ("subject", "correspondent")} | public
        kept = document(cast.culture_board, by=registrar, **typed)
        foreseen = as_typed({**TYPED, **public}, is_correction=False)
        assert foreseen == PublicVariant(
            kept.public_subject, kept.public_correspondent, "2026-11-23", Direction.INCOMING.label
        )


class TestWithoutJavaScript:
    """A button shows it; nothing is registered, nothing is judged and everything typed is kept."""

    def test_when_a_handling_is_registered(self, series, registrar, client_for):
        typed = {**TYPED, **PUBLIC, "board": str(series.board_id), "place": "nytt", "visa": "1"}
        page = Page(client_for(registrar).post(REGISTER, typed))
        assert preview(page).endswith("2026-11-23. Inkommen. Enskild. Synpunkt om dörr")
        assert (page.errors, page.typed("subject")) == ({}, TYPED["subject"])
        assert not Document.objects.exists()

    def test_when_what_was_handed_over_is(self, cast, registrar, client_for):
        handover = handed_over(cast.culture_board)
        client, url = client_for(registrar), reverse("archive:handover-detail", args=[handover.pk])
        assert preview(Page(client.get(url))).endswith(f"2026-11-24. Inkommen. Enskild. {handover.subject}")
        page = Page(client.post(url, {"public_subject": "Inlägg", "correspondent": "Anna", "visa": "1"}))
        assert preview(page).endswith("Inkommen. Anna. Inlägg")
        assert not Document.objects.exists()

    def test_when_a_handling_is_corrected(self, kept, registrar, client_for):
        client, url = client_for(registrar), reverse("archive:document-correct", args=[kept.pk])
        assert preview(Page(client.get(url))).endswith(f"Enskild, via Facebook. {kept.subject}")
        page = Page(client.post(url, {**TYPED, **PUBLIC, "visa": "1"}))
        assert preview(page).endswith("2026-11-23. Inkommen. Enskild. Synpunkt om dörr")
        assert (page.errors, page.typed("subject")) == ({}, TYPED["subject"])
        kept.refresh_from_db()
        assert kept.public_subject == kept.subject

    def test_when_a_matter_is_corrected(self, opened, registrar, client_for):
        client, url = client_for(registrar), reverse("archive:matter-correct", args=[opened.pk])
        assert preview(Page(client.get(url))).endswith(opened.public_subject)
        page = Page(client.post(url, {"subject": "Dörr", "public_subject": "Synpunkt om dörr", "visa": "1"}))
        assert preview(page).endswith("Synpunkt om dörr")

"""Logga ett inlägg that is never copied: the link, the account and the time are kept, and nothing else (R23)."""

import pytest

from moderation.models import Case, Evidence, PendingPicture
from tests.moderation.case_log.steps import LINK, URL, said, screenshot
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestWhatIsNeverCopied:
    def test_only_link_account_and_time_are_kept(self, send, librarian):
        send(
            about="criminal",
            grounds=["child_abuse"],
            text="Texten",
            author="Namnet",
            place="Platsen",
            published_at="2026-11-24 08.00",
            pictures=[screenshot()],
        )
        case = Case.objects.get()
        assert (case.copy_forbidden, case.content.link) == (True, LINK)
        assert (case.content.text, case.content.author, case.content.place) == ("", "", "")
        assert not Evidence.objects.exists()
        assert said(librarian) == (
            "Inlägget är loggat. Ta ingen kopia. Ring polisen på 114 14, vid fara 112. Bara länken, kontot och tiden "
            "är sparade. Texten och bilderna är borta. Ta bort nu."
        )

    def test_where_nothing_more_was_sent_nothing_is_said_to_be_gone(self, send, librarian):
        send(about="criminal", grounds=["child_abuse"])
        assert "borta" not in said(librarian)

    def test_the_pictures_are_never_looked_at(self, send, monkeypatch):
        monkeypatch.setattr("moderation.forms.fields.read_picture", lambda *args: pytest.fail("looked at"))
        send(about="criminal", grounds=["child_abuse"], pictures=[screenshot()])
        assert Case.objects.exists()

    def test_wants_the_link(self, send):
        page = send(about="criminal", grounds=["child_abuse"], link="", text="Texten", pictures=[screenshot()])
        assert page.errors["link"] == "Klistra in länken till inlägget. Ingenting annat sparas."
        assert (page.typed("text"), page.typed("grounds")) == ("", ["child_abuse"])
        assert not PendingPicture.objects.exists()

    def test_another_choice_with_the_crime_ticked_copies_nothing_either(self, send):
        page = send(grounds=["child_abuse"], text="Texten", pictures=[screenshot()])
        assert "ta bort krysset" in page.errors["grounds"]
        assert (page.typed("text"), PendingPicture.objects.count()) == ("", 0)

    def test_what_waited_from_an_earlier_try_is_gone_at_once(self, send, cast):
        send(about=None, pictures=[screenshot()])
        assert PendingPicture.objects.of(cast.librarian).exists()
        send(about="criminal", grounds=["child_abuse"], link="")
        assert not PendingPicture.objects.exists()

    def test_the_page_says_call_the_police(self, librarian):
        assert "ta ingen kopia, ring polisen" in Page(librarian.get(URL)).text

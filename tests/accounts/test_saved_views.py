"""A search in the register that is made often, kept under a name by the one who makes it."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.models import SavedView
from accounts.services import saved_views
from laholm_sociala.common.errors import RefusedError
from tests.factories import AccountFactory, platform
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post
from tests.race import losers, meet_at, race, take_the_lock_away, winners

LIST, SAVE = reverse("accounts:account-list"), reverse("accounts:saved-view-save")


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


def forget(view):
    return reverse("accounts:saved-view-forget", args=[view.pk])


@pytest.mark.django_db
class TestSaving:
    def test_leads_back_to_what_was_found(self, communicator):
        AccountFactory(name="Ett", platform=platform("instagram"))
        AccountFactory(name="Två", platform=platform("facebook"))
        page = Page(communicator.post(SAVE, {"name": "Instagram", "query": "kanal=instagram&page=2"}, follow=True))
        assert page.messages == ["Vyn ”Instagram” är sparad."]
        found = Page(communicator.get(LIST + page.links["Instagram"].partition("register/")[2]))
        assert [name.get_text() for name in found.soup.select("tbody th a")] == ["Ett"]

    def test_the_page_number_and_empty_fields_are_left_out(self, cast):
        view = saved_views.save_view(name="Vy", query="q=&kanal=instagram&lage=&page=7", by=cast.communicator)
        assert QueryDict(view.query).dict() == {"kanal": "instagram"}

    def test_the_same_name_again_replaces_it(self, cast):
        for query in ("q=ett", "q=tva"):
            saved_views.save_view(name="Vy", query=query, by=cast.communicator)
        assert SavedView.objects.get().query == "q=tva"

    def test_what_narrows_nothing_down_is_refused(self, communicator):
        page = Page(communicator.post(SAVE, {"name": "Alla", "query": "page=2"}, follow=True))
        assert page.messages == ["Sök eller filtrera först, och spara sedan vyn."]
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("name", ["", " ", "x" * 61])
    def test_a_name_is_needed_and_the_search_stands_where_it_was(self, communicator, name):
        response = communicator.post(SAVE, {"name": name, "query": "q=bok"}, follow=True)
        assert response.redirect_chain == [(f"{LIST}?q=bok", 302)]
        assert Page(response).messages == ["Skriv ett namn på vyn, högst 60 tecken."]

    def test_what_was_sent_leads_nowhere_but_to_the_register(self, communicator):
        response = communicator.post(SAVE, {"name": "Vy", "query": "q=\r\nLocation: https://ont.example"})
        assert response.url.startswith(f"{LIST}?q=")
        assert "\n" not in response.url

    def test_twenty_are_enough(self, cast):
        for number in range(saved_views.MOST):
            saved_views.save_view(name=f"Vy {number}", query="q=a", by=cast.communicator)
        with pytest.raises(RefusedError, match="redan 20 sparade vyer"):
            saved_views.save_view(name="En till", query="q=a", by=cast.communicator)
        assert saved_views.save_view(name="Vy 3", query="q=b", by=cast.communicator).query == "q=b"


@pytest.mark.django_db
class TestForgetting:
    @pytest.fixture
    def view(self, cast):
        return saved_views.save_view(name="Vy", query="q=a", by=cast.communicator)

    def test_is_gone(self, communicator, view):
        page = Page(communicator.post(forget(view), follow=True))
        assert page.messages == ["Vyn är borttagen."]
        assert not SavedView.objects.exists()

    def test_somebody_elses_is_404(self, client_for, cast, view):
        other = SavedView.objects.create(owner=cast.administrator, name="Annan", query="q=b")
        assert client_for(cast.communicator).post(forget(other)).status_code == 404
        assert SavedView.objects.count() == 2

    def test_twice_is_404(self, communicator, view):
        url = forget(view)
        assert communicator.post(url).status_code == 302
        assert communicator.post(url).status_code == 404

    def test_only_ones_own_are_shown(self, communicator, cast, view):
        SavedView.objects.create(owner=cast.administrator, name="Annan", query="q=b")
        assert [link for link in Page(communicator.get(LIST)).links if link in {"Vy", "Annan"}] == ["Vy"]

    def test_only_by_pressing(self, communicator, view):
        assert_only_post(communicator, forget(view))
        assert_only_post(communicator, SAVE)

    @pytest.mark.parametrize("person", ["librarian", "manager", "administrator"])
    def test_only_kommunikationsenheten(self, client_for, cast, view, person):
        client = client_for(getattr(cast, person))
        assert client.post(forget(view)).status_code == client.post(SAVE, {"name": "Vy"}).status_code == 403

    def test_anonymous_is_sent_to_sign_in(self, view):
        assert_asks_for_sign_in(forget(view))
        assert_asks_for_sign_in(SAVE)


@pytest.mark.django_db(transaction=True)
class TestTwoPressesAtOnce:
    @pytest.fixture
    def presses(self, cast, monkeypatch):
        for number in range(saved_views.MOST - 1):
            saved_views.save_view(name=f"Vy {number}", query="q=a", by=cast.communicator)
        # Both have counted what there is before either saves.
        meet_at(monkeypatch, SavedView.objects, "update_or_create")
        return [
            lambda name=name: saved_views.save_view(name=name, query="q=b", by=cast.communicator)
            for name in ("Den tjugonde", "Den tjugoförsta")
        ]

    def test_no_view_too_many(self, presses):
        outcomes = race(*presses)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert SavedView.objects.count() == saved_views.MOST

    def test_without_the_lock_there_would_be(self, presses, monkeypatch):
        take_the_lock_away(monkeypatch)
        assert len(winners(race(*presses))) == 2

"""A sekretessmarkering on what is registered: noted by provision, taken away for a reason (OSL ch. 5 § 5; R15)."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from archive.models import DocumentView, SecrecyMark
from archive.services import diary, secrecy
from archive.services.secrecy import lift_mark, mark_document
from laholm_sociala.common.errors import RefusedError
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import document
from tests.clock import NOW, TODAY
from tests.pages import Page
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
HEALTH = "Hälsa och sexualliv, OSL 21 kap. 1 §"
OTHER = "OSL 26 kap. 1 §"


def mark_url(kept):
    return reverse("archive:document-mark", args=[kept.pk])


def lift_url(kept, mark):
    return reverse("archive:document-mark-lift", args=[kept.pk, mark.pk])


def mark(kept, *provisions, by):
    return mark_document(kept.pk, provisions=provisions or [OTHER], by=by, now=NOW)


@pytest.fixture
def secret(cast, registrar):
    return document(cast.culture_board, by=registrar, provisions=[HEALTH])


class TestMark:
    def test_says_by_what_when_where_and_by_whom_and_is_seen_at_once(self, kept, registrar):
        mark(kept, HEALTH, f" {OTHER} ", HEALTH, by=registrar)
        kept.refresh_from_db()
        assert kept.is_restricted
        found = {
            (one.provision, one.marked_on, one.board, one.marked_by, one.lifted_on)
            for one in SecrecyMark.objects.select_related("board", "marked_by")
        }
        assert found == {(name, TODAY, kept.matter.board, registrar, None) for name in (HEALTH, OTHER)}
        reasons = [row.history_change_reason for row in kept.history.order_by("history_id")]
        assert reasons == ["Handlingen registrerades", "Kan vara sekretess"]

    @pytest.mark.parametrize("provisions", [[], ["", "  "]])
    def test_names_its_provision(self, kept, registrar, provisions):
        with pytest.raises(RefusedError, match="Välj en bestämmelse"):
            mark_document(kept.pk, provisions=provisions, by=registrar, now=NOW)
        kept.refresh_from_db()
        assert not kept.is_restricted

    def test_one_that_stands_is_not_noted_twice(self, secret, registrar):
        with pytest.raises(RefusedError, match="är redan antecknad"):
            mark(secret, HEALTH, by=registrar)

    def test_made_void_is_left_as_it_is(self, secret, registrar):
        diary.cancel_document(secret.pk, reason="Fel", by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="makulerad"):
            mark(secret, by=registrar)
        with pytest.raises(RefusedError, match="makulerad"):
            lift_mark(secret.marks.get().pk, reason="Fel", by=registrar, now=NOW)


class TestLift:
    def test_stays_in_the_history_with_its_reason(self, secret, registrar):
        lifted = lift_mark(secret.marks.get().pk, reason="Samtycke", by=registrar, now=NOW)
        assert (lifted.lifted_on, lifted.lifted_why) == (TODAY, "Samtycke")
        assert not secret.marks.in_force().exists()
        secret.refresh_from_db()
        assert not secret.is_restricted

    def test_with_another_that_stands_it_may_still_be_secret(self, secret, registrar):
        mark(secret, by=registrar)
        lift_mark(secret.marks.get(provision=HEALTH).pk, reason="Fel bestämmelse", by=registrar, now=NOW)
        secret.refresh_from_db()
        assert secret.is_restricted

    def test_twice_and_without_a_reason_is_refused(self, secret, registrar):
        key = secret.marks.get().pk
        with pytest.raises(RefusedError, match="Skriv varför"):
            lift_mark(key, reason=" ", by=registrar, now=NOW)
        lift_mark(key, reason="Samtycke", by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="redan borttagen"):
            lift_mark(key, reason="Samtycke", by=registrar, now=NOW)

    def test_may_be_noted_again(self, secret, registrar):
        lift_mark(secret.marks.get().pk, reason="Samtycke", by=registrar, now=NOW)
        mark(secret, HEALTH, by=registrar)
        assert [one.lifted_on for one in secret.marks.order_by("lifted_on")] == [TODAY, None]


def test_both_doors_are_the_boards_registrars_alone(secret, cast, stranger):
    for other in (stranger, cast.communicator, cast.administrator, cast.librarian):
        with pytest.raises(PermissionDenied):
            mark(secret, by=other)
        with pytest.raises(PermissionDenied):
            lift_mark(secret.marks.get().pk, reason="Fel", by=other, now=NOW)


class TestRace:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_two_who_note_the_same_leave_one(self, kept, registrar, monkeypatch):
        meet_at(monkeypatch, secrecy, "write_marks")
        outcomes = race(lambda: mark(kept, by=registrar), lambda: mark(kept, by=registrar))
        assert (len(winners(outcomes)), [type(error) for error in losers(outcomes)]) == (1, [RefusedError])

    def test_without_the_lock_the_database_has_to_refuse(self, kept, registrar, monkeypatch):
        meet_at(monkeypatch, secrecy, "write_marks")
        take_the_lock_away(monkeypatch)
        outcomes = race(lambda: mark(kept, by=registrar), lambda: mark(kept, by=registrar))
        assert [type(error) for error in losers(outcomes)] != [RefusedError]
        assert SecrecyMark.objects.count() == 1

    def test_one_who_lifts_the_last_and_one_who_notes_another(self, secret, registrar, monkeypatch):
        """Whoever comes first: what has a mark may be secret."""
        key = secret.marks.get().pk
        race(
            lambda: lift_mark(key, reason="Fel bestämmelse", by=registrar, now=NOW),
            lambda: mark(secret, by=registrar),
        )
        secret.refresh_from_db()
        assert (secret.is_restricted, secret.marks.in_force().count()) == (True, 1)


class TestPages:
    def test_who_may(self, secret, registrar, stranger, cast, client_for):
        who = {"registrar": registrar, "stranger": stranger, "cast": cast, "client_for": client_for}
        for url in (mark_url(secret), lift_url(secret, secret.marks.get())):
            assert_only_the_boards_registrar(url, **who)
        client = client_for(registrar)
        assert client.get(reverse("archive:document-mark", args=[uuid4()])).status_code == 404
        assert client.get(reverse("archive:document-mark-lift", args=[secret.pk, uuid4()])).status_code == 404

    def test_offers_the_boards_usual_and_none_is_chosen(self, kept, registrar, client_for):
        client = client_for(registrar)
        page = Page(client.get(mark_url(kept)))
        assert (HEALTH in page.text, page.typed("provisions")) == (True, [])
        assert "inget beslut" in page.lead
        page = Page(client.post(mark_url(kept), {"provisions": [HEALTH], "other_provision": OTHER}, follow=True))
        assert page.messages == [f"{kept} är markerad: kan vara sekretess."]
        assert "Markeringen är inget beslut" in page.text
        assert HEALTH not in Page(client.get(mark_url(kept))).text
        assert DocumentView.objects.filter(document=kept, user=registrar).exists()

    def test_nothing_chosen_is_said(self, kept, registrar, client_for):
        page = Page(client_for(registrar).post(mark_url(kept), {"other_provision": " "}))
        assert page.errors == {"other_provision": "Välj en bestämmelse, eller skriv en annan."}

    def test_shows_nothing_of_what_it_says(self, secret, registrar, client_for):
        client = client_for(registrar)
        for url in (mark_url(secret), lift_url(secret, secret.marks.get())):
            text = Page(client.get(url)).text
            assert secret.subject not in text
            assert secret.content.text not in text

    def test_is_taken_away_with_a_reason_that_stands_in_the_history(self, secret, registrar, client_for):
        client, url = client_for(registrar), lift_url(secret, secret.marks.get())
        assert url in Page(client.get(reverse("archive:document-detail", args=[secret.pk]))).links.values()
        assert Page(client.post(url, {"reason": ""})).errors == {"reason": "Skriv varför"}
        page = Page(client.post(url, {"reason": "Den det gäller har samtyckt"}, follow=True))
        assert page.messages == [f"Markeringen {HEALTH} är borttagen."]
        assert "Kan vara sekretess" not in page.text
        history = Page(client.get(reverse("archive:document-history", args=[secret.pk]))).text
        assert "Markeringen togs bort: Den det gäller har samtyckt" in history
        assert Page(client.post(url, {"reason": "Igen"})).summary == ["Markeringen är redan borttagen."]

    def test_another_handlings_mark_is_not_there(self, secret, kept, registrar, client_for):
        assert client_for(registrar).get(lift_url(kept, secret.marks.get())).status_code == 404

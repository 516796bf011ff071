"""Sending on to the right body, and knowing that it arrived (R22)."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from archive.enums import ForwardingMethod
from archive.models import Forwarding
from archive.services import diary, forwarding
from archive.services.entries import File
from archive.services.forwarding import Receiver
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import document, registrar_of
from tests.clock import NOW
from tests.jobs import perform_waiting_jobs
from tests.pages import Page
from tests.race import meet_at, race, winners

pytestmark = pytest.mark.django_db
REGION = Receiver("Region Halland", email="registrator@region.example")


def send(kept, *, by, **how) -> Forwarding:
    return forwarding.forward(kept.pk, REGION, **{"method": ForwardingMethod.MAIL, "by": by, "now": NOW, **how})


def link() -> str:
    return re.search(r"/diarium/kvittens/\S+/", Mail.objects.latest("created_at").text).group(0)


class TestForward:
    def test_mail_carries_the_handling_and_its_files_and_no_secret_words(self, cast, registrar):
        kept = document(
            cast.culture_board, by=registrar, public_subject="Synpunkt", files=[File("bild.png", "image/png", b"PNG")]
        )
        send(kept, by=registrar, message="Den hör till er.")
        assert not Mail.objects.exists()
        perform_waiting_jobs()
        mail = Mail.objects.get()
        assert (mail.to, mail.subject) == ([REGION.email], "KUN-SM 2026-000001-1: Synpunkt")
        assert "Den hör till er." in mail.text
        pdf, picture = mail.attachments.order_by("content_type")
        assert (bytes(pdf.content)[:5], bytes(picture.content)) == (b"%PDF-", b"PNG")

    def test_by_hand_sends_nothing(self, kept, registrar):
        sent = send(kept, by=registrar, method=ForwardingMethod.BY_HAND)
        assert perform_waiting_jobs() == 0
        assert (sent.email, sent.received_at) == ("", None)

    def test_what_may_be_secret_never_goes_by_mail(self, cast, registrar):
        kept = document(cast.culture_board, by=registrar, is_restricted=True)
        with pytest.raises(RefusedError, match="kan vara sekretess") as refusal:
            send(kept, by=registrar)
        assert refusal.value.field == "method"
        assert send(kept, by=registrar, method=ForwardingMethod.BY_HAND).document == kept

    @pytest.mark.parametrize(
        ("receiver", "field"), [(Receiver(" ", email="a@b.se"), "receiver"), (Receiver("Region Halland"), "email")]
    )
    def test_says_where(self, kept, registrar, receiver, field):
        with pytest.raises(RefusedError) as refusal:
            forwarding.forward(kept.pk, receiver, method=ForwardingMethod.MAIL, by=registrar, now=NOW)
        assert refusal.value.field == field

    def test_cancelled_stays(self, kept, registrar):
        diary.cancel_document(kept.pk, reason="Fel", by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="makulerad"):
            send(kept, by=registrar)

    def test_only_the_boards_registrar(self, kept, cast):
        for other in (cast.communicator, registrar_of(cast.building_board)):
            with pytest.raises(PermissionDenied):
                send(kept, by=other)


class TestReceipt:
    def test_receiver_confirms_by_the_link_and_nothing_changes_by_looking(self, kept, registrar):
        sent = send(kept, by=registrar)
        perform_waiting_jobs()
        client, url = Client(), link()
        page = Page(client.get(url))
        assert page.heading == "KUN-SM 2026-000001-1"
        assert kept.subject not in page.text
        assert Forwarding.objects.get().received_at is None
        assert "Tack" in Page(client.post(url)).text
        assert Forwarding.objects.get(pk=sent.pk).received_at == NOW
        assert "Tack" in Page(client.post(url)).text

    def test_a_made_up_link_is_nothing(self, kept, registrar):
        sent = send(kept, by=registrar)
        for token in (str(sent.pk), f"{sent.pk}:fel", "x"):
            url = reverse("archive:receipt-confirm", args=[token])
            assert (Client().get(url).status_code, Client().post(url).status_code) == (404, 404)

    def test_registrar_notes_it_once(self, kept, registrar, client_for):
        sent = send(kept, by=registrar, method=ForwardingMethod.BY_HAND)
        url = reverse("archive:forwarding-receive", args=[kept.pk, sent.pk])
        client = client_for(registrar)
        assert Page(client.post(url, {"how": ""})).errors == {"how": "Skriv hur vi vet det"}
        page = Page(client.post(url, {"how": "På telefon"}, follow=True))
        assert page.messages == ["Region Halland har handlingen."]
        assert "Mottagen Region Halland" in page.text
        assert Page(client.post(url, {"how": "Igen"})).summary == ["Det är redan antecknat att handlingen är mottagen."]

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_write_one_line(self, kept, registrar, monkeypatch):
        sent = send(kept, by=registrar, method=ForwardingMethod.BY_HAND)
        meet_at(monkeypatch, forwarding, "lock_document")
        note = lambda: forwarding.note_receipt(sent.pk, how="På telefon", by=registrar, now=NOW)  # noqa: E731
        assert len(winners(race(note, note))) == 1
        assert sent.history.count() == 2


class TestReminders:
    def test_after_three_working_days_once(self, kept, registrar, clock):
        send(kept, by=registrar)  # on a Tuesday
        perform_waiting_jobs()
        assert forwarding.remind_receivers(clock.move(days=2)) == 0
        assert forwarding.remind_receivers(clock.move(days=1)) == 1
        assert Mail.objects.latest("created_at").subject == "Har ni fått KUN-SM 2026-000001-1?"
        assert forwarding.remind_receivers(clock.move(days=1)) == 0
        assert "Tack" in Page(Client().post(link())).text

    def test_not_those_who_answered_nor_what_went_by_hand(self, cast, registrar, clock):
        send(document(cast.culture_board, by=registrar), by=registrar, asks_receipt=False)
        send(document(cast.culture_board, by=registrar), by=registrar, method=ForwardingMethod.BY_HAND)
        answered = send(document(cast.culture_board, by=registrar), by=registrar)
        forwarding.note_receipt(answered.pk, how="På telefon", by=registrar, now=NOW)
        assert forwarding.remind_receivers(clock.move(days=9)) == 0

    def test_registrator_asks_about_what_went_by_hand(self, cast, kept, registrar, stranger, clock, client_for):
        sent = send(kept, by=registrar, method=ForwardingMethod.BY_HAND)  # on a Tuesday
        to_do = lambda person: Page(client_for(person).get(reverse("to-do"))).text  # noqa: E731
        clock.move(days=2)
        assert "utan kvittens" not in to_do(registrar)
        clock.move(days=1)
        assert "En handling utan kvittens" in to_do(registrar)
        assert f"{kept} till Region Halland" in to_do(registrar)
        assert kept.subject not in to_do(registrar)
        assert "utan kvittens" not in to_do(stranger)
        forwarding.note_receipt(sent.pk, how="På telefon", by=registrar, now=clock.move(days=1))
        assert "utan kvittens" not in to_do(registrar)

    def test_and_about_a_mail_whose_reminder_went_unanswered(self, kept, registrar, clock):
        send(kept, by=registrar)
        boards = [kept.matter.board_id]
        assert forwarding.remind_receivers(clock.move(days=3)) == 1
        assert not forwarding.without_receipt(boards, clock.move(days=3)).exists()  # a weekend in between
        assert forwarding.without_receipt(boards, clock.move(days=2)).count() == 1


class TestPages:
    def test_who_may(self, kept, registrar, stranger, cast, client_for):
        sent = send(kept, by=registrar)
        for url in (
            reverse("archive:document-forward", args=[kept.pk]),
            reverse("archive:forwarding-receive", args=[kept.pk, sent.pk]),
        ):
            people = {"registrar": registrar, "stranger": stranger, "cast": cast, "client_for": client_for}
            assert_only_the_boards_registrar(url, **people)

    def test_sends_on(self, kept, registrar, cast, client_for):
        url = reverse("archive:document-forward", args=[kept.pk])
        typed = {
            "board": cast.building_board.pk,
            "method": "mail",
            "email": "miljo@laholm.example",
            "asks_receipt": "on",
        }
        page = Page(client_for(registrar).post(url, typed, follow=True))
        assert page.messages == ["Skickad till Miljö- och byggnadsnämnden. Det står på handlingens sida."]
        assert "Väntar på kvittens Miljö- och byggnadsnämnden" in page.text

    @pytest.mark.parametrize(
        ("typed", "errors"),
        [
            ({}, {"receiver": "Välj en nämnd, eller skriv vart handlingen ska", "method": "Välj på vilket sätt"}),
            ({"receiver": "Region Halland", "method": "mail"}, {"email": "Skriv mottagarens e-postadress."}),
            (
                {"receiver": "Region Halland", "method": "mail", "email": "fel"},
                {"email": "Skriv en hel e-postadress, till exempel registrator@laholm.se"},
            ),
        ],
    )
    def test_says_what_is_missing(self, kept, registrar, client_for, typed, errors):
        url = reverse("archive:document-forward", args=[kept.pk])
        page = Page(client_for(registrar).post(url, {"message": "Hej", **typed}))
        assert page.errors == errors
        assert page.typed("message") == "Hej"

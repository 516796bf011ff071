"""A mail is sent if and only if the change it tells about is committed, and once."""

import smtplib
from datetime import timedelta

import pytest
from django.conf import settings as portal
from django.db import transaction

from laholm_sociala.common.mail import Attachment, deliver, send_later
from laholm_sociala.common.models import Mail
from tests.jobs import perform_waiting_jobs, waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(letter, now):
    def send(**changes: object) -> Mail:
        values = {"to": ["chef@laholm.example"], "subject": "Prov", "template": letter, "context": {"name": "Åsa"}}
        return send_later(**{**values, **changes}, now=now)

    return send


def test_arrives_as_text_and_html(send, mail_server):
    send(subject="Godkänn nytt konto: Laholms bibliotek på Instagram")
    perform_waiting_jobs()
    (message,) = mail_server.messages
    assert message["Subject"].strip() == "Godkänn nytt konto: Laholms bibliotek på Instagram"
    assert (message["To"], message["From"]) == ("chef@laholm.example", "Laholm Sociala <svara-inte@laholm.se>")
    assert message.get_body(["plain"]).get_content().split() == ["Hej", "Åsa!", "Läs", "mer:", "http://testserver/"]
    assert message.get_body(["html"]).get_content().strip() == "<p>Hej <b>Åsa</b>!</p>"


def test_attachment_arrives_byte_for_byte(send, mail_server):
    content = bytes(range(256)) * 40
    send(attachments=[Attachment("bilaga-1-konto.pdf", "application/pdf", content)])
    perform_waiting_jobs()
    (file,) = mail_server.messages[0].iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("bilaga-1-konto.pdf", "application/pdf")
    assert file.get_content() == content


def test_html_escapes_what_people_typed_and_text_does_not(send):
    """The portal's own letters: see test_letter_in_text_is_not_escaped."""
    mail = send(context={"name": "<b>A & B</b>"})
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in mail.html
    assert "Hej <b>A & B</b>!" in mail.text


def test_subject_is_one_line(send, mail_server):
    send(subject="Ett namn\r\nBcc: alla@laholm.example\n" + "långt " * 100)
    perform_waiting_jobs()
    (message,) = mail_server.messages
    assert message["Bcc"] is None
    assert len(message["Subject"].strip()) <= 250


def test_nothing_is_sent_of_what_was_rolled_back(send, mail_server):
    class ChangedMindError(Exception):
        pass

    def change_and_regret():
        with transaction.atomic():
            send()
            assert len(waiting_jobs("send_mail")) == 1
            raise ChangedMindError

    with pytest.raises(ChangedMindError):
        change_and_regret()
    assert not Mail.objects.exists()
    assert perform_waiting_jobs() == 0
    assert mail_server.messages == []


def test_a_job_knows_the_mails_id_and_nothing_else(send):
    mail = send()
    (job,) = waiting_jobs()
    assert job.args == {"mail_id": str(mail.pk)}


def test_delivered_twice_is_sent_once(send, mail_server, now):
    mail = send()
    assert deliver(mail.pk, now=now) is True
    assert deliver(mail.pk, now=now + timedelta(minutes=1)) is False
    assert len(mail_server.messages) == 1
    assert Mail.objects.get(pk=mail.pk).sent_at == now


def test_refused_by_the_server_is_not_marked_as_sent(send, mail_server, now):
    mail = send()
    mail_server.refuse = "451 Försök igen senare"
    with pytest.raises(smtplib.SMTPException):
        deliver(mail.pk, now=now)
    assert Mail.objects.get(pk=mail.pk).sent_at is None
    mail_server.refuse = ""
    assert deliver(mail.pk, now=now) is True


def test_server_that_is_away_is_an_error_that_the_queue_sees(send, settings, now):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = send()
    with pytest.raises(OSError, match="refused"):
        deliver(mail.pk, now=now)
    assert Mail.objects.get(pk=mail.pk).sent_at is None


def test_mail_that_the_server_took_but_nobody_noted_repeats_as_the_same(send, mail_server, now):
    mail = send()
    deliver(mail.pk, now=now)
    Mail.objects.filter(pk=mail.pk).update(sent_at=None)
    deliver(mail.pk, now=now)
    first, second = (message["Message-ID"] for message in mail_server.messages)
    assert first == second == mail.message_id == f"<{mail.pk}@testserver>"


@pytest.mark.parametrize("path", sorted((portal.BASE_DIR / "templates/mail").glob("*.txt")), ids=lambda path: path.name)
def test_letter_in_text_is_not_escaped(path):
    """Or "Kultur & fritid" would arrive as "Kultur &amp; fritid"."""
    text = path.read_text(encoding="utf-8")
    assert "{% autoescape off %}" in text
    assert path.with_suffix(".html").exists()


def test_text_of_a_secret_mail_is_not_kept_once_it_is_sent(send, mail_server, now):
    mail = send(secret=True)
    deliver(mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.text, mail.html, mail.sent_at) == ("", "", now)
    assert mail_server.messages[0].get_body(["plain"]).get_content().startswith("Hej Åsa!")

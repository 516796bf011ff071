"""The letters as they were received, shown without harm."""

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

from laholm_sociala.demo import mailbox
from laholm_sociala.demo.mail_catcher import MailCatcher

SUBJECT = "Godkänn nytt konto: Läsklubben på Instagram"


@pytest.fixture
def post(demo):
    """Send a letter to the demo's own mail server, and return it as it was received."""
    catcher = MailCatcher()
    catcher.start()

    def post(message_id="<1@testserver>", subject=SUBJECT, attachments=()):
        message = EmailMultiAlternatives(
            subject, "Hej <Åsa>!\n\nhttp://testserver/uppstarter/", to=["chef@laholm.example"]
        )
        message.extra_headers["Message-ID"] = message_id
        message.attach_alternative(
            '<html><head></head><body style="color: red"><p>Hej <b>Åsa</b>!</p></body>', "text/html"
        )
        for name, content in attachments:
            message.attach(name, content, "application/pdf")
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        message.connection = get_connection(smtp, host="127.0.0.1", port=catcher.port)
        message.send()
        return mailbox.letters()[0]

    yield post
    catcher.stop()


def page(client, name, *arguments):
    response = client.get(reverse(f"demo:{name}", args=arguments))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_lists_the_newest_first(client, post):
    post("<1@testserver>", "Först")
    post("<2@testserver>", "Sist")
    assert [heading.get_text(strip=True) for heading in page(client, "mail-list").select("li h2")] == ["Sist", "Först"]


def test_same_letter_again_is_one_letter(client, post):
    post("<1@testserver>")
    post("<1@testserver>")
    assert len(mailbox.letters()) == 1


def test_empty_list_says_what_to_do(client, demo):
    assert "Inga brev än." in page(client, "mail-list").get_text()


def test_signed_in_people_read_in_their_own_frame(client_for, cast, demo):
    shown = page(client_for(cast.librarian), "mail-list")
    assert shown.select_one(".ls-side") is not None


def test_shows_text_with_links(client, post):
    shown = page(client, "mail-detail", post().key)
    assert shown.h1.get_text() == SUBJECT
    text = shown.select_one(".demo-letter-text")
    assert text.a["href"] == "http://testserver/uppstarter/"
    assert "Hej <Åsa>!" in text.get_text()


def test_html_is_shut_in_a_sandbox(client, post):
    letter = post()
    frame = page(client, "mail-detail", letter.key).iframe
    assert frame["sandbox"] == ["allow-top-navigation-by-user-activation"]
    response = client.get(frame["src"])
    policy = response["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in response.text
    assert "<b>Åsa</b>" in response.text


def test_only_the_letters_page_may_show_a_frame(client, post):
    letter = post()
    assert "frame-src" not in client.get(reverse("demo:mail-list"))["Content-Security-Policy"]
    assert "frame-src 'self'" in client.get(reverse("demo:mail-detail", args=[letter.key]))["Content-Security-Policy"]


def test_attachment_is_saved_byte_for_byte(client, post):
    content = bytes(range(256)) * 9
    letter = post(attachments=[("bilaga-1-läsklubben.pdf", content)])
    response = client.get(reverse("demo:mail-attachment", args=[letter.key, 1]))
    assert response.getvalue() == content
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("demo:mail-attachment", args=[letter.key, 2])).status_code == 404


@pytest.mark.parametrize("name", ["mail-detail", "mail-html"])
def test_unknown_letter_is_404(client, demo, name):
    assert client.get(reverse(f"demo:{name}", args=["0f0e0d0c-0b0a-4908-8706-050403020100"])).status_code == 404


def test_another_computer_is_403(client, demo):
    assert client.get(reverse("demo:mail-list"), REMOTE_ADDR="192.0.2.7").status_code == 403


def test_without_demo_is_403(client, demo, settings):
    settings.DEMO = False
    assert client.get(reverse("demo:mail-list")).status_code == 403

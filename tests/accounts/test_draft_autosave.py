from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import Application, Draft
from tests.factories import make_draft, returned_application
from tests.pages import Page, assert_only_post, words_of

pytestmark = pytest.mark.django_db


def address(draft):
    return reverse("accounts:draft-autosave", args=[getattr(draft, "pk", draft)])


def line(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_keeps_what_is_typed_right_or_wrong(client, cast, now):
    key = uuid4()
    response = client.post(address(key), {"account_name": "Sagost", "consulted_on": "i mån"})
    draft = Draft.objects.get()
    assert (draft.pk, draft.owner, draft.saved_at) == (key, cast.librarian, now)
    assert (draft.typed["account_name"], draft.typed["consulted_on"]) == ("Sagost", "i mån")
    assert response.status_code == 200
    assert words_of(line(response).select_one("#utkast-sparat .ls-meta")) == "Utkastet sparades kl. 10.00"


def test_the_line_takes_the_place_of_the_last(client, cast, clock):
    draft = make_draft(cast.librarian, account_name="Sagost")
    clock.move(minutes=7)
    response = client.post(address(draft), {"account_name": "Sagostunden"})
    answer = line(response)
    assert [child.get("id") for child in answer.find_all(recursive=False)] == ["utkast-sparat"]
    assert "10.07" in words_of(answer)
    assert Draft.objects.get().typed["account_name"] == "Sagostunden"
    assert response.headers["HX-Replace-Url"] == reverse("accounts:draft-edit", args=[draft.pk])


def test_the_form_asks_for_it_without_a_script_of_its_own(client, cast):
    draft = make_draft(cast.librarian, account_name="Sagostunden")
    form = Page(client.get(reverse("accounts:draft-edit", args=[draft.pk]))).soup.select_one("main form")
    assert (form["hx-post"], form["hx-target"], form["hx-swap"]) == (address(draft), "#utkast-sparat", "outerHTML")
    assert form["hx-trigger"] == "input delay:800ms"
    assert form["action"] == reverse("accounts:draft-edit", args=[draft.pk]), "and without JavaScript it is sent"
    assert form.select_one("#utkast-sparat")


def test_a_new_form_has_an_empty_line(client):
    page = Page(client.get(reverse("accounts:application-start")))
    assert words_of(page.soup.select_one("#utkast-sparat")) == ""


def test_a_returned_application_keeps_its_draft(client, cast):
    application = returned_application(
        unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, handle="laholmsbibliotek"
    )
    draft = make_draft(cast.librarian, application=application)
    response = client.post(address(draft), {"account_name": "Nytt"})
    assert Draft.objects.get().application == application
    assert "Rensa" not in words_of(line(response))
    assert Application.objects.get().account_name == application.account_name, "what was sent stands still"


@pytest.mark.parametrize("person", ["outsider", "manager", "communicator"])
def test_anyone_elses_draft_is_404(client_for, cast, person):
    draft = make_draft(cast.librarian, account_name="Mitt")
    assert client_for(getattr(cast, person)).post(address(draft), {"account_name": "Ditt"}).status_code == 404
    assert Draft.objects.get().typed == {"account_name": "Mitt"}


def test_who_was_signed_out_meanwhile_is_told_and_nothing_is_kept(db):
    response = Client().post(address(uuid4()), {"account_name": "Sagost"})
    assert response.status_code == 200
    assert words_of(line(response), " ").startswith("Du är utloggad. Det du skriver nu sparas inte.")
    assert not Draft.objects.exists()


def test_only_post(client):
    assert_only_post(client, address(uuid4()))

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Draft
from tests.factories import make_draft, send_back
from tests.pages import Page, assert_asks_for_sign_in
from tests.race import race, winners

pytestmark = pytest.mark.django_db


def address(draft):
    return reverse("accounts:draft-discard", args=[getattr(draft, "pk", draft)])


@pytest.fixture
def draft(cast, filled_in):
    return make_draft(cast.librarian, **filled_in)


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_asks_first(client, draft):
    page = Page(client.get(address(draft)))
    assert page.heading == "Rensa utkastet Laholms bibliotek?"
    assert page.lead == "Det du har skrivit försvinner och kan inte hämtas tillbaka."
    assert page.buttons == ["Rensa utkastet"]
    assert page.links["Avbryt"] == reverse("accounts:draft-edit", args=[draft.pk])
    assert Draft.objects.count() == 1


def test_leaves_nothing(client, draft):
    page = Page(client.post(address(draft), follow=True))
    assert page.messages == ["Utkastet är rensat."]
    assert page.heading == "Att göra"
    assert not Draft.objects.exists()


def test_a_draft_without_a_name_can_be_discarded(client, cast):
    draft = make_draft(cast.librarian)
    assert Page(client.get(address(draft))).heading == "Rensa utkastet Utan namn än?"
    assert client.post(address(draft)).status_code == 302


def test_a_second_press_is_404(client, draft):
    client.post(address(draft))
    assert client.post(address(draft)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once(client_for, cast, draft):
    clients = [client_for(cast.librarian) for _press in range(2)]
    answers = winners(race(*[lambda client=client: client.post(address(draft)).status_code for client in clients]))
    assert sorted(answers) == [302, 404]


def test_the_draft_of_a_returned_application_stays(client, cast, submitted):
    draft = make_draft(cast.librarian, application=send_back(submitted))
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft)).status_code == 404
    assert Draft.objects.get() == draft


@pytest.mark.parametrize("person", ["outsider", "manager", "communicator"])
def test_anyone_elses_draft_is_404(client_for, cast, draft, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft)).status_code == 404
    assert Draft.objects.get() == draft


def test_unknown_draft_is_404(client):
    assert client.get(address(uuid4())).status_code == 404
    assert client.post(address(uuid4())).status_code == 404


def test_anonymous_is_sent_to_sign_in(draft):
    assert_asks_for_sign_in(address(draft))
    assert Draft.objects.get() == draft

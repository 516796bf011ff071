import pytest
from django.urls import reverse

from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:user-history", args=[cast.manager.pk])


def test_tells_of_the_person_and_the_roles(administrator, cast, url, now):
    RoleAssignmentFactory(user=cast.manager, role_id="registrator", board=cast.culture_board, now=now)
    response = administrator.get(url)
    assert [list(entry.changes) for entry in response.context["page"]] == [
        ["Roll: Registrator", "Nämnd: Kultur- och utvecklingsnämnden"],
        ["Verksamhet: från ingen till Biblioteket"],
        [],
    ]
    assert "<h1>Historik för Enhetschef Ek</h1>" in response.text


def test_fifty_on_a_page(administrator, cast, url, clock):
    for number in range(50):
        cast.manager.title = f"titel {number}"
        cast.manager.record(by=cast.administrator, now=clock.move(minutes=1), reason="Ändrad")
    assert len(administrator.get(url).context["page"]) == 50
    assert len(administrator.get(url, {"page": 2}).context["page"]) == 2


def test_queries_do_not_grow_with_the_rows(administrator, cast, url, clock):
    def add_row():
        cast.manager.title += "!"
        cast.manager.record(by=UserFactory(unit=cast.library), now=clock.move(minutes=1), reason="Ändrad")

    assert_same_query_count(lambda: administrator.get(url), add_row=add_row)


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:user-history", administrator)


def test_post_is_refused(administrator, url):
    assert administrator.post(url).status_code == 405


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)

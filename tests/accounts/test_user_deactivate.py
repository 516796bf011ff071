import pytest
from django.urls import reverse

from accounts.models import User
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, said
from tests.factories import AccountFactory, RoleAssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:user-deactivate", args=[cast.manager.pk])


def test_asks_and_lists_what_someone_else_must_take_over(administrator, cast, url):
    AccountFactory(name="Laholms bibliotek", responsible=cast.manager)
    RoleAssignmentFactory(user=cast.manager, role_id="registrator", board=cast.culture_board)
    response = administrator.get(url)
    assert [str(unit) for unit in response.context["led"]] == ["Biblioteket"]
    assert [str(one.account) for one in response.context["assignments"]] == ["Laholms bibliotek på Facebook"]
    assert [one.role_id for one in response.context["board_roles"]] == ["registrator"]
    assert "Någon annan behöver ta över" in response.text
    assert User.objects.get(pk=cast.manager.pk).is_active


def test_lists_deputyships(administrator, cast):
    response = administrator.get(reverse("accounts:user-deactivate", args=[cast.deputy.pk]))
    assert [str(one.unit) for one in response.context["deputyships"]] == ["Biblioteket"]


def test_nothing_to_take_over_is_not_mentioned(administrator, cast):
    response = administrator.get(reverse("accounts:user-deactivate", args=[cast.outsider.pk]))
    assert "Någon annan" not in response.text


def test_deactivates_a_manager_all_the_same(administrator, cast, url):
    response = administrator.post(url, follow=True)
    assert said(response) == ["Enhetschef Ek, enhetschef, biblioteket är inaktiv och kan inte logga in."]
    assert not User.objects.get(pk=cast.manager.pk).is_active


def test_whoever_is_signed_in_is_out_at_once(administrator, cast, client_for, url):
    signed_in = client_for(cast.manager)
    assert signed_in.get("/").status_code == 200
    administrator.post(url)
    assert signed_in.get("/").status_code == 302


def test_oneself_is_refused(administrator, cast):
    url = reverse("accounts:user-deactivate", args=[cast.administrator.pk])
    assert said(administrator.post(url, follow=True)) == [
        "Du kan inte inaktivera dig själv. Be en annan administratör."
    ]
    assert User.objects.get(pk=cast.administrator.pk).is_active


def test_twice_says_so(administrator, url):
    administrator.post(url)
    assert said(administrator.post(url, follow=True)) == [
        "Enhetschef Ek, enhetschef, biblioteket är inaktiv och kan inte logga in.",
        "Personen är redan inaktiv.",
    ]


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:user-deactivate", administrator)
    assert_unknown_is_404("accounts:user-deactivate", administrator, method="post")


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")

import pytest
from django.urls import reverse

from accounts.models import Unit
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, errors, said
from tests.factories import AccountFactory, DeputyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:unit-edit", args=[cast.library.pk])


@pytest.fixture
def typed(cast):
    return {
        "name": "biblioteket",
        "board": str(cast.culture_board.pk),
        "parent": str(cast.culture_department.pk),
        "email": "biblioteket@laholm.example",
        "manager": str(cast.manager.pk),
        "is_culture_and_leisure": "on",
        "active": "on",
    }


def test_shows_what_is_written_down_and_the_deputies(administrator, cast, url, today):
    response = administrator.get(url)
    assert response.context["form"].initial == {
        "name": "biblioteket",
        "board": cast.culture_board.pk,
        "parent": cast.culture_department.pk,
        "email": "biblioteket@laholm.example",
        "manager": cast.manager.pk,
        "is_culture_and_leisure": True,
        "is_communications": False,
        "active": True,
    }
    assert [deputy.user for deputy in response.context["deputies"]] == [cast.deputy]


def test_deputyship_that_has_ended_is_left_to_history(administrator, cast, url, today):
    DeputyFactory(unit=cast.library, user=cast.assistant, to_date=today.replace(day=1))
    assert [deputy.user for deputy in administrator.get(url).context["deputies"]] == [cast.deputy]


def test_saves(administrator, cast, url, typed):
    response = administrator.post(url, {**typed, "manager": str(cast.head.pk)}, follow=True)
    assert said(response) == ["Uppgifterna om biblioteket är sparade."]
    assert Unit.objects.get(pk=cast.library.pk).manager == cast.head


def test_nothing_changed_writes_no_history(administrator, cast, url, typed):
    administrator.post(url, typed)
    assert cast.library.history.count() == 1


def test_manager_who_has_left_is_named_so_that_another_is_chosen(administrator, cast, url):
    cast.library.manager = UserFactory(name="Slutat", title="chef", is_active=False)
    cast.library.record(by=cast.administrator, now=cast.library.history.first().history_date, reason="Prov")
    assert "Var: Slutat, chef, som är inaktiv." in administrator.get(url).text


def test_stays_active_while_an_account_is_left(administrator, cast, url, typed):
    AccountFactory(unit=cast.library, name="Laholms bibliotek")
    response = administrator.post(url, {**typed, "active": ""})
    assert errors(response) == [
        (
            "Biblioteket kan inte bli inaktiv än. Kvar finns kontot Laholms bibliotek på Facebook. "
            "Flytta eller avsluta det först."
        )
    ]


def test_unit_is_not_offered_as_its_own_parent(administrator, cast, url):
    offered = administrator.get(url).context["form"].fields["parent"].queryset
    assert cast.library not in offered
    assert cast.culture_department in offered


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:unit-edit", administrator)


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")

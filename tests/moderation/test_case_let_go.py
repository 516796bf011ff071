"""What one has taken can be let go again."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind
from moderation.models import Case
from moderation.services import taking
from tests.factories import UserFactory
from tests.moderation.battery import close
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, now):
    case = log_post(library_account(cast))
    return taking.take(case.pk, by=cast.assistant, now=now)


def url(case) -> str:
    return reverse("moderation:case-let-go", args=[case.pk])


def test_nobody_is_on_it(case, cast, client_for):
    client = client_for(cast.assistant)
    response = client.post(url(case))
    assert Page(client.get(response.url)).messages == ["Du har släppt inlägget. Nu kan någon annan ta det."]
    free = Case.objects.get(pk=case.pk)
    assert (free.taken_by, free.taken_at) == (None, None)
    assert case.actions.first().kind == ActionKind.LET_GO


def test_only_by_the_one_who_has_it(case, cast, client_for):
    client = client_for(cast.librarian)
    response = client.post(url(case))
    assert Page(client.get(response.url)).messages == ["Du har inte inlägget."]
    assert Case.objects.get(pk=case.pk).taken_by == cast.assistant


def test_not_when_it_is_done(case, cast, now):
    close(case, by=cast.assistant, now=now)
    with pytest.raises(RefusedError, match="redan klart"):
        taking.let_go(case.pk, by=cast.assistant, now=now)


def test_anonymous_is_sent_to_login(case):
    assert_asks_for_sign_in(url(case))


def test_outsiders_find_nothing(case, cast, client_for):
    client = client_for(cast.outsider)
    assert client.post(url(case)).status_code == 404
    assert client.post(reverse("moderation:case-let-go", args=[uuid4()])).status_code == 404


def test_only_post(case, cast, client_for):
    assert_only_post(client_for(cast.assistant), url(case))


@pytest.mark.parametrize("verb", [taking.take, taking.let_go])
def test_the_service_asks_who_it_is(verb, case, cast, now):
    for person in (cast.outsider, UserFactory(unit=cast.library)):
        with pytest.raises(PermissionDenied):
            verb(case.pk, by=person, now=now)

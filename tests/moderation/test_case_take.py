"""*Jag tar den*: it shows who is on it, and locks nobody out."""

from uuid import uuid4

import pytest
from django.urls import reverse

from moderation.enums import ActionKind, Lane
from moderation.models import Case
from moderation.services import taking
from tests.factories import AccountFactory, AssignmentFactory
from tests.moderation.battery import close
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return log_post(library_account(cast))


def url(case) -> str:
    return reverse("moderation:case-take", args=[case.pk])


def test_shows_who_is_on_it_and_leads_to_it(case, cast, client_for, now):
    response = client_for(cast.assistant).post(url(case))
    assert response.url == reverse("moderation:case-detail", args=[case.pk])
    taken = Case.objects.get(pk=case.pk)
    assert (taken.taken_by, taken.taken_at, taken.looked_at) == (cast.assistant, now, now)


def test_what_may_be_secret_is_opened_by_a_step_of_its_own(case, cast, client_for):
    secret = log_post(case.account, lane=Lane.SECRECY, text="Vård")
    client = client_for(cast.librarian)
    response = client.post(url(secret))
    assert response.url == reverse("moderation:case-list")
    assert Page(client.get(response.url)).messages == [
        "Du har inlägget. När du öppnar det visas texten, och det antecknas."
    ]


def test_what_is_done_is_not_taken(case, cast, client_for, now):
    close(case, by=cast.librarian, now=now)
    client = client_for(cast.librarian)
    response = client.post(url(case))
    assert Page(client.get(response.url)).messages == ["Inlägget är redan klart."]
    assert Case.objects.get(pk=case.pk).taken_by is None


def test_anonymous_is_sent_to_login(case):
    assert_asks_for_sign_in(url(case))


def test_outsiders_find_nothing(case, cast, client_for):
    client = client_for(cast.outsider)
    assert client.post(url(case)).status_code == 404
    assert client.post(reverse("moderation:case-take", args=[uuid4()])).status_code == 404


def test_what_may_be_secret_is_not_there_for_a_colleague(case, cast, client_for):
    secret = log_post(case.account, lane=Lane.SECRECY, text="Vård")
    colleague = AssignmentFactory(account=AccountFactory(unit=cast.culture_department, active=True)).user
    assert client_for(colleague).post(url(secret)).status_code == 404


def test_only_post(case, cast, client_for):
    assert_only_post(client_for(cast.librarian), url(case))


class TestService:
    def test_writes_a_line_and_history(self, case, cast, now):
        taken = taking.take(case.pk, by=cast.assistant, now=now)
        line = case.actions.first()
        assert (line.kind, line.by, line.text, line.case_version) == (
            ActionKind.TAKEN,
            cast.assistant,
            "",
            taken.version,
        )
        assert case.history.latest("history_id").taken_by == cast.assistant

    def test_another_takes_over_and_it_is_said_from_whom(self, case, cast, now):
        taking.take(case.pk, by=cast.assistant, now=now)
        taking.take(case.pk, by=cast.librarian, now=now)
        assert Case.objects.get(pk=case.pk).taken_by == cast.librarian
        assert case.actions.first().text == "Efter Assistent Asp, biblioteksassistent, biblioteket."

    def test_once_more_changes_nothing(self, case, cast, now):
        first = taking.take(case.pk, by=cast.assistant, now=now)
        assert taking.take(case.pk, by=cast.assistant, now=now).version == first.version
        assert case.actions.filter(kind=ActionKind.TAKEN).count() == 1

    def test_first_look_stays_the_first(self, case, cast, now, clock):
        taking.take(case.pk, by=cast.assistant, now=now)
        taking.take(case.pk, by=cast.librarian, now=clock.move(hours=1))
        assert Case.objects.get(pk=case.pk).looked_at == now

"""A handling's page leads to the post that it came from, for those who may see that (R15, R16)."""

import pytest
from django.urls import reverse

from archive.models import Document
from moderation.enums import Lane
from tests.archive.factories import SeriesFactory, document, registrar_of
from tests.moderation.factories import library_account, log_post
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast):
    return SeriesFactory(board=cast.culture_board).board


def registered(board, case, **attributes) -> Document:
    return document(board, by=registrar_of(board), source_ref=f"case:{case.pk}/0", **attributes)


def links(client, kept) -> list[str]:
    return list(Page(client.get(reverse("archive:document-detail", args=[kept.pk]))).links.values())


def test_registrator_follows_what_may_be_secret_to_its_post(cast, board, client_for):
    case = log_post(library_account(cast), lane=Lane.SECRECY)
    kept = registered(board, case, is_restricted=True)
    client = client_for(registrar_of(board))
    url = reverse("moderation:case-detail", args=[case.pk])
    assert url in links(client, kept)
    assert client.get(url).status_code == 200


def test_no_link_to_a_post_that_is_not_theirs_to_see(cast, board, client_for):
    case = log_post(library_account(cast), lane=Lane.INAPPROPRIATE)
    kept = registered(board, case)
    client = client_for(registrar_of(board))
    assert reverse("moderation:case-detail", args=[case.pk]) not in links(client, kept)


def test_what_came_another_way_has_none(board, client_for):
    kept = document(board, by=registrar_of(board))
    page = Page(client_for(registrar_of(board)).get(reverse("archive:document-detail", args=[kept.pk])))
    assert "Inlägget" not in page.text

"""What visitors have said of a post, on its page: for those who may see the post, and for no others."""

import pytest
from django.urls import reverse

from moderation.reported import Wrong
from tests.factories import platform
from tests.moderation.factories import library_account, log_post
from tests.moderation.reporting import WORDS, reported
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return library_account(cast, platform=platform("facebook"), handle="laholmsbibliotek")


def address(report):
    return reverse("moderation:case-detail", args=[report.case_id])


def test_each_stands_with_what_was_said(account, cast, client_for):
    first = reported(account, text=WORDS, email="anna@exempel.example")
    reported(account, wrong=Wrong.COARSE)
    page = Page(client_for(cast.librarian).get(address(first)))
    assert "Rapporterat av allmänheten" in page.text
    assert f"”{WORDS}”" in page.text
    assert "Grovt språk" in page.text
    assert "anna@exempel.example" not in page.response.content.decode()


def test_a_post_that_we_found_says_nothing_of_reports(account, cast, client_for):
    page = Page(client_for(cast.librarian).get(reverse("moderation:case-detail", args=[log_post(account).pk])))
    assert page.soup.select("#rapporter") == []


def test_what_may_be_secret_is_for_those_within_the_board(account, cast, client_for):
    report = reported(account, wrong=Wrong.PRIVATE, text=WORDS)
    assert WORDS in Page(client_for(cast.librarian).get(address(report))).text
    for person in (cast.communicator, cast.outsider):
        assert client_for(person).get(address(report)).status_code == 404


def test_markup_is_text(account, cast, client_for):
    page = Page(client_for(cast.librarian).get(address(reported(account, text="<script>alert(1)</script>"))))
    assert [script for script in page.soup.select("main script") if "alert" in script.text] == []


def test_more_reports_cost_no_queries(account, cast, client_for):
    client = client_for(cast.librarian)
    first = reported(account)
    assert_same_query_count(lambda: client.get(address(first)), add_row=lambda: reported(account, text="Igen."))

"""Words that are masked in one document and stand in another are told of before anything is given out (OSL ch. 6)."""

import pytest
from django.urls import reverse

from archive.enums import Assessment
from archive.services.entries import File
from archive.services.masking import overlooked
from archive.services.records_requests import assess
from tests.archive.factories import asked_for, document
from tests.archive.request_factories import PROVISION, gathered
from tests.clock import NOW
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
WARNING = "Maskade ord står kvar"
TEXTS = ("Anna Ek får hjälp.", "Ring anna\nEK i morgon.", "När lagas dörren?")


def texts(asked):
    return {item.content.text: item for item in asked.items.select_related("content").prefetch_related("masks")}


def judge(asked, registrar, masked, *, others=Assessment.RELEASED):
    """Mask these passages in these texts, and judge the others alike."""
    for text, item in texts(asked).items():
        if text in masked:
            how = {"provision": PROVISION, "passages": masked[text]}
            assess(item.pk, assessment=Assessment.MASKED, **how, by=registrar, now=NOW)
        else:
            assess(item.pk, assessment=others, provision=PROVISION, by=registrar, now=NOW)


def found(asked):
    items = list(texts(asked).values())
    return [(one.passage, one.masked_in.content.text, one.stands_in.content.text) for one in overlooked(items)]


@pytest.fixture
def asked(cast, registrar):
    for text in TEXTS:
        document(cast.culture_board, by=registrar, text=text)
    return gathered(asked_for(cast.culture_board, by=registrar), by=registrar)


def test_however_they_are_broken_and_written(asked, registrar):
    judge(asked, registrar, {TEXTS[0]: ["Anna Ek"]})
    assert found(asked) == [("Anna Ek", TEXTS[0], TEXTS[1])]


def test_nothing_where_it_is_masked_in_both(asked, registrar):
    judge(asked, registrar, {TEXTS[0]: ["Anna Ek"], TEXTS[1]: ["anna ek"]})
    assert found(asked) == []


def test_nothing_where_the_other_is_not_given_out(asked, registrar):
    judge(asked, registrar, {TEXTS[0]: ["Anna Ek"]}, others=Assessment.WITHHELD)
    assert found(asked) == []


def test_a_longer_word_that_begins_with_it_but_not_one_that_ends(cast, registrar):
    for text in ("Eks väg", "Ek får hjälp.", "Biblioteket är öppet."):
        document(cast.culture_board, by=registrar, text=text)
    asked = gathered(asked_for(cast.culture_board, by=registrar), by=registrar)
    judge(asked, registrar, {"Ek får hjälp.": ["Ek"]})
    assert found(asked) == [("Ek", "Ek får hjälp.", "Eks väg")]


def test_once_however_many_documents_it_is_masked_in(asked, registrar):
    judge(asked, registrar, {TEXTS[0]: ["hjälp", "Anna"], TEXTS[1]: ["ring"]})
    assert found(asked) == [("Anna", TEXTS[0], TEXTS[1])]


def test_in_the_name_of_a_file_that_goes_along(cast, registrar):
    document(cast.culture_board, by=registrar, text=TEXTS[0])
    named = File("anna ek.pdf", "application/pdf", b"%PDF")
    document(cast.culture_board, by=registrar, text=TEXTS[2], files=[named])
    asked = gathered(asked_for(cast.culture_board, by=registrar), by=registrar)
    judge(asked, registrar, {TEXTS[0]: ["Anna Ek"]})
    assert found(asked) == [("Anna Ek", TEXTS[0], TEXTS[2])]


@pytest.mark.parametrize("part", ["detail", "release"])
def test_both_pages_say_so_with_links_to_both(asked, registrar, client_for, part):
    judge(asked, registrar, {TEXTS[0]: ["Anna Ek"]})
    page = Page(client_for(registrar).get(reverse(f"archive:request-{part}", args=[asked.pk])))
    assert "”Anna Ek” är maskat i" in page.text
    for text in TEXTS[:2]:
        assert reverse("archive:request-item", args=[asked.pk, texts(asked)[text].pk]) in page.links.values()


def test_it_is_no_hindrance_to_who_has_looked(asked, registrar, client_for):
    judge(asked, registrar, {TEXTS[0]: ["Anna Ek"]})
    url = reverse("archive:request-release", args=[asked.pk])
    client = client_for(registrar)
    assert "Lämna ut ändå" in Page(client.get(url)).buttons
    assert Page(client.post(url, follow=True)).messages[0].startswith("Utlämnat")


def test_says_nothing_where_nothing_stands(asked, registrar, client_for):
    judge(asked, registrar, {TEXTS[0]: ["hjälp"]})
    client = client_for(registrar)
    for part in ("detail", "release"):
        assert WARNING not in Page(client.get(reverse(f"archive:request-{part}", args=[asked.pk]))).text
    assert "Lämna ut" in Page(client.get(reverse("archive:request-release", args=[asked.pk]))).buttons


def test_costs_the_same_however_many_are_masked(asked, registrar, client_for):
    url, client = reverse("archive:request-detail", args=[asked.pk]), client_for(registrar)
    judge(asked, registrar, {TEXTS[2]: ["dörren"]})
    assert_same_query_count(
        lambda: client.get(url), add_row=lambda: judge(asked, registrar, {text: [text.split()[0]] for text in TEXTS})
    )

"""Att gallra, dokumenthanteringsplan and gallringsstopp on screen (R17, R18)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from archive.enums import PlanStatus, RuleAction
from archive.models import Assertion, Hold, RetentionPlan
from archive.services.diary import close_matter
from archive.services.retention_plan import Terms
from tests.archive.factories import (
    archive_head_of,
    archivist_of,
    decided_plan,
    document,
    proposed_plan,
    stopped,
)
from tests.archive.gallring import after, assert_only_those_with_gallring
from tests.clock import NOW, TODAY
from tests.factories import RoleAssignmentFactory
from tests.pages import Page, assert_only_get, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
IN_A_YEAR = TODAY + timedelta(days=365)
DECIDED = {
    "decision_body": "Kultur- och utvecklingsnämnden",
    "decided_on": "2026-11-18",
    "paragraph": "§ 24",
    "designation": "KUN 2026-000041",
    "valid_from": "2026-11-20",
}
STOP = {"name": "Tillsyn av IMY", "ground": "Ärendet pågår", "review_on": "2027-03-01"}


@pytest.fixture
def board(cast, series):
    return cast.culture_board


@pytest.fixture
def archivist(board):
    return archivist_of(board)


@pytest.fixture
def head(board):
    return archive_head_of(board)


@pytest.fixture
def strangers(cast, registrar):
    """Everyone without a part in the board's gallring, another board's arkivredogörare among them."""
    return (archivist_of(cast.building_board), registrar, cast.librarian, cast.communicator, cast.administrator)


def old_document(board, registrar, **attributes):
    kept = document(board, by=registrar, dated_on=date(2020, 5, 4), **attributes)
    close_matter(kept.matter_id, by=registrar, now=NOW)
    return kept


@pytest.mark.parametrize("name", ["due-detail", "plan-list", "plan-propose", "hold-list", "hold-place"])
def test_who_may_see_the_boards(name, board, archivist, strangers, client_for):
    url = reverse(f"archive:{name}", args=[board.pk])
    assert_only_those_with_gallring(url, inside=archivist, strangers=strangers, client_for=client_for)
    assert client_for(archivist).post(reverse(f"archive:{name}", args=[uuid4()])).status_code in {404, 405}


@pytest.mark.parametrize("name", ["due-sample", "irrelevance-assert"])
def test_who_may_see_a_handlingstyp(name, board, archivist, strangers, client_for):
    decided_plan(board)
    url = reverse(f"archive:{name}", args=[board.pk, "document"])
    assert_only_those_with_gallring(url, inside=archivist, strangers=strangers, client_for=client_for)
    assert client_for(archivist).get(reverse(f"archive:{name}", args=[board.pk, "okant"])).status_code == 404


@pytest.mark.parametrize("name", ["detail", "history"])
def test_who_may_see_a_plan(name, board, archivist, strangers, client_for):
    url = reverse(f"archive:plan-{name}", args=[proposed_plan(board).pk])
    assert_only_those_with_gallring(url, inside=archivist, strangers=strangers, client_for=client_for)
    assert_only_get(client_for(archivist), url)


@pytest.mark.parametrize("name", ["detail", "history", "review", "release"])
def test_who_may_see_a_stop(name, board, kept, archivist, strangers, client_for):
    url = reverse(f"archive:hold-{name}", args=[stopped(board, kept).pk])
    assert_only_those_with_gallring(url, inside=archivist, strangers=strangers, client_for=client_for)


def test_the_first_page_leads_to_the_board(board, archivist, cast, client_for):
    url = reverse("archive:due-boards")
    assert client_for(archivist).get(url).url == reverse("archive:due-detail", args=[board.pk])
    assert client_for(cast.librarian).get(url).status_code == 403
    adviser = RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user
    assert str(cast.building_board) in Page(client_for(adviser).get(url)).text


def test_without_a_decision_everything_is_grey_with_the_reason(board, archivist, client_for):
    page = Page(client_for(archivist).get(reverse("archive:due-detail", args=[board.pk])))

    assert page.lead == "Nämnden har ingen beslutad plan. Utan beslut gallras inget."
    assert "Saknar beslut" in page.text


def test_shows_what_is_due_with_the_decision_beside(board, archivist, registrar, client_for):
    decided_plan(board, document=after(2))
    old_document(board, registrar)
    client = client_for(archivist)

    page = Page(client.get(reverse("archive:due-detail", args=[board.pk])))
    assert page.lead == "En handling har nått sin frist."
    assert "§ 24, dnr KUN 2026-000041" in page.text
    assert_same_query_count(
        lambda: client.get(reverse("archive:due-detail", args=[board.pk])),
        add_row=lambda: old_document(board, registrar),
    )
    sample = Page(client.get(reverse("archive:due-sample", args=[board.pk, "document"])))
    assert "Räknas från 4 maj 2020. Kan gallras från 4 maj 2022." in sample.text


def test_shows_what_a_stop_holds(board, archivist, registrar, client_for):
    decided_plan(board, document=after(2))
    stopped(board, old_document(board, registrar), name="Överklagande")

    page = Page(client_for(archivist).get(reverse("archive:due-detail", args=[board.pk])))

    assert page.lead == "Inget har nått sin frist."
    assert "1 (Överklagande)" in " ".join(page.text.split())


def test_what_nobody_has_to_do_anything_about_is_folded(board, archivist, registrar, client_for):
    old_document(board, registrar)
    decided_plan(board, document=Terms(RuleAction.WHEN_IRRELEVANT))
    page = Page(client_for(archivist).get(reverse("archive:due-detail", args=[board.pk])))
    folded = [one.summary.get_text(strip=True) for one in page.soup.select("main details")]
    assert [words.split(" ", 1)[1] for words in folded] == [
        "handlingstyper utan handlingar",
        "handlingstyper bevaras eller rensas av sig själva",
    ]
    assert "Inget är intygat än." in page.text
    assert reverse("archive:irrelevance-assert", args=[board.pk, "document"]) in page.links.values()


def test_a_proposal_is_made_once(board, archivist, head, client_for):
    url = reverse("archive:plan-propose", args=[board.pk])
    assert_only_post(client_for(archivist), url)
    assert client_for(head).post(url).status_code == 403
    page = Page(client_for(archivist).post(url, follow=True))
    assert page.messages == ["Förslaget är gjort. Gå igenom reglerna innan nämnden beslutar."]
    assert "Förslag, ej beslutad" in page.text
    again = Page(client_for(archivist).post(url, follow=True))
    assert again.messages == ["Det finns redan ett förslag, version 1. Ändra i det."]


def test_a_rule_is_changed_while_it_is_a_proposal(board, archivist, head, client_for):
    plan = proposed_plan(board)
    url = reverse("archive:plan-rule", args=[plan.pk, "document"])
    words = {"action": "after_years", "years": "10", "starts_from": "registered", "motivation": "Behövs"}
    assert client_for(head).get(url).status_code == 403
    client = client_for(archivist)
    assert Page(client.post(url, {**words, "years": ""})).errors == {"years": "Skriv efter hur många år."}
    page = Page(client.post(url, words, follow=True))
    assert page.messages == ["Diarieförda handlingars innehåll: Gallras 10 år från att det registrerades."]

    decided_plan_of(plan, head, client_for)
    assert Page(client.post(url, words)).summary == ["Planen är beslutad och ändras inte. Gör ett nytt förslag."]


def decided_plan_of(plan, head, client_for):
    return Page(client_for(head).post(reverse("archive:plan-decide", args=[plan.pk]), DECIDED, follow=True))


def test_a_new_version_begins_with_what_is_changed_since_the_one_before(board, head, client_for):
    decided_plan(board)
    plan = RetentionPlan.objects.get()
    assert "Ändrat sedan" not in Page(client_for(head).get(reverse("archive:plan-detail", args=[plan.pk]))).text
    plan = proposed_plan(board, case_question=Terms(RuleAction.PRESERVE))
    section = Page(client_for(head).get(reverse("archive:plan-detail", args=[plan.pk]))).soup.select_one(
        "[aria-labelledby=andrat]"
    )
    assert [one.get_text() for one in section.select("h3, p")] == [
        "Frågor",
        "Bevaras.",
        "Version 1: Gallras vid inaktualitet.",
    ]


def test_the_decision_is_recorded_by_the_arkivansvarig(board, archivist, head, client_for):
    plan = proposed_plan(board)
    url = reverse("archive:plan-decide", args=[plan.pk])
    assert client_for(archivist).get(url).status_code == 403
    page = Page(client_for(head).post(url, {**DECIDED, "paragraph": "", "valid_from": "2026-11-20"}))
    assert page.errors == {"paragraph": "Skriv paragrafen"}
    early = Page(client_for(head).post(url, {**DECIDED, "valid_from": "2026-11-01"}))
    assert early.errors == {"valid_from": "Planen kan inte gälla innan den beslutades."}
    assert decided_plan_of(plan, head, client_for).messages == ["Beslutet är antecknat. Reglerna ändras inte längre."]
    assert RetentionPlan.objects.get().status == PlanStatus.DECIDED
    assert Page(client_for(head).post(url, DECIDED)).summary == ["Planen är redan beslutad."]


def test_a_stop_is_placed_on_what_was_chosen(board, kept, archivist, cast, client_for):
    client = client_for(archivist)
    url = f"{reverse('archive:hold-place', args=[board.pk])}?slag=archive.document&objekt={kept.pk}"
    assert Page(client.post(url, {**STOP, "name": ""})).errors == {"name": "Ge gallringsstoppet ett namn"}
    page = Page(client.post(url, STOP, follow=True))
    assert page.messages == ["Gallringsstoppet gäller."]
    assert "En handling: diarieförda handlingars innehåll" in page.text
    others = f"{reverse('archive:hold-place', args=[board.pk])}?slag=archive.document&objekt={uuid4()}"
    assert Page(client.post(others, STOP)).summary == ["Något av det du valt finns inte hos nämnden."]
    assert client.get(f"{url}&objekt=inget").status_code == 404


def test_a_stop_is_placed_by_description(board, archivist, client_for):
    url = reverse("archive:hold-place", args=[board.pk])
    page = Page(client_for(archivist).post(url, {**STOP, "record_type": "document"}, follow=True))
    assert "Diarieförda handlingars innehåll" in page.text


def test_a_stop_is_prolonged_and_released(board, kept, archivist, client_for):
    hold = stopped(board, kept)
    client = client_for(archivist)
    review, release = (reverse(f"archive:hold-{name}", args=[hold.pk]) for name in ("review", "release"))
    past = {"review_on": "2026-11-24", "reason": "Pågår"}
    assert Page(client.post(review, past)).errors == {"review_on": "Välj en dag framåt i tiden då stoppet omprövas."}
    prolonged = Page(client.post(review, {**past, "review_on": "2027-06-01"}, follow=True))
    assert prolonged.messages == ["Gallringsstoppet är ändrat."]
    assert Hold.objects.get().review_on == date(2027, 6, 1)
    assert Page(client.post(release, {"reason": "Klart"}, follow=True)).messages == ["Stoppet är hävt."]
    assert Page(client.post(release, {"reason": "Igen"})).summary == ["Gallringsstoppet är redan hävt."]


def test_a_stop_to_review_stands_under_att_gora(board, kept, archivist, clock, client_for):
    stopped(board, kept, name="Överklagande")
    assert "Överklagande" not in Page(client_for(archivist).get("/")).text
    clock.move(days=91)
    assert "Ett gallringsstopp att ompröva" in Page(client_for(archivist).get("/")).text


def test_many_are_asserted_at_once(board, archivist, head, registrar, client_for):
    decided_plan(board, document=Terms(RuleAction.WHEN_IRRELEVANT))
    for _number in range(3):
        old_document(board, registrar)
    url = reverse("archive:irrelevance-assert", args=[board.pk, "document"])
    assert client_for(head).get(url).status_code == 403
    client = client_for(archivist)
    assert Page(client.post(url, {"reason": ""})).errors == {"reason": "Skriv varför"}
    page = Page(client.post(url, {"reason": "Behövs inte", "created_before": "2021-01-01"}, follow=True))
    assert page.messages == ["Tre handlingar är intygade inaktuella."]
    assert Assertion.objects.count() == 3
    assert page.lead == "Tre handlingar har nått sin frist."


def test_a_record_shows_its_rule_its_day_and_what_holds_it(board, registrar, client_for):
    kept = old_document(board, registrar)
    url = reverse("archive:document-detail", args=[kept.pk])
    client = client_for(registrar)
    assert "Nämnden har ingen beslutad plan." in Page(client.get(url)).text
    decided_plan(board, document=after(2))
    stopped(board, kept, name="Överklagande")
    page = Page(client.get(url))
    assert "4 maj 2022 eller senare" in page.text
    assert "Överklagande" in page.text
    assert "Gallras 2 år från att handlingen kom in eller upprättades" in page.text

"""A person says whether what the portal took shows the account's page. Only then it counts (R19, R20)."""

import pytest
from django.urls import reverse

from archive.enums import SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import capturing, snapshots
from tests.clock import NOW
from tests.jobs import perform_waiting_jobs
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
GOOD = {"verdict": "good", "reason": ""}


@pytest.fixture
def taken(open_account, cast, browser):
    """Take a picture that waits for a verdict; what is seen can be changed."""

    def take(**seen):
        browser.answers = seen
        asked = capturing.ask(open_account.pk, reason=SnapshotReason.YEARLY, by=cast.librarian, now=NOW)
        perform_waiting_jobs()
        return asked

    return take


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.librarian)


def judge_url(snapshot):
    return reverse("archive:snapshot-judge", args=[snapshot.pk])


def detail(client, snapshot):
    return Page(client.get(reverse("archive:snapshot-detail", args=[snapshot.pk])))


def test_good_counts(taken, client):
    snapshot = taken()
    page = Page(client.post(judge_url(snapshot), GOOD, follow=True))
    assert page.messages == ["Ögonblicksbilden är sparad."]
    assert Snapshot.objects.good().get() == snapshot
    assert "Duger bilden?" not in page.text


def test_how_it_was_taken_stands_beside_the_question(taken, client):
    page = detail(client, taken(http_status=203))
    assert "Duger bilden?" in page.text
    assert page.facts["Adress till slut"] == "https://bsky.app/profile/laholm, svarskod 203"
    assert page.facts["Omdirigeringar"] == "https://bsky.app/"
    assert page.facts["Bilder på sidan"] == "11 av 12 laddade"
    assert page.facts["Bredder"] == "Dator 1280 × 900, Telefon 390 × 844"
    assert "chromium 131.0" in page.facts["Program"]
    assert {"Del av en lång skärmbild, dator, del 2", "Skärmbild, telefon", "Sidans text, dator"} <= set(page.links)


@pytest.mark.parametrize(
    ("wall", "words"),
    [
        ("login", "I vägen stod en inloggningssida"),
        ("cookies", "I vägen stod en ruta om kakor"),
        ("blank", "I vägen stod en tom sida"),
    ],
)
def test_what_stood_in_the_way_is_said_and_wants_a_reason(taken, client, wall, words):
    snapshot = taken(wall=wall)
    assert words in detail(client, snapshot).text
    page = Page(client.post(judge_url(snapshot), GOOD))
    assert "Skriv varför bilden duger ändå" in page.errors["reason"]
    assert page.typed("verdict") == ["good"]
    assert "(frivilligt)" not in page.text
    assert not Snapshot.objects.good().exists()
    client.post(judge_url(snapshot), {**GOOD, "reason": "Rutan täcker bara sidfoten."})
    assert Snapshot.objects.good().get().verdict_reason == "Rutan täcker bara sidfoten."


def test_rejected_wants_a_reason_and_never_counts(taken, client):
    snapshot = taken()
    page = Page(client.post(judge_url(snapshot), {"verdict": "rejected", "reason": ""}))
    assert page.errors == {"reason": "Skriv vad som är fel med bilden."}
    page = Page(client.post(judge_url(snapshot), {"verdict": "rejected", "reason": "Halva sidan"}, follow=True))
    assert page.messages == ["Bilden räknas inte. Ta en ny, eller skicka egna skärmbilder."]
    assert "Ta ögonblicksbild" in page.links
    assert Snapshot.objects.get().status == SnapshotStatus.REJECTED


def test_no_answer_is_said_beside_the_question(taken, client):
    page = Page(client.post(judge_url(taken()), {"reason": "Skrivet"}))
    assert page.errors == {"verdict": "Välj om bilden visar kontots sida"}
    assert page.typed("reason") == "Skrivet"


def test_who_may(taken, cast, client, client_for):
    snapshot = taken()
    assert_asks_for_sign_in(judge_url(snapshot))
    assert client_for(cast.outsider).post(judge_url(snapshot), GOOD).status_code == 404
    assert_only_post(client, judge_url(snapshot))
    assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE


def test_judged_already_stays(taken, client, cast):
    snapshot = taken()
    snapshots.judge(snapshot.pk, good=True, by=cast.manager, now=NOW)
    page = Page(client.post(judge_url(snapshot), {"verdict": "rejected", "reason": "Ångrar mig"}))
    assert page.summary == ["Ögonblicksbilden är redan sparad."]
    assert Snapshot.objects.get().status == SnapshotStatus.GOOD


def test_timeline_shows_the_top_of_each_width_and_costs_the_same(taken, open_account, cast, client):
    url = reverse("archive:snapshot-timeline", args=[open_account.pk])

    def one_more():
        snapshots.judge(taken().pk, good=True, by=cast.librarian, now=NOW)

    assert_same_query_count(lambda: client.get(url), add_row=one_more)
    assert len(Page(client.get(url)).soup.select(".ls-small-shots img")) == 3 * 2


def test_stands_under_att_gora_for_whoever_asked_until_it_is_judged(taken, client, cast, client_for):
    snapshot = taken()
    url = reverse("archive:snapshot-detail", args=[snapshot.pk])

    def asked_of(client):
        return url in Page(client.get(reverse("to-do"))).links.values()

    assert asked_of(client)
    assert not asked_of(client_for(cast.manager))
    snapshots.judge(snapshot.pk, good=True, by=cast.manager, now=NOW)
    assert not asked_of(client)

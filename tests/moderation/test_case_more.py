"""The pages behind *Mer* and beside the act form: who gets in, what they do, and what they say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.enums import ActionKind, BlockStatus, CaseStatus, Lane, RecordChoice
from moderation.models import Block, Case, ReplyText
from moderation.services import acting, blocking, noting, reply_texts
from moderation.services.settling import Settlement, settle
from tests.clock import NOW
from tests.factories import UserFactory
from tests.moderation.factories import TEXT, library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholm/posts/1"
# What is typed on each page, the kind of line that comes of it, and what is said.
PAGES = {
    "case-note": ({"text": "Ringde."}, ActionKind.NOTED, "Anteckningen är sparad."),
    "case-police": ({"reference": "5000-K1-26"}, ActionKind.REPORTED_TO_POLICE, "Polisanmälan är antecknad."),
    "case-platform": ({"reference": "FB-1"}, ActionKind.REPORTED_TO_PLATFORM, "Det är antecknat."),
    "case-ask": ({"question": "Hur?"}, ActionKind.ASKED, "Frågan är skickad till kommunikationsenheten."),
    "case-reclassify": ({"about": "question", "reason": "Det är en fråga."}, ActionKind.RECLASSIFIED, "Det är ändrat."),
    "case-start": (
        {"published_at": "2026-11-23 08.30", "reason": "Det står där."},
        ActionKind.START_MOVED,
        "Tiden är räknad på nytt.",
    ),
    "case-block": (
        {"reason": "Hot."},
        ActionKind.BLOCK_ASKED,
        "Förslaget är skickat till kommunikationsenheten. Du får mejl när de beslutat.",
    ),
}
VERSIONED = ("case-reclassify", "case-start")
NEEDED = {
    "case-note": "text",
    "case-police": "reference",
    "case-ask": "question",
    "case-reclassify": "reason",
    "case-start": "reason",
    "case-block": "reason",
}


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def case(account):
    return log_post(account, link=LINK)


def address(name: str, case: Case) -> str:
    return reverse(f"moderation:{name}", args=[case.pk])


def typed(name: str, case: Case, **changes):
    return {**PAGES[name][0], "version": case.version, **changes}


@pytest.mark.parametrize("name", PAGES)
class TestEachPage:
    def test_does_and_says_so(self, case, cast, client_for, name):
        _what, kind, said = PAGES[name]
        client = client_for(cast.librarian)
        assert Page(client.get(address(name, case))).heading
        page = Page(client.post(address(name, case), typed(name, case), follow=True))
        assert page.messages == [said]
        assert case.actions.filter(kind=kind, by=cast.librarian).exists()

    def test_strangers_sign_in_outsiders_find_nothing_and_readers_may_not(self, case, cast, client_for, name):
        assert_asks_for_sign_in(address(name, case))
        for outsider in (cast.outsider, cast.administrator):
            assert client_for(outsider).post(address(name, case), typed(name, case)).status_code == 404
        assert case.actions.count() == 1

    def test_reading_the_page_does_nothing(self, case, cast, client_for, name):
        client_for(cast.librarian).get(address(name, case), typed(name, case))
        assert case.actions.count() == 1


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_left_out_is_told_beside_the_field(case, cast, client_for, name):
    page = Page(client_for(cast.librarian).post(address(name, case), typed(name, case, **{NEEDED[name]: ""})))
    assert set(page.errors) == {NEEDED[name]}
    assert case.actions.count() == 1


@pytest.mark.parametrize("name", VERSIONED)
def test_older_page_learns_who_did_what_and_keeps_the_words(case, cast, client_for, name):
    noting.note(case.pk, text="Ringde.", by=cast.assistant, now=NOW)
    page = Page(client_for(cast.librarian).post(address(name, case), typed(name, case)))
    assert page.summary == ["Assistent Asp antecknade i dag kl. 10.00. Läs vad som hänt, och gör det som är kvar."]
    assert page.typed("reason") == PAGES[name][0]["reason"]
    assert page.typed("version") == str(Case.objects.get().version)


@pytest.mark.parametrize("name", VERSIONED)
def test_decided_is_told_to_be_opened_first(case, cast, client_for, name):
    after = acting.remove(case.pk, version=None, by=cast.librarian, now=NOW)
    page = Page(client_for(cast.librarian).post(address(name, case), typed(name, after)))
    assert page.summary == ["Inlägget är redan åtgärdat."]


class TestAdvise:
    def test_kommunikationsenheten_answers(self, case, cast, client_for):
        page = Page(
            client_for(cast.communicator).post(address("case-advise", case), {"advice": "Ta bort."}, follow=True)
        )
        assert page.messages == ["Rådet är skickat till den som frågade."]
        assert "”Ta bort.”" in Page(client_for(cast.librarian).get(address("case-detail", case))).text

    def test_others_may_not(self, case, cast, client_for):
        for person in (cast.librarian, cast.manager):
            assert client_for(person).post(address("case-advise", case), {"advice": "Ta bort."}).status_code == 403
        assert client_for(cast.outsider).get(address("case-advise", case)).status_code == 404


def test_asking_about_what_may_be_secret_says_what_they_get(account, cast, client_for):
    case = log_post(account, lane=Lane.SECRECY)
    page = Page(client_for(cast.librarian).get(address("case-ask", case)))
    assert page.lead.startswith("Kommunikationsenheten får inte läsa inlägget.")


class TestReopen:
    def test_opens(self, case, cast, client_for):
        acting.remove(case.pk, version=None, by=cast.librarian, now=NOW)
        closed = settle(case.pk, Settlement(RecordChoice.KEPT_IN_ORDER), version=None, by=cast.librarian, now=NOW)
        client = client_for(cast.librarian)
        assert Page(client.get(address("case-detail", case))).links["Öppna igen"] == address("case-reopen", case)
        what = {"version": closed.version, "reason": "Det kom tillbaka."}
        assert Page(client.post(address("case-reopen", case), what, follow=True)).messages == [
            "Inlägget är öppet igen."
        ]
        assert Case.objects.get().status == CaseStatus.NEW

    def test_open_stays_open(self, case, cast, client_for):
        what = {"version": case.version, "reason": "Varför inte."}
        page = Page(client_for(cast.librarian).post(address("case-reopen", case), what))
        assert page.summary == ["Inlägget är inte åtgärdat än."]


class TestIncident:
    @pytest.fixture
    def own(self, account):
        return log_post(account, lane=Lane.OWN_POST)

    def test_assessed_it_can_be_closed(self, own, cast, client_for):
        client = client_for(cast.librarian)
        after = acting.remove(own.pk, version=None, by=cast.librarian, now=NOW)
        what = {"version": after.version, "is_reported": "ja", "reported_on": "2026-11-24", "number": "IMY-1"}
        page = Page(client.post(address("case-incident", own), what, follow=True))
        assert page.messages == ["Bedömningen är sparad."]
        assert "Avsluta" in page.buttons

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"is_reported": ""}, "is_reported"),
            ({"reported_on": ""}, "reported_on"),
            ({"reported_on": "igår"}, "reported_on"),
            ({"number": ""}, "number"),
            ({"is_reported": "nej", "reason": ""}, "reason"),
        ],
    )
    def test_bad_input_is_told(self, own, cast, client_for, changes, field):
        what = {"version": own.version, "is_reported": "ja", "reported_on": "2026-11-24", "number": "IMY-1", **changes}
        assert set(Page(client_for(cast.librarian).post(address("case-incident", own), what)).errors) == {field}

    def test_only_of_our_own(self, case, cast, client_for):
        what = {"version": case.version, "is_reported": "nej", "reason": "Ingen skada."}
        page = Page(client_for(cast.librarian).post(address("case-incident", case), what))
        assert page.summary == ["Det gäller inte vårt eget inlägg."]


class TestBlocks:
    DECIDED = {"decision": "decide", "ends_on": "2027-02-24", "review_on": "2026-12-24", "reason": "Hot."}

    @pytest.fixture
    def block(self, case, cast):
        return blocking.propose(case.pk, reason="Har hotat.", by=cast.librarian, now=NOW)

    @pytest.fixture
    def url(self, block):
        return reverse("moderation:block-detail", args=[block.pk])

    def test_only_kommunikationsenheten(self, url, cast, client_for):
        for place in (url, reverse("moderation:block-list")):
            assert_asks_for_sign_in(place)
            for person in (cast.librarian, cast.manager, cast.outsider):
                assert client_for(person).get(place).status_code == 403

    def test_waits_in_att_gora_and_in_the_list(self, block, url, cast, client_for):
        client = client_for(cast.communicator)
        assert url in Page(client.get(reverse("to-do"))).links.values()
        assert Page(client.get(reverse("moderation:block-list"))).rows == [str(block.case.account)]

    def test_decides(self, url, cast, client_for):
        client = client_for(cast.communicator)
        assert "Har hotat." in Page(client.get(url)).text
        page = Page(client.post(url, self.DECIDED, follow=True))
        assert page.messages == ["Blockeringen gäller till och med 2027-02-24. Den omprövas 2026-12-24."]
        assert Block.objects.get().status == BlockStatus.DECIDED

    def test_looks_it_over_and_lifts_it(self, block, url, cast, client_for, clock):
        client = client_for(cast.communicator)
        client.post(url, self.DECIDED)
        assert url not in Page(client.get(reverse("to-do"))).links.values()
        clock.move(days=30)
        client = client_for(cast.communicator)
        assert url in Page(client.get(reverse("to-do"))).links.values()
        kept = {"decision": "keep", "review_on": "2027-01-24", "reason": "Hotar än."}
        assert Page(client.post(url, kept, follow=True)).messages
        client.post(url, {"decision": "lift", "reason": "Lugnt nu."})
        assert Block.objects.get().status == BlockStatus.LIFTED
        assert not Page(client.get(url)).soup.select("main form")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"decision": ""}, "decision"),
            ({"ends_on": ""}, "ends_on"),
            ({"review_on": ""}, "review_on"),
            ({"ends_on": "2028-02-24"}, "ends_on"),
            ({"reason": ""}, "reason"),
        ],
    )
    def test_bad_input_is_told(self, url, cast, client_for, changes, field):
        page = Page(client_for(cast.communicator).post(url, {**self.DECIDED, **changes}))
        assert set(page.errors) == {field}
        assert Block.objects.get().status == BlockStatus.PROPOSED

    def test_of_what_turned_out_secret_nothing_is_shown(self, block, url, cast, client_for):
        block.case.is_restricted = True
        block.case.record(by=cast.librarian, now=NOW, reason="Kan vara sekretess")
        client = client_for(cast.communicator)
        assert client.get(url).status_code == 404
        assert Page(client.get(reverse("moderation:block-list"))).rows == []
        assert url not in Page(client.get(reverse("to-do"))).links.values()

    def test_list_costs_the_same_with_more(self, account, cast, client_for):
        client = client_for(cast.communicator)
        made = iter(range(9))

        def add():
            case = log_post(account, link=f"{LINK}{next(made)}")
            blocking.propose(case.pk, reason="Hot.", by=cast.librarian, now=NOW)

        assert_same_query_count(lambda: client.get(reverse("moderation:block-list")), add_row=add)


class TestReplyTexts:
    URL = "/granska/svar/"

    def test_writes_one(self, cast, client_for):
        assert_asks_for_sign_in(self.URL)
        client = client_for(cast.librarian)
        page = Page(client.post(self.URL, {"name": "Tider", "text": "18."}, follow=True))
        assert page.messages == ["Texten är sparad, och finns när du svarar."]
        assert page.rows == ["Tider"]
        assert Page(client_for(cast.assistant).get(self.URL)).rows == []

    def test_shares_one(self, cast, client_for):
        client_for(cast.librarian).post(self.URL, {"name": "Tider", "text": "18.", "for_unit": "on"})
        assert Page(client_for(cast.assistant).get(self.URL)).rows == ["Tider"]

    def test_name_taken_is_told_and_the_text_kept(self, cast, client_for):
        client = client_for(cast.librarian)
        client.post(self.URL, {"name": "Tider", "text": "18."})
        page = Page(client.post(self.URL, {"name": "Tider", "text": "19."}))
        assert page.errors == {"name": "Det finns redan en text som heter så."}
        assert page.typed("text") == "19."

    def test_changes_and_removes_one(self, cast, client_for):
        ready = reply_texts.add(name="Tider", text="18.", for_unit=False, by=cast.librarian, now=NOW)
        client = client_for(cast.librarian)
        edit = reverse("moderation:reply-text-edit", args=[ready.pk])
        forget = reverse("moderation:reply-text-forget", args=[ready.pk])
        assert Page(client.get(edit)).typed("text") == "18."
        assert Page(client.post(edit, {"name": "Tider", "text": "19."}, follow=True)).messages == ["Texten är ändrad."]
        assert_only_post(client, forget)
        for other in (cast.assistant, cast.outsider):
            assert client_for(other).post(forget).status_code == 404
            assert client_for(other).get(edit).status_code == 404
        assert Page(client.post(forget, follow=True)).messages == [
            "Tider är borttagen. Det du har svarat med den står kvar."
        ]
        assert not ReplyText.objects.exists()


def test_employee_without_part_in_it_finds_nothing(case, cast, client_for):
    client = client_for(UserFactory(unit=cast.library))
    assert {client.get(address(name, case)).status_code for name in PAGES} == {404}


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-11-23", "00:00"),
        ("2026-11-23 08.30", "08:30"),
        ("2026-11-23 08:30", "08:30"),
        ("2026-11-23 kl. 8.30", "08:30"),
    ],
)
def test_moments_are_typed_as_people_write_them(case, cast, client_for, words, moment):
    client_for(cast.librarian).post(address("case-start", case), typed("case-start", case, published_at=words))
    assert timezone.localtime(Case.objects.get().published_at).isoformat() == f"2026-11-23T{moment}:00+01:00"


def test_history_shows_no_word_of_the_post(case, cast, client_for):
    assert TEXT not in Page(client_for(cast.librarian).get(address("case-history", case))).text

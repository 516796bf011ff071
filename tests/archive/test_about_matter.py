"""Who handles an ärende, and which account it is about: chosen when it is opened, corrected later (R16)."""

import pytest
from django.urls import reverse

from archive.models import Handover, Matter
from archive.services import diary
from archive.services.entries import Opening
from archive.services.registering import register_handover
from laholm_sociala.common.errors import RefusedError
from moderation.enums import Lane, RecordChoice
from moderation.services import acting
from moderation.services.settling import Settlement, settle
from tests.archive.factories import entry, handed_over, matter
from tests.clock import NOW
from tests.factories import AccountFactory
from tests.moderation.factories import log_post
from tests.pages import Page

pytestmark = pytest.mark.django_db
REGISTER = reverse("archive:document-register")


@pytest.fixture
def typed(cast, series):
    return {
        "board": str(cast.culture_board.pk),
        "place": "nytt",
        "subject": "Synpunkt om dörr",
        "direction": "incoming",
        "correspondent": "Enskild",
        "dated_on": "2026-11-23",
        "text": "När lagas dörren?",
    }


@pytest.fixture
def theirs(cast):
    """Another board's account."""
    return AccountFactory(active=True, unit=cast.building_permits)


def move(account, cast):
    """Move the account to another board."""
    account.unit, account.board = cast.building_permits, cast.building_board
    account.record(by=cast.administrator, now=NOW, reason="Ny verksamhet")


def correct_url(opened):
    return reverse("archive:matter-correct", args=[opened.pk])


class TestNewMatter:
    def test_has_what_was_chosen(self, typed, account, cast, registrar, client_for):
        chosen = {"case_officer": str(cast.manager.pk), "account": str(account.pk)}
        client_for(registrar).post(REGISTER, {**typed, **chosen})
        opened = Matter.objects.get()
        assert (opened.case_officer, opened.account) == (cast.manager, account)
        page = Page(client_for(registrar).get(reverse("archive:matter-detail", args=[opened.pk])))
        assert page.facts["Handläggare"].startswith(cast.manager.presented_as)
        assert page.facts["Konto"] == str(account)

    def test_needs_neither(self, typed, registrar, client_for):
        client_for(registrar).post(REGISTER, typed)
        assert (Matter.objects.get().case_officer, Matter.objects.get().account) == (None, None)

    @pytest.mark.parametrize("field", ["account", "case_officer"])
    def test_another_boards_are_no_choice(self, field, typed, theirs, cast, registrar, client_for):
        other = {"account": theirs.pk, "case_officer": cast.outsider.pk}[field]
        page = Page(client_for(registrar).post(REGISTER, {**typed, field: str(other)}))
        assert set(page.errors) == {field}
        assert not Matter.objects.exists()


class TestHandedOver:
    def test_the_matter_is_about_what_the_post_was_on(self, account, cast, series, registrar):
        post = log_post(account, lane=Lane.INAPPROPRIATE)
        acting.remove(post.pk, version=None, by=cast.librarian, now=NOW)
        register = Settlement(RecordChoice.REGISTER, "Det kan bli ett ärende.")
        settle(post.pk, register, version=None, by=cast.librarian, now=NOW)
        handover = Handover.objects.get()
        register_handover(handover.pk, entry(), matter_id=None, opening=Opening("Synpunkt"), by=registrar, now=NOW)
        assert Matter.objects.get().account == handover.account == account

    def test_on_an_account_that_has_moved_to_another_board_it_is_registered_all_the_same(
        self, account, cast, series, registrar, client_for
    ):
        handover = handed_over(cast.culture_board, account=account)
        move(account, cast)
        page = Page(client_for(registrar).get(reverse("archive:handover-detail", args=[handover.pk])))
        assert page.soup.select("[name=account]")
        register_handover(handover.pk, entry(), matter_id=None, opening=Opening("Synpunkt"), by=registrar, now=NOW)
        assert Matter.objects.get().account is None

    def test_in_a_matter_that_is_there_nothing_changes(self, account, opened, cast, registrar):
        handover = handed_over(cast.culture_board, account=account)
        register_handover(handover.pk, entry(), matter_id=opened.pk, opening=Opening("Synpunkt"), by=registrar, now=NOW)
        assert Matter.objects.get().account is None

    def test_the_page_asks_for_an_account_only_where_none_came_with_it(self, account, cast, registrar, client_for):
        client = client_for(registrar)
        for handover, asks in (
            (handed_over(cast.culture_board, account=account), False),
            (handed_over(cast.culture_board), True),
        ):
            page = Page(client.get(reverse("archive:handover-detail", args=[handover.pk])))
            assert bool(page.soup.select("[name=account]")) is asks
            assert page.soup.select("[name=case_officer]")


class TestCorrected:
    def test_with_a_reason(self, opened, account, cast, registrar, client_for):
        client = client_for(registrar)
        first = Page(client.get(correct_url(opened)))
        words = {name: first.typed(name) for name in ("subject", "public_subject")}
        chosen = {"case_officer": str(cast.manager.pk), "account": str(account.pk), "reason": "Utsedd i dag"}
        client.post(correct_url(opened), {**words, **chosen})
        opened.refresh_from_db()
        assert (opened.case_officer, opened.account) == (cast.manager, account)
        history = Page(client.get(reverse("archive:matter-history", args=[opened.pk]))).text
        assert "Rättades: Utsedd i dag" in history

    def test_one_who_has_moved_on_can_stay(self, cast, series, registrar, client_for):
        """An ärende is corrected without its case officer being lost, whoever works where today."""
        opened = matter(cast.culture_board, by=registrar, case_officer=cast.manager)
        cast.manager.unit = cast.building_permits
        cast.manager.record(by=cast.administrator, now=NOW, reason="Ny tjänst")
        page = Page(client_for(registrar).get(correct_url(opened)))
        assert page.typed("case_officer") == str(cast.manager.pk)
        words = {"subject": "Dörr", "public_subject": "Dörr", "reason": "Tydligare"}
        kept = {"case_officer": str(cast.manager.pk), "account": ""}
        page = Page(client_for(registrar).post(correct_url(opened), {**words, **kept}, follow=True))
        assert page.messages == [f"{opened} är rättat."]

    def test_an_account_that_has_moved_to_another_board_stays(self, account, cast, series, registrar, client_for):
        opened = matter(cast.culture_board, by=registrar, account=account)
        move(account, cast)
        page = Page(client_for(registrar).get(correct_url(opened)))
        assert page.typed("account") == str(account.pk)
        words = {"subject": "Dörr", "public_subject": "Dörr", "reason": "Tydligare"}
        client_for(registrar).post(correct_url(opened), {**words, "account": page.typed("account")})
        opened.refresh_from_db()
        assert (opened.subject, opened.account) == ("Dörr", account)

    def test_another_boards_are_refused(self, opened, theirs, cast, registrar):
        for field, other in (("account", theirs), ("case_officer", cast.outsider)):
            with pytest.raises(RefusedError) as refusal:
                diary.correct_matter(opened.pk, reason="Fel", by=registrar, now=NOW, **{field: other})
            assert refusal.value.field == field

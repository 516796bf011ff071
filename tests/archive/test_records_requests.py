"""A request for public documents is taken down, gathered and judged (TF ch. 2; OSL ch. 6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from archive.enums import Assessment, RequestMethod, RequestScope, RequestStatus
from archive.models import RecordsRequest, RecordsRequestContact, RecordsRequestItem, RecordsRequestMask
from archive.services import records_requests as service
from archive.services.entries import File
from archive.services.records_requests import Scope
from laholm_sociala.common.errors import RefusedError
from moderation.enums import Lane
from tests.archive.factories import SeriesFactory, asked_for, document, registrar_of
from tests.archive.request_factories import PROVISION, gathered, judged
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account, log_post, picture
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(cast, registrar):
    return asked_for(cast.culture_board, by=registrar)


class TestLog:
    def test_registrar_opens_its_matter_at_once(self, cast, registrar):
        found = asked_for(cast.culture_board, by=registrar)
        assert (str(found), found.matter.subject) == ("KUN-SM 2026-000001", "Begäran om allmän handling")

    def test_kommunikationsenheten_takes_it_down_and_the_registrator_opens_the_matter(self, cast, registrar):
        found = asked_for(cast.culture_board, by=cast.communicator)
        assert found.matter is None
        assert str(gathered(found, by=registrar).matter) == "KUN-SM 2026-000001"

    def test_nobody_has_to_say_who_they_are(self, cast, registrar):
        found = asked_for(cast.culture_board, by=registrar, method=RequestMethod.PHONE)
        assert not RecordsRequestContact.objects.exists()
        words = {field.name for field in RecordsRequest._meta.concrete_fields}
        assert not words & {"name", "who", "requester", "sender", "purpose", "email", "phone", "contact"}
        assert found.is_open

    def test_the_address_is_kept_apart_and_can_be_forgotten(self, cast, registrar):
        found = asked_for(cast.culture_board, by=registrar, contact="fraga@example.se")
        assert "fraga@example.se" not in str(vars(found.history.get()))
        service.forget_contact(found.pk, by=registrar)
        assert not RecordsRequestContact.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"), [({"asked": " "}, "asked"), ({"received_on": TODAY + timedelta(1)}, "received_on")]
    )
    def test_says_what_and_when(self, cast, registrar, wrong, field):
        with pytest.raises(RefusedError) as refusal:
            asked_for(cast.culture_board, by=registrar, **wrong)
        assert refusal.value.field == field

    def test_others_may_not(self, cast, stranger):
        for person in (cast.librarian, stranger):
            with pytest.raises(PermissionDenied):
                asked_for(cast.culture_board, by=person)

    def test_who_sees_it(self, cast, registrar, stranger):
        found = asked_for(cast.culture_board, by=cast.communicator)
        see = [
            person
            for person in (registrar, stranger, cast.communicator, cast.librarian)
            if RecordsRequest.objects.visible_to(person, TODAY).filter(pk=found.pk).exists()
        ]
        assert see == [registrar, cast.communicator]


class TestGather:
    def test_everything_about_an_account(self, cast, registrar, request_):
        account = library_account(cast)
        log_post(account, text="Hon är korkad.", pictures=[picture()])
        items = gathered(request_, account, by=registrar).items.select_related("content")
        assert [item.kind for item in items] == ["Kontots blad", "Inlägg"]
        post = items.get(kind="Inlägg").content
        assert post.text == "Hon är korkad."
        assert "Vad som hänt" in post.details
        assert [file["name"] for file in post.files] == ["skarmbild.png"]
        assert "Historik" in items.get(kind="Kontots blad").content.details

    def test_a_matter(self, cast, registrar, request_):
        kept = document(cast.culture_board, by=registrar, files=[File("brev.pdf", "application/pdf", b"%PDF")])
        scope = Scope(RequestScope.MATTER, matter=kept.matter)
        (item,) = service.gather_request(request_.pk, scope, by=registrar, now=NOW).items.all()
        assert (item.source_ref, item.content.text) == (f"document:{kept.pk}", "När lagas dörren?")

    def test_a_period(self, cast, registrar, request_):
        document(cast.culture_board, by=registrar, dated_on=TODAY - timedelta(1))
        kept = document(cast.culture_board, by=registrar)
        post = log_post(library_account(cast))
        refs = {item.source_ref for item in gathered(request_, by=registrar).items.all()}
        assert refs == {f"document:{kept.pk}", f"case:{post.pk}"}

    def test_another_boards_is_never_there(self, cast, registrar, stranger, request_):
        document(cast.building_board, by=registrar_of(SeriesFactory(board=cast.building_board, prefix="MBN-SM").board))
        assert not gathered(request_, by=registrar).items.exists()

    def test_what_changes_afterwards_does_not_change_it(self, cast, registrar, request_):
        post = log_post(library_account(cast), text="Som det var.")
        gathered(request_, by=registrar)
        post.content.text = "Som det blev."
        post.content.record(by=cast.librarian, now=NOW, reason="Rättades")
        assert RecordsRequestItem.objects.get().content.text == "Som det var."

    def test_again_keeps_what_is_judged(self, cast, registrar, request_):
        document(cast.culture_board, by=registrar)
        judged(gathered(request_, by=registrar), by=registrar)
        document(cast.culture_board, by=registrar)
        found = [item.assessment for item in gathered(request_, by=registrar).items.all()]
        assert sorted(found) == ["", "released"]

    def test_a_smaller_scope_is_refused_afterwards(self, cast, registrar, request_):
        kept = document(cast.culture_board, by=registrar)
        document(cast.culture_board, by=registrar)
        gathered(request_, by=registrar)
        scope = Scope(RequestScope.MATTER, matter=kept.matter)
        with pytest.raises(RefusedError, match="1 handlingar som redan är samlade"):
            service.gather_request(request_.pk, scope, by=registrar, now=NOW)

    def test_too_much_is_asked_for_in_parts(self, cast, registrar, request_, monkeypatch):
        monkeypatch.setattr(service, "MOST_ITEMS", 1)
        for _ in range(2):
            document(cast.culture_board, by=registrar)
        with pytest.raises(RefusedError, match="mindre"):
            gathered(request_, by=registrar)

    @pytest.mark.parametrize(
        ("scope", "field"),
        [
            (Scope(RequestScope.ACCOUNT), "account"),
            (Scope(RequestScope.MATTER), "matter"),
            (Scope(RequestScope.PERIOD, first=TODAY), "last"),
            (Scope(RequestScope.PERIOD, first=TODAY, last=TODAY - timedelta(1)), "last"),
        ],
    )
    def test_says_what(self, registrar, request_, scope, field):
        with pytest.raises(RefusedError) as refusal:
            service.gather_request(request_.pk, scope, by=registrar, now=NOW)
        assert refusal.value.field == field

    def test_only_the_boards_registrar(self, cast, stranger, request_):
        for person in (cast.communicator, stranger):
            with pytest.raises(PermissionDenied):
                gathered(request_, by=person)


class TestAssess:
    @pytest.fixture
    def item(self, cast, registrar, request_):
        document(cast.culture_board, by=registrar, text="Anna Ek bor på\nStorgatan 1.")
        return gathered(request_, by=registrar).items.get()

    def assess(self, item, assessment, *, by, **how):
        return service.assess(item.pk, assessment=assessment, by=by, now=NOW, **how)

    def test_by_whom_when_and_by_which_provision(self, item, registrar):
        found = self.assess(item, Assessment.WITHHELD, provision=PROVISION, by=registrar)
        assert (found.assessment, found.provision, found.assessed_by, found.assessed_at) == (
            "withheld",
            PROVISION,
            registrar,
            NOW,
        )
        assert found.history.count() == 2

    def test_masks_words_however_they_are_broken(self, item, registrar):
        self.assess(item, Assessment.MASKED, provision=PROVISION, passages=["bor på Storgatan 1"], by=registrar)
        assert RecordsRequestMask.objects.get().passage == "bor på Storgatan 1"

    def test_masked_words_are_not_in_its_history(self, item, registrar):
        self.assess(item, Assessment.MASKED, provision=PROVISION, passages=["Anna Ek"], by=registrar)
        assert "Anna" not in str([vars(row) for row in item.history.all()])

    def test_given_out_after_all_forgets_the_mask(self, item, registrar):
        self.assess(item, Assessment.MASKED, provision=PROVISION, passages=["Anna Ek"], by=registrar)
        assert self.assess(item, Assessment.RELEASED, provision=PROVISION, by=registrar).provision == ""
        assert not RecordsRequestMask.objects.exists()

    @pytest.mark.parametrize(
        ("assessment", "how", "field"),
        [
            (Assessment.WITHHELD, {}, "provision"),
            (Assessment.MASKED, {"passages": ["Anna"]}, "provision"),
            (Assessment.MASKED, {"provision": PROVISION}, "passages"),
            (Assessment.MASKED, {"provision": PROVISION, "passages": ["Anna", "Lisa"]}, "passages"),
        ],
    )
    def test_says_why_and_what(self, item, registrar, assessment, how, field):
        with pytest.raises(RefusedError) as refusal:
            self.assess(item, assessment, by=registrar, **how)
        assert refusal.value.field == field

    def test_only_the_boards_registrar(self, item, cast, stranger):
        for person in (cast.communicator, stranger):
            with pytest.raises(PermissionDenied):
                self.assess(item, Assessment.RELEASED, by=person)

    def test_the_rest_is_given_out_in_one_press_but_never_what_may_be_secret(self, cast, registrar, item, request_):
        document(cast.culture_board, by=registrar, is_restricted=True)
        gathered(request_, by=registrar)
        assert service.release_the_rest(request_.pk, by=registrar, now=NOW) == 1
        assert RecordsRequestItem.objects.unjudged().get().is_restricted
        with pytest.raises(RefusedError):
            service.release_the_rest(request_.pk, by=registrar, now=NOW)


class TestSecrecy:
    def test_only_those_with_access_gather_and_read_it(self, cast, registrar, request_):
        log_post(library_account(cast), lane=Lane.SECRECY, text="Min granne får hjälp.")
        gathered(request_, by=registrar)
        item = RecordsRequestItem.objects.get()
        assert item.is_restricted
        readers = [
            who for who in (registrar, cast.communicator) if RecordsRequestItem.objects.readable_by(who).exists()
        ]
        assert readers == [registrar]


class TestHold:
    def test_what_an_open_request_is_about_is_held(self, cast, registrar, request_):
        kept = document(cast.culture_board, by=registrar)
        gathered(request_, by=registrar)
        held = lambda: list(RecordsRequestItem.objects.held("document").values_list("source_key", flat=True))  # noqa: E731
        assert held() == [kept.pk]
        service.withdraw_request(request_.pk, reason="Frågan är besvarad", by=registrar, now=NOW)
        assert held() == []
        assert not RecordsRequest.objects.open().exists()


class TestWithdraw:
    def test_closes_with_a_reason(self, registrar, request_):
        with pytest.raises(RefusedError):
            service.withdraw_request(request_.pk, reason=" ", by=registrar, now=NOW)
        found = service.withdraw_request(request_.pk, reason="Behövs inte", by=registrar, now=NOW)
        assert (found.status, found.closed_why) == (RequestStatus.WITHDRAWN, "Behövs inte")
        with pytest.raises(RefusedError, match="redan besvarad"):
            gathered(request_, by=registrar)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def gathering(self, cast, registrar, request_, monkeypatch):
        document(cast.culture_board, by=registrar)
        meet_at(monkeypatch, service, "_add_item")
        return lambda: gathered(request_, by=registrar)

    def test_two_who_gather_at_once_gather_each_document_once(self, gathering):
        assert len(winners(race(gathering, gathering))) == 2
        assert RecordsRequestItem.objects.count() == 1

    def test_without_the_lock_one_would_fail(self, gathering, monkeypatch):
        take_the_lock_away(monkeypatch)
        assert len(losers(race(gathering, gathering))) == 1

    def test_two_who_judge_at_once_both_stand_in_the_history(self, cast, registrar, request_, monkeypatch):
        document(cast.culture_board, by=registrar)
        item = gathered(request_, by=registrar).items.get()
        meet_at(monkeypatch, service, "lock_request")
        calls = [
            lambda: service.assess(item.pk, assessment=Assessment.RELEASED, by=registrar, now=NOW),
            lambda: service.assess(item.pk, assessment=Assessment.WITHHELD, provision=PROVISION, by=registrar, now=NOW),
        ]
        assert len(winners(race(*calls))) == 2
        assert item.history.count() == 3
        assert RecordsRequest.objects.get().version == 4

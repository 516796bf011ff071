"""What is given out, and what is refused by a decision that says how to appeal (TF ch. 2; OSL ch. 6)."""

import io
import zipfile

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from archive.enums import Assessment, Direction, RequestStatus
from archive.models import RecordsRequest
from archive.services import entries
from archive.services import records_answers as service
from archive.services.entries import File
from archive.services.masking import mask
from archive.services.records_answers import Refusal
from archive.services.records_requests import assess, withdraw_request
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import asked_for, document
from tests.archive.request_factories import PROVISION, gathered, judged
from tests.clock import NOW
from tests.pdf import opened, text_of
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
REFUSAL = Refusal("Det står vem som får hjälp.", "På delegation av nämnden, 1.4", "Nämnden, 312 80 Laholm")
BYTES = b"%PDF-1.7 original"


@pytest.fixture
def asked(cast, registrar):
    """A request with two documents gathered."""
    for text in ("Anna Ek, Storgatan 1, får hjälp.", "När lagas dörren?"):
        document(cast.culture_board, by=registrar, text=text, files=[File("brev.pdf", "application/pdf", BYTES)])
    return gathered(asked_for(cast.culture_board, by=registrar), by=registrar)


def secret_and_plain(asked):
    return sorted(asked.items.select_related("content"), key=lambda item: "Anna" not in item.content.text)


def judge_apart(asked, by):
    """Mask the one, give out the other."""
    secret, plain = secret_and_plain(asked)
    how = {"provision": PROVISION, "passages": ["ANNA EK", "Storgatan 1"]}
    assess(secret.pk, assessment=Assessment.MASKED, **how, by=by, now=NOW)
    assess(plain.pk, assessment=Assessment.RELEASED, by=by, now=NOW)


class TestMask:
    @pytest.mark.parametrize(
        ("passages", "left"),
        [
            (["Anna Ek"], "[Maskat: X] och [Maskat: X] bor här"),
            (["Anna", "Ek och"], "[Maskat: X] [Maskat: X] [Maskat: X]\nek bor här"),
            (["Anna Ek", "Ek och"], "[Maskat: X] [Maskat: X] bor här"),  # they overlap, and go as one
            (["(här)"], "Anna Ek och ANNA\nek bor här"),
            (["Maskat", "bor"], "Anna Ek och ANNA\nek [Maskat: X] här"),  # never within what is put there instead
        ],
    )
    def test_replaces_every_passage_wherever_it_stands(self, asked, passages, left):
        content = asked.items.first().content
        content.text, content.details = "Anna Ek och ANNA\nek bor här", {"Anna Ek": "Anna Ek"}
        assert mask(content, passages, "X").text == left

    def test_in_headings_and_details_too(self, asked):
        content = asked.items.first().content
        content.heading, content.details = "Om Anna", {"Skrivet av Anna": "anna"}
        masked = mask(content, ["Anna"], "X")
        assert (masked.heading, masked.details) == ("Om [Maskat: X]", {"Skrivet av [Maskat: X]": "[Maskat: X]"})


class TestRelease:
    def test_whole_is_registered_in_the_requests_matter(self, asked, registrar):
        judged(asked, by=registrar)
        kept = service.release(asked.pk, by=registrar, now=NOW)
        found = RecordsRequest.objects.get()
        assert (found.status, found.answer, kept.matter) == (RequestStatus.RELEASED, kept, found.matter)
        assert (str(kept), kept.direction) == (f"{found.matter}-1", Direction.OUTGOING)
        text = text_of(bytes(kept.files.get().content))
        assert "Anna Ek, Storgatan 1, får hjälp." in text
        assert "Maskat" not in text

    def test_masked_words_are_replaced_and_nowhere_in_the_file(self, asked, registrar):
        judge_apart(asked, registrar)
        kept = service.release(asked.pk, by=registrar, now=NOW)
        pdf = bytes(kept.files.get().content)
        text = text_of(pdf)
        assert f"[Maskat: {PROVISION}], [Maskat: {PROVISION}], får hjälp." in text
        assert "Anna" not in text
        assert "Storgatan" not in text
        assert "skriftligt beslut, som du kan överklaga" in text
        assert RecordsRequest.objects.get().status == RequestStatus.PARTLY
        with opened(pdf) as file:
            assert file.Root.MarkInfo.Marked
            assert "pdfaid" in file.Root.Metadata.read_bytes().decode()
            assert b"Anna" not in b"".join(stream_bytes(file))

    def test_the_package_has_originals_of_what_is_given_out_whole_alone(self, asked, registrar):
        judge_apart(asked, registrar)
        service.release(asked.pk, by=registrar, now=NOW)
        found = RecordsRequest.objects.get()
        package = zipfile.ZipFile(io.BytesIO(service.package_zip(found)))
        _secret, plain = secret_and_plain(asked)
        original = f"original/{plain.position:03}-1-brev.pdf"
        assert package.namelist() == ["utlamnade-handlingar.pdf", original]
        assert package.read(original) == BYTES
        assert service.package_zip(found) == service.package_zip(found)

    def test_an_original_that_is_not_what_it_was_is_not_given_out(self, asked, registrar, monkeypatch):
        judged(asked, by=registrar)
        service.release(asked.pk, by=registrar, now=NOW)
        monkeypatch.setattr(service, "content_of", lambda ref: b"forged")
        with pytest.raises(RefusedError, match="inte längre vad den var"):
            service.package_zip(RecordsRequest.objects.get())

    def test_not_until_everything_is_judged(self, asked, registrar):
        with pytest.raises(RefusedError, match="2 handlingar är inte prövade"):
            service.release(asked.pk, by=registrar, now=NOW)

    def test_nothing_to_give_out_is_a_decision(self, asked, registrar):
        judged(asked, Assessment.WITHHELD, by=registrar)
        with pytest.raises(RefusedError, match="avslagsbeslut"):
            service.release(asked.pk, by=registrar, now=NOW)

    def test_withheld_shows_its_kind_and_provision_alone(self, asked, registrar):
        secret, plain = secret_and_plain(asked)
        assess(secret.pk, assessment=Assessment.WITHHELD, provision=PROVISION, by=registrar, now=NOW)
        assess(plain.pk, assessment=Assessment.RELEASED, by=registrar, now=NOW)
        kept = service.release(asked.pk, by=registrar, now=NOW)
        text = text_of(bytes(kept.files.get().content))
        assert f"Handling i diariet: lämnas inte ut, {PROVISION}" in text
        assert secret.content.heading not in text

    def test_once(self, asked, registrar):
        judged(asked, by=registrar)
        service.release(asked.pk, by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="redan besvarad"):
            service.release(asked.pk, by=registrar, now=NOW)

    def test_only_the_boards_registrar(self, asked, registrar, cast, stranger):
        judged(asked, by=registrar)
        for person in (cast.communicator, stranger):
            with pytest.raises(PermissionDenied):
                service.release(asked.pk, by=person, now=NOW)

    def test_judged_anew_while_it_is_made_is_made_again(self, asked, registrar, monkeypatch):
        judged(asked, by=registrar)
        secret, _plain = secret_and_plain(asked)
        render, times = service.render_pdf, []

        def judge_meanwhile(html):
            if not times:
                times.append(1)
                how = {"provision": PROVISION, "passages": ["Anna Ek"]}
                assess(secret.pk, assessment=Assessment.MASKED, **how, by=registrar, now=NOW)
            return render(html)

        monkeypatch.setattr(service, "render_pdf", judge_meanwhile)
        kept = service.release(asked.pk, by=registrar, now=NOW)
        assert "Anna Ek" not in text_of(bytes(kept.files.get().content))


class TestRefuse:
    def test_the_decision_says_why_and_how_to_appeal(self, asked, registrar):
        judged(asked, Assessment.WITHHELD, by=registrar)
        kept = service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)
        found = RecordsRequest.objects.get()
        assert (found.status, found.refusal, found.answer) == (RequestStatus.REFUSED, kept, None)
        text = text_of(bytes(kept.files.get().content))
        for words in (
            "avslår begäran",
            REFUSAL.motivation,
            REFUSAL.mandate,
            REFUSAL.reach,
            PROVISION,
            "Kammarrätten i Göteborg",
            "inom tre veckor från den dag då du fick del av beslutet",
            "6 kap. 7 och 8 §§ OSL, 43–46 §§ förvaltningslagen",
            str(found.matter),
        ):
            assert words in text, words

    def test_the_rest_of_what_was_given_out_in_part(self, asked, registrar):
        judge_apart(asked, registrar)
        with pytest.raises(RefusedError, match="Lämna ut det som ska lämnas ut först"):
            service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)
        service.release(asked.pk, by=registrar, now=NOW)
        kept = service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)
        assert RecordsRequest.objects.get().status == RequestStatus.PARTLY
        assert "Resten är utlämnat" in text_of(bytes(kept.files.get().content))
        with pytest.raises(RefusedError, match="redan ett avslagsbeslut"):
            service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)

    @pytest.mark.parametrize(
        ("refusal", "field"), [(Refusal(" ", "", "Nämnden"), "motivation"), (Refusal("Skäl", "", " "), "reach")]
    )
    def test_says_why_and_where(self, asked, registrar, refusal, field):
        judged(asked, Assessment.WITHHELD, by=registrar)
        with pytest.raises(RefusedError) as error:
            service.refuse(asked.pk, refusal, by=registrar, now=NOW)
        assert error.value.field == field

    def test_nothing_is_kept_back(self, asked, registrar):
        judged(asked, by=registrar)
        with pytest.raises(RefusedError, match="inget att avslå"):
            service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)

    def test_taken_back_is_over(self, asked, registrar):
        withdraw_request(asked.pk, reason="Behövs inte", by=registrar, now=NOW)
        with pytest.raises(RefusedError, match="redan besvarad"):
            service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)

    def test_only_the_boards_registrar(self, asked, cast, stranger):
        for person in (cast.communicator, stranger):
            with pytest.raises(PermissionDenied):
                service.refuse(asked.pk, REFUSAL, by=person, now=NOW)


class TestDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE archive_recordsrequestitem SET provision = '', assessment = 'withheld'",
            "UPDATE archive_recordsrequestitem SET assessment = 'released'",
            "UPDATE archive_recordsrequest SET status = 'released', closed_at = now()",
            "UPDATE archive_recordsrequest SET status = 'refused', closed_at = now()",
            "UPDATE archive_recordsrequestcontent SET text = 'annat'",
        ],
    )
    def test_refuses(self, asked, owner, change):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def releasing(self, asked, registrar, monkeypatch):
        judged(asked, by=registrar)
        meet_at(monkeypatch, service, "_register")
        return lambda: service.release(asked.pk, by=registrar, now=NOW)

    def test_given_out_once(self, releasing):
        outcomes = race(releasing, releasing)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_the_database_alone_stops_the_second(self, releasing, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, entries, "_registered", afterwards=True)
        assert isinstance(losers(race(releasing, releasing))[0], IntegrityError)

    def test_refused_once(self, asked, registrar, monkeypatch):
        judged(asked, Assessment.WITHHELD, by=registrar)
        meet_at(monkeypatch, service, "_register")
        call = lambda: service.refuse(asked.pk, REFUSAL, by=registrar, now=NOW)  # noqa: E731
        assert len(winners(race(call, call))) == 1


def stream_bytes(file):
    return [one.read_bytes() for one in file.objects if isinstance(one, pikepdf.Stream)]

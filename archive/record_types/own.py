"""The handlingstyper of the portal's own work."""

from typing import Final

from django.db.models import Exists, OuterRef, Q

from archive.delivery import Delivery
from archive.enums import StartsFrom
from archive.models import DocumentView, HandoverView, RecordsRequest, RecordsRequestItem
from archive.retention import Part, RecordType, add_record_types, after, communications_board, day, value
from laholm_sociala.common.models import Mail

OWN: Final = "Portalens egna uppgifter"


def add_own_types() -> None:
    """Add what the portal keeps of its own work: who has read, what was gathered for a request, and its mail."""
    add_record_types(
        RecordType(
            code="document_view",
            name="Åtkomstlogg, diariet",
            group=OWN,
            model=DocumentView,
            board=value("document__matter__board"),
            created=day("at"),
            proposal=after(5, StartsFrom.CREATED, "Behövs för att följa upp åtkomst till det som kan vara sekretess."),
            covers={"archive.document": "document", "archive.matter": "document__matter"},
            delivery=Delivery(day("at"), is_list=True),
        ),
        RecordType(
            code="handover_view",
            name="Åtkomstlogg, registratorns inkorg",
            group=OWN,
            model=HandoverView,
            board=value("handover__board"),
            created=day("at"),
            proposal=after(5, StartsFrom.CREATED, "Behövs för att följa upp åtkomst till det som kan vara sekretess."),
            covers={"archive.handover": "handover"},
            part_of=("archive.handover", "handover"),
            delivery=Delivery(day("at"), is_list=True),
        ),
        RecordType(
            code="records_request",
            name="Begäran om allmän handling, det som samlades",
            group=OWN,
            model=RecordsRequest,
            board=value("board"),
            created=value("received_on"),
            proposal=after(2, StartsFrom.CLOSED, "Det som lämnades ut och beslutet finns i diariet."),
            starts={StartsFrom.CLOSED: day("closed_at")},
            parts=(
                Part("archive.recordsrequestcontact", "request"),
                Part("archive.recordsrequestmask", "item__request"),
                Part("archive.recordsrequestcontent", "item__request"),
                Part("archive.recordsrequestitem", "request"),
            ),
            url_name="archive:request-detail",
            delivery=Delivery(day("closed_at"), restricted=_gathers_what_may_be_secret),
        ),
        RecordType(
            code="mail",
            name="Mejl som portalen har skickat",
            group=OWN,
            model=Mail,
            board=communications_board,
            created=day("created_at"),
            proposal=after(1, StartsFrom.CREATED, "Upprepar det som står i portalen."),
            starts={StartsFrom.CLOSED: day("sent_at")},
            tells_of="about",
            parts=(Part("common.mailattachment", "mail"),),
            delivery=Delivery(day("sent_at"), written=("sent_at",)),
        ),
    )


def _gathers_what_may_be_secret() -> Q:
    return Q(Exists(RecordsRequestItem.objects.filter(request=OuterRef("pk"), is_restricted=True)))

"""The handlingstyper of the diarium and the registrator's inbox (R16)."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from archive.delivery import Delivery
from archive.enums import HandoverStatus, StartsFrom
from archive.models import Document, DocumentContent, DocumentFile, Handover, Matter
from archive.record_types.covers import ACCOUNT
from archive.retention import MAIL, Part, RecordType, add_record_types, after, day, last_changed, preserve, value
from laholm_sociala.common.swedish import STOCKHOLM

DIARY: Final = "Diariet"
MATTER: Final = {"archive.matter": "matter", "accounts.account": "matter__account"}


def add_diary_types() -> None:
    """Add what stands in the diarium, and what waits to."""
    add_record_types(
        RecordType(
            code="matter",
            name="Diarieposter",
            group=DIARY,
            model=Matter,
            board=value("board"),
            created=value("opened_on"),
            proposal=preserve("Det som antecknats i diariet bevaras."),
            covers=ACCOUNT,
            account="account",
            is_diary_entry=True,
            preserved_because="Det som antecknats i diariet bevaras. Bara handlingarnas innehåll kan gallras.",
            url_name="archive:matter-detail",
            delivery=Delivery(value("closed_on")),
        ),
        RecordType(
            code="document",
            name="Diarieförda handlingars innehåll",
            group=DIARY,
            model=Document,
            board=value("matter__board"),
            created=value("dated_on"),
            proposal=preserve("Det som nämnden valt att diarieföra bevaras tills nämnden beslutar annat."),
            condition=_has_content,
            stays=_is_protocol,
            starts={
                StartsFrom.REGISTERED: day("registered_at"),
                StartsFrom.CLOSED: value("matter__closed_on"),
            },
            covers=MATTER,
            account="matter__account",
            is_diary_entry=True,
            parts=(*MAIL, Part("archive.documentfile", "document"), Part("archive.documentcontent", "document")),
            url_name="archive:document-detail",
            fetch=("matter",),
            delivery=Delivery(value("matter__closed_on")),
        ),
        RecordType(
            code="handover",
            name="Överlämnat till registratorn",
            group=DIARY,
            model=Handover,
            board=value("board"),
            created=day("handed_over_at"),
            proposal=after(1, StartsFrom.REGISTERED, "Innehållet finns i diariet när det är registrerat."),
            starts={StartsFrom.REGISTERED: _handover_registered},
            covers=ACCOUNT,
            account="account",
            parts=(
                Part("archive.handoverview", "handover"),
                Part("archive.handoverfile", "handover"),
                Part("archive.handovercontent", "handover"),
            ),
            url_name="archive:handover-detail",
            delivery=Delivery(last_changed(Handover, status=HandoverStatus.REGISTERED), restricted=_is_restricted),
        ),
    )


def _has_content() -> Q:
    own = {"document": OuterRef("pk")}
    return Q(Exists(DocumentContent.objects.filter(**own))) | Q(Exists(DocumentFile.objects.filter(**own)))


def _is_protocol() -> Q:
    # The protocol of a gallring is what is left to show that it was decided.
    return Q(source_ref__startswith="disposal:")


def _handover_registered() -> Combinable:
    documents = Document.objects.filter(source_ref=OuterRef("source_ref"), cancelled_at__isnull=True)
    return Subquery(documents.values(on=TruncDate("registered_at", tzinfo=STOCKHOLM))[:1])


def _is_restricted() -> Q:
    return Q(is_restricted=True)

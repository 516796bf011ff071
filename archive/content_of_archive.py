"""What the archive's own fields hold. Read by `AppConfig.ready()`: it fills the registry."""

from typing import Final

from archive.content import declare, goes_with, never, preserved

DIARY: Final = "Det som antecknats i diariet bevaras."
DECISIONS: Final = "Nämndens beslut om gallring, och skälen för dem, bevaras."
DELIVERIES: Final = "Nämndens uppgifter om sina leveranser till e-arkivet bevaras."
CODE: Final = "Portalens egna koder, inga ord."
FINGERPRINT: Final = "Ett fingeravtryck, inga ord."


def declare_archive() -> None:
    """Say what they hold."""
    _declare_diary()
    _declare_handovers()
    _declare_retention()
    _declare_snapshots()
    _declare_requests()
    _declare_disposals()
    _declare_transfers()


def _declare_diary() -> None:
    declare("archive.Series", preserved(DIARY, "prefix usual_provisions"))
    declare("archive.Matter", preserved(DIARY, "designation subject public_subject cancelled_why"))
    declare(
        "archive.Document",
        preserved(DIARY, "correspondent public_correspondent subject public_subject source_ref cancelled_why"),
    )
    declare("archive.DocumentIndex", preserved(DIARY, "text"))
    declare("archive.DocumentContent", goes_with("archive.document", "text details"))
    declare(
        "archive.DocumentFile",
        goes_with("archive.document", "file_name content_type content"),
        never(FINGERPRINT, "sha256"),
    )
    declare("archive.SecrecyMark", preserved(DIARY, "provision lifted_why"))
    declare("archive.Forwarding", preserved(DIARY, "receiver email message received_how"))


def _declare_handovers() -> None:
    of_handover = "archive.handover"
    declare("archive.Handover", goes_with(of_handover, "source_ref subject designation"))
    declare("archive.HandoverContent", goes_with(of_handover, "text details"))
    declare(
        "archive.HandoverFile",
        goes_with(of_handover, "file_name content_type content"),
        never(FINGERPRINT, "sha256"),
    )


def _declare_retention() -> None:
    declare("archive.RetentionPlan", preserved(DECISIONS, "decision_body paragraph designation"))
    declare("archive.RetentionRule", preserved(DECISIONS, "motivation"), never(CODE, "record_type"))
    declare("archive.Hold", preserved(DECISIONS, "name ground released_why"))
    declare("archive.HoldItem", never(CODE, "kind"))
    declare("archive.HoldQuery", never(CODE, "record_type"))
    declare("archive.Assertion", preserved(DECISIONS, "reason"), never(CODE, "kind"))


def _declare_snapshots() -> None:
    of_snapshot = "archive.snapshot"
    declare(
        of_snapshot,
        goes_with(of_snapshot, "requested_url final_url evidence failure attestation verdict_reason"),
    )
    declare(
        "archive.SnapshotFile",
        goes_with(of_snapshot, "original_name content_type"),
        never("En slumpad nyckel.", "name"),
        never(FINGERPRINT, "sha256"),
    )
    declare("archive.PlannedChange", preserved("Kontot bevaras i registret, och vad som planerades för det.", "what"))
    declare(
        "archive.Manifest",
        never(FINGERPRINT, "sha256 previous_sha256"),
    )
    declare("archive.ManifestEntry", never(FINGERPRINT, "sha256"), never(CODE, "kind"))
    declare(
        "archive.FixityCheck",
        never("En slumpad nyckel.", "name"),
        never(FINGERPRINT, "sha256"),
    )


def _declare_requests() -> None:
    of_request = "archive.recordsrequest"
    declare("archive.RecordsRequest", goes_with(of_request, "asked closed_why"))
    declare("archive.RecordsRequestContact", goes_with(of_request, "address"))
    declare("archive.RecordsRequestItem", goes_with(of_request, "kind provision"), never(CODE, "source"))
    declare("archive.RecordsRequestContent", goes_with(of_request, "heading text details files"))
    declare("archive.RecordsRequestMask", goes_with(of_request, "passage"))


def _declare_disposals() -> None:
    declare("archive.DisposalRun", never(FINGERPRINT, "list_sha256"))
    declare("archive.DisposalAdvice", preserved(DECISIONS, "text"))
    declare(
        "archive.DisposalItem",
        preserved(DECISIONS, "choice_reason"),
        never("Regelns ord och datum.", "reason outcome"),
        never(CODE, "record_type kind"),
    )
    declare(
        "archive.Tombstone",
        never("Antal rader, tabell för tabell.", "counts"),
        never("Regelns och beslutets ord.", "rule decision"),
        never(CODE, "record_type kind"),
    )
    declare("archive.DisposalFile", never("En slumpad fils namn i lagringen.", "storage name"))
    declare(
        "archive.DisposalReach",
        never("Portalens egna tabellnamn.", "record_type table_name key_column object_column condition statement"),
    )
    declare(
        "archive.LedgerEntry",
        never("Nummer, id och datum, inga ord av någon.", "content"),
        never(FINGERPRINT, "line_sha256"),
    )


def _declare_transfers() -> None:
    declare("archive.TransferDetails", preserved(DELIVERIES, "organisation_number receiver agreement"))
    declare("archive.Transfer", preserved(DELIVERIES, "cancelled_why"), never("Portalens egna meningar.", "failure"))
    declare("archive.TransferItem", never(CODE, "record_type kind"), never(FINGERPRINT, "sha256"))
    declare(
        "archive.TransferPackage",
        never("En slumpad nyckel. Filen tas bort när e-arkivet har kvitterat.", "name"),
        never(FINGERPRINT, "sha256 mets_sha256"),
    )

"""What must be kept: the diarium and the snapshots; and for how long: plans, rules and gallringsstopp."""

from archive.models.access import DocumentAccess
from archive.models.diary import (
    REGISTER,
    Document,
    DocumentContent,
    DocumentFile,
    DocumentView,
    Matter,
    Numbering,
    SecrecyMark,
    Series,
)
from archive.models.disposal import (
    FINISHED,
    DisposalFile,
    DisposalItem,
    DisposalReach,
    DisposalRun,
    Tombstone,
)
from archive.models.disposal_advice import DisposalAdvice
from archive.models.document_index import DocumentIndex
from archive.models.fixity import FixityCheck
from archive.models.forwarding import Forwarding
from archive.models.handover import Handover, HandoverContent, HandoverFile, HandoverView
from archive.models.hold import Assertion, Hold, HoldItem, HoldQuery
from archive.models.ledger import LedgerEntry
from archive.models.manifest import Manifest, ManifestEntry
from archive.models.planned_change import PlannedChange
from archive.models.records_request import (
    RecordsRequest,
    RecordsRequestContact,
    RecordsRequestContent,
    RecordsRequestItem,
    RecordsRequestMask,
)
from archive.models.retention import (
    DECIDE_DISPOSAL,
    PREPARE_DISPOSAL,
    VIEW_DISPOSAL,
    RetentionPlan,
    RetentionRule,
)
from archive.models.snapshot import Snapshot, SnapshotFile, snapshot_storage
from archive.models.snapshot_reminder import SnapshotReminder
from archive.models.transfer import (
    Transfer,
    TransferDetails,
    TransferItem,
    TransferPackage,
    TransferReading,
    transfer_storage,
)

__all__ = [
    "DECIDE_DISPOSAL",
    "FINISHED",
    "PREPARE_DISPOSAL",
    "REGISTER",
    "VIEW_DISPOSAL",
    "Assertion",
    "DisposalAdvice",
    "DisposalFile",
    "DisposalItem",
    "DisposalReach",
    "DisposalRun",
    "Document",
    "DocumentAccess",
    "DocumentContent",
    "DocumentFile",
    "DocumentIndex",
    "DocumentView",
    "FixityCheck",
    "Forwarding",
    "Handover",
    "HandoverContent",
    "HandoverFile",
    "HandoverView",
    "Hold",
    "HoldItem",
    "HoldQuery",
    "LedgerEntry",
    "Manifest",
    "ManifestEntry",
    "Matter",
    "Numbering",
    "PlannedChange",
    "RecordsRequest",
    "RecordsRequestContact",
    "RecordsRequestContent",
    "RecordsRequestItem",
    "RecordsRequestMask",
    "RetentionPlan",
    "RetentionRule",
    "SecrecyMark",
    "Series",
    "Snapshot",
    "SnapshotFile",
    "SnapshotReminder",
    "Tombstone",
    "Transfer",
    "TransferDetails",
    "TransferItem",
    "TransferPackage",
    "TransferReading",
    "snapshot_storage",
    "transfer_storage",
]

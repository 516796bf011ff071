"""The addresses of ögonblicksbilder."""

from collections.abc import Callable
from datetime import timedelta

from archive.enums import SnapshotFileKind
from archive.models import Manifest, Snapshot
from archive.services.manifests import make_manifests
from archive.services.planned_changes import announce_change
from tests.archive.snapshots import uploaded
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.matrix.records import library_account
from tests.matrix.roles import DECIDES, NOBODY, PART_IN_IT, LeadsTo, Rows, only, seen, staff

WATCHES = only("communications", "administrator", "registrar")
SEES_THE_ACCOUNT = only(*PART_IN_IT, others=404)
LEADS_ON = only(*PART_IN_IT, status=302, others=404)

ROWS: Rows = {
    "archive:snapshot-list": (staff(200), NOBODY),
    "archive:fixity": (WATCHES, NOBODY),
    "archive:manifest-list": (WATCHES, NOBODY),
    "archive:manifest-pdf": (WATCHES, NOBODY),
    "archive:manifest-text": (WATCHES, NOBODY),
    "archive:snapshot-timeline": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-upload": (SEES_THE_ACCOUNT, SEES_THE_ACCOUNT),
    "archive:snapshot-not-possible": (seen(*DECIDES), seen(*DECIDES)),
    "archive:snapshot-capture": (SEES_THE_ACCOUNT, SEES_THE_ACCOUNT),
    "archive:change-plan": (SEES_THE_ACCOUNT, SEES_THE_ACCOUNT),
    "archive:change-withdraw": (SEES_THE_ACCOUNT, LEADS_ON),
    "archive:snapshot-compare": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-detail": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-history": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-progress": (LEADS_ON, NOBODY),
    "archive:snapshot-judge": (NOBODY, SEES_THE_ACCOUNT),
    "archive:snapshot-again": (NOBODY, LEADS_ON),
    "archive:snapshot-pdf": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-zoom": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-picture": (SEES_THE_ACCOUNT, NOBODY),
    "archive:snapshot-original": (SEES_THE_ACCOUNT, NOBODY),
}


def sent_snapshot(cast: Cast) -> Snapshot:
    return uploaded(library_account(cast, active=True), by=cast.librarian)


def its_file(kind: SnapshotFileKind) -> Callable[[Cast], dict[str, object]]:
    def made(cast: Cast) -> dict[str, object]:
        snapshot = sent_snapshot(cast)
        return {"pk": snapshot.pk, "file_pk": snapshot.files.get(kind=kind).pk}

    return made


def its_account(cast: Cast) -> dict[str, object]:
    return {"account_pk": library_account(cast, active=True).pk}


def its_manifest(cast: Cast) -> Manifest:
    sent_snapshot(cast)
    make_manifests(NOW + timedelta(days=1))
    return Manifest.objects.get()


def its_change(cast: Cast) -> dict[str, object]:
    account = library_account(cast, active=True)
    change = announce_change(account.pk, what="Nytt namn", planned_on=TODAY, by=cast.librarian, now=NOW)
    return {"account_pk": account.pk, "pk": change.pk}


LEADS_TO: LeadsTo = {
    "archive:change-plan": its_account,
    "archive:change-withdraw": its_change,
    "archive:manifest-": its_manifest,
    "archive:snapshot-timeline": its_account,
    "archive:snapshot-upload": its_account,
    "archive:snapshot-not-possible": its_account,
    "archive:snapshot-capture": its_account,
    "archive:snapshot-compare": its_account,
    "archive:snapshot-zoom": its_file(SnapshotFileKind.SHOWN),
    "archive:snapshot-picture": its_file(SnapshotFileKind.THUMBNAIL),
    "archive:snapshot-original": its_file(SnapshotFileKind.UPLOAD),
    "archive:snapshot-": sent_snapshot,
}

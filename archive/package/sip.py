"""Writing the package: one zip, file by file, so that memory does not grow with what is in it."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.utils import timezone

from archive.package.bag import Bag
from archive.package.contents import Aggregation, Original, Submission, Supporting
from archive.package.erms import erms
from archive.package.mets import REPRESENTATION, REPRESENTATIONS, Member, Parts, mets
from archive.package.premis import Packed, premis_of_files, premis_of_submission
from archive.package.xml import moment
from laholm_sociala.common.swedish import STOCKHOLM

XML: Final = "application/xml"
SCHEMAS: Final = Path(__file__).parent / "schemas"
WITHIN: Final = f"representations/{REPRESENTATION}"
# How the schemas are reached from the package's METS and its metadata, and from the representation's own.
FROM_ROOT, FROM_METADATA, FROM_REPRESENTATION, FROM_ITS_DATA, FROM_ITS_METADATA = (
    "schemas",
    "../../schemas",
    "../../schemas",
    "../../../schemas",
    "../../../../schemas",
)
# CITS ERMS, 3.2: what came out of the diarium is data, and lies with the files that it leads to.
ERMS: Final = f"{WITHIN}/data/erms.xml"
OnProgress = Callable[[int], None]


class ChangedOriginalError(Exception):
    """A file is not what was written down of it when it came."""


class FaultyOriginalsError(Exception):
    """Files that came are gone or changed. The records that they belong to, by their keys."""

    def __init__(self, missing: frozenset[UUID], changed: frozenset[UUID]) -> None:
        super().__init__(f"{len(missing)} records have files that are gone, {len(changed)} have files that are changed")
        self.missing = missing
        self.changed = changed


@dataclass(frozen=True)
class Written:
    """The package as it was written: how many files and bytes, and the fingerprint of its outermost METS."""

    files: int
    mets_sha256: str


def write_package(
    target: IO[bytes],
    submission: Submission,
    aggregations: Sequence[Aggregation],
    supporting: Sequence[Supporting],
    *,
    as_bag: bool = False,
    on_progress: OnProgress = lambda _files: None,
) -> Written:
    """Write the whole leverans to `target` as a zip, and return what was written: the same bytes for the same content.

    `as_bag` puts it in a BagIt bag for its way to the archive. `on_progress` is told how many originals are in. Raises
    FaultyOriginalsError when files that came are gone, or are not what was written down of them then: all are read
    before that, so that each record is named. It raises too whatever else reading one raises. Then what `target` holds
    is no package.
    """
    with zipfile.ZipFile(target, "w", allowZip64=True) as package:
        writer = _Writer(package, submission, as_bag=as_bag)
        packed = _data(writer, aggregations, on_progress)
        described = writer.add(ERMS, [erms(submission, aggregations, schemas=FROM_ITS_DATA)], XML)
        representation = _representation(writer, submission, packed, described)
        sha256 = _outermost(writer, submission, described, supporting, representation, len(packed))
        writer.close()
    return Written(len(packed), sha256)


class _Writer:
    """Adds files to the zip below the package's own folder, each hashed as it is written."""

    def __init__(self, package: zipfile.ZipFile, submission: Submission, *, as_bag: bool) -> None:
        self._package = package
        self._time = timezone.localtime(submission.made_at, STOCKHOLM).timetuple()[:6]
        self.created = moment(submission.made_at)
        folder = submission.identifier
        self._bag = Bag(folder) if as_bag else None
        self._folder = f"{folder}/data/{folder}" if as_bag else folder

    def add(self, path: str, blocks: Iterable[bytes], media_type: str, *, base: str = "", created: str = "") -> Member:
        """Write a file at the path, and return what METS says of it, seen from the folder `base`."""
        name = f"{self._folder}/{path}"
        size, sha256 = self._write(name, blocks)
        if self._bag:
            self._bag.note(name, size, sha256)
        return Member(path.removeprefix(f"{base}/"), media_type, size, sha256, created or self.created)

    def close(self) -> None:
        """Write what a bag has beside its content."""
        for name, content in self._bag.own_files(self.created[:10]) if self._bag else ():
            self._write(name, [content])

    def _write(self, name: str, blocks: Iterable[bytes]) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, self._time)
        info.external_attr = 0o600 << 16
        with self._package.open(info, "w", force_zip64=True) as opened:
            for block in blocks:
                opened.write(block)
                digest.update(block)
                size += len(block)
        return size, digest.hexdigest()


def _data(writer: _Writer, aggregations: Sequence[Aggregation], on_progress: OnProgress) -> list[tuple[Packed, Member]]:
    packed: list[tuple[Packed, Member]] = []
    missing: set[UUID] = set()
    changed: set[UUID] = set()
    for done, (record, original) in enumerate(_originals(aggregations), start=1):
        try:
            # Once one is at fault there is no package to write; the rest is only read.
            if missing or changed:
                _read(original)
            else:
                packed.append(_packed(writer, original))
        except ChangedOriginalError:
            changed.add(record)
        except FileNotFoundError:
            # What the portal draws up is not gone: something else is, and that is an error of the portal's own.
            if original.sha256 is None:
                raise
            missing.add(record)
        on_progress(done)
    if missing or changed:
        raise FaultyOriginalsError(frozenset(missing), frozenset(changed - missing))
    return packed


def _originals(aggregations: Sequence[Aggregation]) -> Iterator[tuple[UUID, Original]]:
    for aggregation in aggregations:
        for record in aggregation.records:
            for original in record.originals:
                yield record.key, original


def _packed(writer: _Writer, original: Original) -> tuple[Packed, Member]:
    path, created = f"{WITHIN}/data/{original.path}", moment(original.created_at)
    member = writer.add(path, original.read(), original.media_type, base=WITHIN, created=created)
    _require_unchanged(original, member.sha256)
    return Packed(original, member.size, member.sha256), member


def _read(original: Original) -> None:
    if original.sha256 is None:
        return
    digest = hashlib.sha256()
    for block in original.read():
        digest.update(block)
    _require_unchanged(original, digest.hexdigest())


def _require_unchanged(original: Original, sha256: str) -> None:
    if original.sha256 not in {None, sha256}:
        raise ChangedOriginalError(f"Filen {original.path} är inte densamma som när den kom.")


def _representation(
    writer: _Writer, submission: Submission, packed: Sequence[tuple[Packed, Member]], described: Member
) -> Member:
    content = premis_of_files(submission, [one for one, _member in packed], schemas=FROM_ITS_METADATA)
    events = writer.add(f"{WITHIN}/metadata/preservation/premis.xml", [content], XML, base=WITHIN)
    within = replace(described, path=described.path.removeprefix(f"{WITHIN}/"))
    parts = Parts(events, [("Data", [within, *(member for _one, member in packed)])])
    label = f"{submission.label}, originalen"
    identifier = f"{submission.identifier}-{REPRESENTATION}"
    document = mets(submission, parts, identifier=identifier, label=label, schemas=FROM_REPRESENTATION)
    return writer.add(f"{WITHIN}/METS.xml", [document], XML)


def _outermost(
    writer: _Writer,
    submission: Submission,
    described: Member,
    supporting: Sequence[Supporting],
    representation: Member,
    files: int,
) -> str:
    happened = premis_of_submission(submission, files=files, schemas=FROM_METADATA)
    parts = Parts(
        descriptive=described,
        preservation=writer.add("metadata/preservation/premis.xml", [happened], XML),
        groups=[
            (
                "Documentation",
                [writer.add(f"documentation/{one.name}", [one.content], one.media_type) for one in supporting],
            ),
            (
                "Schemas",
                [
                    writer.add(f"schemas/{file.name}", [file.read_bytes()], XML)
                    for file in sorted(SCHEMAS.glob("*.xsd"))
                ],
            ),
            (REPRESENTATIONS, [representation]),
        ],
        representation=representation.path,
    )
    document = mets(submission, parts, identifier=submission.identifier, label=submission.label, schemas=FROM_ROOT)
    return writer.add("METS.xml", [document], XML).sha256

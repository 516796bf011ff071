"""Looking for a string in all that the portal keeps: the proof that something is gone (R18).

Sees every column of every table that can hold text or bytes, history and queue included, what sessions and the cache
pack, and every stored file; inside zip (docx, xlsx, odt), gzip, mail and the compressed parts of PDF too, also where a
PDF draws its text by glyph numbers. Does not see what a picture shows, what is encrypted, PostgreSQL's dead rows and
WAL, or backups.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import connections
from django.db.backends.utils import CursorWrapper

from archive.services.packed import GZIP, HEAD, PDF, UNPACK, ZIP, is_packed, opened
from archive.services.pdf_text import drawn_text, streams

PLAIN_TYPES = (
    "bool", "int2", "int4", "int8", "float4", "float8", "numeric", "date", "time", "timestamp", "timestamptz", "oid"
)  # fmt: skip
COLUMNS = """
SELECT t.relname, a.attname, y.typname
FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type y ON y.oid = a.atttypid
WHERE n.nspname = 'public' AND t.relkind IN ('r', 'm') AND NOT y.typname = ANY(%s)
ORDER BY t.relname, a.attnum
"""
KEYS = """
SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
WHERE i.indrelid = to_regclass(%s) AND i.indisprimary ORDER BY a.attnum
"""
# Text columns that hold something packed: what is searched is what they hold.
PACKED = {("django_session", "session_data"): "session", ("portal_cache", "value"): "base64"}
PIECE = 1 << 20


@dataclass(frozen=True)
class Find:
    """Where the string stands: a table, a column and a key, or a file."""

    place: str
    key: str

    def __str__(self) -> str:
        return f"{self.place}  {self.key}"


@dataclass(frozen=True)
class Needle:
    """What is looked for, in each form that it may be kept in; upper and lower case are the same in text."""

    text: str

    def in_text(self) -> list[str]:
        """Return the string as it is, and as JSON and HTML write it."""
        return list(dict.fromkeys(form.lower() for form in self._written()))

    def _written(self) -> list[str]:
        in_html = html.escape(self.text)
        in_json = json.dumps(self.text, ensure_ascii=False)[1:-1]
        # An apostrophe is &#39; to some, and Django's &#x27; to html.escape; XML leaves it, and quotes, as they are.
        in_xml = html.escape(self.text, quote=False)
        return [self.text, in_json, json.dumps(self.text)[1:-1], in_html, in_html.replace("&#x27;", "&#39;"), in_xml]

    def in_bytes(self) -> list[bytes]:
        """Return the string in UTF-8 and UTF-16."""
        wide = [self.text.encode("utf-16-le"), self.text.encode("utf-16-be")]
        return list(dict.fromkeys([*(form.encode() for form in self._written()), *wide]))

    def is_in(self, content: bytes) -> bool:
        """Whether it stands in the bytes, also in what they pack."""
        forms = self.in_bytes()
        return any(any(form in piece for form in forms) or self._is_drawn_in(piece) for piece in opened(content))

    def _is_drawn_in(self, content: bytes) -> bool:
        if not content.startswith(PDF):
            return False
        sought = "".join(self.text.split()).casefold()
        return any(sought in text.casefold() for text in drawn_text(list(streams(content))))


def sweep(text: str, *, using: str = "default") -> Iterator[Find]:
    """Yield every place where `text` stands, in the database by that alias and in the stored files.

    Raises ValueError when there is nothing to look for.
    """
    if not text.strip():
        raise ValueError("Skriv vad som ska sökas.")
    needle = Needle(text)
    yield from _in_database(needle, using)
    yield from _in_storages(needle)
    yield from _in_folders(needle)


def _in_database(needle: Needle, using: str) -> Iterator[Find]:
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(PLAIN_TYPES)])
        columns = cursor.fetchall()
    for table, column, kind in columns:
        with connection.cursor() as cursor:
            search = _in_bytea if kind == "bytea" else _in_packed if (table, column) in PACKED else _in_text
            for key in search(cursor, needle, table, column):
                yield Find(f"{table}.{column}", key)


def _in_text(cursor: CursorWrapper, needle: Needle, table: str, column: str) -> Iterator[str]:
    quote = cursor.db.ops.quote_name
    searched = f"lower({quote(column)}::text)"
    where = " OR ".join([f"position(%s in {searched}) > 0"] * len(needle.in_text()))
    # Names out of PostgreSQL's own catalogue, quoted; what is looked for is handed over beside.
    cursor.execute(f"SELECT {_key(cursor, table)} FROM {quote(table)} WHERE {where}", needle.in_text())  # noqa: S608
    for (key,) in cursor.fetchall():
        yield key


def _in_bytea(cursor: CursorWrapper, needle: Needle, table: str, column: str) -> Iterator[str]:
    quote = cursor.db.ops.quote_name
    name, key = quote(column), _key(cursor, table)
    forms = needle.in_bytes()
    found = " OR ".join([f"position(%s::bytea in {name}) > 0"] * len(forms))
    packed = f"substring({name} from 1 for 2) IN (%s::bytea, %s::bytea, %s::bytea)"
    cursor.execute(
        f"SELECT {key}, ctid::text, ({found}) FROM {quote(table)} WHERE ({found}) OR {packed}",  # noqa: S608  as above
        [*forms, *forms, ZIP, PDF[:2], GZIP],
    )
    for row_key, place, is_plain in cursor.fetchall():
        if not is_plain:
            # One file at a time: there may be many, and each of many megabytes.
            cursor.execute(f"SELECT {name} FROM {quote(table)} WHERE ctid = %s::tid", [place])  # noqa: S608
            row = cursor.fetchone()
            if row is None or not needle.is_in(bytes(row[0])):
                continue
        yield row_key


def _in_packed(cursor: CursorWrapper, needle: Needle, table: str, column: str) -> Iterator[str]:
    quote = cursor.db.ops.quote_name
    unpack = UNPACK[PACKED[table, column]]
    cursor.execute(f"SELECT {_key(cursor, table)}, {quote(column)} FROM {quote(table)}")  # noqa: S608  as above
    for key, packed in cursor.fetchall():
        if needle.text in packed or needle.is_in(unpack(packed)):
            yield key


def _key(cursor: CursorWrapper, table: str) -> str:
    cursor.execute(KEYS, [f'public."{table}"'])
    names = [cursor.db.ops.quote_name(name) for (name,) in cursor.fetchall()]
    return f"concat_ws(' ', {', '.join(names)})" if names else "ctid::text"


def _in_storages(needle: Needle) -> Iterator[Find]:
    for alias in settings.STORAGES:
        storage = storages[alias] if alias != "staticfiles" else None
        if storage is None or (isinstance(storage, FileSystemStorage) and not _is_a_place(storage)):
            continue
        for name in _stored(storage, ""):
            with storage.open(name) as file:
                if needle.text in name or needle.is_in(file.read()):
                    yield Find(f"lagring {alias}", name)


def _is_a_place(storage: FileSystemStorage) -> bool:
    # Without MEDIA_ROOT Django's default is the folder where the portal was started.
    return bool(storage.base_location) and Path(storage.location).is_dir()


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    folders, files = storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _stored(storage, f"{folder}/{name}".lstrip("/"))


def _in_folders(needle: Needle) -> Iterator[Find]:
    for folder in settings.SWEPT_FOLDERS:
        for path in _files_below(Path(folder)):
            try:
                found = needle.text in path.name or _is_in_file(needle, path)
            except OSError:  # it went while we looked, or is a socket
                continue
            if found:
                yield Find("fil", str(path))


def _files_below(folder: Path) -> Iterator[Path]:
    # A database cluster's own files are searched as tables, and a virtual environment is the portal's own program.
    if not folder.is_dir() or (folder / "PG_VERSION").exists() or (folder / "pyvenv.cfg").exists():
        return
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            yield from _files_below(path)
        elif path.is_file():
            yield path


def _is_in_file(needle: Needle, path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(HEAD)
        if is_packed(head):
            return needle.is_in(path.read_bytes())
        file.seek(0)
        overlap, kept = max(len(form) for form in needle.in_bytes()) - 1, b""
        while piece := file.read(PIECE):
            window = kept + piece
            if any(form in window for form in needle.in_bytes()):
                return True
            kept = window[-overlap:] if overlap else b""
    return False

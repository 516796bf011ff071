"""A file's row as the register would write it: django-import-export's fields and widgets, and our sentences.

The library reads cells and gathers what is wrong with a row; it is never let near the database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.widgets import Widget
from tablib import Dataset

from accounts.addresses import Address, AddressError, read_address
from accounts.enums import AccountStatus
from accounts.importing.columns import COLUMNS
from accounts.importing.names import Names, UnknownNameError, legal_ground_of, status_of, uses_of
from accounts.models import Account, Platform, Unit, User

ROW_NUMBER: Final = "row"
HEADERS: Final = (ROW_NUMBER, *(column.code for column in COLUMNS))
BARE_NAME: Final = re.compile(r"[\w.\-]+")
LONGEST: Final = {name: Account._meta.get_field(name).max_length for name in ("name", "summary")}
DATES: Final = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y", "%d/%m %Y", "%d.%m.%Y", "%Y-%m", "%Y")


@dataclass
class ImportedAccount:
    """One row, understood. What it does not say is empty, and `None` where the register has a choice to make."""

    row: int = 0
    name: str = ""
    web_address: str = ""
    handle: str = ""
    platform: Platform | None = None
    unit: Unit | None = None
    responsible: User | None = None
    substitute: User | None = None
    status: AccountStatus | None = None
    in_use_since: date | None = None
    summary: str = ""
    purpose: str = ""
    audience: str = ""
    topics: str = ""
    uses: list[str] = field(default_factory=list)
    legal_ground: str = ""
    address: Address | None = None
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        name = self.name or self.handle.lstrip("@") or self.web_address or "Utan namn"
        return f"{name} på {self.platform.name}" if self.platform else name


class OneLineWidget(Widget):
    """Words on one line, at most so many letters."""

    def __init__(self, longest: int | None = None) -> None:
        super().__init__()
        self._longest = longest

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """Return the words; raise ValueError when they are too long."""
        words = " ".join(value.split())
        if self._longest and len(words) > self._longest:
            raise ValueError(f"är {len(words)} tecken. Korta till högst {self._longest}.")
        return words


class NamedWidget(Widget):
    """Something that a function finds by its name, or None where the cell is empty."""

    def __init__(self, find: Callable[[str], object]) -> None:
        super().__init__()
        self._find = find

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> object:
        """Return what is found; let through the finder's UnknownNameError, a ValueError."""
        return self._find(value) if value else None


class DayWidget(Widget):
    """A day, however it is written; a month or a year begins on its first."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> date | None:
        """Return the day; raise ValueError when it is none."""
        written = " ".join(value.split()).removesuffix(" 00:00:00")
        if not written:
            return None
        for form in DATES:
            try:
                return datetime.strptime(written, form).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                continue
        raise ValueError(f"”{written[:40]}” är inget datum. Skriv som 2019-03-01.")


class _NothingLoader(BaseInstanceLoader):
    """Finds no earlier records: what the register has is compared afterwards, a batch at a time."""

    def get_instance(self, row: Any) -> None:
        return None


class AccountResource(Resource):
    """Reads rows into `ImportedAccount`. `read` is the door."""

    class Meta:
        instance_loader_class = _NothingLoader
        import_id_fields: tuple[str, ...] = ()
        skip_diff = True
        use_transactions = False
        report_skipped = True

    row = Field("row", ROW_NUMBER)
    name = Field("name", "name", OneLineWidget(LONGEST["name"]))
    web_address = Field("web_address", "web_address")
    handle = Field("handle", "handle", OneLineWidget())
    status = Field("status", "status", NamedWidget(status_of))
    in_use_since = Field("in_use_since", "in_use_since", DayWidget())
    summary = Field("summary", "summary", OneLineWidget(LONGEST["summary"]))
    purpose = Field("purpose", "purpose")
    audience = Field("audience", "audience")
    topics = Field("topics", "topics")
    legal_ground = Field("legal_ground", "legal_ground", NamedWidget(legal_ground_of), saves_null_values=False)

    def __init__(self, names: Names, today: date) -> None:
        super().__init__()
        self._names = names
        self._today = today
        self.fields["platform"] = Field("platform", "platform", NamedWidget(names.platform))
        self._read: list[ImportedAccount] = []

    def read(self, rows: list[tuple[int, dict[str, str]]]) -> list[ImportedAccount]:
        """Return the rows, understood or with what is wrong; in their order."""
        lines = [(number, *(cells.get(column.code, "") for column in COLUMNS)) for number, cells in rows]
        self._read = []
        self.import_data(Dataset(*lines, headers=HEADERS), raise_errors=True)
        return self._read

    def get_db_connection_name(self) -> str:
        """Name the database that the library would write to, which it never does here."""
        return "default"

    def init_instance(self, row: Any = None) -> ImportedAccount:
        """Begin a row."""
        read = ImportedAccount()
        self._read.append(read)
        return read

    def validate_instance(
        self, instance: ImportedAccount, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Keep what the fields said is wrong on the row, as sentences that begin with the column's name."""
        for name, errors in (import_validation_errors or {}).items():
            instance.errors.extend(_sentence(name, str(error.message)) for error in errors)

    def save_instance(self, instance: ImportedAccount, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Read what depends on several cells. Nothing is saved here."""
        only = [value for code, value in row.items() if value and code != ROW_NUMBER]
        if len(only) == 1 and not row["web_address"] and not row["handle"]:
            instance.errors = [f"Raden har bara ”{only[0][:60]}”. Är det en rubrik, ta bort raden."]
            return
        self._read_address(instance)
        self._read_unit(instance, row)
        self._read_people(instance, row)
        self._read_uses(instance, row)
        if instance.in_use_since and instance.in_use_since > self._today and instance.status != AccountStatus.PLANNED:
            instance.errors.append(
                "I bruk sedan: dagen har inte kommit än. Rätta den, eller skriv planerat under Läge."
            )
        if not row["name"] and instance.address:
            instance.name = instance.address.handle[: LONGEST["name"]]
            instance.warnings.append(f"Namn på kontot saknas. Kontot får heta {instance.name} tills någon ändrar det.")

    def _read_address(self, read: ImportedAccount) -> None:
        typed = read.web_address or read.handle
        said = "Webbadress" if read.web_address else "Användarnamn"
        if not typed:
            read.errors.append("Webbadress: skriv adressen till kontot.")
            return
        if len(typed.split()) > 1:
            read.errors.append(f"{said}: det står mer än en adress i cellen. Skriv en rad för varje konto.")
            return
        if not read.web_address and BARE_NAME.fullmatch(typed):
            typed = f"@{typed}"
        platform_is_wrong = any(error.startswith("Kanal") for error in read.errors)
        if read.platform is None and not platform_is_wrong:
            found = self._names.platform_of(typed)
            if found is None:
                read.errors.append("Kanal: fyll i kanalen. Den går inte att se på adressen.")
                return
            read.platform, read.address = found
        elif read.platform is not None:
            try:
                read.address = read_address(typed, self._names.rules[read.platform.code])
            except AddressError as error:
                read.errors.append(f"{said}: {_lower_first(str(error))}")

    def _read_unit(self, read: ImportedAccount, row: Any) -> None:
        if not row["unit"]:
            read.errors.append("Verksamhet: skriv vilken verksamhet kontot hör till.")
            return
        try:
            read.unit = self._names.unit(row["unit"], row["board"])
        except UnknownNameError as error:
            read.errors.append(str(error))

    def _read_people(self, read: ImportedAccount, row: Any) -> None:
        for duty, label in (("responsible", "Ansvarig"), ("substitute", "Ersättare")):
            said = row[f"{duty}_email"] or row[duty]
            if not said:
                continue
            try:
                setattr(read, duty, self._names.person(said))
            except UnknownNameError as error:
                read.warnings.append(f"{label}: {error}. Ingen {label.lower()} utses.")
        if read.responsible and read.responsible == read.substitute:
            read.substitute = None
            read.warnings.append("Ersättare: samma person som ansvarig. Ingen ersättare utses.")

    @staticmethod
    def _read_uses(read: ImportedAccount, row: Any) -> None:
        read.uses, unknown = uses_of(row["uses"])
        for part in unknown:
            read.warnings.append(f"Används till: ”{part[:60]}” är ingen av riktlinjens sju. Den läses inte.")


def _sentence(name: str, message: str) -> str:
    """Return a field's error as a sentence of its own; those of names say themselves what they are about."""
    labels = {column.code: column.label for column in COLUMNS}
    if message[:1].isupper():
        return message
    return (
        f"{labels.get(name, name)} {message}" if message.startswith("är ") else f"{labels.get(name, name)}: {message}"
    )


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

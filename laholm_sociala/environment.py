"""Settings from environment variables, refused by name when they are wrong."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

REQUIRED: Final = object()
YES: Final = frozenset({"1", "true", "yes", "on", "ja"})
NO: Final = frozenset({"0", "false", "no", "off", "nej", ""})


@dataclass(frozen=True)
class Environment:
    """Reads one variable at a time; every refusal names the variable and what it should hold."""

    values: Mapping[str, str]

    def text(self, name: str, default: object = REQUIRED) -> str:
        """Return the variable as it stands, without surrounding white space."""
        return self._read(name, default, str)

    def flag(self, name: str, default: bool) -> bool:
        """Return a yes or no: 1/0, true/false, yes/no, ja/nej."""
        return self._read(name, default, _flag)

    def whole_number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number between least and most, both included."""

        def parse(raw: str) -> int:
            try:
                number = int(raw)
            except ValueError:
                raise ValueError("ska vara ett heltal") from None
            if not least <= number <= most:
                raise ValueError(f"ska vara mellan {least} och {most}")
            return number

        return self._read(name, default, parse)

    def choice(self, name: str, default: str, *, among: tuple[str, ...]) -> str:
        """Return one of the allowed words."""

        def parse(raw: str) -> str:
            if raw not in among:
                raise ValueError(f"ska vara något av {', '.join(among)}")
            return raw

        return self._read(name, default, parse)

    def words(self, name: str, default: tuple[str, ...]) -> list[str]:
        """Return a comma-separated list without empty entries."""
        return self._read(name, list(default), lambda raw: [word.strip() for word in raw.split(",") if word.strip()])

    def web_address(self, name: str, default: object = REQUIRED) -> str:
        """Return an absolute http or https address without a trailing slash."""

        def parse(raw: str) -> str:
            parts = urlsplit(raw)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError("ska vara en hel adress, till exempel https://sociala.laholm.se")
            return raw.rstrip("/")

        return self._read(name, default, parse)

    def json_object(self, name: str, default: dict[str, object]) -> dict[str, object]:
        """Return a JSON object, `{"location": "/srv/bilder"}`."""
        return self._read(name, default, _json_object)

    def database(self, name: str) -> dict[str, object]:
        """Return Django's settings for a `postgresql://user:password@host:port/name` address."""
        return self._read(name, REQUIRED, _database)

    def _read(self, name: str, default: object, parse: Callable[[str], Value]) -> Value:
        raw = self.values.get(name)
        if raw is None or (not raw.strip() and default is not REQUIRED):
            if default is REQUIRED:
                raise ImproperlyConfigured(f"Miljövariabeln {name} saknas. Sätt den och starta igen.")
            return default  # type: ignore[return-value]
        try:
            return parse(raw.strip())
        except ValueError as error:
            raise ImproperlyConfigured(f"Miljövariabeln {name} {error}.") from None


def _flag(raw: str) -> bool:
    if raw.lower() in YES:
        return True
    if raw.lower() in NO:
        return False
    raise ValueError("ska vara 1 eller 0")


def _json_object(raw: str) -> dict[str, object]:
    try:
        return dict(json.loads(raw).items())
    except (ValueError, AttributeError):
        raise ValueError('ska vara ett JSON-objekt, till exempel {"location": "/srv/bilder"}') from None


def _database(raw: str) -> dict[str, object]:
    parts = urlsplit(raw)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("ska vara postgresql://användare:lösenord@värd:port/databas")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    port = options.pop("port", "") or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }

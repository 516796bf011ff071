"""Which version of the portal did something, as it is written beside what it made."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def portal_version() -> str:
    """Return the version, "0.2.0"."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])

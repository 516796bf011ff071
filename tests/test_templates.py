"""Templates stay small enough to be read at a glance. What else holds for them: tests/common/test_templates.py."""

from pathlib import Path

import pytest
from django.conf import settings

LONGEST = 60
FILES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.*"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_template_is_short(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST

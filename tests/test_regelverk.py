"""docs/regelverk.md says which test holds each duty: the test must be there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

REGELVERK = Path(settings.BASE_DIR) / "docs/regelverk.md"
ROW = re.compile(r"^\|\s*(R\d{2})\s*\|(.*)\|\s*$", re.MULTILINE)
TEST = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+(?:::\w+)*))?")


def named_tests() -> list[tuple[str, str, str]]:
    """Return (duty, file, test) for each test that a row names."""
    if not REGELVERK.exists():
        return []
    rows = ROW.findall(REGELVERK.read_text(encoding="utf-8"))
    return [(duty, path, name) for duty, cells in rows for path, name in TEST.findall(cells)]


@cache
def defined_in(path: Path) -> frozenset[str]:
    """Return the tests of a file, those in classes as Class::test."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            methods = (method for method in node.body if isinstance(method, ast.FunctionDef))
            found |= {node.name, *(f"{node.name}::{method.name}" for method in methods)}
    return frozenset(found)


@pytest.mark.parametrize(("duty", "path", "name"), named_tests())
def test_the_test_that_holds_a_duty_exists(duty, path, name):
    file = Path(settings.BASE_DIR) / path
    assert file.is_file(), f"{duty} names {path}, which does not exist"
    if name:
        assert name in defined_in(file), f"{duty} names {path}::{name}, which does not exist"


def test_every_row_names_a_test():
    rows = ROW.findall(REGELVERK.read_text(encoding="utf-8"))
    assert [duty for duty, cells in rows if not TEST.search(cells)] == []


def test_a_row_is_read_as_it_is_written():
    row = (
        "| R03 | Chefen godkänner | /uppstarter/…/godkann/ | tests/accounts/test_x.py::TestA::test_b, tests/test_c.py |"
    )
    ((duty, cells),) = ROW.findall(row)
    assert (duty, TEST.findall(cells)) == (
        "R03",
        [("tests/accounts/test_x.py", "TestA::test_b"), ("tests/test_c.py", "")],
    )

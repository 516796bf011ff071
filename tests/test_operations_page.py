"""docs/drift.md says what the code does: every variable, every command and every option."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

PAGE = Path(settings.BASE_DIR, "docs", "drift.md").read_text(encoding="utf-8")
SETTINGS = Path(settings.BASE_DIR, "laholm_sociala", "settings.py").read_text(encoding="utf-8")
HANDBOOK = "\n".join(path.read_text(encoding="utf-8") for path in Path(settings.BASE_DIR, "docs").glob("handbok/*.md"))
# Its options are not Django's.
OTHERS = {"procrastinate"}
LEVELS = {"INFO", "WARNING", "ERROR"}  # values, not names


def commands(text: str) -> list[list[str]]:
    """Return what is written after manage.py, in words, without the comment."""
    found = re.findall(r"manage\.py ([a-z_]+[^`\n#]*)", text)
    return [shlex.split(words) for words in found]


def test_every_variable_stands_there_and_no_other():
    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    assert read == set(re.findall(r"`([A-Z][A-Z_]+)`", PAGE)) - LEVELS


@pytest.mark.parametrize("words", commands(PAGE + HANDBOOK), ids=" ".join)
def test_every_command_exists_with_its_options(words: list[str]):
    name, *arguments = words
    assert name in get_commands()
    if name in OTHERS:
        return
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    options = {option for action in parser._actions for option in action.option_strings}
    assert {argument for argument in arguments if argument.startswith("--")} <= options

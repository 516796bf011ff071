"""One direction only: the project → moderation → archive → accounts → common."""

import subprocess
import sys

import pytest
from django.apps import apps

ORDER = ["common", "accounts", "archive", "moderation"]
OWN_MODELS = [model for model in apps.get_models() if model._meta.app_label in ORDER]


def test_imports_go_one_way(settings):
    # In a process of its own: it silences every logger there is.
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True, no_logo=True))"
    command = [sys.executable, "-c", lint]
    told = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_no_foreign_key_goes_upwards(model):
    above = ORDER[ORDER.index(model._meta.app_label) + 1 :]
    targets = {
        field.name: field.related_model._meta.app_label
        for field in [*model._meta.get_fields(include_hidden=True)]
        if field.is_relation and field.concrete and field.related_model
    }
    # Who did it is the one thing that every history knows, and users live in accounts.
    targets.pop("history_user", None)
    assert [name for name, label in targets.items() if label in above] == []


def test_every_app_of_ours_has_a_place_in_the_order():
    ours = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in {"laholm_sociala", *ORDER}}
    assert ours - {"laholm_sociala"} == set(ORDER)

"""The settings as a municipality starts them: in a process of their own, with an environment of their own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "k9!v" * 20 + "0aZ",
    "ALLOWED_HOSTS": "sociala.laholm.example",
    "PUBLIC_URL": "https://sociala.laholm.example",
    "DATABASE_URL": "postgresql://laholm_portal@db.laholm.example/laholm",
    "DATABASE_OWNER_URL": "postgresql://laholm_owner@db.laholm.example/laholm",
}


def python(*arguments: str, tmp_path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python in the project with production's environment, changed as asked; None takes a variable away."""
    values = {**PRODUCTION, "PATH": os.environ["PATH"], "LAHOLM_VAR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in values.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def started(tmp_path):
    """Load the settings and return those asked for, or the error they ended in."""

    def start(*names: str, **environment: str | None):
        code = (
            "import json, laholm_sociala.settings as settings\n"
            f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}, default=str))"
        )
        done = python("-c", code, tmp_path=tmp_path, **environment)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]

    return start


def test_missing_secret_key_is_named(started):
    assert "Miljövariabeln SECRET_KEY saknas" in started("SECRET_KEY", SECRET_KEY=None)


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_missing_database_is_named(started, name):
    assert f"Miljövariabeln {name} saknas" in started("DATABASES", **{name: None})


@pytest.mark.parametrize("host", ["sociala.laholm.example", "*", "localhost,sociala.laholm.example", "192.168.1.10"])
def test_demo_is_for_this_computer_alone(started, host):
    assert "DEMO får bara köras på den egna datorn" in started("DEMO", DEMO="1", ALLOWED_HOSTS=host, PUBLIC_URL=None)


def test_debug_is_for_the_demo_alone(started):
    assert "DEBUG får bara vara på tillsammans med DEMO" in started("DEBUG", DEBUG="1")


def test_demo_keeps_a_key_of_its_own_between_starts(started, tmp_path):
    demo = {"DEMO": "1", "SECRET_KEY": None, "ALLOWED_HOSTS": None, "PUBLIC_URL": None}
    first, second = started("SECRET_KEY", **demo), started("SECRET_KEY", **demo)
    assert first == second
    assert len(first["SECRET_KEY"]) > 50
    assert (tmp_path / "demo-secret-key").stat().st_mode & 0o077 == 0


def test_cookies_behind_tls_belong_to_this_host_alone(started):
    found = started(
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"
    )
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
    }


def test_public_url_follows_the_host_and_is_https(started):
    assert started("PUBLIC_URL", PUBLIC_URL=None) == {"PUBLIC_URL": "https://sociala.laholm.example"}


def test_demo_cookies_work_over_plain_http(started):
    found = started("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", DEMO="1", ALLOWED_HOSTS=None, PUBLIC_URL=None)
    assert found == {"SESSION_COOKIE_NAME": "session", "SESSION_COOKIE_SECURE": False}


def test_proxy_header_is_trusted_only_when_asked_for(started):
    has = "SECURE_PROXY_SSL_HEADER"
    assert "has no attribute" in started(has)
    assert started(has, BEHIND_PROXY="1") == {has: ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_portal_and_owner_are_two(started):
    databases = started("DATABASES")["DATABASES"]
    assert (databases["default"]["USER"], databases["owner"]["USER"]) == ("laholm_portal", "laholm_owner")
    assert "pool" in databases["default"]["OPTIONS"]
    assert "pool" not in databases["owner"]["OPTIONS"]


def test_django_finds_nothing_to_warn_of_in_production(tmp_path):
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_snapshots_are_kept_where_the_settings_say(started, tmp_path):
    assert started("STORAGES")["STORAGES"]["snapshots"] == {
        "BACKEND": "archive.storage.LocalFolder",
        "OPTIONS": {"location": str(tmp_path / "snapshots")},
    }
    elsewhere = {"SNAPSHOT_STORAGE_BACKEND": "storages.S3", "SNAPSHOT_STORAGE_OPTIONS": '{"bucket_name": "bilder"}'}
    assert started("STORAGES", **elsewhere)["STORAGES"]["snapshots"] == {
        "BACKEND": "storages.S3",
        "OPTIONS": {"bucket_name": "bilder"},
    }


@pytest.mark.parametrize("options", ["bilder", "[1]"])
def test_storage_options_that_are_no_object_are_named(started, options):
    assert "SNAPSHOT_STORAGE_OPTIONS ska vara ett JSON-objekt" in started("STORAGES", SNAPSHOT_STORAGE_OPTIONS=options)


def test_the_municipalitys_own_sign_in_needs_its_names(started):
    assert "Miljövariabeln SSO_CLIENT_ID saknas" in started("SSO_SERVER", SSO_SERVER="https://inlogg.laholm.example")


def test_the_form_may_lead_to_the_municipalitys_own_sign_in_and_nowhere_else(started):
    values = {"SSO_SERVER": "https://inlogg.laholm.example/laholm/v2.0", "SSO_CLIENT_ID": "a", "SSO_CLIENT_SECRET": "b"}
    found = started("CONTENT_SECURITY_POLICY", "SOCIALACCOUNT_PROVIDERS", **values)
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'", "https://inlogg.laholm.example"]
    [app] = found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["provider_id"], app["client_id"]) == ("kommunen", "a")

"""One settings module, secure by default. Everything a municipality chooses comes from the environment."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import font_hanken_grotesk
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from laholm_sociala.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment(os.environ)

VAR_DIR = Path(environment.text("LAHOLM_VAR", str(BASE_DIR / "var")))
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


# The demo signs anyone in with one click, so it may never be reached from another machine.
DEMO = environment.flag("DEMO", default=False)
DEBUG = environment.flag("DEBUG", default=False)
PUBLIC_URL = environment.web_address(
    "PUBLIC_URL",
    "http://127.0.0.1:8000" if DEMO else "https://" + environment.text("ALLOWED_HOSTS", "localhost").split(",")[0],
)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", LOOPBACK_HOSTS)
if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK_HOSTS):
    raise ImproperlyConfigured("DEMO får bara köras på den egna datorn. Ta bort ALLOWED_HOSTS eller DEMO.")
if DEBUG and not DEMO:
    raise ImproperlyConfigured("DEBUG får bara vara på tillsammans med DEMO.")


def _demo_secret_key() -> str:
    """Keep the demo's key between starts, so that whoever is signed in stays so."""
    path = VAR_DIR / "demo-secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = environment.text("SECRET_KEY", _demo_secret_key() if DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Miljövariabeln SECRET_KEY saknas. Sätt minst 50 slumpade tecken och starta igen.")

BEHIND_TLS = urlsplit(PUBLIC_URL).scheme == "https"

INSTALLED_APPS = [
    "laholm_sociala.apps.ProjectConfig",
    "laholm_sociala.common.apps.CommonConfig",
    "accounts.apps.AccountsConfig",
    "archive.apps.ArchiveConfig",
    "moderation.apps.ModerationConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "simple_history",
    "pgtrigger",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "bootstrap",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    *(["laholm_sociala.demo.apps.DemoConfig"] if DEMO else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "laholm_sociala.common.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "laholm_sociala.common.middleware.PrivateByDefault",
]

ROOT_URLCONF = "laholm_sociala.demo.root_urls" if DEMO else "laholm_sociala.urls"
WSGI_APPLICATION = "laholm_sociala.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "laholm_sociala.common.context.municipality",
                "laholm_sociala.common.navigation.navigation",
                *(["laholm_sociala.demo.context.demo_people"] if DEMO else []),
            ],
            "builtins": ["laholm_sociala.common.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Two doors to one database: the portal owns no table; only migrations come in as the owner.
DATABASES = {"default": environment.database("DATABASE_URL"), "owner": environment.database("DATABASE_OWNER_URL")}
for _database in DATABASES.values():
    _database["CONN_HEALTH_CHECKS"] = True
if environment.flag("DATABASE_POOL", default=True):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}  # type: ignore[index]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must be shared by every process, so they live in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

SIMPLE_HISTORY_DATE_INDEX = False  # history is read per record: see the index in common.history
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "to-do"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation, sent by mail, is the verification
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
TRUSTED_PROXY_COUNT = environment.whole_number("TRUSTED_PROXY_COUNT", 0, least=0, most=5)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "accounts.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Laholm Sociala"
MFA_TOTP_TOLERANCE = 1  # a code typed at the end of its half minute still counts

# The municipality's own sign-in, where it is connected: any server that speaks OpenID Connect.
SSO_SERVER = environment.web_address("SSO_SERVER", "")
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        # The municipality's server is trusted to say whose e-mail it is, and the person is found by that alone.
        "EMAIL_AUTHENTICATION": True,
        "VERIFIED_EMAIL": True,
        "APPS": [
            {
                "provider_id": "kommunen",
                "name": "kommunens inloggning",
                "client_id": environment.text("SSO_CLIENT_ID"),
                "secret": environment.text("SSO_CLIENT_SECRET"),
                "settings": {"server_url": SSO_SERVER},
            }
        ]
        if SSO_SERVER
        else [],
    }
}

# A `__Host-` cookie cannot be set or read by another host or over plain http.
_COOKIE_PREFIX = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would sign a manager out who follows the link in the mail
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The way to the municipality's sign-in is a form, and goes on to another house.
        "form-action": [SELF, *([urlsplit(SSO_SERVER)._replace(path="", query="").geturl()] if SSO_SERVER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
USE_I18N = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("handbok", BASE_DIR / "docs" / "handbok" / "bilder"),
    ("fonts", Path(font_hanken_grotesk.__file__).parent / "files"),
]
WHITENOISE_USE_FINDERS = environment.flag("STATIC_FROM_SOURCE", default=DEMO)
# Served from the source there is no collected folder, and whitenoise warns of one that is missing.
STATIC_ROOT = None if WHITENOISE_USE_FINDERS else Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    # Ögonblicksbilder: never served from here, whatever the storage; the portal hands them out to those who may see.
    "snapshots": {
        "BACKEND": environment.text("SNAPSHOT_STORAGE_BACKEND", "archive.storage.LocalFolder"),
        "OPTIONS": environment.json_object("SNAPSHOT_STORAGE_OPTIONS", {"location": str(VAR_DIR / "snapshots")}),
    },
    # Packages on their way to the e-archive. They go when it has receipted them.
    "transfers": {
        "BACKEND": environment.text("TRANSFER_STORAGE_BACKEND", "archive.storage.LocalFolder"),
        "OPTIONS": environment.json_object("TRANSFER_STORAGE_OPTIONS", {"location": str(VAR_DIR / "leveranser")}),
    },
}
# Where a package lies while it is written, before it is handed to its storage. Emptied by the next packing.
PACKING_FOLDER = Path(environment.text("PACKING_FOLDER", str(VAR_DIR / "packning")))

# What must never come back: a file on another disk than the database and its backups (R18).
DISPOSAL_LEDGER = Path(environment.text("DISPOSAL_LEDGER", str(VAR_DIR / "gallringsliggare.jsonl")))
# A gallring that is decided on is carried out over night; in the demo nobody waits for that.
DISPOSALS_AT_ONCE = environment.flag("DISPOSALS_AT_ONCE", default=DEMO)
# How long what is disposed of can still be in the municipality's backups and in the database's log of changes (WAL).
BACKUPS_KEPT_DAYS = environment.whole_number("BACKUPS_KEPT_DAYS", 30, least=0, most=3650)
WAL_KEPT_DAYS = environment.whole_number("WAL_KEPT_DAYS", 7, least=0, most=3650)
# Besides the storages above, where `manage.py sweep` looks for files.
SWEPT_FOLDERS = [Path(folder) for folder in environment.words("SWEPT_FOLDERS", (str(VAR_DIR),))]

EMAIL_HOST = environment.text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = environment.whole_number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "Laholm Sociala <svara-inte@laholm.se>")
COMMUNICATIONS_EMAIL = environment.text("COMMUNICATIONS_EMAIL", "kommunikationsenheten@laholm.se")
DATA_PROTECTION_EMAIL = environment.text("DATA_PROTECTION_EMAIL", "dataskyddsombud@laholm.se")
MUNICIPALITY = {
    "name": environment.text("MUNICIPALITY_NAME", "Laholms kommun"),
    "site_url": environment.web_address("MUNICIPALITY_SITE", "https://www.laholm.se"),
    "phone": environment.text("MUNICIPALITY_PHONE", "0430-150 00"),
    "address": environment.text("MUNICIPALITY_ADDRESS", "312 80 Laholm"),
}

# What the public form takes in an hour. A school or a library is one sender: many people, one address.
REPORTS_PER_SENDER = environment.whole_number("REPORTS_PER_SENDER", 20, least=1, most=100_000)
REPORTS_PER_ACCOUNT = environment.whole_number("REPORTS_PER_ACCOUNT", 100, least=1, most=100_000)
REPORTS_IN_TOTAL = environment.whole_number("REPORTS_IN_TOTAL", 500, least=1, most=1_000_000)
REPORT_ATTEMPTS_PER_SENDER = 5 * REPORTS_PER_SENDER  # forms that lack something, and are sent again
RECEIPT_GUESSES_PER_SENDER = 30
REPORT_LEAST_SECONDS = 2  # nobody has found a link, chosen what is wrong and sent it sooner

PDF_VARIANT = environment.choice("PDF_VARIANT", "pdf/a-2a", among=("pdf/a-2a", "pdf/a-2u", "pdf/a-3a", "pdf/a-3u"))

# Finished jobs go at once: their arguments are ids, and what they did stands in the records.
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": environment.choice("LOG_LEVEL", "INFO", among=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
    },
}

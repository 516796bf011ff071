"""Measure, say what was found, and end with 1 where a limit does not hold."""

import os
import sys
import warnings

from tests import early  # noqa: F401  # starts the database and sets the environment, before the settings are read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laholm_sociala.settings")


def main() -> int:
    """Run every measure, or the parts that are named."""
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.TEMPLATES[0]["DIRS"].append(settings.BASE_DIR / "tests/bench/templates")
    warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)  # static files are not served
    django.setup()

    from tests.bench.measures import measure

    return measure(sys.argv[1:])


sys.exit(main())

"""Files of accounts to read in, at every step."""

from typing import Any

from accounts.importing import template
from accounts.models import AccountImport
from accounts.services import imports
from tests.accounts.import_steps import LIBRARY as IN_A_FILE
from tests.accounts.import_steps import upload
from tests.browser.world.world import LONG_NAME, World
from tests.clock import NOW


def make(world: World) -> dict[str, Any]:
    """Hand in files: the template itself, one that waits, one refused, and one to read in."""
    cast = world.cast
    made = imports.upload(file_name="konton.csv", content=template.as_csv(), by=cast.communicator, now=NOW)
    refused, other = (*IN_A_FILE[:3], "Byglov", "", ""), (LONG_NAME, "@laholmkultur", "FB", "biblioteket", "Ingen")
    return {
        "read_in": looked_through(made),  # nothing to read in
        "import_waiting": upload(cast, IN_A_FILE),
        "import_refused": looked_through(upload(cast, IN_A_FILE, refused)),
        "import_ready": looked_through(upload(cast, IN_A_FILE, IN_A_FILE, other)),
    }


def looked_through(made: AccountImport) -> AccountImport:
    """Let the worker look through a file."""
    imports.check(made.pk, now=NOW)
    return AccountImport.objects.get(pk=made.pk)

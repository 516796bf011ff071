"""A file's way through the portal, by the real services and the real jobs."""

from datetime import datetime

from accounts.models import AccountImport
from accounts.services import imports
from tests.cast import Cast
from tests.clock import NOW
from tests.jobs import perform_waiting_jobs
from tests.pages import assert_asks_for_sign_in
from tests.spreadsheets import HEADINGS, as_csv

LIBRARY = ("Laholms bibliotek", "@LaholmsBibliotek", "FB", "biblioteket", "", "")
MISSPELT = ("Sim", "m.instagram.com/laholmsim", "", "Bibloteket", "", "")


def upload(
    cast: Cast, *rows: tuple[str, ...], content: bytes = b"", file_name: str = "konton.csv", now: datetime = NOW
) -> AccountImport:
    """Return a file that nobody has looked at yet."""
    content = content or as_csv([HEADINGS, *rows])
    return imports.upload(file_name=file_name, content=content, by=cast.communicator, now=now)


def checked(cast: Cast, *rows: tuple[str, ...], **file: object) -> AccountImport:
    """Return a file that is checked: ready, or refused."""
    made = upload(cast, *rows, **file)
    perform_waiting_jobs()
    return AccountImport.objects.get(pk=made.pk)


def read_in(cast: Cast, *rows: tuple[str, ...], **file: object) -> AccountImport:
    """Return a file that is read in."""
    made = checked(cast, *rows, **file)
    imports.start(made.pk, by=cast.communicator, now=NOW)
    perform_waiting_jobs()
    return AccountImport.objects.get(pk=made.pk)


def assert_only_communications(url: str, cast: Cast, client_for, *, method: str = "get") -> None:
    """Fail unless everyone but kommunikationsenheten is refused, and strangers are sent to sign in."""
    assert_asks_for_sign_in(url)
    for person in (cast.librarian, cast.manager, cast.administrator):
        assert getattr(client_for(person), method)(url).status_code == 403

"""Pages of ögonblicksbilder."""

from tests.browser.places.place import open_all, page, press

SAVE = "Spara ögonblicksbilden"

PLACES = [
    page("archive:snapshot-list", "librarian"),
    page("archive:snapshot-list", "librarian", state="done", query="?visa=klara"),
    page("archive:fixity", "communicator"),
    page("archive:manifest-list", "communicator"),
    page("archive:snapshot-timeline", "librarian", account_pk="account"),
    page("archive:snapshot-timeline", "librarian", account_pk="lacking", state="none"),
    page("archive:snapshot-upload", "librarian", account_pk="account"),
    page("archive:snapshot-not-possible", "manager", account_pk="account"),
    page("archive:snapshot-upload", "librarian", account_pk="account", state="nothing sent", act=press(SAVE)),
    page("archive:snapshot-compare", "manager", account_pk="account"),
    page("archive:snapshot-detail", "manager", pk="snapshot", act=open_all),
    page("archive:snapshot-zoom", "manager", pk="snapshot", file_pk="snapshot_picture"),
]

NOT_PAGES = {
    "archive:manifest-pdf",
    "archive:manifest-text",
    "archive:snapshot-pdf",
    "archive:snapshot-picture",
    "archive:snapshot-original",
}

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
    page("archive:snapshot-capture", "librarian", account_pk="open_account"),
    page("archive:snapshot-capture", "librarian", account_pk="account", state="of a closed platform"),
    page("archive:snapshot-detail", "librarian", pk="asked_snapshot", state="waits for the worker"),
    page("archive:snapshot-detail", "librarian", pk="unjudged_snapshot", state="waits for a verdict"),
    page("archive:snapshot-detail", "librarian", pk="failed_snapshot", state="failed"),
    page(
        "archive:snapshot-detail",
        "librarian",
        pk="unjudged_snapshot",
        state="nothing answered",
        act=press("Svara"),
    ),
    page("archive:change-plan", "librarian", account_pk="account"),
    page("archive:change-plan", "librarian", account_pk="account", state="nothing said", act=press("Anmäl ändringen")),
    page("archive:change-withdraw", "librarian", account_pk="account", pk="planned_change"),
    page("archive:snapshot-compare", "manager", account_pk="account"),
    page("archive:snapshot-detail", "manager", pk="snapshot", act=open_all),
    page("archive:snapshot-history", "manager", pk="snapshot"),
    page("archive:snapshot-zoom", "manager", pk="snapshot", file_pk="snapshot_picture"),
]

NOT_PAGES = {
    "archive:manifest-pdf",
    "archive:manifest-text",
    "archive:snapshot-again",
    "archive:snapshot-judge",
    "archive:snapshot-original",
    "archive:snapshot-pdf",
    "archive:snapshot-picture",
    "archive:snapshot-progress",
}

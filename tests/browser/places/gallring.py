"""Pages of gallring."""

from tests.browser.places.place import page, press

PLACES = [
    page("archive:due-boards", "adviser"),
    page("archive:due-detail", "archivist", pk="culture_board"),
    page("archive:due-detail", "adviser", pk="building_board", state="no plan"),
    page("archive:due-sample", "archivist", pk="culture_board", code="restricted_view"),
    page("archive:irrelevance-assert", "archivist", pk="culture_board", code="document"),
    page("archive:plan-list", "archivist", pk="culture_board"),
    page("archive:plan-detail", "archivist", pk="plan_proposed", state="proposed"),
    page("archive:plan-detail", "archive_head", pk="plan_decided"),
    page("archive:plan-rule", "archivist", pk="plan_proposed", code="document"),
    page("archive:plan-decide", "archive_head", pk="plan_proposed"),
    page(
        "archive:plan-decide",
        "archive_head",
        pk="plan_proposed",
        state="nothing typed",
        act=press("Anteckna beslutet"),
    ),
    page("archive:plan-history", "archivist", pk="plan_decided"),
    page("archive:hold-list", "archivist", pk="culture_board"),
    page("archive:hold-place", "archivist", pk="culture_board"),
    page(
        "archive:hold-place",
        "archivist",
        pk="culture_board",
        state="nothing typed",
        act=press("Inför gallringsstopp"),
    ),
    page("archive:hold-detail", "archivist", pk="stop"),
    page("archive:hold-review", "archivist", pk="stop"),
    page("archive:hold-release", "archivist", pk="stop"),
    page("archive:hold-history", "archivist", pk="stop"),
]

NOT_PAGES = {"archive:plan-propose"}

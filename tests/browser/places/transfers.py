"""Pages of leveranser to the e-archive."""

from tests.browser.places.place import page, press

PLACES = [
    page("archive:transfer-boards", "adviser"),
    page("archive:transfer-list", "archivist", pk="culture_board", state="no details"),
    page("archive:transfer-list", "archivist", pk="transfer_board"),
    page("archive:transfer-details", "archivist", pk="transfer_board"),
    page("archive:transfer-details", "archivist", pk="culture_board", state="nothing typed", act=press("Spara")),
    page("archive:transfer-prepare", "archivist", pk="culture_board"),
    page("archive:transfer-prepare", "archivist", pk="culture_board", state="no details", act=press("Gör listan")),
    page("archive:transfer-detail", "archivist", pk="transfer_draft", state="draft"),
    page("archive:transfer-detail", "archivist", pk="transfer_faulty", state="could not be packed"),
    page("archive:transfer-detail", "archivist", pk="transfer_packing", state="packing"),
    page("archive:transfer-detail", "archivist", pk="transfer_packed", state="packed"),
    page("archive:transfer-detail", "archivist", pk="transfer_handed_over", state="handed over"),
    page("archive:transfer-detail", "archivist", pk="transfer_received", state="received"),
    page("archive:transfer-detail", "adviser", pk="transfer_cancelled", state="cancelled"),
    page("archive:transfer-hand-over", "archivist", pk="transfer_packed"),
    page("archive:transfer-receipt", "archivist", pk="transfer_handed_over"),
    page(
        "archive:transfer-receipt",
        "archivist",
        pk="transfer_handed_over",
        state="nothing typed",
        act=press("Anteckna kvittensen"),
    ),
    page("archive:transfer-cancel", "archivist", pk="transfer_packed"),
    page("archive:transfer-history", "archivist", pk="transfer_received"),
]

NOT_PAGES = {"archive:transfer-pack", "archive:transfer-progress", "archive:transfer-package"}

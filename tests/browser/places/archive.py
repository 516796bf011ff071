"""Pages of archive."""

from tests.browser.places.place import fill_in_and_press, page, press

INBOX = [
    page("archive:handover-list", "registrar"),
    page("archive:handover-detail", "registrar", pk="handed_over"),
    page(
        "archive:handover-detail",
        "registrar",
        pk="handed_over",
        state="no subject",
        act=fill_in_and_press("Registrera", subject=""),
    ),
]
DIARY = [
    page("archive:document-list", "registrar"),
    page("archive:document-list", "registrar", state="nothing found", query="?q=sovjettrumpet"),
    page("archive:records-list", "registrar"),
    page("archive:series-list", "administrator"),
    page("archive:series-edit", "registrar", pk="culture_board"),
    page(
        "archive:series-edit",
        "registrar",
        pk="culture_board",
        state="no prefix",
        act=fill_in_and_press("Spara", prefix=""),
    ),
    page("archive:series-history", "registrar", pk="culture_board"),
    page("archive:document-register", "registrar"),
    page("archive:document-register", "registrar", state="nothing typed", act=press("Registrera")),
    page("archive:document-detail", "registrar", pk="registered"),
    page("archive:document-correct", "registrar", pk="registered"),
    page("archive:document-cancel", "registrar", pk="registered", state="no reason", act=press("Makulera")),
    page("archive:document-history", "registrar", pk="registered"),
    page("archive:document-forward", "registrar", pk="registered"),
    page("archive:document-forward", "registrar", pk="registered", state="nothing said", act=press("Skicka vidare")),
    page("archive:document-access", "registrar", pk="registered", state="nobody chosen", act=press("Låt läsa")),
    page("archive:forwarding-receive", "registrar", pk="registered", forwarding_pk="forwarded"),
    page("archive:receipt-confirm", token="receipt_token"),
    page("archive:receipt-confirm", token="receipt_token", state="confirmed", act=press("Ja, vi har fått den")),
    page("archive:matter-detail", "registrar", pk="registered_matter"),
    page("archive:matter-correct", "registrar", pk="registered_matter"),
    page("archive:matter-cancel", "registrar", pk="registered_matter"),
    page("archive:matter-reopen", "registrar", pk="registered_matter"),
    page("archive:matter-history", "registrar", pk="registered_matter"),
]
REQUESTS = [
    page("archive:request-list", "registrar"),
    page("archive:request-log", "registrar"),
    page("archive:request-log", "registrar", state="nothing typed", act=press("Anteckna")),
    page("archive:request-detail", "registrar", pk="records_request"),
    page("archive:request-gather", "registrar", pk="records_request"),
    page("archive:request-item", "registrar", pk="records_request", item_pk="records_request_item"),
    page(
        "archive:request-item",
        "registrar",
        pk="records_request",
        item_pk="records_request_item",
        state="nothing chosen",
        act=press("Spara prövningen"),
    ),
    page("archive:request-release", "registrar", pk="records_request"),
    page("archive:request-refuse", "registrar", pk="records_request"),
    page("archive:request-refuse", "registrar", pk="records_request", state="no reasons", act=press("Besluta")),
    page("archive:request-withdraw", "registrar", pk="records_request"),
    page("archive:request-history", "registrar", pk="records_request"),
]
PLACES = [*INBOX, *DIARY, *REQUESTS]

NOT_PAGES = {
    "archive:handover-file",
    "archive:handover-package",
    "archive:document-package",
    "archive:document-list-csv",
    "archive:document-file",
    "archive:matter-close",
    "archive:matter-search",
    "archive:document-access-end",
    "archive:request-item-file",
    "archive:request-rest",
    "archive:request-pdf",
    "archive:request-package",
    "archive:request-forget",
}

"""Pages of accounts: the list of the municipality's accounts, the applications, the administration."""

from tests.browser.places.place import fill_in_and_press, open_all, page, press

PUBLIC = [
    page("accounts:public-list"),
    page("accounts:public-list", state="second page", query="?page=2"),
    page("accounts:public-list", state="nothing found", query="?q=sovjettrumpet"),
    page("accounts:public-account", pk="account"),
    page("accounts:public-account", pk="ended", state="closed"),
    page("accounts:public-account", pk="nothing", state="no such account", status=404),
]
CHECKING = [
    page("accounts:account-check"),
    page("accounts:account-check", state="ours", query="?q=instagram.com/{account.handle}"),
    page("accounts:account-check", state="closed", query="?q=facebook.com/{ended.handle}"),
    page("accounts:account-check", state="not ours", query="?q=instagram.com/laholmsbibliotek.vinnare"),
    page("accounts:account-check", state="by name", query="?q=bibliotek"),
    page("accounts:account-check", state="nothing typed", query="?q="),
]
OWN = [
    page("accounts:guidance", "librarian"),
    page("accounts:guidance", "librarian", state="nothing typed", act=press("Skicka frågan")),
]
APPLYING = [
    page("accounts:application-start", "librarian"),
    page("accounts:application-start", "librarian", state="unfolded", act=open_all),
    page(
        "accounts:application-start",
        "librarian",
        state="nothing typed",
        alone=True,
        act=press("Förhandsgranska och skicka"),
    ),
    page("accounts:draft-edit", "librarian", pk="draft"),
    page("accounts:draft-edit", "librarian", pk="draft", state="saved", act=press("Spara")),
    page("accounts:draft-edit", "manager", pk="draft", state="somebody else's", status=404),
    page("accounts:draft-preview", "librarian", pk="whole_draft"),
    page("accounts:draft-preview", "librarian", pk="draft", state="not whole"),
    page("accounts:draft-preview", "librarian", pk="taken_draft", state="taken"),
    page("accounts:draft-discard", "librarian", pk="draft"),
    page("accounts:application-list", "librarian"),
    page("accounts:application-list", "outsider_manager", state="empty"),
    page("accounts:application-detail", "librarian", pk="waiting"),
    page("accounts:application-detail", "librarian", pk="returned", state="returned"),
    page("accounts:application-detail", "manager", pk="waiting", state="for the manager"),
    page("accounts:application-detail", "communicator", pk="approved", state="for kommunikationsenheten"),
    page("accounts:application-detail", "librarian", pk="rejected", state="rejected"),
    page("accounts:application-withdraw", "librarian", pk="waiting"),
    page("accounts:application-history", "librarian", pk="approved"),
]
DECIDING = [
    page("accounts:application-approve", "manager", pk="waiting", act=open_all),
    page("accounts:application-approve", "manager", pk="waiting", state="nothing ticked", act=press("Godkänn")),
    page("accounts:application-approve", "manager", pk="sent_again", state="changed", act=open_all),
    page("accounts:application-approve", "manager", pk="approved", state="decided"),
    page("accounts:application-approve", "deputy", pk="approved", state="decided by another"),
    page("accounts:application-approve", "deputy", pk="waiting", state="signed in by password"),
    page("accounts:application-approve", "librarian", pk="waiting", state="not the manager", status=403),
    page("accounts:application-send-back", "manager", pk="waiting"),
    page("accounts:application-send-back", "manager", pk="waiting", state="no comment", act=press("Skicka tillbaka")),
    page("accounts:application-send-back", "manager", pk="returned", state="sent back"),
    page("accounts:application-reject", "manager", pk="waiting"),
    page("accounts:application-reject", "manager", pk="rejected", state="rejected"),
]
ADMINISTERING = [
    page("accounts:administration", "administrator"),
    page("accounts:user-list", "administrator"),
    page("accounts:user-list", "administrator", state="nobody found", query="?q=sovjettrumpet"),
    page("accounts:user-invite", "administrator"),
    page("accounts:user-invite", "administrator", state="nothing typed", act=press("Skicka inbjudan")),
    page("accounts:user-edit", "administrator", pk="manager"),
    page("accounts:user-edit", "administrator", pk="newcomer", state="invited"),
    page("accounts:user-edit", "administrator", pk="protected", state="protected identity"),
    page(
        "accounts:user-edit", "administrator", pk="manager", state="no e-mail", act=fill_in_and_press("Spara", email="")
    ),
    page("accounts:user-deactivate", "administrator", pk="manager"),
    page("accounts:user-reset-second-step", "administrator", pk="manager"),
    page("accounts:user-activate", "administrator", pk="former"),
    page("accounts:user-history", "administrator", pk="communicator"),
    page("accounts:organisation", "administrator"),
    page("accounts:board-add", "administrator"),
    page("accounts:board-add", "administrator", state="nothing typed", act=press("Lägg till")),
    page("accounts:board-edit", "administrator", pk="culture_board"),
    page("accounts:board-history", "administrator", pk="culture_board"),
    page("accounts:unit-add", "administrator"),
    page("accounts:unit-add", "administrator", state="nothing typed", act=press("Lägg till")),
    page("accounts:unit-edit", "administrator", pk="library"),
    page("accounts:unit-history", "administrator", pk="library"),
    page("accounts:deputy-add", "administrator", pk="library"),
    page("accounts:deputy-add", "administrator", pk="library", state="nobody chosen", act=press("Utse")),
    page("accounts:deputy-end", "administrator", pk="deputy"),
]
PLACES = [*PUBLIC, *CHECKING, *OWN, *APPLYING, *DECIDING, *ADMINISTERING]

NOT_PAGES = {
    "accounts:closing-confirm",
    "accounts:absence-end",
    "accounts:import-template-excel",
    "accounts:import-template-csv",
    "accounts:import-progress",
    "accounts:import-apply",
    "accounts:application-form-pdf",
    "accounts:account-mission-pdf",
    "accounts:account-login-verify",
    "accounts:account-administrator-remove",
    "accounts:account-list-csv",
    "accounts:account-list-excel",
    "accounts:saved-view-save",
    "accounts:saved-view-forget",
    "accounts:draft-send",
    "accounts:draft-autosave",
    "accounts:application-paper-file",
    "accounts:application-revise",
    "accounts:user-invite-again",
}

"""Every page of the portal, who looks at it, and the states that a page can be in.

A route that is neither here nor among NOT_PAGES fails `test_accessibility`: add it here, with someone who may see it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from tests.browser.world import World
from tests.passwords import PASSWORD

Act = Callable[[Page, World], None]


@dataclass(frozen=True)
class Place:
    """A page as one person meets it. `kwargs` names records of the world; `state` tells it from others like it."""

    route: str
    who: str = ""  # nobody signed in
    kwargs: dict[str, str] = field(default_factory=dict)
    state: str = ""
    query: str = ""
    status: int = 200
    act: Act | None = None
    lands: str = ""  # where allauth's own redirect leads; names of the world's words in braces
    alone: bool = False  # what is done here must not follow into the next page

    def __str__(self) -> str:
        return " ".join(filter(None, [self.route, self.state]))

    def address(self, world: World) -> str:
        """Return where the page is."""
        named = {key: world.argument(name) for key, name in self.kwargs.items()}
        return reverse(self.route, kwargs=named) + self.query.format_map(vars(world))

    def lands_on(self, world: World) -> str:
        """Return the path where the browser ends up."""
        return self.lands.format_map(vars(world)) or self.address(world).partition("?")[0]


def press(button: str) -> Act:
    """Press a button, and wait for the page that comes."""

    def act(page: Page, world: World) -> None:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    return act


def open_all(page: Page, world: World) -> None:
    """Unfold what is folded."""
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")


def tick_what_is_never_copied(page: Page, world: World) -> None:
    """Choose the crime whose posts are never copied."""
    page.get_by_label("Uppenbart brottsligt").check()
    page.get_by_label("Barnpornografibrott").check()


def choose(what: str) -> Act:
    """Choose one of the ways that stand in rows."""

    def act(page: Page, world: World) -> None:
        page.get_by_role("radio", name=what).check()

    return act


def fill_in_and_press(button: str, **typed: str) -> Act:
    """Type into fields, by their names, and press a button."""

    def act(page: Page, world: World) -> None:
        for name, words in typed.items():
            page.locator(f"[name={name}]").fill(words)
        press(button)(page, world)

    return act


def password_of_the_manager(page: Page, world: World) -> None:
    """Come as far as to the code."""
    fill_in_and_press("Logga in", login=world.cast.manager.email, password=PASSWORD)(page, world)
    page.get_by_label("Kod").wait_for()


def wrong_code(page: Page, world: World) -> None:
    password_of_the_manager(page, world)
    fill_in_and_press("Logga in", code="000000")(page, world)


def page(route: str, who: str = "", **kwargs: Any) -> Place:
    """Return a page as it is when it is opened; pk names a record of the world."""
    known = {
        name: kwargs.pop(name)
        for name in tuple(kwargs)
        if name in {"state", "query", "status", "act", "lands", "alone"}
    }
    return Place(route, who, kwargs, **known)


SHOW = "Visa vad som ändras"
CHOOSES_PASSWORD = "/losenord/nytt/{reset_user}/set-password/"

PUBLIC = [
    page("accessibility"),
    page("privacy"),
    page("accounts:public-list"),
    page("accounts:public-list", state="second page", query="?page=2"),
    page("accounts:public-list", state="nothing found", query="?q=sovjettrumpet"),
    page("accounts:public-account", pk="account"),
    page("accounts:public-account", pk="nothing", state="no such account", status=404),
]
CHECKING = [
    page("accounts:account-check"),
    page("accounts:account-check", state="ours", query="?q=instagram.com/{account.handle}"),
    page("accounts:account-check", state="not ours", query="?q=instagram.com/laholmsbibliotek.vinnare"),
    page("accounts:account-check", state="by name", query="?q=bibliotek"),
    page("accounts:account-check", state="nothing typed", query="?q="),
]
REPORTING = [
    page("moderation:report", act=open_all),
    page("moderation:report", state="from an account", query="?konto={account.pk}"),
    page("moderation:report", state="nothing typed", act=press("Skicka rapporten")),
    page("moderation:report-follow"),
    page("moderation:report-follow", state="nothing typed", query="?nummer="),
    page("moderation:report-receipt", receipt="receipt"),
    page("moderation:report-receipt", receipt="answered_receipt", state="answered"),
    page("moderation:report-receipt", receipt="nothing", state="unknown", status=404),
    page("moderation:report-list", "communicator"),
    page("moderation:report-detail", "communicator", pk="report"),
    page("moderation:report-detail", "communicator", pk="report", state="nothing chosen", act=press("Svara")),
    page("moderation:report-detail", "communicator", pk="answered_report", state="answered"),
]
SIGN_IN = [
    page("account_login"),
    page(
        "account_login",
        state="wrong password",
        alone=True,
        act=fill_in_and_press("Logga in", login="a@b.se", password="fel"),
    ),
    page("account_login", state="nothing typed", act=press("Logga in")),
    page("account_inactive"),
    page("account_reset_password"),
    page("account_reset_password", state="nothing typed", act=press("Skicka länken")),
    page("account_reset_password_done"),
    page(
        "account_reset_password_from_key",
        uidb36="reset_user",
        key="reset_key",
        lands=CHOOSES_PASSWORD,
        alone=True,
    ),
    page(
        "account_reset_password_from_key",
        uidb36="reset_user",
        key="reset_key",
        state="two passwords",
        lands=CHOOSES_PASSWORD,
        alone=True,
        act=fill_in_and_press("Spara lösenordet", password1="kort", password2="annat"),
    ),
    page("account_reset_password_from_key", uidb36="reset_user", key="nothing", state="spent link", alone=True),
    page("account_reset_password_from_key_done"),
    page("mfa_authenticate", state="after the password", lands="/logga-in/", alone=True, act=password_of_the_manager),
    page("mfa_authenticate", state="wrong code", lands="/logga-in/", alone=True, act=wrong_code),
    page("accounts:invitation-accept", token="invitation"),
    page("accounts:invitation-accept", token="invitation", state="nothing typed", act=press("Spara lösenordet")),
    page("accounts:invitation-accept", token="spent_invitation", state="spent", status=410),
    page("accounts:invitation-accept", token="nothing", state="unknown", status=404),
]
OWN = [
    page("to-do", "librarian"),
    page("to-do", "manager", state="of a manager"),
    page("to-do", "communicator", state="by lines", act=open_all),
    page("to-do", "outsider_manager", state="all is calm"),
    page("to-do", "librarian", state="with the menu open", act=open_all),
    page("settings", "librarian"),
    page("handbook", "librarian"),
    page("handbook", "librarian", state="found", query="?q=utkast"),
    page("handbook", "librarian", state="nothing found", query="?q=sovjettrumpet"),
    page("handbook-chapter", "librarian", slug="starta-nytt-konto"),
    page("accounts:guidance", "librarian"),
    page("accounts:guidance", "librarian", state="nothing typed", act=press("Skicka frågan")),
    page("account_logout", "librarian"),
    page("account_reauthenticate", "librarian"),
    page(
        "account_reauthenticate", "librarian", state="wrong password", act=fill_in_and_press("Fortsätt", password="fel")
    ),
    page("account_change_password", "librarian"),
    page("account_change_password", "librarian", state="nothing typed", act=press("Byt lösenord")),
    page("account_set_password", "newcomer"),
    page("mfa_index", "librarian"),
    page("mfa_index", "manager", state="switched on"),
    page("mfa_activate_totp", "librarian"),
    page("mfa_activate_totp", "librarian", state="wrong code", act=fill_in_and_press("Slå på", code="000000")),
    page("mfa_deactivate_totp", "manager"),
    page("mfa_reauthenticate", "manager"),
    page("mfa_view_recovery_codes", "manager"),
    page("mfa_generate_recovery_codes", "manager"),
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
REGISTERING = [
    page("accounts:application-register", "communicator", pk="approved"),
    page(
        "accounts:application-register",
        "communicator",
        pk="approved",
        state="no line",
        act=fill_in_and_press("Registrera", summary=""),
    ),
    page("accounts:application-void-approval", "communicator", pk="approved"),
    page(
        "accounts:application-void-approval",
        "communicator",
        pk="approved",
        state="no comment",
        act=press("Skicka tillbaka"),
    ),
    page("accounts:application-name-manager", "communicator", pk="without_manager"),
    page("accounts:application-paper", "communicator", pk="waiting"),
    page("accounts:application-paper", "communicator", pk="waiting", state="nothing", act=press("Bifoga och godkänn")),
    page("accounts:platform-list", "communicator"),
    page("accounts:platform-add", "communicator", act=open_all),
    page("accounts:platform-add", "communicator", state="nothing typed", act=press("Lägg till")),
    page("accounts:platform-edit", "communicator", pk="platform"),
    page(
        "accounts:platform-edit",
        "communicator",
        pk="platform",
        state="tried",
        act=fill_in_and_press("Prova", try_address="m.facebook.com/laholmskommun"),
    ),
    page("accounts:platform-history", "communicator", pk="platform"),
    page("accounts:calendar", "communicator", act=open_all),
    page("accounts:calendar-week", "communicator"),
    page("accounts:calendar-week", "communicator", state="wrong", act=fill_in_and_press(SHOW, mon="tidigt")),
    page("accounts:calendar-day-add", "communicator"),
    page("accounts:calendar-day-add", "communicator", state="nothing typed", act=press(SHOW)),
    page(
        "accounts:calendar-day-add",
        "communicator",
        state="what moves",
        act=fill_in_and_press(SHOW, day="2026-11-25", label="klämdag"),
    ),
    page("accounts:calendar-day-edit", "communicator", day="own_day"),
    page("accounts:calendar-day-remove", "communicator", day="own_day"),
    page("accounts:guideline", "communicator", act=open_all),
    page("accounts:guideline-change", "communicator"),
    page(
        "accounts:guideline-change", "communicator", state="what moves", act=fill_in_and_press(SHOW, limit_hours="24")
    ),
    page("accounts:guideline-review", "communicator"),
    page("accounts:guideline-review", "communicator", state="nothing typed", act=press("Anteckna")),
    page("accounts:account-list", "communicator"),
    page("accounts:account-list", "communicator", state="nothing found", query="?q=sovjettrumpet"),
    page(
        "accounts:account-list",
        "communicator",
        state="one verksamhet, several people",
        query="?verksamhet=biblioteket&ansvarig=b",
    ),
    page("accounts:account-list", "communicator", state="no such verksamhet", query="?verksamhet=sovjet&ansvarig=b"),
    page("accounts:account-list", "librarian", state="not allowed", status=403),
    page("accounts:account-detail", "communicator", pk="account"),
    page("accounts:account-detail", "librarian", pk="planned", state="planned"),
    page("accounts:account-take-into-use", "communicator", pk="planned"),
    page(
        "accounts:account-take-into-use",
        "communicator",
        pk="planned",
        state="no address",
        act=fill_in_and_press("Ta i bruk", web_address=""),
    ),
    page("accounts:account-history", "communicator", pk="account"),
    page("accounts:my-accounts", "librarian"),
    page("accounts:my-accounts", "outsider", state="empty"),
]
KEEPING = [
    page("moderation:supervision", "librarian"),
    page("moderation:supervision", "outsider", state="no account"),
    page("moderation:supervision-account", "librarian", pk="account"),
    page("moderation:supervision-month", "head", pk="account", month="next_month", state="read"),
    page("moderation:supervision-missed", "communicator"),
    page("moderation:supervision-missed", "outsider", state="none"),
    page("accounts:absence-list", "manager", act=open_all),
    page("accounts:absence-list", "outsider", state="nothing noted"),
    page("accounts:absence-list", "librarian", state="nothing typed", act=press("Anteckna")),
    page("accounts:absence-edit", "librarian", pk="absence"),
    page(
        "accounts:absence-edit",
        "librarian",
        pk="absence",
        state="wrong days",
        act=fill_in_and_press("Spara", to_date="i morgon"),
    ),
    page("accounts:absence-history", "librarian", pk="absence"),
    page("accounts:account-detail", "librarian", pk="lacking", state="lacks things"),
    page("accounts:account-detail", "head", pk="account", state="read"),
    page("accounts:account-people", "manager", pk="account", query="?datum=2026-11-24"),
    page("accounts:account-people", "head", pk="account", state="no day", query="?datum=igår"),
    page("accounts:account-people", "manager", pk="account", state="nobody chosen", act=press("Utse")),
    page("accounts:assignment-end", "manager", pk="account", assignment_pk="substitution"),
    page(
        "accounts:assignment-end",
        "manager",
        pk="account",
        assignment_pk="substitution",
        state="no day",
        act=fill_in_and_press("Spara", last_day=""),
    ),
    page("accounts:account-login", "librarian", pk="account"),
    page("accounts:account-login", "librarian", pk="lacking", state="nothing typed", act=press("Spara")),
    page("accounts:account-login", "head", pk="account", state="read"),
    page("accounts:account-administrators", "librarian", pk="account"),
    page("accounts:account-administrators", "librarian", pk="lacking", state="nobody", act=press("Lägg till")),
    page("accounts:account-sender", "librarian", pk="account"),
    page("accounts:account-sender", "head", pk="lacking", state="read"),
    page("accounts:account-mission", "librarian", pk="account"),
    page(
        "accounts:account-mission",
        "librarian",
        pk="account",
        state="no topics",
        act=fill_in_and_press("Spara", topics=""),
    ),
    page("accounts:account-mission", "head", pk="account", state="read"),
    page("accounts:account-visitors", "librarian", pk="account"),
    page("accounts:logo-exemption-request", "librarian", pk="lacking"),
    page(
        "accounts:logo-exemption-request", "librarian", pk="lacking", state="no reason", act=press("Skicka önskemålet")
    ),
    page("accounts:logo-exemption-decide", "communicator", pk="account", exemption_pk="exemption"),
    page(
        "accounts:logo-exemption-decide",
        "communicator",
        pk="account",
        exemption_pk="exemption",
        state="nothing chosen",
        act=press("Besluta"),
    ),
    page(
        "accounts:logo-exemption-revoke",
        "communicator",
        pk="account",
        exemption_pk="exemption",
        state="no reason",
        act=press("Återkalla undantaget"),
    ),
    page("accounts:account-complete", "communicator", pk="account"),
    page("accounts:import-list", "communicator"),
    page("accounts:import-list", "communicator", state="no file", act=press("Ladda upp och kontrollera")),
    page("accounts:import-detail", "communicator", pk="read_in"),
    page("accounts:import-detail", "communicator", pk="import_waiting", state="waits for the worker"),
    page("accounts:import-detail", "communicator", pk="import_refused", state="rows to mend"),
    page("accounts:import-detail", "communicator", pk="import_ready", state="ready"),
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
QUEUE = [
    page("moderation:case-log", "librarian", act=open_all),
    page("moderation:case-log", "librarian", state="a crime that is never copied", act=tick_what_is_never_copied),
    page("moderation:case-log", "librarian", state="nothing typed", act=press("Logga inlägget")),
    page("moderation:case-log", "administrator", state="not allowed", status=403),
    page("moderation:case-copy-add", "librarian", pk="post"),
    page("moderation:case-copy-add", "librarian", pk="post", state="nothing chosen", act=press("Spara kopian")),
    page("moderation:case-access", "librarian", pk="secret"),
    page("moderation:case-access", "librarian", pk="secret", state="nobody chosen", act=press("Låt läsa")),
    page("moderation:access-review-list", "reviewer"),
    page("moderation:access-review", "reviewer", pk="month_read"),
    page("moderation:case-list", "librarian"),
    page("moderation:case-list", "communicator", state="of kommunikationsenheten", act=open_all),
    page("moderation:case-list", "librarian", state="nothing found", query="?q=sovjettrumpet"),
    page("moderation:case-list", "outsider", state="empty"),
    page("moderation:case-several", "librarian", query="?inlagg={post.pk}:1"),
    page(
        "moderation:case-several",
        "librarian",
        query="?inlagg={post.pk}:1",
        state="nothing chosen",
        act=press("Gör så med alla"),
    ),
    page("moderation:case-closed-list", "librarian"),
    page("moderation:case-deadline", "librarian", pk="post"),
    page("moderation:case-history", "librarian", pk="post"),
]
POST = [
    page("moderation:case-detail", "librarian", pk="post", act=open_all),
    page("moderation:case-detail", "librarian", pk="post", state="answering", act=choose("Svara")),
    page("moderation:case-detail", "librarian", pk="post", state="passing on", act=choose("Skicka vidare")),
    page("moderation:case-detail", "librarian", pk="bare_post", state="without a copy"),
    page("moderation:case-detail", "librarian", pk="bare_post", state="refused", act=press("Jag har tagit bort det")),
    page("moderation:case-detail", "librarian", pk="secret_post", state="secret"),
    page("moderation:case-detail", "registrar", pk="secret_post", state="read by the registrator"),
    page("moderation:case-detail", "librarian", pk="decided_post", state="decided"),
    page("moderation:case-detail", "librarian", pk="closed_post", state="closed"),
    page("moderation:case-detail", "librarian", pk="own_post", state="of our own"),
    page("moderation:case-detail", "communicator", pk="secret_post", state="not for everyone", status=404),
    page("moderation:case-settle", "librarian", pk="decided_post", lands="/granska/{decided_post.pk}/"),
    page("moderation:case-note", "librarian", pk="post", state="nothing typed", act=press("Spara")),
    page("moderation:case-police", "librarian", pk="post"),
    page("moderation:case-platform", "librarian", pk="post"),
    page("moderation:case-ask", "librarian", pk="secret_post"),
    page("moderation:case-advise", "communicator", pk="post"),
    page("moderation:case-reclassify", "librarian", pk="post"),
    page("moderation:case-start", "librarian", pk="post", state="nothing typed", act=press("Flytta")),
    page("moderation:case-reopen", "librarian", pk="closed_post"),
    page("moderation:case-incident", "librarian", pk="own_post", state="nothing", act=press("Spara bedömningen")),
    page("moderation:case-block", "librarian", pk="post"),
    page("moderation:block-list", "communicator"),
    page("moderation:block-detail", "communicator", pk="block", state="nothing chosen", act=press("Besluta")),
    page("moderation:reply-text-list", "librarian", state="nothing typed", act=press("Spara")),
    page("moderation:reply-text-edit", "librarian", pk="ready_text"),
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
FOLLOWING_UP = [
    page("moderation:statistics", "communicator"),
    page("moderation:statistics", "communicator", state="a year without any", query="?ar=2024"),
    page("moderation:statistics", "librarian", state="not allowed", status=403),
]
REGISTRAR = [
    page("archive:document-list", "registrar"),
    page("archive:document-list", "registrar", state="nothing found", query="?q=sovjettrumpet"),
    page("archive:records-list", "registrar"),
    page("archive:document-register", "registrar"),
    page("archive:document-register", "registrar", state="nothing typed", act=press("Registrera")),
    page("archive:document-detail", "registrar", pk="registered"),
    page("archive:document-correct", "registrar", pk="registered"),
    page("archive:document-cancel", "registrar", pk="registered", state="no reason", act=press("Makulera")),
    page("archive:document-history", "registrar", pk="registered"),
    page("archive:document-forward", "registrar", pk="registered"),
    page("archive:document-forward", "registrar", pk="registered", state="nothing said", act=press("Skicka vidare")),
    page("archive:forwarding-receive", "registrar", pk="registered", forwarding_pk="forwarded"),
    page("archive:receipt-confirm", token="receipt_token"),
    page("archive:receipt-confirm", token="receipt_token", state="confirmed", act=press("Ja, vi har fått den")),
    page("archive:matter-detail", "registrar", pk="registered_matter"),
    page("archive:matter-correct", "registrar", pk="registered_matter"),
    page("archive:matter-cancel", "registrar", pk="registered_matter"),
    page("archive:matter-reopen", "registrar", pk="registered_matter"),
    page("archive:matter-history", "registrar", pk="registered_matter"),
]
PLACES = [
    *PUBLIC,
    *CHECKING,
    *REPORTING,
    *SIGN_IN,
    *OWN,
    *APPLYING,
    *DECIDING,
    *REGISTERING,
    *KEEPING,
    *ADMINISTERING,
    *QUEUE,
    *POST,
    *FOLLOWING_UP,
    *REGISTRAR,
]

# Answers that are no page: files, what is only ever sent to, and what a watcher asks.
NOT_PAGES = {
    "moderation:report-place",
    "moderation:report-answer",
    "moderation:report-picture",
    "accounts:absence-end",
    "accounts:import-template-excel",
    "accounts:import-template-csv",
    "accounts:import-progress",
    "accounts:import-apply",
    "health",
    "mfa_download_recovery_codes",
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
    "moderation:evidence-shown",
    "moderation:evidence-original",
    "moderation:case-access-end",
    "moderation:case-list-fresh",
    "moderation:case-take",
    "moderation:case-let-go",
    "moderation:reply-text-forget",
    "archive:handover-file",
    "moderation:statistics-csv",
    "archive:document-list-csv",
    "archive:document-file",
    "archive:matter-close",
}


def places() -> list:
    """Return the places as pytest's parameters."""
    return [pytest.param(place, id=str(place)) for place in PLACES]


def routes(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Yield the name of every route in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        else:
            yield from routes(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)

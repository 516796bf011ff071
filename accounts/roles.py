"""The roles and what each may do. `sync_roles` writes them to the database."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class RoleDefinition:
    """A role as it is installed. `may` is what a person reads about it."""

    code: str
    name: str
    may: str
    permissions: tuple[str, ...] = ()
    per_board: bool = False
    for_everyone: bool = False


ROLES: Final = (
    RoleDefinition(
        "medarbetare",
        "Medarbetare",
        "fylla i Bilaga 1 och se sina egna konton",
        ("accounts.apply",),
        for_everyone=True,
    ),
    RoleDefinition(
        "kommunikationsenheten",
        "Kommunikationsenheten",
        "ta emot och registrera uppstarter och sköta registret",
        (
            "accounts.register_application",
            "accounts.view_register",
            "accounts.take_into_use",
            "accounts.keep",
            "accounts.edit_platforms",
            "accounts.edit_guideline",
            "moderation.oversee",
            "archive.receive_request",
        ),
    ),
    RoleDefinition(
        "administrator",
        "Administratör",
        "sköta användare, verksamheter, chefer och roller",
        ("accounts.administer",),
    ),
    RoleDefinition(
        "registrator",
        "Registrator",
        "sköta nämndens diarium, och läsa det som kan vara sekretess",
        ("archive.register", "moderation.read_restricted"),
        per_board=True,
    ),
    RoleDefinition(
        "logggranskare",
        "Granskare av åtkomst",
        "gå igenom vem som har läst det som kan vara sekretess",
        ("moderation.review_access",),
        per_board=True,
    ),
    RoleDefinition(
        "arkivredogorare",
        "Arkivredogörare",
        "förbereda nämndens dokumenthanteringsplan och gallring, och införa gallringsstopp",
        ("archive.view_disposal", "archive.prepare_disposal"),
        per_board=True,
    ),
    RoleDefinition(
        "arkivansvarig",
        "Arkivansvarig",
        "anteckna nämndens gallringsbeslut och besluta om gallring",
        ("archive.view_disposal", "archive.decide_disposal"),
        per_board=True,
    ),
    RoleDefinition(
        "kommunarkivarie",
        "Kommunarkivarie",
        "läsa alla nämnders dokumenthanteringsplaner och gallring, för att ge råd",
        ("archive.view_disposal",),
    ),
)

"""An account with a marker in every field: those that the public may not see must not turn up on any public page."""

from accounts.models import Account, Application, Assignment, Board, Unit, User
from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    BoardFactory,
    UnitFactory,
    UserFactory,
    approve,
    platform,
)

PUBLIC = {
    "account.name": "synlig-account-name",
    "account.summary": "synlig-account-summary",
    "account.purpose": "synlig-account-purpose",
    "account.audience": "synlig-account-audience",
    "account.topics": "synlig-account-topics",
    "board.public_name": "synlig-board-public_name",
    "unit.name": "synlig-unit-name",
    "unit.email": "synlig-unit-email@laholm.example",
}
FIELDS = {
    User: ("name", "title"),
    Board: ("name",),
    Application: (
        "account_name",
        "purpose",
        "audience",
        "topics",
        "consulted_with",
        "consultation_advice",
        "confirmed_consultation",
    ),
}


def marker(model: type, field: str) -> str:
    return f"dold-{model._meta.model_name}-{field}"


def hidden_markers() -> list[str]:
    """What no public page may say: the markers, and the keys of everything but the account itself."""
    texts = [marker(model, field) for model, fields in FIELDS.items() for field in fields]
    keys = [
        str(key)
        for model in (User, Board, Unit, Application, Assignment)
        for key in model.objects.values_list("pk", flat=True)
    ]
    return ["dold-", *texts, *keys, *Account.objects.values_list("canonical_key", flat=True)]


def account_of_markers() -> Account:
    """Return an account in use, applied for and approved, with all its people."""
    hidden = {model: {field: marker(model, field) for field in fields} for model, fields in FIELDS.items()}
    public = {name.split(".")[0]: {} for name in PUBLIC}
    for name, text in PUBLIC.items():
        model, field = name.split(".")
        public[model][field] = text
    responsible, substitute, manager = (
        UserFactory(email=f"dold-user-email{number}@laholm.example", **hidden[User]) for number in range(3)
    )
    unit = UnitFactory(board=BoardFactory(**hidden[Board], **public["board"]), manager=manager, **public["unit"])
    application = approve(
        ApplicationFactory(
            unit=unit,
            applicant=responsible,
            substitute=substitute,
            handle="dold-handle",
            platform=platform("facebook"),
            web_address="https://www.facebook.com/dold-address",
            **hidden[Application],
        )
    )
    return AccountFactory(
        active=True,
        unit=unit,
        application=application,
        responsible=responsible,
        substitute=substitute,
        handle="synlig-handle",
        **public["account"],
    )

"""The uppdragsbeskrivning of an account: what it is for, in versions that are kept for good (R25, R26, R30, R43)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, JSONField, OuterRef, Q, Subquery, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.bilaga1 import canonical
from accounts.models import Account, MissionStatement, User
from accounts.services.administration import put
from accounts.services.keepers import lock_account
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.pdf import render_pdf

# The key of each answer in a statement's content, and the account's field it comes from.
ANSWERS = {"syfte": "purpose", "malgrupp": "audience", "amnen": "topics"}


@dataclass(frozen=True)
class Mission:
    """What the account is for, as it is filled in."""

    purpose: str
    audience: str
    topics: str
    summary: str
    uses: Sequence[str]
    legal_ground: str
    artistic_exemption: bool = False
    artistic_motivation: str = ""

    def values(self) -> dict[str, object]:
        """Return the account's fields."""
        return {
            **{name: getattr(self, name).strip() for name in ("purpose", "audience", "topics", "summary")},
            "uses": list(self.uses),
            "legal_ground": self.legal_ground,
            "artistic_exemption": self.artistic_exemption,
            "artistic_motivation": self.artistic_motivation.strip() if self.artistic_exemption else "",
        }


@transaction.atomic
def change_mission(account_id: UUID, mission: Mission, *, by: User, now: datetime) -> Account:
    """Change what the account is for, and have a new version of its uppdragsbeskrivning made when that is needed.

    Raises PermissionDenied for those who do not keep the account, RefusedError when something is left out, or when
    the artistic exemption is claimed outside culture and leisure without a motivation (R26).
    """
    account = lock_account(account_id, by=by, now=now)
    values = mission.values()
    for field in ("purpose", "audience", "topics", "summary", "uses"):
        if not values[field]:
            raise RefusedError("Fyll i det här: det ska stå i uppdragsbeskrivningen.", field=field)
    if mission.artistic_exemption and not values["artistic_motivation"] and not account.unit.is_culture_and_leisure:
        raise RefusedError(
            "Skriv en motivering: utanför kultur och fritid behövs en egen bedömning.", field="artistic_motivation"
        )
    if put(account, values):
        account.record(by=by, now=now, reason="Uppdragsbeskrivningen ändrades")
    make_later(account, by=by)
    return account


def make_later(account: Account, *, by: User) -> None:
    """Have the worker make the next version, unless the newest already says what the account is for."""
    from accounts.tasks import make_mission_statement  # tasks import the services

    newest = account.mission_statements.first()
    if newest is None or newest.content != content_of(account):
        make_mission_statement.defer(account_id=str(account.pk), by_id=str(by.pk))


def make_statement(account_id: UUID | str, *, by: User, now: datetime) -> MissionStatement:
    """Make the version that the account's content asks for, and store its PDF; return the newest.

    Idempotent. The PDF is rendered before the account is locked, since it takes time: when the content has changed
    meanwhile, what was rendered is thrown away and made again.
    """
    while True:
        account = Account.objects.select_related("platform", "unit", "board").get(pk=account_id)
        content, newest = content_of(account), account.mission_statements.first()
        if newest is not None and newest.content == content:
            return newest
        version = newest.version + 1 if newest else 1
        pdf = render_pdf(statement_html(content, version=version, made_at=now))
        statement = MissionStatement(
            account=account,
            version=version,
            content=content,
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            made_by=by,
            made_at=now,
        )
        if _store(statement):
            return statement


@transaction.atomic
def _store(statement: MissionStatement) -> bool:
    """Store the statement unless the account or its versions have moved on."""
    locked = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit", "board")
    account = locked.get(pk=statement.account_id)
    newest = account.mission_statements.first()
    if content_of(account) != statement.content or statement.version != (newest.version + 1 if newest else 1):
        return False
    statement.save(force_insert=True)
    return True


def content_of(account: Account) -> str:
    """Return what the uppdragsbeskrivning says, as words in one canonical text."""
    content: dict[str, object] = {
        "konto": account.name,
        "kanal": account.platform.name,
        "verksamhet": str(account.unit),
        "namnd": account.board.name,
        "anvandning": account.uses_in_words,
        "laglig_grund": account.get_legal_ground_display(),
    }
    if account.artistic_exemption:
        content["konstnarligt_undantag"] = account.artistic_motivation or "Kultur och fritids kärnverksamhet"
    return canonical({**content, **{key: getattr(account, field) for key, field in ANSWERS.items()}})


def statement_html(content: str, *, version: int, made_at: datetime) -> str:
    """Return one version as HTML, from its own content and nothing else."""
    context = {"content": json.loads(content), "version": version, "made_at": made_at}
    return render_to_string("accounts/pdf/mission.html", context)


def being_made(account_key: str) -> Exists:
    """Return the condition that the worker has a version of the account's uppdragsbeskrivning in hand."""
    return Exists(
        ProcrastinateJob.objects.annotate(of=KT("args__account_id")).filter(
            task_name="make_mission_statement",
            status__in=("todo", "doing"),
            of=Cast(OuterRef(account_key), TextField()),
        )
    )


def out_of_date() -> Q:
    """Return the condition of accounts whose newest uppdragsbeskrivning says something else, or is not there (R30)."""
    newest = MissionStatement.objects.filter(account=OuterRef("account")).order_by("-version").values("version")[:1]
    written = MissionStatement.objects.filter(account=OuterRef("pk"), version=Subquery(newest))
    says = {f"its_{key}": KT(f"said__{key}") for key in ANSWERS}
    asked = {f"its_{key}": OuterRef(field) for key, field in ANSWERS.items()}
    up_to_date = written.annotate(said=Cast(F("content"), JSONField())).annotate(**says).filter(**asked)
    return ~Q(Exists(up_to_date)) & ~Q(being_made("pk"))

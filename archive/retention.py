"""Handlingstyper: every kind of record that the portal creates, as gallring sees it (R07, R17, R18, R23).

A record type says which rows it is (a model and a condition), which board they belong to, from when their time can be
counted, and what goes when they are disposed of. All of it is in expressions over the model, never a loop over
objects, so that what is due among any number of them costs the same number of queries. Higher apps add theirs in
`AppConfig.ready()`, by importing a module that calls `add_record_types`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial, reduce
from operator import or_
from typing import Any, Final

from django.db import models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from accounts.enums import AccountStatus
from accounts.models import Account, Unit
from archive.delivery import Delivery
from archive.enums import RuleAction, StartsFrom
from archive.receipts import being_delivered, received_on
from laholm_sociala.common.swedish import STOCKHOLM

# An expression over the type's own model; asked for each time, as expressions may be bound to one query.
Expression = Callable[[], Combinable]


@dataclass(frozen=True)
class Part:
    """Rows that go with a record: the model's label, and the lookup from them to the record ("report__case").

    A lookup that ends in a list of keys reaches the rows in whose list the record's key stands.
    Its history rows go with it. `files` names the fields that hold a file's name in a storage. Parts are listed in the
    order in which they can be removed.
    """

    model: str
    record: str
    files: tuple[str, ...] = ()


# What is kept of mail that tells of a record. It repeats what the record says, and belongs to another board.
MAIL: Final = (Part("common.mailattachment", "mail__about"), Part("common.mail", "about"))


@dataclass(frozen=True)
class Proposal:
    """What the ready starting plan proposes. The board decides; no statute sets these times."""

    action: RuleAction
    years: int | None = None
    starts_from: StartsFrom | None = None
    year_end: bool = False
    motivation: str = ""


def preserve(motivation: str) -> Proposal:
    """Propose that it is kept for good."""
    return Proposal(RuleAction.PRESERVE, motivation=motivation)


def after(years: int, starts_from: StartsFrom, motivation: str) -> Proposal:
    """Propose that it goes so many years after, counted from the end of the year."""
    return Proposal(RuleAction.AFTER_YEARS, years, starts_from, year_end=True, motivation=motivation)


def when_irrelevant(motivation: str) -> Proposal:
    """Propose that it goes when a person asserts that it is of no use."""
    return Proposal(RuleAction.WHEN_IRRELEVANT, starts_from=StartsFrom.ASSERTED, motivation=motivation)


@dataclass(frozen=True)
class RecordType:
    """One handlingstyp.

    `created` is when the object came to be (what decides whether it is older than a plan); `starts` are the moments
    that its time can be counted from, besides that and a person's assertion: each a date or an aware datetime, NULL
    while it is unknown. `covers` leads from the object to what a gallringsstopp or an assertion may be placed on: a
    model's label and the lookup to its key; the object itself is always one. `account` is the lookup to its account.
    `part_of` names the model label and lookup of the record that it belongs to, and that cannot go before it does.
    Of a diary entry only the content goes: `condition` must then leave out what has none left.
    `tells_of` is the list of keys of the records whose words it repeats: what holds one of them holds it.
    `stays` is the condition for what never is due, whatever the plan says.
    `unlinks` are references (model label, field) that are emptied before the row goes. `preserved_because` says in a
    sentence why it can only be preserved. `clears_itself` says how it goes without any run: in the plan, never due, and
    never delivered; everything else says by `delivery` how it is handed over to the e-archive.
    """

    code: str
    name: str
    group: str
    model: type[models.Model]
    board: Expression
    created: Expression
    proposal: Proposal
    condition: Callable[[], Q] = Q
    starts: Mapping[StartsFrom, Expression] = field(default_factory=dict)
    covers: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    part_of: tuple[str, str] | None = None
    is_diary_entry: bool = False
    parts: tuple[Part, ...] = ()
    unlinks: tuple[tuple[str, str], ...] = ()
    tells_of: str = ""
    stays: Callable[[], Q] | None = None
    preserved_because: str = ""
    clears_itself: str = ""
    delivery: Delivery | None = None
    # Leads from a key to the page that shows it, where there is one, and what that page's title reads: a URL name.
    url_name: str = ""
    fetch: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The model's label: what a gallringsstopp, an assertion or a tombstone calls it."""
        return self.model._meta.label_lower

    def objects(self) -> QuerySet:
        """Return all objects of the type, of every board."""
        return self.model._base_manager.filter(self.condition())

    def ways_to(self) -> dict[str, str]:
        """Return everything that covers the object: label → lookup to its key, the object itself first."""
        return {self.kind: "pk", **self.covers}

    def start(self, starts_from: str) -> Combinable | None:
        """Return the day in Stockholm that the time is counted from, or None where the type knows of no such moment."""
        if starts_from == StartsFrom.CREATED:
            return self.created()
        if starts_from == StartsFrom.TRANSFERRED:
            return received_on(self.kind) if self.may_go_after_delivery else None
        expression = self.starts.get(StartsFrom(starts_from))
        return expression() if expression else None

    def label_of(self, record: models.Model) -> str:
        """Return what a person who works with gallring may read of the object: never a word of what it says."""
        return str(record) if self.url_name else self.name

    def available_starts(self) -> list[StartsFrom]:
        """Return what a rule for the type may count from."""
        known = {StartsFrom.CREATED, StartsFrom.ASSERTED, *self.starts}
        if self.may_go_after_delivery:
            known.add(StartsFrom.TRANSFERRED)
        return [start for start in StartsFrom if start in known]

    @property
    def may_go_after_delivery(self) -> bool:
        """Whether it can be disposed of once the e-archive has it."""
        return self.delivery is not None and not self.preserved_because and not self.clears_itself


_types: dict[str, RecordType] = {}


def add_record_types(*types: RecordType) -> None:
    """Add handlingstyper, shown in the order they come. Raises ValueError when a code is taken."""
    for one in types:
        if one.code in _types:
            raise ValueError(f"Handlingstypen {one.code} finns redan.")
        _types[one.code] = one


def record_types() -> list[RecordType]:
    """Return every handlingstyp."""
    return list(_types.values())


def record_type(code: str) -> RecordType | None:
    """Return the handlingstyp, or None where no app answers for it any longer."""
    return _types.get(code)


def types_of(kind: str) -> list[RecordType]:
    """Return the handlingstyper whose objects are of the model with that label."""
    return [one for one in _types.values() if one.kind == kind]


def told_of(record_type: RecordType) -> list[list[RecordType]]:
    """Return the handlingstyper whose words the type's objects repeat, those that share a model together."""
    if not record_type.tells_of:
        return []
    way = Part(record_type.kind, record_type.tells_of)
    kinds = {one.kind: None for one in _types.values() if way in one.parts}
    return [types_of(kind) for kind in kinds]


def parts_within(kind: str) -> list[RecordType]:
    """Return the handlingstyper that belong to records of that model, and must be due before they are."""
    return [one for one in _types.values() if one.part_of and one.part_of[0] == kind]


def everything_within(record_type: RecordType) -> list[RecordType]:
    """Return the handlingstyper that belong to the type's records, at any depth. Of a diary entry only content goes."""
    if record_type.is_diary_entry:
        return []
    direct = parts_within(record_type.kind)
    return [*direct, *(deeper for part in direct for deeper in everything_within(part))]


def way_up(part: RecordType, record_type: RecordType) -> str:
    """Return the lookup from a part to the record that it belongs to, however far up."""
    kind, way = part.part_of or ("", "")
    if kind == record_type.kind:
        return way
    between = next(one for one in _types.values() if one.kind == kind and one.part_of)
    return f"{way}__{way_up(between, record_type)}"


def depth(record_type: RecordType) -> int:
    """Return how many records, one within the other, the type's records lie in."""
    if record_type.part_of is None:
        return 0
    return 1 + max((depth(one) for one in types_of(record_type.part_of[0])), default=0)


@dataclass(frozen=True)
class AutomaticHold:
    """What holds by itself while something is open: `held` gives, for a model's label, the keys that are held now.

    `of_delivery`: it holds what is on its way to the e-archive, which is finished and only waits for the receipt.
    """

    code: str
    name: str
    held: Mapping[str, Callable[[], QuerySet]]
    of_delivery: bool = False


_automatic: dict[str, AutomaticHold] = {}


def add_automatic_holds(*holds: AutomaticHold) -> None:
    """Add gallringsstopp that nobody places: open matters, open requests. Raises ValueError when a code is taken."""
    for hold in holds:
        if hold.code in _automatic:
            raise ValueError(f"Det automatiska gallringsstoppet {hold.code} finns redan.")
        _automatic[hold.code] = hold


def automatic_holds() -> list[AutomaticHold]:
    """Return the gallringsstopp that hold by themselves."""
    return list(_automatic.values())


def hold_while_delivered(code: str, kinds: Iterable[str]) -> AutomaticHold:
    """Return the gallringsstopp of what an unfinished leverans holds, for the models with those labels."""
    held = {kind: partial(being_delivered, kind) for kind in kinds}
    return AutomaticHold(code, "Leverans till e-arkivet pågår", held, of_delivery=True)


def value(lookup: str) -> Expression:
    """Return the column behind a lookup."""
    return lambda: F(lookup)


def day(lookup: str) -> Expression:
    """Return the day of a moment, by Stockholm's clock."""
    return lambda: TruncDate(lookup, tzinfo=STOCKHOLM)


def communications_board() -> Combinable:
    """Return kommunikationsenhetens nämnd: what belongs to no other board is handled there."""
    communications = Unit.objects.filter(is_communications=True)
    return Subquery(communications.values("board")[:1], output_field=models.UUIDField())


def board_of(*lookups: str) -> Expression:
    """Return the first board that the lookups lead to, else kommunikationsenhetens."""
    return lambda: Coalesce(*lookups, communications_board(), output_field=models.UUIDField())


def account_closed(lookup: str = "") -> Expression:
    """Return the day that the account behind the lookup (without one: the account itself) was closed.

    NULL while it is not. A closed account that is corrected later counts from the correction: the longer time.
    """
    key, status = (f"{lookup}__pk", f"{lookup}__status") if lookup else ("pk", "status")

    def expression() -> Combinable:
        closed = _past(Account).filter(id=OuterRef(key), status=AccountStatus.CLOSED)
        return Case(When(**{status: AccountStatus.CLOSED}, then=_last_day(closed)), default=UNKNOWN)

    return expression


def last_changed(model: type[models.Model], **when: Any) -> Expression:
    """Return the day that a tracked record was last changed, where it now stands as `when` says; else NULL."""

    def expression() -> Combinable:
        return Case(When(**when, then=_last_day(_past(model).filter(id=OuterRef("pk")))), default=UNKNOWN)

    return expression


UNKNOWN: Final = Value(None, models.DateField())


def _past(model: Any) -> QuerySet:
    return model.history.all()


def _last_day(past: QuerySet) -> Subquery:
    return Subquery(past.order_by("-history_date").values(on=TruncDate("history_date", tzinfo=STOCKHOLM))[:1])


def any_of(conditions: Iterable[Q]) -> Q:
    """Return the condition that one of them holds."""
    return reduce(or_, conditions, Q(pk__in=[]))

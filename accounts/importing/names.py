"""What the register calls its platforms, verksamheter, nämnder and people, found by what a file calls them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from accounts.addresses import Address, AddressError, AddressRule, read_address
from accounts.enums import AccountStatus, LegalGround, Use
from accounts.importing.wording import folded
from accounts.models import Board, Platform, Unit, User
from laholm_sociala.common.swedish import join_in_words

NEAREST: Final = 3
ALSO_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "facebook": ("fb", "facebooksida", "facebook sida", "facebookgrupp", "meta"),
    "instagram": ("insta", "ig", "instagramkonto"),
    "youtube": ("you tube", "yt", "youtubekanal"),
    "linkedin": ("linked in", "linkedinsida"),
    "tiktok": ("tik tok",),
    "x": ("twitter", "x twitter", "x f d twitter", "twitter x"),
    "bluesky": ("blue sky", "bsky"),
}
MUNICIPALITY_WIDE: Final = frozenset({"kommungemensamt", "kommungemensam", "hela kommunen", "laholms kommun"})
STATUSES: Final[Mapping[AccountStatus, tuple[str, ...]]] = {
    AccountStatus.ACTIVE: ("i bruk", "aktivt", "aktiv", "aktiva", "ja", "öppet", "igång", "används", "publicerat"),
    AccountStatus.PLANNED: ("planerat", "planerad", "planeras", "på gång", "kommande"),
    AccountStatus.CLOSING: ("under avveckling", "avvecklas", "ska avslutas", "stängs"),
    AccountStatus.CLOSED: ("avslutat", "avslutad", "nedlagt", "nedlagd", "stängt", "stängd", "borttaget", "avvecklat"),
}
# In the order of the guideline; a word in the cell that begins so means the use.
USES: Final[Mapping[Use, tuple[str, ...]]] = {
    Use.INSIGHT: ("insyn",),
    Use.BRAND: ("varumärke", "plats"),
    Use.SERVICE: ("service",),
    Use.DIALOGUE: ("dialog", "medborgardialog"),
    Use.AUDIENCES: ("målgrupp", "nya målgrupper"),
    Use.RECRUITMENT: ("rekryter",),
    Use.CRISIS: ("kris",),
}


class UnknownNameError(ValueError):
    """The register has nothing by that name; the message says so, and what is nearest."""


class Names:
    """Everything the register has a name for, fetched once for a whole file: four queries.

    With `lock`, no verksamhet changes name or nämnd until the transaction ends.
    """

    def __init__(self, *, lock: bool = False) -> None:
        self.platforms = {platform.code: platform for platform in Platform.objects.filter(active=True)}
        self.rules: dict[str, AddressRule] = {code: found.address_rule for code, found in self.platforms.items()}
        self._platform_codes = {folded(platform.name): code for code, platform in self.platforms.items()}
        for code in self.platforms:
            self._platform_codes.setdefault(code, code)
            self._platform_codes.update(dict.fromkeys(map(folded, ALSO_CALLED.get(code, ())), code))
        self._boards: dict[str, Board] = {}
        for board in Board.objects.all():
            self._boards.update({folded(board.name): board, folded(board.public_name): board})
        self._units: dict[str, list[Unit]] = defaultdict(list)
        self.communications: Unit | None = None
        units = Unit.objects.filter(active=True).select_related("board").in_order()
        for unit in units.select_for_update(of=("self",), no_key=True) if lock else units:
            self._units[folded(unit.name)].append(unit)
            if unit.is_communications:
                self.communications = unit
        self._by_email: dict[str, User] = {}
        self._by_name: dict[str, list[User]] = defaultdict(list)
        for person in User.objects.people().select_related("unit"):
            self._by_email[person.email] = person
            if person.name:  # who has protected identity is found by e-mail alone
                self._by_name[folded(person.name)].append(person)

    def platform(self, said: str) -> Platform:
        """Return the platform that a file calls so. Raises UnknownNameError."""
        code = self._platform_codes.get(folded(said))
        if code is not None:
            return self.platforms[code]
        if len([part for part in re.split(r"[,;/&\n]| och ", said) if folded(part) in self._platform_codes]) > 1:
            raise UnknownNameError(f"”{_short(said)}” är flera kanaler. Skriv en rad för varje konto.")
        raise UnknownNameError(
            f"Kanalen ”{_short(said)}” finns inte i portalen. {_nearest(said, self._names_of_platforms(), always=True)}"
        )

    def platform_of(self, typed: str) -> tuple[Platform, Address] | None:
        """Return the platform whose own address it is, where only one can be meant."""
        for code, rule in self.rules.items():
            if rule.hosts and not typed.startswith("@"):
                try:
                    return self.platforms[code], read_address(typed, rule)
                except AddressError:
                    continue
        return None

    def unit(self, said: str, board_said: str = "") -> Unit:
        """Return the verksamhet by that name, in that nämnd where several have one. Raises UnknownNameError."""
        if folded(said) in MUNICIPALITY_WIDE and self.communications is not None:
            return self.communications
        units = self._units.get(folded(said), [])
        if board_said:
            board = self._board(board_said)
            inside = [unit for unit in units if unit.board_id == board.pk]
            if units and not inside:
                boards = _either([str(unit.board) for unit in units])
                raise UnknownNameError(f"{units[0]} hör inte till {board}. Skriv {boards}, eller lämna Nämnd tom.")
            units = inside
        if not units:
            raise UnknownNameError(
                f"Verksamheten ”{_short(said)}” finns inte i portalen. {_nearest(said, self._names_of_units())}"
            )
        if len(units) > 1:
            boards = _either([str(unit.board) for unit in units])
            raise UnknownNameError(f"Flera nämnder har en verksamhet som heter {units[0]}. Skriv {boards} under Nämnd.")
        return units[0]

    def person(self, said: str) -> User:
        """Return the person by e-mail or exact name.

        Raises UnknownNameError for nobody, for several of the name, and for one who has left.
        """
        email = re.search(r"[^\s<>;,()]+@[^\s<>;,()]+", said)
        if email:
            person = self._by_email.get(email[0].lower().removeprefix("mailto:").rstrip("."))
            found = [person] if person else []
        else:
            # "Bibliotekarie Björk, bibliotekarie, biblioteket" is how the portal itself writes a person.
            found = self._by_name.get(folded(said)) or self._by_name.get(folded(said.partition(",")[0])) or []
        working = [person for person in found if person.is_active]
        if len(working) > 1:
            raise UnknownNameError(f"flera personer heter {_short(said)}: skriv e-postadressen")
        if found and not working:
            raise UnknownNameError(f"{_short(said)} är inaktiv i portalen")
        if not working:
            raise UnknownNameError(f"{_short(said)} finns inte i portalen")
        return working[0]

    def _board(self, said: str) -> Board:
        board = self._boards.get(folded(said))
        if board is None:
            names = [found.name for found in self._boards.values()]
            raise UnknownNameError(f"Nämnden ”{_short(said)}” finns inte i portalen. {_nearest(said, names)}")
        return board

    def _names_of_platforms(self) -> list[str]:
        return [platform.name for platform in self.platforms.values()]

    def _names_of_units(self) -> list[str]:
        return [str(units[0]) for units in self._units.values()]


def status_of(said: str) -> AccountStatus:
    """Return the state that a file calls so; in use where it says nothing. Raises UnknownNameError."""
    words = folded(said)
    for status, names in STATUSES.items():
        if words in names or words == folded(status.label):
            return status
    if not words:
        return AccountStatus.ACTIVE
    labels = _either([status.label.lower() for status in AccountStatus])
    raise UnknownNameError(f"Läget ”{_short(said)}” finns inte. Skriv {labels}.")


def uses_of(said: str) -> tuple[list[str], list[str]]:
    """Return the uses that a cell names, in the guideline's order, and the words that name none."""
    labels = {folded(use.label): use for use in Use}
    found: set[Use] = set()
    unknown: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"[;\n•]", _with_semicolons(said)))):
        use = labels.get(folded(part)) or next(
            (use for use, starts in USES.items() if folded(part).startswith(starts)), None
        )
        if use is None:
            unknown.append(part)
        else:
            found.add(use)
    return [use.value for use in Use if use in found], unknown


def _with_semicolons(said: str) -> str:
    """Return the cell with its parts apart. The guideline's own wording has commas inside, short words between."""
    for use in Use:
        said = re.sub(re.escape(use.label) + r"\s*,?", f"{use.label.replace(',', ' ')};", said, flags=re.IGNORECASE)
    return said.replace(",", ";")


def legal_ground_of(said: str) -> LegalGround:
    """Return the legal ground that a cell names. Raises UnknownNameError."""
    for ground in LegalGround:
        if folded(said).startswith(folded(ground.label)) or folded(ground.label).endswith(folded(said)):
            return ground
    labels = _either([ground.label.lower() for ground in LegalGround])
    raise UnknownNameError(f"Den lagliga grunden ”{_short(said)}” finns inte. Skriv {labels}, eller lämna tomt.")


def _nearest(said: str, names: Collection[str], *, always: bool = False) -> str:
    """Return a sentence on what may have been meant; on all there is when nothing is near and `always`."""
    by_fold = {folded(name): name for name in names}
    wanted = folded(said)
    near = [by_fold[fold] for fold in get_close_matches(wanted, by_fold, n=NEAREST, cutoff=0.6)]
    near += [name for fold, name in by_fold.items() if len(wanted) > 3 and (wanted in fold or fold in wanted)]
    near = list(dict.fromkeys(near))[:NEAREST]
    if near:
        return f"Menar du {_either(near)}?"
    return f"Välj bland {join_in_words(list(names))}." if always else "Skriv namnet så som det står i portalen."


def _either(words: Iterable[str]) -> str:
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} eller {last}" if first else last


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= 60 else f"{line[:57]}…"

"""The ready text to the one whose post was removed: "Därför togs din kommentar bort" (R12, R36). Pure."""

from typing import TYPE_CHECKING, Final

from moderation.enums import Category, Lane

if TYPE_CHECKING:
    from moderation.models import Case

REMINDER: Final = "Kritik mot kommunen får stå kvar."

_WHY: Final = {
    Category.PERSONAL_ATTACK: "den angriper en person",
    Category.OBSCENITY: "den innehåller obscena ord",
    Category.AGITATION: "den uttrycker missaktning för en grupp människor",
    Category.COPYRIGHT: "den innehåller något som någon annan har upphovsrätt till",
    Category.VIOLENCE: "den skildrar våld",
    Category.PORNOGRAPHY: "den innehåller pornografi",
    Category.ADVERTISING: "den är reklam",
}
_WELCOME: Final = {
    Category.PERSONAL_ATTACK: "Du är välkommen att säga vad du tycker om det vi gör, utan att angripa någon.",
    Category.OBSCENITY: "Du är välkommen att skriva samma sak med andra ord.",
    Category.COPYRIGHT: "Du är välkommen att skriva med egna ord, eller länka till källan.",
    Category.ADVERTISING: "Du är välkommen att vara med i samtalet om det vi skriver.",
}
_ANYHOW: Final = "Du är välkommen att säga vad du tycker om det vi gör."


def to_author(case: "Case") -> str:
    """Return the text, signed with the account's name; empty for our own post, and for what is only to be passed on.

    Of what may be secret it says nothing of what the post holds.
    """
    if case.lane in {Lane.OWN_POST, Lane.MESSAGE}:
        return ""
    return f"Hej! {_sentence(case)} Hälsningar, {case.account.name}"


def _sentence(case: "Case") -> str:
    match case.lane:
        case Lane.INAPPROPRIATE:
            why, welcome = _WHY[Category(case.category)], _WELCOME.get(Category(case.category), _ANYHOW)
            return f"Vi har tagit bort din kommentar eftersom {why}. {welcome}"
        case Lane.CRIMINAL:
            return "Vi har tagit bort din kommentar eftersom vi enligt lag måste ta bort det som är brottsligt."
        case _:
            return (
                "Vi har tagit bort din kommentar eftersom den kan innehålla uppgifter som inte ska ligga öppet. "
                "Kontakta oss gärna på ett annat sätt om det du vill ha hjälp med."
            )

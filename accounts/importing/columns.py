"""What a file may say about an account, and the many ways in which the columns are called."""

from dataclasses import dataclass
from typing import Final

from accounts.importing.wording import folded


@dataclass(frozen=True)
class Column:
    """One thing that a file may say. `label` and `help_text` stand in the template.

    `names` are other headings that can mean nothing else; `vague` ones mean it unless a clearer column does.
    """

    code: str
    label: str
    help_text: str
    names: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    example: str = ""


COLUMNS: Final = (
    Column(
        "name",
        "Namn på kontot",
        "Som det heter på plattformen. Tomt: användarnamnet.",
        ("kontonamn", "kontots namn", "namn på konto", "namn på kontot/sidan", "sidans namn", "namn på sidan"),
        ("namn", "konto", "sida", "titel"),
        "Laholms bibliotek",
    ),
    Column(
        "web_address",
        "Webbadress",
        "Kopiera den från plattformen. @namn går också bra.",
        (
            "webbadress till kontot",
            "webadress",
            "webb adress",
            "url",
            "länk",
            "länk till kontot",
            "länk till sidan",
            "www",
            "webb",
            "webblänk",
            "adress till kontot",
            "kontots adress",
        ),
        ("adress", "webbplats", "hemsida"),
        "https://www.facebook.com/laholmsbibliotek",
    ),
    Column(
        "handle",
        "Användarnamn",
        "Behövs bara om webbadressen saknas.",
        ("handle", "@namn", "@", "kontots användarnamn", "användar namn", "användare"),
        (),
        "laholmsbibliotek",
    ),
    Column(
        "platform",
        "Kanal",
        "Facebook, Instagram … Tomt: det som adressen visar.",
        ("plattform", "platform", "sociala medier", "socialt medium", "social kanal", "medium", "socialt media"),
        ("media", "typ", "typ av konto", "tjänst", "nätverk"),
        "Facebook",
    ),
    Column(
        "unit",
        "Verksamhet",
        "Som den heter i portalen. Måste fyllas i.",
        (
            "enhet",
            "verksamhet/enhet",
            "enhet/verksamhet",
            "ansvarig enhet",
            "ansvarig verksamhet",
            "kontots verksamhet",
        ),
        ("förvaltning", "avdelning", "arbetsplats", "organisation", "tillhör"),
        "Biblioteket",
    ),
    Column(
        "board",
        "Nämnd",
        "Behövs bara om två nämnder har en verksamhet med samma namn.",
        ("ansvarig nämnd", "nämnd/styrelse", "myndighet"),
        (),
        "Kultur- och utvecklingsnämnden",
    ),
    Column(
        "responsible",
        "Ansvarig",
        "Den som sköter kontot: namn eller e-post.",
        (
            "ansvarig person",
            "kontoansvarig",
            "ansvarig för kontot",
            "ansvarigs namn",
            "ansvarig namn",
            "namn ansvarig",
            "huvudansvarig",
            "ansvarig redaktör",
            "kanalansvarig",
        ),
        ("redaktör", "kontaktperson", "kontakt", "administratör", "ägare"),
        "bibliotekarie@laholm.se",
    ),
    Column(
        "responsible_email",
        "E-post ansvarig",
        "Om det finns en egen kolumn för den.",
        ("ansvarig e-post", "ansvarigs e-post", "e-post till ansvarig", "e-post kontoansvarig", "kontoansvarig e-post"),
        ("e-post",),
        "",
    ),
    Column(
        "substitute",
        "Ersättare",
        "Den som tar över vid frånvaro: namn eller e-post.",
        ("vikarie", "ersättares namn", "ersättare namn", "namn ersättare", "back-up", "backup", "ställföreträdare"),
        ("reserv",),
        "biblioteksassistent@laholm.se",
    ),
    Column(
        "substitute_email",
        "E-post ersättare",
        "Om det finns en egen kolumn för den.",
        ("ersättare e-post", "ersättares e-post", "e-post till ersättare", "vikarie e-post", "e-post vikarie"),
    ),
    Column(
        "status",
        "Läge",
        "I bruk, planerat, under avveckling eller avslutat. Tomt: i bruk.",
        ("status", "kontots läge", "kontostatus", "aktivt", "aktiv"),
        (),
        "I bruk",
    ),
    Column(
        "in_use_since",
        "I bruk sedan",
        "Datum, till exempel 2019-03-01. Tomt: dagen då filen läses in.",
        ("startdatum", "startade", "startat", "startår", "skapat", "skapad", "sedan", "start", "startad"),
        ("datum", "år"),
        "2019-03-01",
    ),
    Column(
        "summary",
        "En rad för den offentliga listan",
        "Högst 120 tecken: vad följaren får.",
        ("kort beskrivning", "en rad", "beskrivning i en rad", "presentation"),
        ("beskrivning",),
        "Boktips, program och öppettider",
    ),
    Column(
        "purpose",
        "Syfte och mål",
        "Vad vill ni uppnå med kommunikationen?",
        ("syfte och mål med kontot", "syfte", "syfte med kontot", "kontots syfte"),
        ("mål",),
        "Fler ska hitta till biblioteken.",
    ),
    Column(
        "audience",
        "Budskap och målgrupp",
        "Vad är viktigt för vem?",
        ("målgrupp", "målgrupper", "målgrupp och budskap", "budskap"),
    ),
    Column("topics", "Ämnen", "Vilka ämnen ska ni kommunicera kring?", ("ämne", "innehåll", "ämnesområden")),
    Column(
        "uses",
        "Används till",
        "Insyn, varumärke, service, dialog, målgrupper, rekrytering, kriskommunikation. Semikolon emellan.",
        ("användning", "användningsområde", "användningsområden", "vad ska kontot användas till"),
        (),
        "Insyn; Service",
    ),
    Column(
        "legal_ground",
        "Laglig grund",
        "Oftast: uppgift av allmänt intresse.",
        ("rättslig grund", "laglig grund för personuppgifter", "laglig grund gdpr", "gdpr"),
    ),
)

LABELS: Final = {column.code: column.label for column in COLUMNS}
CLEAR: Final = {
    folded(name): column.code for column in COLUMNS for name in (column.label, *column.names) if folded(name)
}
VAGUE: Final = {folded(name): column.code for column in COLUMNS for name in column.vague}


def column_letter(index: int) -> str:
    """Return the column as the spreadsheet calls it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

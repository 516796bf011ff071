"""What has been found on the example municipality's accounts. Made up; nobody wrote it."""

from dataclasses import dataclass
from typing import Final

from moderation.enums import Category, CriminalGround, Lane


@dataclass(frozen=True)
class ExamplePost:
    """A post that somebody found, so many working days ago, on one of the accounts in use."""

    key: str
    account: str
    found_by: str
    days_ago: int
    clock: str
    text: str
    lane: Lane = Lane.INAPPROPRIATE
    category: str = ""
    criminal_grounds: tuple[str, ...] = ()
    may_be_secret: bool = False
    author: str = ""
    place: str = ""
    published_days_before: int = 0


WAITING: Final = (
    ExamplePost(
        "hotet",
        "museet-instagram",
        "museipedagog",
        0,
        "08.05",
        "Jag vet när ni stänger. Då väntar jag utanför, och då får ni se.",
        lane=Lane.CRIMINAL,
        criminal_grounds=(CriminalGround.THREAT,),
        place="Under bilden från vernissagen",
    ),
    ExamplePost(
        "lånet",
        "biblioteket-facebook",
        "biblioteksassistent",
        4,
        "16.10",
        "Lån på 20 minuter, klicka här och få pengarna i dag utan frågor!",
        category=Category.ADVERTISING,
        place="Under inlägget om bokbussen",
    ),
    ExamplePost(
        "skolan",
        "osbeck-facebook",
        "studievagledare",
        5,
        "13.20",
        "Rektorn på den där skolan är en idiot som inte kan sköta någonting. Alla vet att hon ljuger.",
        category=Category.PERSONAL_ATTACK,
        place="Under inlägget om öppet hus",
    ),
    ExamplePost(
        "korkad",
        "biblioteket-facebook",
        "bibliotekarie",
        1,
        "15.00",
        "Jaha, nu stänger de tidigare igen. Och hon i informationsdisken är så korkad att hon borde skämmas "
        "ögonen ur sig.",
        category=Category.PERSONAL_ATTACK,
        place="Under inlägget om vinterns öppettider",
    ),
    ExamplePost(
        "sagostund",
        "biblioteket-instagram",
        "bibliotekarie",
        1,
        "09.40",
        "Har ni sagostund på lovet?",
        lane=Lane.QUESTION,
    ),
    ExamplePost(
        "eleven",
        "kulturskolan-instagram",
        "musiklarare",
        0,
        "08.20",
        "Hej, min dotter går hos er. Hon har fått en diagnos och orkar inte komma i vår. Kan ni ringa mig?",
        lane=Lane.MESSAGE,
        may_be_secret=True,
    ),
    *(
        ExamplePost(
            f"telefonen {number}",
            "biblioteket-facebook",
            "bibliotekarie",
            0,
            "09.10",
            f"Grattis! Du har vunnit en ny telefon. Hämta den på länken i profilen, kod {number}.",
            category=Category.ADVERTISING,
            place="Under inlägget om bokbussen",
        )
        for number in (1041, 1042, 1043)
    ),
)
# Reported by visitors: account, what they say is wrong, when, and what they wrote.
COPIED_PICTURE: Final = (
    "kulturskolan-instagram",
    1,
    "13.00",
    "Det är min bild från konserten, och ingen har frågat mig.",
    "https://www.instagram.com/p/laholmskulturskola1/",
)
HIDDEN: Final = ExamplePost(
    "slaget",
    "museet-instagram",
    "intendent",
    2,
    "10.15",
    "Filmen när han blir slagen på torget, se den här!",
    category=Category.VIOLENCE,
)
REMOVED: Final = ExamplePost(
    "svordomar",
    "biblioteket-facebook",
    "biblioteksassistent",
    9,
    "11.30",
    "Fy f-n vilket j-a s-t bibliotek, dra åt …",
    category=Category.OBSCENITY,
)
FOUND_LATE: Final = ExamplePost(
    "folkgruppen",
    "kommunen-facebook",
    "webbredaktor",
    14,
    "09.05",
    "De där borde skickas hem allihop, de är inte som vi.",
    category=Category.AGITATION,
    published_days_before=8,
)
CRITICISM: Final = ExamplePost(
    "kritiken",
    "kommunen-facebook",
    "webbredaktor",
    6,
    "14.45",
    "Sämsta beslutet på år och dag. Politikerna i Laholm lyssnar inte på oss i Våxtorp!",
    category=Category.PERSONAL_ATTACK,
)
ANSWERED: Final = ExamplePost(
    "soporna",
    "kommunen-facebook",
    "kommunikator",
    3,
    "10.40",
    "När hämtas julgranarna?",
    lane=Lane.QUESTION,
)
ANSWER: Final = "Den 13 januari. Lägg granen vid vägen kvällen innan. Hälsningar, Laholms kommun"
QUESTION: Final = "Är det här ett personangrepp eller bara surt? Hon har inget namn i tråden."

"""The example municipality's accounts and applications: what a person would have written in Bilaga 1."""

from dataclasses import dataclass
from typing import Final

from accounts.enums import Use


@dataclass(frozen=True)
class ExampleAccount:
    """An account as Bilaga 1 describes it. `days_ago` counts working days back to when it was sent."""

    key: str
    name: str
    platform: str
    web_address: str
    unit: str
    responsible: str
    substitute: str
    days_ago: int
    summary: str
    purpose: str
    audience: str
    topics: str
    uses: tuple[Use, ...]
    advice: str = "Kör på. Hör av er om ni vill ha hjälp med de första inläggen."


MUNICIPALITY_WIDE: Final = (Use.INSIGHT, Use.SERVICE, Use.CRISIS, Use.DIALOGUE)
CULTURE: Final = (Use.INSIGHT, Use.BRAND, Use.AUDIENCES)

IN_USE: Final = (
    ExampleAccount(
        "kommunen-facebook",
        "Laholms kommun",
        "facebook",
        "https://www.facebook.com/laholmskommun",
        "kommunikation",
        "webbredaktor",
        "kommunikator",
        720,
        "Nyheter, service och viktiga meddelanden",
        "Fler ska veta vad kommunen gör och hur man får hjälp. Frågor ska få svar samma arbetsdag.",
        "Alla som bor i Laholm: kommunen är till för dig, och det är lätt att fråga.",
        "Nyheter, beslut som märks i vardagen, driftstörningar, evenemang och krisinformation.",
        MUNICIPALITY_WIDE,
        "Kommungemensamt konto. Två redaktörer, och jouren når det vid en kris.",
    ),
    ExampleAccount(
        "kommunen-instagram",
        "Laholms kommun",
        "instagram",
        "https://www.instagram.com/laholmskommun",
        "kommunikation",
        "webbredaktor",
        "kommunikator",
        715,
        "Nyheter, service och viktiga meddelanden",
        "Visa platsen och människorna, och nå dem som inte läser våra nyheter någon annanstans.",
        "Laholmare mellan 20 och 45 år: det händer mer här än du tror.",
        "Vardagen i kommunen, årstiderna, medarbetare, evenemang och korta svar på vanliga frågor.",
        (Use.INSIGHT, Use.BRAND, Use.AUDIENCES),
    ),
    ExampleAccount(
        "kommunen-linkedin",
        "Laholms kommun",
        "linkedin",
        "https://www.linkedin.com/company/laholms-kommun",
        "kommunikation",
        "kommunikator",
        "webbredaktor",
        610,
        "Nyheter, service och viktiga meddelanden",
        "Stärka bilden av kommunen som samarbetspartner och arbetsplats.",
        "Företag, föreningar och yrkesfolk i Halland: hos oss går det snabbt från fråga till svar.",
        "Näringsliv, upphandlingar, stora projekt, ledarskap och utveckling.",
        (Use.BRAND, Use.AUDIENCES, Use.RECRUITMENT),
    ),
    ExampleAccount(
        "jobba-linkedin",
        "Jobba i Laholm",
        "linkedin",
        "https://www.linkedin.com/showcase/jobba-i-laholm",
        "hr",
        "rekryterare",
        "hr-konsult",
        330,
        "Lediga jobb och livet som medarbetare",
        "Fler ska söka våra jobb. Målet är tio sökande till varje tjänst inom vård och skola.",
        "Utbildade inom vård, skola och teknik: här får du ett jobb som gör skillnad, nära havet.",
        "Lediga jobb, medarbetare berättar, praktik, sommarjobb och hur det är att flytta hit.",
        (Use.RECRUITMENT, Use.BRAND),
    ),
    ExampleAccount(
        "biblioteket-facebook",
        "Laholms bibliotek",
        "facebook",
        "https://www.facebook.com/laholmsbibliotek",
        "biblioteket",
        "bibliotekarie",
        "biblioteksassistent",
        640,
        "Boktips, program och öppettider",
        "Fler ska hitta till biblioteket och lätt få svar på frågor.",
        "Vuxna i hela kommunen: biblioteken i Laholm, Knäred, Veinge, Våxtorp och Ränneslöv är öppna för alla.",
        "Boktips, program, öppettider, utställningar och hur man lånar e-böcker.",
        (Use.INSIGHT, Use.SERVICE, Use.DIALOGUE),
    ),
    ExampleAccount(
        "biblioteket-instagram",
        "Laholms bibliotek",
        "instagram",
        "https://www.instagram.com/laholmsbibliotek",
        "biblioteket",
        "bibliotekarie",
        "biblioteksassistent",
        420,
        "Boktips, program och öppettider",
        "Visa vad som händer i biblioteken, så att fler familjer kommer på programmen.",
        "Familjer och unga vuxna: det är gratis, och alltid något nytt.",
        "Sagostunder, lovprogram, nya böcker och bilder från biblioteken.",
        CULTURE,
    ),
    ExampleAccount(
        "kulturskolan-instagram",
        "Laholms kulturskola",
        "instagram",
        "https://www.instagram.com/laholmskulturskola",
        "kulturskolan",
        "musiklarare",
        "danslarare",
        280,
        "Elevernas konserter och föreställningar",
        "Fler barn ska vilja börja, och föräldrar ska hitta till föreställningarna.",
        "Barn 7–16 år och deras föräldrar: alla får prova, ingen behöver kunna något.",
        "Konserter, föreställningar, prova-på-dagar, terminsstart och bilder från lektioner.",
        CULTURE,
        "Fråga vårdnadshavarna innan ni visar elever på bild.",
    ),
    ExampleAccount(
        "museet-facebook",
        "Teckningsmuseet i Laholm",
        "facebook",
        "https://www.facebook.com/teckningsmuseet",
        "teckningsmuseet",
        "museipedagog",
        "intendent",
        510,
        "Utställningar och visningar",
        "Fler besökare, särskilt från grannkommunerna. Målet är tusen fler om året.",
        "Konstintresserade i Halland och Skåne: Nordens enda museum för teckning ligger i Laholm.",
        "Utställningar, visningar, samlingen, skapande verkstad och öppettider.",
        CULTURE,
    ),
    ExampleAccount(
        "museet-instagram",
        "Teckningsmuseet i Laholm",
        "instagram",
        "https://www.instagram.com/teckningsmuseet",
        "teckningsmuseet",
        "museipedagog",
        "intendent",
        400,
        "Utställningar och visningar",
        "Visa teckningar ur samlingen och locka unga att teckna själva.",
        "Unga som tecknar: museet är ditt, och du får rita av allt.",
        "Veckans teckning, utställningar, teckningskvällar och det som händer bakom kulisserna.",
        CULTURE,
        "Tänk på upphovsrätten till de teckningar ni visar.",
    ),
    ExampleAccount(
        "boktips-tiktok",
        "Boktips i Laholm",
        "tiktok",
        "https://www.tiktok.com/@boktipsilaholm",
        "biblioteket",
        "biblioteksassistent",
        "bibliotekarie",
        130,
        "Unga tipsar unga",
        "Unga ska få lust att läsa av andra unga. Målet är ett tips i veckan.",
        "Tonåringar 13–17 år: det finns en bok som är precis din.",
        "Boktips på en halv minut, högläsning, läsutmaningar och bokbytardagar.",
        (Use.AUDIENCES, Use.DIALOGUE),
        "Börja med en film i veckan. De unga ska vara över 13 år och ha sagt ja.",
    ),
    ExampleAccount(
        "osbeck-facebook",
        "Osbecksgymnasiet",
        "facebook",
        "https://www.facebook.com/osbecksgymnasiet",
        "osbeck",
        "studievagledare",
        "gymnasielarare",
        560,
        "Vardagen på gymnasiet",
        "Föräldrar och blivande elever ska få en bild av skolan och veta vad som är på gång.",
        "Niondeklassare och deras föräldrar: välkommen hit och titta.",
        "Öppet hus, programmen, elevarbeten, studenten och praktisk information.",
        (Use.INSIGHT, Use.SERVICE, Use.AUDIENCES),
    ),
    ExampleAccount(
        "osbeck-instagram",
        "Osbecksgymnasiet",
        "instagram",
        "https://www.instagram.com/osbecksgymnasiet",
        "osbeck",
        "gymnasielarare",
        "studievagledare",
        350,
        "Vardagen på gymnasiet",
        "Eleverna visar själva sin vardag, så att fler väljer skolan.",
        "Unga 14–18 år: så här är det att gå hos oss.",
        "En dag på programmet, elever berättar, projekt, idrott och fester.",
        (Use.BRAND, Use.AUDIENCES),
    ),
    ExampleAccount(
        "hemtjansten-facebook",
        "Hemtjänsten i Laholm",
        "facebook",
        "https://www.facebook.com/hemtjanstenilaholm",
        "hemtjansten",
        "underskoterska",
        "planerare",
        240,
        "Jobben, människorna och vardagen",
        "Fler ska vilja arbeta hos oss, och anhöriga ska känna sig trygga med hur vi gör.",
        "Den som funderar på vårdyrket, och anhöriga: vi är duktiga på det vi gör.",
        "Yrkesroller, arbetskläder och bilar, scheman, sommarjobb och vanliga frågor.",
        (Use.RECRUITMENT, Use.INSIGHT),
        "Visa aldrig den som får hjälp, inte heller hemmet.",
    ),
    ExampleAccount(
        "sommar-instagram",
        "Sommar i Laholm",
        "instagram",
        "https://www.instagram.com/sommarilaholm",
        "turism",
        "turistvard",
        "turismutvecklare",
        180,
        "Stränder, utflykter och tips för din semester",
        "Fler ska stanna ett dygn till. Målet är fem procent fler gästnätter.",
        "Barnfamiljer och par på väg längs kusten: tolv kilometer strand och Lagan att paddla på.",
        "Stränder, vandring, loppisar, mat, evenemang och badtemperaturer.",
        (Use.BRAND, Use.SERVICE, Use.AUDIENCES),
    ),
)

PLANNED: Final = ExampleAccount(
    "fritidsgarden-tiktok",
    "Fritidsgården Knäred",
    "tiktok",
    "https://www.tiktok.com/@fritidsgardenknared",
    "fritid",
    "fritidsledare",
    "ungdomscoach",
    9,
    "Kvällarna på fritidsgården",
    "Fler unga ska hitta hit på kvällarna, särskilt tjejer. Målet är tjugo fler besök i veckan.",
    "Unga 13–18 år i Knäred med omnejd: här finns alltid någon vuxen som lyssnar.",
    "Vad som händer i kväll, turneringar, matlagning, utflykter och ungas egna idéer.",
    (Use.AUDIENCES, Use.DIALOGUE),
    "Filma lokalerna hellre än besökarna. Fråga alltid före.",
)

WAITING_FOR_MANAGER: Final = ExampleAccount(
    "lasklubben-instagram",
    "Läsklubben i Laholm",
    "instagram",
    "https://www.instagram.com/lasklubbenlaholm",
    "biblioteket",
    "bibliotekarie",
    "biblioteksassistent",
    1,
    "",
    "Fler unga ska hitta till biblioteket. Vi vill ha 200 besök i månaden på läsklubben före sommaren.",
    "Unga 13–19 år i Laholm, Knäred och Våxtorp: biblioteket är gratis, öppet och ert.",
    "Boktips, läsklubben, lovprogram, öppettider och hur man lånar e-böcker.",
    (Use.AUDIENCES, Use.DIALOGUE),
    "Börja med Instagram och vänta med TikTok till våren.",
)

SENT_BACK: Final = ExampleAccount(
    "osbeck-tiktok",
    "Osbecksgymnasiet",
    "tiktok",
    "https://www.tiktok.com/@osbecksgymnasiet",
    "osbeck",
    "gymnasielarare",
    "studievagledare",
    4,
    "",
    "Nå niondeklassare där de är.",
    "Unga 14–16 år: det är kul hos oss.",
    "Filmer från skolan.",
    (Use.AUDIENCES,),
    "Skriv tydligare vilka ämnen ni ska ta upp.",
)
COMMENT: Final = (
    "Skriv ut ämnena: vilka program vill ni visa, och vem filmar? "
    "Lägg också till hur ni gör när gymnasieläraren är ledig."
)

WAITING_FOR_REGISTRATION: Final = ExampleAccount(
    "kulturskolan-youtube",
    "Laholms kulturskola",
    "youtube",
    "https://www.youtube.com/@laholmskulturskola",
    "kulturskolan",
    "danslarare",
    "musiklarare",
    3,
    "",
    "Elevernas konserter ska kunna ses av släkt och vänner som inte kan komma.",
    "Föräldrar, far- och morföräldrar: se föreställningen när det passar dig.",
    "Hela konserter, korta klipp, danspjäser och intervjuer med lärare.",
    CULTURE,
    "Skaffa skriftligt ja från alla på scenen, och tänk på musikens upphovsrätt.",
)

DRAFT: Final = {
    "account_name": "Sagostund i Laholm",
    "web_address": "https://www.facebook.com/sagostundilaholm",
    "purpose": "Fler småbarnsföräldrar ska hitta till sagostunderna på lördagar.",
    "audience": "",
    "topics": "",
}

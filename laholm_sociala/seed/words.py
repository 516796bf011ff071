"""Words to make boards, units, people and accounts of."""

from typing import Final

BOARDS: Final = (
    ("Kommunstyrelsen", "Hela kommunen"),
    ("Kultur- och fritidsnämnden", "Kultur och fritid"),
    ("Barn- och utbildningsnämnden", "Skola"),
    ("Socialnämnden", "Omsorg"),
    ("Miljö- och byggnadsnämnden", "Bygga, bo och miljö"),
    ("Tekniska nämnden", "Gator och parker"),
    ("Överförmyndarnämnden", "Gode män"),
    ("Räddningsnämnden", "Trygghet och säkerhet"),
)
ACTIVITIES: Final = (
    "biblioteket",
    "kulturskolan",
    "fritidsgården",
    "förskolan",
    "grundskolan",
    "hemtjänsten",
    "äldreboendet",
    "öppna förskolan",
    "simhallen",
    "ungdomsmottagningen",
    "parkförvaltningen",
    "återbruket",
)
PLACES: Final = (
    "Laholm",
    "Knäred",
    "Veinge",
    "Våxtorp",
    "Ränneslöv",
    "Mellbystrand",
    "Skottorp",
    "Skummeslöv",
    "Hishult",
    "Genevad",
    "Lilla Tjärby",
    "Ysby",
    "Edenberga",
    "Åmot",
    "Ösarp",
)
TITLES: Final = (
    "Enhetschef",
    "Bibliotekarie",
    "Lärare",
    "Fritidsledare",
    "Undersköterska",
    "Kommunikatör",
    "Förskollärare",
    "Handläggare",
    "Koordinator",
    "Ämneslärare",
)
SUMMARIES: Final = (
    "Nyheter, öppettider och det som händer",
    "Vardagen hos oss, i bild och film",
    "Tips, program och evenemang",
    "Jobben, människorna och vardagen",
    "Råd, svar på frågor och viktiga meddelanden",
)
PURPOSES: Final = (
    "Fler ska hitta hit, och lätt få svar på sina frågor. Målet är tio procent fler besök i år.",
    "Visa vardagen som den är, så att fler vill arbeta hos oss.",
    "Nå dem som inte läser nyheter någon annanstans, och vara snabb när något händer.",
)
AUDIENCES: Final = (
    "Alla som bor i närheten: det är öppet, gratis och ert.",
    "Unga och deras föräldrar: här finns alltid någon som lyssnar.",
    "Den som söker jobb: hos oss gör du skillnad.",
)
TOPICS: Final = (
    "Öppettider, evenemang, tips och bilder från verksamheten.",
    "Frågor och svar, nyheter, personal som berättar och årstiderna.",
    "Program, kurser, lov, trafik och allt som är bra att veta.",
)

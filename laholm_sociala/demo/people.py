"""The people of the example municipality, named by what they do."""

from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

MAIL_DOMAIN = "exempel.laholm.se"


def example_id(kind: str, key: str) -> UUID:
    """Return the same key for the same example record in every demo."""
    return uuid5(NAMESPACE_URL, f"laholm-sociala:demo:{kind}:{key}")


@dataclass(frozen=True)
class ExamplePerson:
    """A person. `role` and `role_board` name a role beyond what everyone has."""

    key: str
    title: str
    unit: str
    role: str = ""
    role_board: str = ""

    @property
    def pk(self) -> UUID:
        """The person's key, the same in every demo."""
        return example_id("person", self.key)

    @property
    def email(self) -> str:
        """An address that leads nowhere but to the demo's own mail."""
        return f"{self.key}@{MAIL_DOMAIN}"


PEOPLE: Final = (
    ExamplePerson("bibliotekarie", "Bibliotekarie", "biblioteket"),
    ExamplePerson("biblioteksassistent", "Biblioteksassistent", "biblioteket"),
    ExamplePerson("enhetschef", "Enhetschef", "biblioteket"),
    ExamplePerson("bibliotekssamordnare", "Bibliotekssamordnare", "biblioteket"),
    ExamplePerson("kommunikator", "Kommunikatör", "kommunikation", "kommunikationsenheten"),
    ExamplePerson("webbredaktor", "Webbredaktör", "kommunikation", "kommunikationsenheten"),
    ExamplePerson("kommunikationschef", "Kommunikationschef", "kommunikation"),
    ExamplePerson("administrator", "Systemförvaltare", "klf", "administrator"),
    ExamplePerson("kommundirektor", "Kommundirektör", "klf"),
    ExamplePerson("kommunarkivarie", "Kommunarkivarie", "klf", "kommunarkivarie"),
    ExamplePerson("hr-chef", "HR-chef", "hr"),
    ExamplePerson("rekryterare", "Rekryterare", "hr"),
    ExamplePerson("hr-konsult", "HR-konsult", "hr"),
    ExamplePerson("naringslivschef", "Näringslivschef", "turism"),
    ExamplePerson("turistvard", "Turistvärd", "turism"),
    ExamplePerson("turismutvecklare", "Turismutvecklare", "turism"),
    ExamplePerson("kulturchef", "Förvaltningschef", "kuf", "arkivansvarig", "kun"),
    ExamplePerson("registrator", "Registrator", "kuf", "registrator", "kun"),
    ExamplePerson("arkivredogorare", "Nämndsekreterare", "kuf", "arkivredogorare", "kun"),
    ExamplePerson("kulturskolechef", "Kulturskolechef", "kulturskolan"),
    ExamplePerson("musiklarare", "Musiklärare", "kulturskolan"),
    ExamplePerson("danslarare", "Danslärare", "kulturskolan"),
    ExamplePerson("museichef", "Museichef", "teckningsmuseet"),
    ExamplePerson("museipedagog", "Museipedagog", "teckningsmuseet"),
    ExamplePerson("intendent", "Intendent", "teckningsmuseet"),
    ExamplePerson("verksamhetschef", "Verksamhetschef", "fritid"),
    ExamplePerson("fritidsledare", "Fritidsledare", "fritid"),
    ExamplePerson("ungdomscoach", "Ungdomscoach", "fritid"),
    ExamplePerson("skolchef", "Skolchef", "buf", "arkivansvarig", "bun"),
    ExamplePerson("bun-registrator", "Registrator", "buf", "registrator", "bun"),
    ExamplePerson("bun-arkivredogorare", "Nämndsekreterare", "buf", "arkivredogorare", "bun"),
    ExamplePerson("rektor", "Rektor", "osbeck"),
    ExamplePerson("gymnasielarare", "Gymnasielärare", "osbeck"),
    ExamplePerson("studievagledare", "Studie- och yrkesvägledare", "osbeck"),
    ExamplePerson("forskollarare", "Förskollärare", "forskolan"),
    ExamplePerson("socialchef", "Socialchef", "sof"),
    ExamplePerson("hemtjanstchef", "Enhetschef", "hemtjansten"),
    ExamplePerson("underskoterska", "Undersköterska", "hemtjansten"),
    ExamplePerson("planerare", "Planerare", "hemtjansten"),
    ExamplePerson("miljochef", "Miljö- och byggnadschef", "mbf"),
)

# Those who make the journey, in its order, and what each can try.
JOURNEY: Final = (
    ("bibliotekarie", "fyller i Bilaga 1 för ett nytt konto, sköter bibliotekets konton och granskar inlägg"),
    ("enhetschef", "läser och godkänner, skickar tillbaka eller avslår"),
    ("bibliotekssamordnare", "är ställföreträdande chef och kan besluta i chefens ställe"),
    ("kommunikator", "tar emot och registrerar uppstarter, och sköter registret"),
    ("gymnasielarare", "har fått tillbaka en uppstart med en kommentar"),
    ("fritidsledare", "har ett registrerat konto att ta i bruk"),
    ("registrator", "sköter nämndens diarium"),
    ("bun-registrator", "diarieför i nämndens befintliga diarium, och har ett paket att hämta"),
    ("arkivredogorare", "förbereder nämndens gallring och inför gallringsstopp"),
    ("kulturchef", "är nämndens arkivansvarig och beslutar om gallring"),
    ("kommunarkivarie", "läser alla nämnders planer och gallring, och lämnar råd om en gallring som väntar på beslut"),
    ("administrator", "sköter användare, verksamheter, chefer och roller"),
)

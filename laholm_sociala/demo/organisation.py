"""The example municipality's boards and units. Names and function addresses, no real persons."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ExampleBoard:
    """A nämnd, and its heading in the public list."""

    key: str
    name: str
    public_name: str
    order: int


@dataclass(frozen=True)
class ExampleUnit:
    """A förvaltning (no parent) or a verksamhet. `manager` is the key of one of the people."""

    key: str
    name: str
    board: str
    parent: str = ""
    mailbox: str = ""
    manager: str = ""
    is_culture_and_leisure: bool = False
    is_communications: bool = False


BOARDS: Final = (
    ExampleBoard("ks", "Kommunstyrelsen", "Hela kommunen", 10),
    ExampleBoard("kun", "Kultur- och utvecklingsnämnden", "Kultur och fritid", 20),
    ExampleBoard("bun", "Barn- och ungdomsnämnden", "Skola", 30),
    ExampleBoard("sn", "Socialnämnden", "Omsorg", 40),
    ExampleBoard("mbn", "Miljö- och byggnadsnämnden", "Bygga, bo och miljö", 50),
)

# A unit stands below its parent, so that it can be made in this order.
UNITS: Final = (
    ExampleUnit("klf", "kommunledningsförvaltningen", "ks", mailbox="kommunen", manager="kommundirektor"),
    ExampleUnit(
        "kommunikation",
        "kommunikationsenheten",
        "ks",
        "klf",
        "kommunikationsenheten",
        "kommunikationschef",
        is_communications=True,
    ),
    ExampleUnit("hr", "HR-avdelningen", "ks", "klf", "hr", "hr-chef"),
    ExampleUnit("turism", "turism", "ks", "klf", "turism", "naringslivschef"),
    ExampleUnit(
        "kuf",
        "kultur- och utvecklingsförvaltningen",
        "kun",
        mailbox="kultur",
        manager="kulturchef",
        is_culture_and_leisure=True,
    ),
    ExampleUnit("biblioteket", "biblioteket", "kun", "kuf", "biblioteket", "enhetschef", is_culture_and_leisure=True),
    ExampleUnit(
        "kulturskolan", "kulturskolan", "kun", "kuf", "kulturskolan", "kulturskolechef", is_culture_and_leisure=True
    ),
    ExampleUnit(
        "teckningsmuseet", "Teckningsmuseet", "kun", "kuf", "teckningsmuseet", "museichef", is_culture_and_leisure=True
    ),
    ExampleUnit("fritid", "fritid", "kun", "kuf", "fritid", "verksamhetschef", is_culture_and_leisure=True),
    ExampleUnit("buf", "barn- och ungdomsförvaltningen", "bun", mailbox="barnochungdom", manager="skolchef"),
    ExampleUnit("osbeck", "Osbecksgymnasiet", "bun", "buf", "osbecksgymnasiet", "rektor"),
    # Nobody leads the preschools in the example: what they apply for goes to the head of the förvaltning.
    ExampleUnit("forskolan", "förskolan", "bun", "buf", "forskolan"),
    ExampleUnit("sof", "socialförvaltningen", "sn", mailbox="social", manager="socialchef"),
    ExampleUnit("hemtjansten", "hemtjänsten", "sn", "sof", "hemtjansten", "hemtjanstchef"),
    ExampleUnit("mbf", "miljö- och byggnadsförvaltningen", "mbn", mailbox="miljobygg", manager="miljochef"),
)

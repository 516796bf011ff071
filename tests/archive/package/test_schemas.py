"""Every XML document in a package is valid by the standards' own schemas, without the net."""

import re
import zipfile
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from archive.package.sip import SCHEMAS
from tests.archive.package.examples import account, matter, package, record, submission

METS_WITH_EXTENSIONS = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:prov">
  <xs:import namespace="http://www.loc.gov/METS/" schemaLocation="mets.xsd"/>
  <xs:import namespace="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" schemaLocation="DILCISExtensionMETS.xsd"/>
</xs:schema>
"""
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
ROOT = "leverans-00000000-0000-0000-0000-000000000001"
WITHIN = f"{ROOT}/representations/rep1"
DOCUMENTS = {
    f"{ROOT}/METS.xml": "mets",
    f"{WITHIN}/METS.xml": "mets",
    f"{ROOT}/metadata/preservation/premis.xml": "premis",
    f"{WITHIN}/metadata/preservation/premis.xml": "premis",
    f"{ROOT}/representations/rep1/data/erms.xml": "erms",
}


class OwnFolder(etree.Resolver):
    """Gives the schemas that the package carries, whatever address they are asked for by."""

    def resolve(self, url, public_id, context):
        return self.resolve_filename(str(SCHEMAS / Path(url).name), context)


@pytest.fixture(scope="module")
def schemas():
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(OwnFolder())

    def schema(content):
        return etree.XMLSchema(etree.fromstring(content, parser, base_url=str(SCHEMAS / "prov.xsd")))

    return {
        "mets": schema(METS_WITH_EXTENSIONS.encode()),
        "premis": schema((SCHEMAS / "premis-v3-0.xsd").read_bytes()),
        "erms": schema((SCHEMAS / "ERMS.xsd").read_bytes()),
        "erms 3": schema(Path(__file__).with_name("ERMS_v3.xsd").read_bytes()),
    }


def documents(content):
    with zipfile.ZipFile(BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_is_valid(name, schemas):
    found = documents(package()[0])
    schema = schemas[DOCUMENTS[name]]
    assert set(found) == set(DOCUMENTS)
    assert schema.validate(etree.fromstring(found[name])), schema.error_log


def test_is_valid_by_the_next_version_of_erms_too(schemas):
    written = etree.fromstring(documents(package()[0])[f"{ROOT}/representations/rep1/data/erms.xml"])
    assert schemas["erms 3"].validate(written), schemas["erms 3"].error_log


def test_what_is_declared_is_what_the_schema_beside_it_is():
    content = package()[0]
    within = etree.fromstring(documents(content)[f"{ROOT}/METS.xml"])
    declared = set(within.xpath("//@csip:CONTENTINFORMATIONTYPE", namespaces={"csip": CSIP}))
    with zipfile.ZipFile(BytesIO(content)) as opened:
        beside = opened.read(f"{ROOT}/schemas/ERMS.xsd").decode()
    version = re.search(r"schema version (\d+)\.(\d+)", beside)
    assert declared == {f"citserms_v{version[1]}_{version[2]}"}


def test_with_nothing_that_may_be_left_out(schemas):
    bare = matter(public_title="", parties=(), notes=(), records=())
    found = documents(package([bare, account()], submission=submission(agreement=""))[0])
    for name, kind in DOCUMENTS.items():
        assert schemas[kind].validate(etree.fromstring(found[name])), schemas[kind].error_log


def test_words_that_no_xml_may_hold(schemas):
    odd = matter(records=(record(title="Ett\x0bord\x00 & <b>\ud800"),))
    found = documents(package([odd])[0])
    erms = etree.fromstring(found[f"{ROOT}/representations/rep1/data/erms.xml"])
    assert schemas["erms"].validate(erms)
    titles = erms.findall(".//{*}record/{*}title")
    assert [title.text for title in titles] == ["Ett\ufffdord\ufffd & <b>\ufffd"]


def test_the_schemas_follow_in_the_package():
    with zipfile.ZipFile(BytesIO(package()[0])) as opened:
        for schema in SCHEMAS.glob("*.xsd"):
            assert opened.read(f"{ROOT}/schemas/{schema.name}") == schema.read_bytes()


def test_says_what_the_diarium_says():
    erms = etree.fromstring(documents(package()[0])[f"{ROOT}/representations/rep1/data/erms.xml"])
    case, pictures = erms.findall("{*}aggregations/{*}aggregation")
    assert case.get("aggregationType") == "caseFile"
    assert case.findtext("{*}objectId") == "KUN-SM 2025-000001"
    first = case.find("{*}record")
    assert first.findtext("{*}otherTitle") == "Synpunkt"
    assert first.findtext("{*}restriction/{*}regulation") == "OSL 21 kap. 1 §"
    assert first.findtext("{*}agents/{*}agent/{*}name") == "Enskild, via Facebook"
    assert [one.get("directionDefinition") for one in case.iter("{*}direction")] == ["incoming", "other", "outgoing"]
    assert first.find(".//{*}appendix").get("path") == "arenden/1/1/01-brev.pdf"
    assert pictures.get("otherAggregationType") == "ögonblicksbilder"
    assert erms.findtext("{*}control/{*}identification[@identificationType='organisationsnummer']") == "999999-9999"


def test_says_what_happened_to_each_file():
    premis = etree.fromstring(documents(package()[0])[f"{WITHIN}/metadata/preservation/premis.xml"])
    happened = [event.findtext("{*}eventType") for event in premis.findall("{*}event")]
    # What the portal drew up has no earlier fingerprint to be checked against.
    of_original, drawn_up = ["capture", "fixity check"], ["creation"]
    assert happened == [*of_original, *drawn_up, *of_original, *drawn_up, *of_original]
    whole = etree.fromstring(documents(package()[0])[f"{ROOT}/metadata/preservation/premis.xml"])
    assert [one.findtext("{*}eventType") for one in whole.findall("{*}event")] == [
        "information package creation",
        "transfer",
    ]


@pytest.mark.parametrize("name", ["mets", "xlink", "DILCISExtensionMETS", "DILCISExtensionSIPMETS"])
def test_the_schemas_of_mets_are_those_of_the_validator(name):
    published = distribution("eark-validator").locate_file("eark_validator/ipxml/resources/schema")
    assert (SCHEMAS / f"{name}.xsd").read_bytes() == (Path(published) / f"{name}.xsd").read_bytes()

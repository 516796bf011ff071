"""The package as the validators of the e-archives see it, and as the portal itself checks it."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import UUID

import bagit
import pytest

from archive.package.checking import faults
from archive.package.contents import fingerprint
from archive.package.sip import FaultyOriginalsError
from tests.archive.package.examples import PICTURE, account, matter, original, package, record
from tests.archive.package.validator import WRONG_RULES, errors, validate

ROOT = "leverans-00000000-0000-0000-0000-000000000001"


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(BytesIO(content)) as opened:
        opened.extractall(folder)
    return folder / ROOT


def changed(content: bytes, name: str, new: bytes | None) -> bytes:
    """Return the package with one file changed, or left out for None."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as opened, zipfile.ZipFile(out, "w") as target:
        assert name in opened.namelist() or new is not None
        for info in opened.infolist():
            if info.filename != name:
                target.writestr(info, opened.read(info))
        if new is not None:
            target.writestr(name, new)
    return out.getvalue()


def test_eark_validator_finds_nothing_wrong(tmp_path):
    report = validate(unpacked(package()[0], tmp_path))
    assert errors(report) == []
    assert report.package.details.oaispackagetype == "SIP"
    # Were one of the two rules mended, the list of those that are left aside would be shortened.
    broken = {one.rule_id for one in report.metadata.schematron_results.messages if one.severity.value == "Error"}
    assert broken == WRONG_RULES


def test_eark_validator_finds_what_is_wrong(tmp_path):
    folder = unpacked(package()[0], tmp_path)
    mets = folder / "METS.xml"
    mets.write_text(mets.read_text().replace('OAISPACKAGETYPE="SIP"', 'OAISPACKAGETYPE="PAKET"'))
    assert errors(validate(folder)) != []


def test_is_whole():
    content, written = package()
    assert faults(BytesIO(content)) == []
    assert written.files == 5


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("representations/rep1/data/konton/1/1/01-skarmbild.png", "har ändrats."),
        ("representations/rep1/data/erms.xml", "har ändrats."),
        ("metadata/preservation/premis.xml", "har ändrats."),
        ("documentation/las-mig.txt", "har ändrats."),
        ("representations/rep1/METS.xml", "har ändrats."),
        ("representations/rep1/data/smuggelgods.txt", "nämns inte i METS."),
    ],
)
def test_a_tampered_file_is_found(name, said, tmp_path):
    content = changed(package()[0], f"{ROOT}/{name}", PICTURE[:-1] + b"!")
    assert f"{ROOT}/{name} {said}" in faults(BytesIO(content))


def test_the_validator_of_others_does_not_find_it(tmp_path):
    name = f"{ROOT}/representations/rep1/data/konton/1/1/01-skarmbild.png"
    folder = unpacked(changed(package()[0], name, PICTURE[:-1] + b"!"), tmp_path)
    assert errors(validate(folder)) == []


def test_a_missing_file_is_found():
    name = f"{ROOT}/representations/rep1/data/konton/1/1/01-skarmbild.png"
    assert faults(BytesIO(changed(package()[0], name, None))) == [f"{name} saknas."]


@pytest.mark.parametrize("broken", [b"", b"inget paket"])
def test_what_is_no_package(broken):
    assert faults(BytesIO(broken)) == ["Filen är inget paket, eller den är avbruten."]


def test_a_package_cut_short_is_no_package():
    content = package()[0]
    assert faults(BytesIO(content[: len(content) // 2])) == ["Filen är inget paket, eller den är avbruten."]


def test_a_package_without_mets():
    assert faults(BytesIO(changed(package()[0], f"{ROOT}/METS.xml", None))) == ["Paketet saknar METS.xml."]


def test_every_record_with_a_file_that_is_gone_or_changed_is_named():
    def gone():
        raise FileNotFoundError

    rotten, fine = [PICTURE[:-1], b"!"], [PICTURE]
    reads = {301: lambda: rotten, 302: gone, 303: lambda: fine, 304: lambda: rotten}
    records = [
        record(1, key=UUID(int=key), originals=(original(f"konton/{key}.png", PICTURE, read=read),))
        for key, read in reads.items()
    ]
    with pytest.raises(FaultyOriginalsError) as raised:
        package([matter(), account(records=tuple(records))])
    assert raised.value.changed == {UUID(int=301), UUID(int=304)}
    assert raised.value.missing == {UUID(int=302)}


def test_what_is_drawn_up_is_never_gone():
    def gone():
        raise FileNotFoundError

    drawn_up = original("arenden/1/handling.pdf", b"", sha256=None, read=gone)
    with pytest.raises(FileNotFoundError):
        package([matter(records=(record(originals=(drawn_up,)),))])


def test_the_same_content_gives_the_same_bytes():
    assert package()[0] == package()[0]
    assert package(as_bag=True)[0] == package(as_bag=True)[0]


def test_tells_how_far_it_has_come():
    told: list[int] = []
    package(on_progress=told.append)
    assert told == [1, 2, 3, 4, 5]


def test_a_bag_is_valid_and_holds_the_package(tmp_path):
    content, _written = package(as_bag=True)
    folder = unpacked(content, tmp_path)
    bag = bagit.Bag(str(folder))
    assert bag.validate()
    assert errors(validate(folder / "data" / ROOT)) == []
    assert faults(BytesIO(content)) == []


def test_a_tampered_file_makes_the_bag_invalid(tmp_path):
    folder = unpacked(package(as_bag=True)[0], tmp_path)
    picture = folder / "data" / ROOT / "representations/rep1/data/konton/1/1/01-skarmbild.png"
    picture.write_bytes(PICTURE[:-1] + b"!")
    assert not bagit.Bag(str(folder)).is_valid()


def test_a_tampered_list_makes_the_bag_invalid(tmp_path):
    folder = unpacked(package(as_bag=True)[0], tmp_path)
    listed = folder / "manifest-sha256.txt"
    listed.write_text(listed.read_text() + "\n")
    assert not bagit.Bag(str(folder)).is_valid()


def test_a_fingerprint_follows_every_word_and_file():
    same = fingerprint(matter())
    assert fingerprint(matter()) == same
    assert len(same) == 64
    changes = [
        matter(title="Annat"),
        matter(public_title="Annat"),
        matter(notes=()),
        matter(records=matter().records[:2]),
        matter(records=(record(says={"text": "Annat"}), *matter().records[1:])),
        matter(records=(record(restrictions=()), *matter().records[1:])),
        matter(records=(record(originals=(original("a", b"annat"),)), *matter().records[1:])),
    ]
    assert len({fingerprint(one) for one in changes} | {same}) == len(changes) + 1


def test_what_is_drawn_up_does_not_change_the_fingerprint():
    drawn_up = original("handling.pdf", b"%PDF annorlunda", sha256=None)
    first = record()
    assert fingerprint(record(originals=(*first.originals, drawn_up))) == fingerprint(first)


def test_every_file_is_named_in_letters_that_open_anywhere():
    with zipfile.ZipFile(BytesIO(package()[0])) as opened:
        assert all(name.isascii() and " " not in name for name in opened.namelist())
        assert json.loads(opened.read(f"{ROOT}/documentation/dokumenthanteringsplan.json")) == {}

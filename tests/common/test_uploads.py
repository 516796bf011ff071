import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from laholm_sociala.common.uploads import MOST_BYTES, FileError, kind_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def picture(kind: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), "white").save(written, kind)
    return written.getvalue()


def huge_png(side: int) -> bytes:
    """A few bytes that say they are a picture of side × side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(PDF, "application/pdf"), (picture("JPEG"), "image/jpeg"), (picture("PNG"), "image/png")],
)
def test_knows_a_file_by_its_content(content, content_type):
    assert kind_of(content).content_type == content_type


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"hej", "varken PDF, JPEG eller PNG"),
        (b"PK\x03\x04" + PDF, "varken PDF, JPEG eller PNG"),
        (b"<html><script>alert(1)</script>%PDF-1.7", "varken PDF, JPEG eller PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "varken PDF, JPEG eller PNG"),
        (picture("GIF"), "varken PDF, JPEG eller PNG"),
        (PDF[:-20], "inte hel"),
        (PDF + b"<script>" + b" " * 3000, "inte hel"),
        (b"\xff\xd8\xff\xe0 inte en bild", "går inte att öppna"),
        (picture("PNG")[:-30], "går inte att öppna"),
        (picture("JPEG")[:-100], "går inte att öppna"),
        (b"%PDF-" + b"0" * MOST_BYTES, "större än 15 MB"),
        (huge_png(8_000), "för stor"),
        (huge_png(12_000), "för stor"),
        (huge_png(40_000), "för stor"),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_refuses_everything_else(content, said, lenient, monkeypatch):
    # WeasyPrint sets this for the process that makes PDFs.
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", lenient)
    with pytest.raises(FileError, match=said):
        kind_of(content)

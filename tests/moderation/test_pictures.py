"""Pictures of posts: what is taken, what is refused, and what is left in the copy that is shown (R23)."""

import random
import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image, PngImagePlugin

from laholm_sociala.common.uploads import MOST_BYTES, FileError
from moderation import pictures
from moderation.pictures import read_picture

MARKER = "Marköret-i-filen"


def drawn(form: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), colour: object = "navy", **how) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, form, **how)
    return out.getvalue()


def noise(form: str) -> bytes:
    """A picture that does not compress, so that a cut falls within its points."""
    out = BytesIO()
    Image.frombytes("RGB", (40, 40), random.Random(1).randbytes(40 * 40 * 3)).save(out, form)
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    header = pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def shown(content: bytes) -> Image.Image:
    picture = read_picture("skarmbild.png", content)
    assert picture.shown_type == "image/png"
    opened = Image.open(BytesIO(picture.shown))
    assert (opened.format, opened.size) == ("PNG", (picture.width, picture.height))
    return opened


class TestWhatIsKept:
    @pytest.mark.parametrize(("form", "content_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
    def test_the_very_bytes_and_their_fingerprint(self, form, content_type):
        content = drawn(form)
        kept = read_picture("skarmbild.png", content)
        assert (kept.original, kept.content_type, kept.file_name) == (content, content_type, "skarmbild.png")
        assert len(kept.sha256) == 64

    def test_the_name_says_nothing_of_the_kind(self):
        assert read_picture("inte-en-bild.html", drawn("PNG")).content_type == "image/png"

    def test_several_pictures_in_one_jpeg_as_phones_write_them(self):
        first, second = Image.new("RGB", (60, 40), "navy"), Image.new("RGB", (60, 40), "red")
        out = BytesIO()
        first.save(out, "MPO", save_all=True, append_images=[second])
        assert read_picture("IMG_1.JPG", out.getvalue()).content_type == "image/jpeg"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"hej",
            b"%PDF-1.7",
            b"<html><script>alert(1)</script>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            drawn("GIF"),
            drawn("WEBP"),
            drawn("BMP"),
            drawn("TIFF"),
        ],
        ids=["empty", "text", "pdf", "html", "svg", "gif", "webp", "bmp", "tiff"],
    )
    def test_whatever_is_neither_jpeg_nor_png(self, content):
        with pytest.raises(FileError, match="ingen bild i JPEG eller PNG"):
            read_picture("bild.png", content)

    @pytest.mark.parametrize("begins", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
    def test_what_only_begins_as_a_picture(self, begins):
        with pytest.raises(FileError, match="går inte att öppna"):
            read_picture("bild.png", begins + b"<html><script>alert(1)</script></html>")

    @pytest.mark.parametrize("form", ["PNG", "JPEG"])
    def test_half_a_picture_wherever_it_is_cut(self, form, monkeypatch):
        monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
        whole = noise(form)
        for end in range(0, len(whole) - 64, 61):
            with pytest.raises(FileError):
                read_picture("bild.png", whole[:end])

    @pytest.mark.parametrize("size", [(6_400, 6_400), (12_000, 12_000), (40_000, 40_000), (1, 50_000_000)])
    def test_a_small_file_that_holds_a_huge_picture_is_not_unpacked(self, size, monkeypatch):
        def unpack(self, *args):
            raise AssertionError("it was unpacked")

        monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", unpack)
        with pytest.raises(FileError, match="för stor"):
            read_picture("bild.png", png_that_says(*size))

    def test_a_text_chunk_that_swells(self):
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "0" * 80_000_000, zip=True)
        with pytest.raises(FileError, match="går inte att öppna"):
            read_picture("bild.png", drawn("PNG", pnginfo=notes))

    def test_more_than_15_megabytes(self):
        with pytest.raises(FileError, match="större än 15 MB"):
            read_picture("bild.png", drawn("PNG") + b"0" * MOST_BYTES)


class TestWhatIsShown:
    def test_stands_upright_as_the_phone_was_held(self):
        lying = Image.new("RGB", (60, 40), "white")
        lying.paste("red", (0, 0, 30, 40))
        exif = Image.Exif()
        exif[0x0112] = 6  # turned a quarter
        out = BytesIO()
        lying.save(out, "JPEG", quality=95, exif=exif)
        upright = shown(out.getvalue())
        assert upright.size == (40, 60)
        (_, above, _), (_, below, _) = upright.getpixel((20, 10)), upright.getpixel((20, 50))
        assert (above < 50, below > 200) == (True, True)  # red over white

    def test_nothing_hidden_in_the_file_is_left(self):
        exif = Image.Exif()
        exif[0x010E] = MARKER
        exif.get_ifd(0x8825)[1] = "N"
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", MARKER)
        jpeg = drawn("JPEG", exif=exif, comment=MARKER.encode()) + MARKER.encode()
        png = drawn("PNG", pnginfo=notes, exif=exif, icc_profile=MARKER.encode(), dpi=(72, 72)) + MARKER.encode()
        for content in (jpeg, png):
            assert MARKER.encode() in content
            picture = shown(content)
            assert MARKER.encode() not in read_picture("bild.png", content).shown
            assert (picture.info, dict(picture.getexif())) == ({}, {})

    @pytest.mark.parametrize(
        ("mode", "colour"), [("L", 128), ("1", 1), ("P", 3), ("RGBA", (0, 0, 128, 90)), ("LA", (9, 90))]
    )
    def test_every_kind_of_png(self, mode, colour):
        assert shown(drawn("PNG", mode, colour=colour)).size == (60, 40)

    def test_palette_with_a_see_through_colour_keeps_it(self):
        drawing = Image.new("P", (4, 4), 0)
        drawing.putpalette([255, 0, 0, 0, 0, 255])
        out = BytesIO()
        drawing.save(out, "PNG", transparency=0)
        assert shown(out.getvalue()).getpixel((0, 0))[3] == 0

    @pytest.mark.parametrize(("grey", "seen"), [(0, 0), (0x8000, 128), (0xFFFF, 255)])
    def test_sixteen_bits_of_grey_are_not_all_white(self, grey, seen):
        assert shown(drawn("PNG", "I;16", colour=grey)).convert("L").getpixel((5, 5)) == pytest.approx(seen, abs=1)

    def test_printers_colours_become_the_screens(self):
        red, green, blue = shown(drawn("JPEG", "CMYK", colour=(0, 255, 255, 0), quality=95)).getpixel((5, 5))
        assert (red > 200, max(green, blue) < 60) == (True, True)

    def test_a_wide_picture_is_made_as_wide_as_a_screen(self):
        assert shown(drawn("PNG", size=(4000, 1000))).size == (2000, 500)

    def test_a_long_page_stays_wide_enough_to_read(self):
        width, height = shown(drawn("JPEG", size=(1280, 20_000))).size
        assert width > 800
        assert width * height <= pictures.SHOWN_PIXELS

    def test_a_hair_of_a_picture_is_still_a_picture(self):
        assert shown(drawn("PNG", size=(1, 30_000))).size == (1, 30_000)

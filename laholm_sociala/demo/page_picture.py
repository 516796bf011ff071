"""A made-up picture of an account's page, as a person would have taken it with a phone."""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.contrib.staticfiles import finders

from laholm_sociala.demo.account_texts import ExampleAccount

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH: Final = 390
POST: Final = 300
TOP: Final = 250
INK, PALE, PAPER, EDGE = "#10262e", "#5b6b71", "#ffffff", "#e6e1d6"
# What the page is painted in, one year and the next: sea, sand, forest, heather.
YEARS: Final = (("#0b4f5f", "#7fb3bd", "#f0c75e"), ("#7a3e2b", "#e0a98c", "#2f6f4f"), ("#2f5d3a", "#a9c5a0", "#c96f4a"))


def page_picture(example: ExampleAccount, year: int) -> bytes:
    """Return a PNG of the example's page as it looked that year; the years differ in colours and posts."""
    from PIL import Image, ImageDraw

    dark, light, warm = YEARS[year % len(YEARS)]
    topics = example.topics.rstrip(".").replace(" och ", ", ").split(", ")[:3]
    topics = topics[year % len(topics) :] + topics[: year % len(topics)]
    picture = Image.new("RGB", (WIDTH, TOP + POST * len(topics)), "#faf7f0")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 110), fill=dark)
    draw.ellipse((250, 30, 470, 250), fill=light)
    draw.rectangle((0, 110, WIDTH, TOP), fill=PAPER)
    draw.ellipse((20, 70, 100, 150), fill=warm, outline=PAPER, width=5)
    draw.text((20, 160), example.name, font=_font(24, "Bold"), fill=INK)
    draw.text((20, 194), example.summary, font=_font(15), fill=PALE)
    draw.text((20, 220), "En kanal från Laholms kommun", font=_font(13), fill=PALE)
    for number, topic in enumerate(topics):
        _post(draw, TOP + number * POST, topic, (dark, light, warm)[(number + year) % 3])
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _post(draw: "ImageDraw", top: int, topic: str, colour: str) -> None:
    draw.rectangle((0, top + 8, WIDTH, top + POST - 4), fill=PAPER, outline=EDGE)
    draw.text((20, top + 20), topic[:1].upper() + topic[1:], font=_font(17, "Bold"), fill=INK)
    draw.text((20, top + 46), "Läs mer på laholm.se", font=_font(13), fill=PALE)
    draw.rectangle((20, top + 76, WIDTH - 20, top + 246), fill=colour)
    draw.ellipse((WIDTH - 130, top + 96, WIDTH - 60, top + 166), fill="#fdf3d8")
    draw.polygon([(20, top + 246), (140, top + 150), (250, top + 246)], fill="#ffffff")
    draw.text((20, top + 258), "Gilla     Kommentera     Dela", font=_font(13), fill=PALE)


def _font(size: int, weight: str = "Regular") -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(finders.find(f"fonts/HankenGrotesk-{weight}.otf")), size)

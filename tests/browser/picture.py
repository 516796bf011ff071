"""A picture of a page for the handbook: what it shows, where it is cut, and how it is packed."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.places.place import Place
from tests.browser.visitors import PHONE, WIDE

AROUND = 24  # pixels of the page itself, on each side
COLOURS = 96  # enough for letters and fields; a picture on the page has few more

# The bar follows the window, and would lie across a picture that is taller.
LET_THE_BAR_STAND = """() => document.querySelectorAll(".ls-bar").forEach(bar => { bar.style.position = "static"; })"""
# The last place above the edge that cuts no word, button or box in two.
BETWEEN_LINES = """edge => {
    const said = [...document.querySelectorAll("main *")].filter(each => !each.children.length);
    const places = said.filter(each => each.checkVisibility())
        .map(each => each.closest("a, button, label, .ls-choice") ?? each)
        .map(each => each.getBoundingClientRect())
        .map(({top, bottom}) => [top + scrollY, bottom + scrollY]).filter(([top, bottom]) => bottom - top < 200);
    let found = edge;
    for (let cut; (cut = places.find(([top, bottom]) => top < found && bottom > found)); ) found = cut[0] - 1;
    return Math.min(found + 1, edge);
}"""


@dataclass(frozen=True)
class Picture:
    """What a chapter shows of a page. `says` stands in it; `first` to `last` are what it is cut from and to."""

    place: Place
    says: str
    first: str = "main > div > :is(h1, .ls-eyebrow)"
    last: str = "main > div"
    height: int = 820
    screen: tuple[tuple[str, int], ...] = tuple(WIDE.items())

    def take(self, page: Page) -> bytes:
        """Return the picture as a PNG of few colours."""
        if dict(self.screen) == PHONE:
            return packed(page.screenshot())
        page.evaluate(LET_THE_BAR_STAND)
        return packed(page.screenshot(full_page=True, clip=self.cut(page)))

    def cut(self, page: Page) -> dict[str, float]:
        """Return the part of the page that the picture is of."""
        whole, first, last = (box(page.locator(words).first) for words in ("main > div", self.first, self.last))
        top = max(first["y"] - AROUND, 0)
        bottom = min(last["y"] + last["height"] + AROUND, page.evaluate(BETWEEN_LINES, top + self.height))
        height = bottom - top
        return {"x": whole["x"] - AROUND, "y": top, "width": whole["width"] + 2 * AROUND, "height": height}


def on_phone(place: Place, says: str) -> Picture:
    """Return a picture of what a telephone shows, whole."""
    return Picture(place, says, screen=tuple(PHONE.items()))


def box(found: Locator) -> dict[str, float]:
    """Return where it stands on the page."""
    return found.evaluate(
        "it => { const {x, y, width, height} = it.getBoundingClientRect();"
        " return {x: x + scrollX, y: y + scrollY, width, height}; }"
    )


def packed(png: bytes) -> bytes:
    """Return the picture in fewer colours, which takes a third of the room."""
    out = BytesIO()
    colours = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    colours.save(out, "PNG", optimize=True)
    return out.getvalue()

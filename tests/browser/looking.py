"""What is looked for on a page: what axe objects to, what sticks out, what is covered, and the words to read."""

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What hangs on how a page is drawn: colours, sizes, and the names and the order of what only one window shows.
RULES_OF_THE_WINDOW = [
    "aria-hidden-focus",
    "button-name",
    "color-contrast",
    "heading-order",
    "label",
    "link-in-text-block",
    "link-name",
    "page-has-heading-one",
    "scrollable-region-focusable",
    "select-name",
    "summary-name",
    "target-size",
]
EVERYTHING = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
THE_WINDOW = {"runOnly": {"type": "rule", "values": RULES_OF_THE_WINDOW}, "resultTypes": ["violations"]}
# A file of the portal's own while the tests run: the browser fetches and compiles it once.
AXE = """async options => {
    if (!window.axe) {
        const script = document.createElement("script");
        script.src = "/static/axe/axe.min.js";
        await new Promise((resolve, reject) => {
            Object.assign(script, {onload: resolve, onerror: reject});
            document.head.append(script);
        });
        script.remove();
    }
    const { violations } = await axe.run(options);
    return violations.flatMap(({ id, nodes }) => nodes.map(each => `${id}: ${each.html} ${each.failureSummary}`));
}"""

# What sticks out to the right of the window, where that makes the whole page wider.
TOO_WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(each => each.getBoundingClientRect().right > root.clientWidth + 1)
        .map(each => each.outerHTML.slice(0, 120));
}"""

# Where the keyboard can go in the page itself, and does not see where it is because the action bar lies over it.
COVERED = """() => {
    const bar = document.querySelector(".ls-bar");
    if (!bar) return [];
    const [x, y] = [scrollX, scrollY];
    const all = [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")];
    const reached = all.filter(each => each.checkVisibility() && each.type !== "hidden" && !bar.contains(each));
    const covered = reached.filter(each => {
        each.focus();
        const [it, over] = [each.getBoundingClientRect(), bar.getBoundingClientRect()];
        const shown = Math.min(it.bottom, over.top) - Math.max(it.top, 0);
        const beside = it.right <= over.left || it.left >= over.right;
        return !beside && it.top < over.bottom && it.bottom > over.top && shown < Math.min(it.height, 44);
    });
    document.activeElement.blur();
    scrollTo(x, y);
    return covered.map(each => each.outerHTML.slice(0, 120));
}"""

# What is read, as against what is pressed.
READ = "main :is(h1, h2, h3, dt, dd, th, td, li > time, p, legend)"
WORDS = f"""() => [...document.querySelectorAll("{READ}")]
    .filter(each => each.checkVisibility() && !each.closest(".ls-bar, .ls-buttons, .ls-row-do, .ls-filters, .btn"))
    .map(each => each.textContent.trim().replace(/\\s+/g, " "))"""
PRESSED = """() => [...document.querySelectorAll("nav, .ls-bar, main button")]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .filter(each => each.offsetWidth && each.offsetHeight)
    .map(each => each.outerHTML.slice(0, 120))"""


def violations(page: Page, options: dict = EVERYTHING) -> list[str]:
    """Return what axe objects to, with where and why."""
    return page.evaluate(AXE, options)


def assert_accessible(page: Page, options: dict = EVERYTHING) -> None:
    found = violations(page, options)
    assert not found, found


def assert_readable(page: Page) -> None:
    too_wide, covered = page.evaluate(f"() => [({TOO_WIDE})(), ({COVERED})()]")
    assert not too_wide, (page.viewport_size, too_wide)
    assert not covered, (page.viewport_size, covered)


def assert_prints_every_word(page: Page) -> None:
    """Fail unless paper has every word of the screen, and nothing to press. Leaves the page as it is on paper."""
    words = page.evaluate(WORDS)
    page.emulate_media(media="print")
    printed, pressed = page.evaluate(f"() => [({WORDS})(), ({PRESSED})()]")
    lost = [each for each in words if each not in printed]
    assert printed == words, lost
    assert not pressed, pressed

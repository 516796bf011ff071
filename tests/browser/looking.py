"""What is looked for on a page: what axe objects to, what sticks out, what is covered, and the words to read."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
AXE = Axe().axe_script

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


def violations(page: Page) -> list[str]:
    """Return what axe objects to, with where and why."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def assert_accessible(page: Page) -> None:
    found = violations(page)
    assert not found, found


def assert_readable(page: Page) -> None:
    too_wide, covered = page.evaluate(TOO_WIDE), page.evaluate(COVERED)
    assert not too_wide, too_wide
    assert not covered, covered

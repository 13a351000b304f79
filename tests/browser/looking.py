"""What every page must keep to: no accessibility violation, no sideways scrolling, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
FOREIGN = """() => [...document.querySelectorAll('[src], link[href], form[action]')]
    .map(e => e.src || e.href || e.action)
    .filter(u => typeof u === 'string' && !u.startsWith('data:') && new URL(u, location).origin !== location.origin)"""
INLINE = """() => document.querySelectorAll(
    "style, [style], script:not([src]):not([type='application/json'])").length"""


@dataclass
class Looker:
    """Checks a page as it stands, and takes its picture if `pictures` names a folder."""

    pictures: str

    def at(self, page: Page, name: str) -> None:
        """Hold the page to every rule; AssertionError names what is wrong."""
        # A page that is just being replaced has no document element for a moment.
        page.wait_for_function("() => document.documentElement && document.readyState === 'complete'")
        assert page.evaluate(FOREIGN) == []
        assert page.evaluate(INLINE) == 0
        self.fits(page)
        self.picture(page, name)
        self.accessible(page)

    def accessible(self, page: Page) -> None:
        """axe-core finds nothing."""
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = page.evaluate(RUN_AXE, RULES)
        found = [
            f"{problem['id']}: {node['html'][:160]} {node['failureSummary']}"
            for problem in result["violations"]
            for node in problem["nodes"]
        ]
        assert found == [], "\n".join(found)

    def fits(self, page: Page) -> None:
        """The page does not scroll sideways."""
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{wide} px too wide"

    def picture(self, page: Page, name: str) -> None:
        """A picture of the whole page, as <name>-<width>.png."""
        if not self.pictures:
            return
        folder = Path(self.pictures)
        folder.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size or {"width": 0}
        page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=True)

"""Whoever goes through a page by keyboard sees where she is: WCAG 2.2, 2.4.7 and 2.4.11, measured stop by stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

STOPS = 70
# What is drawn around the element that has the focus, or around its label; where the middle of it can be seen.
LOOK = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const drawn = node => {
    const style = getComputedStyle(node);
    const line = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return line || style.boxShadow !== 'none';
  };
  const label = at.closest('label');
  const box = at.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const seen = box.width > 0 && y >= 0 && y <= innerHeight &&
    (!top || at.contains(top) || top.contains(at) || (label && label.contains(top)));
  const name = at.tagName.toLowerCase() + (at.id ? '#' + at.id : '') + ' ' +
    (at.innerText || at.name || '').trim().slice(0, 20);
  const first = !at.dataset.passed;
  at.dataset.passed = '1';
  return {name, drawn: drawn(at) || (label && drawn(label)), seen, first};
}"""
OPEN = [
    ("/", 1280),
    ("/", 390),
    ("/search/?q=供水", 1280),
    ("/requests/new/unit/", 390),
    ("/requests/track/", 1280),
    ("/mailbox/write/", 1280),
    ("/consultations/", 1280),
]
STAFF = [("clerk", "/workbench/"), ("clerk", "/workbench/requests/enter/"), ("supervisor", "/supervision/")]


def _go_through(page: Page) -> list[str]:
    """Tab from stop to stop; gives the stops at which nothing is drawn or which something covers."""
    wrong, passed = [], 0
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK)
        if stop is None or not stop["first"]:
            break
        passed += 1
        if not stop["drawn"]:
            wrong.append(f"nothing drawn: {stop['name']}")
        if not stop["seen"]:
            wrong.append(f"covered: {stop['name']}")
    assert passed > 8, "the keyboard reached next to nothing"
    return wrong


@pytest.mark.parametrize(("path", "width"), OPEN)
def test_every_stop_of_a_public_page_shows_the_focus(
    open_page: Callable[..., Page], path: str, width: int
) -> None:
    page = open_page(width)
    page.goto(path)
    assert _go_through(page) == []


@pytest.mark.parametrize(("who", "path"), STAFF)
def test_every_stop_of_a_staff_page_shows_the_focus(
    open_page: Callable[..., Page], log_in: Callable[[str], Any], path: str, who: str
) -> None:
    page = open_page(state=log_in(f"{who}@demo.invalid"))
    page.goto(path)
    assert _go_through(page) == []

"""Every form of the site, sent once from a real browser by every person who is offered it: no 403, no 404, no 500, no dead end."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from requests_app.demo import PEOPLE
from tests.browser.conftest import Running
from tests.browser.crawl import Sent, discover, send

STARTS = (
    "/",
    "/workbench/",
    "/requests/",
    "/mailbox/",
    "/consultations/",
    "/accounts/",
    "/administration/",
    "/supervision/",
)
WHO = ("", "citizen", *(name for name, *_ in PEOPLE))
FEWEST = 400


def crawl(
    browser: Browser, origin: str, state_of: Callable[[str], Any], file: Path, **context: Any
) -> list[tuple[str, Sent]]:
    """Send every form as every person; gives who sent what and what came."""
    outcome: list[tuple[str, Sent]] = []
    for who in WHO:
        state = state_of(f"{who}@demo.invalid") if who else None
        own = browser.new_context(
            base_url=origin, locale="zh-CN", timezone_id="Asia/Shanghai", storage_state=state, **context
        )
        try:
            outcome += [(who or "guest", sent) for sent in _one(own, origin, file)]
        finally:
            own.close()
    return outcome


def _one(own: BrowserContext, origin: str, file: Path) -> list[Sent]:
    own.set_default_timeout(15_000)
    found = discover(own.request, origin, STARTS)
    page = own.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sent = [send(page, origin, sort, place, file) for sort, place in found.forms.items()]
    return [one for one in sent if one is not None]


def report(outcome: list[tuple[str, Sent]], seconds: float) -> None:
    """The list, into PORTAL_CRAWL_REPORT if given."""
    people = {who for who, _ in outcome}
    sys.stdout.write(f"\n{len(outcome)} forms sent by {len(people)} people in {seconds:.0f} s\n")
    target = os.environ.get("PORTAL_CRAWL_REPORT")
    if target:
        rows = [
            [who, one.sort.action, one.sort.button, one.status, one.page, one.fault] for who, one in outcome
        ]
        Path(target).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file for whatever asks for one."""
    target = tmp_path / "附件.txt"
    target.write_text("一份说明。", encoding="utf-8")
    return target


def test_every_form_can_be_sent(
    browser: Browser, running: Running, log_in: Callable[[str], Any], paper: Path
) -> None:
    began = time.monotonic()
    outcome = crawl(browser, running.address, log_in, paper)
    report(outcome, time.monotonic() - began)
    faults = [
        f"{who}: {one.sort.action} [{one.sort.button}] on {one.page}: {one.fault}"
        for who, one in outcome
        if one.fault
    ]
    assert faults == [], "\n".join(faults)
    assert len(outcome) >= FEWEST

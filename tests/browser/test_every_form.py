"""Every form of the site, sent once from a real browser by every person who is offered it: no 403, no 404, no 500, no dead end."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from requests_app.demo import PEOPLE
from tests.browser.conftest import Running
from tests.browser.crawl import Sent, Sort, discover, send

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
WHO = ("guest", "citizen", *(name for name, *_ in PEOPLE), "by mail")
FEW = ("guest", "citizen", "clerk", "publisher")  # in `make test`; PORTAL_CRAWL=all sends them as everybody
FEWEST = {"all": 400, "few": 80}


def crawl(
    people: tuple[str, ...],
    browser: Browser,
    origin: str,
    state_of: Callable[[str], Any],
    mails: Path,
    file: Path,
    **context: Any,
) -> list[tuple[str, Sent]]:
    """Send every form as every person, last as whoever follows the links of our mails; gives who sent what and what came."""
    outcome: list[tuple[str, Sent]] = []
    for who in people:
        known = who not in ("guest", "by mail")
        own = browser.new_context(
            base_url=origin,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            storage_state=state_of(f"{who}@demo.invalid") if known else None,
            **context,
        )
        own.set_default_timeout(15_000)
        starts = STARTS if who != "by mail" else links_in(mails, origin)
        done = {one.sort for by, one in outcome if by == "guest"} if who == "by mail" else set()
        try:
            outcome += [(who, sent) for sent in _one(own, origin, starts, done, file)]
        finally:
            own.close()
    return outcome


def _one(
    own: BrowserContext, origin: str, starts: tuple[str, ...], done: set[Sort], file: Path
) -> list[Sent]:
    found = discover(own.request, origin, starts)
    page = own.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    places = [(sort, place) for sort, place in found.forms.items() if sort not in done]
    sent = [send(page, origin, sort, place, file) for sort, place in places]
    return [one for one in sent if one is not None]


def links_in(mails: Path, origin: str) -> tuple[str, ...]:
    """The addresses of this site that its mails hold, four of each pattern."""
    found: dict[str, list[str]] = {}
    for kept in sorted(mails.glob("*")):
        for raw in kept.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            mail = message_from_bytes(raw.strip(), policy=default)
            body = mail.get_body(("plain",))
            for link in re.findall(
                re.escape(origin) + r"(/[^\s<>\"，。；）]+)", body.get_content() if body else ""
            ):
                same = found.setdefault(re.sub(r"[0-9a-f-]{36}|[A-Za-z0-9_-]{20,}|\d+", "*", link), [])
                if link not in same and len(same) < 4:
                    same.append(link)
    return tuple(link for same in found.values() for link in same)


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
    extent = "all" if os.environ.get("PORTAL_CRAWL") == "all" else "few"
    outcome = crawl(WHO if extent == "all" else FEW, browser, running.address, log_in, running.mails, paper)
    report(outcome, time.monotonic() - began)
    faults = [
        f"{who}: {one.sort.action} [{one.sort.button}] on {one.page}: {one.fault}"
        for who, one in outcome
        if one.fault
    ]
    assert faults == [], "\n".join(faults)
    assert len(outcome) >= FEWEST[extent]

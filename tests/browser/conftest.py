"""A portal of its own, with demo data, and a real Chromium to look at it.

The server runs as a process on a scratch database: what is tested is what citizens get, cookies, headers and all.
With PORTAL_SCREENSHOTS=DIR every visited page leaves its picture there.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.looking import ROOT, Looker
from tests.pristine import migrated_sqlite

FLAGS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "no Chromium here; set PORTAL_CHROMIUM or install the package chromium"
START_SECONDS = 60


def chromium_program() -> str | None:
    """The browser's program: PORTAL_CHROMIUM, or the first that is there."""
    given = os.environ.get("PORTAL_CHROMIUM")
    if given:
        return given if Path(given).exists() else None
    return next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test, skipped with the reason without a browser; the crawl comes last.

    It sends every form there is: what the other tests look for is gone after it.
    """
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path == here / "test_every_form.py")
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium_program() is None:
                item.add_marker(pytest.mark.skip(reason=f"BROWSER TESTS NOT RUN: {MISSING}"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One loud line if browser tests were skipped for want of a browser."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "BROWSER TESTS" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(
            f"BROWSER TESTS NOT RUN: {MISSING} ({len(skipped)} tests)", red=True, bold=True
        )


@dataclass(frozen=True)
class Running:
    """A portal that answers: its address, its demo accounts' password, the folder its mails go to."""

    address: str
    password: str
    mails: Path


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running portal with the organisation, demo accounts and demo requests."""
    scratch = tmp_path_factory.mktemp("portal")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_ALLOW")}
    environment |= {
        "PORTAL_ENV": "test",
        "PORTAL_VAR_DIR": str(scratch),
        "PORTAL_FONT_DIR": str(ROOT / "var" / "fonts"),
        "DATABASE_URL": migrated_sqlite(scratch / "portal.sqlite3"),
        "PORTAL_SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["load_organisation"], ["seed_demo"]):
        subprocess.run([*manage, *command], env=environment, cwd=ROOT, check=True, capture_output=True)
    log = (scratch / "server.log").open("wb")
    server = subprocess.Popen(
        [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"],
        env=environment,
        cwd=ROOT,
        stdout=log,
        stderr=log,
    )
    worker = subprocess.Popen([*manage, "worker"], env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        password = (scratch / "secrets" / "demo_password").read_text(encoding="utf-8").strip()
        yield Running(f"http://127.0.0.1:{port}", password, scratch / "mail")
    finally:
        for program in (server, worker):
            program.terminate()
            program.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def address(running: Running) -> str:
    """The running portal's address."""
    return running.address


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the portal did not start for the browser tests")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens pages: width, javascript=False, state=a log-in; closes them all afterwards."""
    contexts: list[BrowserContext] = []

    def opened(width: int = 1280, *, javascript: bool = True, state: Any = None) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 900 if width > 600 else 844},
            java_script_enabled=javascript,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=state,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def log_in(browser: Browser, running: Running) -> Callable[[str], Any]:
    """Gives the cookies of a demo account's log-in, made once."""
    states: dict[str, Any] = {}

    def state_of(email: str) -> Any:
        if email not in states:
            context = browser.new_context(base_url=running.address, locale="zh-CN")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("#id_login", email)
            page.fill("#id_password", running.password)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "/accounts/login" not in url)
            states[email] = context.storage_state()
            context.close()
        return states[email]

    return state_of


@pytest.fixture
def look() -> Looker:
    """Holds a page to the house's rules for what people see."""
    return Looker(os.environ.get("PORTAL_SCREENSHOTS", ""))

"""The deployed portal in a real browser: TLS, __Host- cookies, hashed styles, compressed pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, chromium_program
from tests.browser.looking import Looker
from tests.browser.test_asking import fill_in, go_on
from tests.pristine import migrated_sqlite
from tests.servers import SITE, Deployed, deployed_portal


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """nginx, granian in production, Redis."""
    folder = tmp_path_factory.mktemp("deployed")
    with deployed_portal(migrated_sqlite(folder / "own.sqlite3"), folder) as running:
        yield running


@pytest.fixture
def open_deployed(browser: Browser, portal: Deployed) -> Iterator[Callable[[int], Page]]:
    """Opens pages of a Chromium that finds the site's name on this machine."""
    rules = f"--host-resolver-rules=MAP {SITE}:443 127.0.0.1:{portal.nginx.https}"
    chromium = browser.browser_type.launch(executable_path=chromium_program(), args=[*FLAGS, rules])

    def opened(width: int) -> Page:
        context = chromium.new_context(
            base_url=f"https://{SITE}",
            ignore_https_errors=True,
            viewport={"width": width, "height": 844},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(15_000)
        return context.new_page()

    yield opened
    chromium.close()


def test_a_request_is_asked_and_found_again_over_tls(
    open_deployed: Callable[[int], Page], portal: Deployed, look: Looker
) -> None:
    page = open_deployed(390)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    fill_in(page, lambda name: look.at(page, f"deployed-{name}"))
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()
    number = page.locator(".confirm .number").inner_text()
    code = page.locator("p.code").inner_text()
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(kept) == {"__Host-portal", "__Host-csrf"}
    assert all(cookie["secure"] and cookie["path"] == "/" for cookie in kept.values())
    assert kept["__Host-portal"]["httpOnly"]

    other = open_deployed(1280)
    other.goto("/requests/track/")
    other.fill("#id_number", number)
    other.fill("#id_code", code)
    go_on(other)
    expect(other).to_have_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    assert other.locator("link[rel=stylesheet]").first.get_attribute("href") != "/static/portal.css"
    assert refused == []


def test_a_portal_that_is_away_says_so_to_the_eye(
    open_deployed: Callable[[int], Page], portal: Deployed, look: Looker
) -> None:
    for width in (390, 1280):
        page = open_deployed(width)
        portal.granian.kill()
        page.goto("/requests/track/")
        expect(page.get_by_role("heading", name="平台暂时无法访问")).to_be_visible()
        look.at(page, "deployed-away")
        portal.granian.start()
        page.get_by_role("link", name="返回首页").click()
        expect(page).to_have_title(re.compile("玉溪市"))
        expect(page.get_by_role("heading", name="平台暂时无法访问")).to_have_count(0)

"""Signing up, and the second factor."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Looker

PASSWORD = "Yuxi-lake-2026"


def one_time_code(secret: str) -> str:
    """The six digits of this half minute (RFC 6238)."""
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1
    ).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.mark.parametrize("width", [1280, 390])
def test_new_account_sets_up_its_second_factor(
    open_page: Callable[..., Page], look: Looker, width: int
) -> None:
    page = open_page(width)
    page.goto("/accounts/signup/")
    page.fill("#id_email", "not an address")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".errors")).to_be_focused()
    look.at(page, "signup-wrong")
    page.fill("#id_email", f"new-{width}@example.org")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/signup" not in url)
    look.at(page, "signed-up")
    page.goto("/accounts/2fa/totp/activate/")
    look.at(page, "two-steps-activate")
    page.fill("#id_code", one_time_code(page.locator("main .code").inner_text()))
    page.locator("main button[type=submit]").click()
    page.goto("/accounts/2fa/")
    look.at(page, "two-steps-active")
    page.goto("/accounts/2fa/recovery-codes/")
    look.at(page, "recovery-codes")
    page.goto("/accounts/2fa/recovery-codes/generate/")
    look.at(page, "recovery-codes-generate")
    page.goto("/accounts/2fa/totp/deactivate/")
    look.at(page, "two-steps-deactivate")

"""Signing up, and the second factor."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.looking import Looker

PASSWORD = "Yuxi-lake-2026"


def one_time_code(secret: str) -> str:
    """The six digits of this half minute (RFC 6238)."""
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1
    ).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def confirmation_address(running: Running, to: str) -> str:
    """The link in the mail that asks to confirm an address."""
    for path in sorted(running.mails.glob("*.log")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if to in str(message["To"]):
            found = re.search(r"http://\S+/confirm-email/\S+", message.get_content())
            if found:
                return found.group()
    raise AssertionError(f"no mail to {to}")


@pytest.mark.parametrize("width", [1280, 390])
def test_new_account_sets_up_its_second_factor(
    open_page: Callable[..., Page], running: Running, look: Looker, width: int
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
    page.goto(confirmation_address(running, f"new-{width}@example.org"))
    look.at(page, "confirm-address")
    page.get_by_role("button", name="确认").click()
    page.goto("/accounts/2fa/totp/activate/")
    look.at(page, "ask-password-again")
    page.fill("#id_password", PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", name="启用两步验证")).to_be_visible()
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

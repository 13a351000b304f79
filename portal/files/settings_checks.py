"""Uploads of strangers are scanned in production: `check --deploy` asks for a clamd that answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info

from portal.files.scanner import AWAY, health


def check_scanner(**kwargs: Any) -> list[CheckMessage]:
    """portal.E002 without a virus scanner, portal.I002 while the one that is set up does not answer.

    The second is no warning: configuration is right, and the system page and the quarantine show it anyway.
    """
    if not settings.PORTAL_CLAMD:
        return [
            Error(
                "PORTAL_CLAMD is not set: uploads are handed on without a virus scan.",
                hint="Install clamav-daemon and set PORTAL_CLAMD=unix:/run/clamav/clamd.ctl (or HOST:PORT).",
                id="portal.E002",
            )
        ]
    if health().state == AWAY:
        return [
            Info(
                "The virus scanner of PORTAL_CLAMD does not answer; uploads wait in quarantine until it does.",
                id="portal.I002",
            )
        ]
    return []

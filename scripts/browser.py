"""Debian's Chromium for the browser tests: found, or installed, or a reason why not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from terminal import can_install, install_packages, say

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
CHINESE_FONT = "fonts-noto-cjk"


def find() -> str | None:
    """The browser's program: PORTAL_CHROMIUM, or the first that is there."""
    given = os.environ.get("PORTAL_CHROMIUM")
    if given:
        return given if Path(given).exists() else None
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def ensure() -> tuple[str | None, str]:
    """The browser's program and "", or None and the reason why the browser tests cannot run."""
    program = find()
    needs = [] if program else ["chromium"]
    if not any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        needs.append(CHINESE_FONT)
    if needs and can_install():
        try:
            install_packages(*needs)
        except SystemExit:
            say("    Chromium or its Chinese font could not be installed")
        program = find()
    if program is None:
        return (
            None,
            "no Chromium on this machine and no root to install it (apt-get install chromium fonts-noto-cjk)",
        )
    return program, ""

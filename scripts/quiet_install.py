"""Debian packages of servers that tests start for themselves: installed without Debian starting them."""

from __future__ import annotations

from pathlib import Path

from terminal import install_packages

POLICY = Path("/usr/sbin/policy-rc.d")


def install_without_starting(*packages: str) -> None:
    """Install, but start no service; leaves the machine's own policy as it was. Raises Stop."""
    own = not POLICY.exists()
    if own:
        POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        POLICY.chmod(0o755)
    try:
        install_packages(*packages)
    finally:
        if own:
            POLICY.unlink(missing_ok=True)

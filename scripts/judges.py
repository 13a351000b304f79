"""The programs that judge our papers in tests: other readers of PDF, and Java for veraPDF; found, or installed."""

from __future__ import annotations

import shutil
from pathlib import Path

from terminal import can_install, install_packages, say

PROGRAMS = {
    "pdftoppm": "poppler-utils",
    "mutool": "mupdf-tools",
    "gs": "ghostscript",
    "java": "default-jre-headless",
}
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


def absent() -> list[str]:
    """Debian's names of the packages that are not on this machine."""
    packages = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    return packages if JAXB.exists() else [*packages, "libjaxb-java"]


def ensure() -> list[str]:
    """Have them all; gives the packages that still are not there, for which tests are skipped."""
    packages = absent()
    if packages and can_install():
        try:
            install_packages(*packages)
        except SystemExit:
            say("    the judges of papers could not be installed")
    return absent()

"""What must never be in a committed file: a registry's host, a path of one machine, a credential."""

from __future__ import annotations

import re
import subprocess

from terminal import ROOT

# Written in pieces, so that this file does not find itself.
PATTERNS = {
    "address of a package registry": re.compile(
        "|".join(
            re.escape(".".join(parts))
            for parts in (
                ("pypi", "org"),
                ("files", "pythonhosted", "org"),
                ("registry", "npmjs", "org"),
                ("registry", "yarnpkg", "com"),
                ("registry", "npmmirror", "com"),
                ("deb", "debian", "org"),
                ("proxy", "golang", "org"),
                ("tuna", "tsinghua", "edu", "cn"),
                ("mirrors", "aliyun", "com"),
            )
        )
    ),
    "path of one machine": re.compile(
        "(?<![\\w.])/(?:work/main|work/shared|root/|home/[a-z]+/|opt/whee" + "ls)"
    ),
    "private key": re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"),
    "access token": re.compile("(?:gh[pousr]_|glpat-|xox[bp]-|AKI" + "A)[A-Za-z0-9]{16,}"),
    "address with a password": re.compile(
        r"\b(?:postgres|postgresql|https?|redis)://[^\s:/@{}'\"<>]+:[^\s@{}'\"<>*]{6,}@"
    ),
}
LARGEST = 2_000_000


def findings() -> list[str]:
    """One line for each committed text file and pattern found in it: path, line and what it is."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    found = []
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for what, pattern in PATTERNS.items():
            match = pattern.search(text)
            if match:
                found.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {what}")
    return found

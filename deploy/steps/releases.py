"""Releases side by side: each in a folder of its own with its own packages; /opt/portal leads to the one in service."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from host import PROXY, SOURCE, USER, Host, Stop, run
from surroundings import HOME

KEPT = "/opt/portal-releases"
LEFT_OUT = (
    ".git",
    ".venv",
    "var",
    "node_modules",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
)
NEWEST = 3  # so many are kept, to go back to


def name() -> str:
    """Number and commit of this tree: "1.0.0-19a399c", the number alone outside a checkout."""
    text = (SOURCE / "portal" / "version.py").read_text(encoding="utf-8")
    found = re.search(r'^NUMBER = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise Stop("This tree does not say which release it is (portal/version.py).")
    commit = _commit()
    return f"{found[1]}-{commit}" if commit else found[1]


def _commit() -> str:
    written = SOURCE / "RELEASE"
    if written.is_file():
        return written.read_text(encoding="utf-8").strip()
    if not (SOURCE / ".git").exists() or shutil.which("git") is None:
        return ""
    return run(["git", "-c", "safe.directory=*", "rev-parse", "--short", "HEAD"], cwd=SOURCE).strip()


def lay(host: Host) -> Path:
    """This tree as a release with its packages; nothing is in service yet. Raises Stop without the built front end."""
    if not (SOURCE / "assets" / "dist").is_dir():
        raise Stop("The front end is not built: run `make setup` here first, or take a release package.")
    target = host.at(f"{KEPT}/{name()}")
    if (target / ".complete").is_file():
        return target
    work = target.with_name(f".{target.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(SOURCE, work, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    (work / "RELEASE").write_text(_commit() + "\n", encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)  # the environment knows its own path: it is made where it stays
    run([sys.executable, "-m", "venv", target / ".venv"], failure="Debian's python3-venv is needed.")
    run(
        [target / ".venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--require-hashes", "-r", target / "requirements/runtime.txt"],
        failure="The Python packages could not be installed; is the network there?",
    )  # fmt: skip
    run([target / ".venv/bin/python", "-m", "compileall", "-q", "portal", "requests_app", "mailbox",
         "consultations", "notices"], cwd=target)  # fmt: skip
    (target / ".complete").touch()
    host.note(f"release {target.name}")
    return target


def in_place(host: Host) -> Path:
    """This very tree with its own .venv as the release: for a trial, or where it was unpacked to stay."""
    return SOURCE


def put_in_service(host: Host, release: Path) -> bool:
    """Let /opt/portal lead to that release, in one step; True if it led elsewhere before."""
    link = host.at(HOME)
    if link.is_symlink() and link.resolve() == release.resolve():
        return False
    if link.exists() and not link.is_symlink():
        raise Stop(f"{HOME} is a folder; move it to {KEPT}/ first.")
    link.parent.mkdir(parents=True, exist_ok=True)
    fresh = link.with_name(".portal.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release)
    fresh.rename(link)
    host.note(f"{HOME} -> {release.name}")
    return True


def forget_old(host: Host) -> None:
    """Take away all but the newest releases and the one in service."""
    home = host.at(KEPT)
    found = sorted((path for path in home.glob("*") if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in found[:-NEWEST]:
        if host.at(HOME).resolve() != path.resolve():
            shutil.rmtree(path)
            host.note(f"old release {path.name} removed")


def fonts(host: Host, release: Path) -> None:
    """The fonts of papers, once."""
    if (host.at("/var/lib/portal/fonts") / "manifest.json").is_file():
        return
    run([release / ".venv/bin/python", "scripts/fonts.py"], cwd=release,
        env={"PORTAL_FONT_DIR": str(host.at("/var/lib/portal/fonts"))},
        failure="The fonts of papers could not be prepared.")  # fmt: skip
    host.note("fonts")


def folders(host: Host) -> None:
    """Data, backups, logs, settings; nginx may read the static files."""
    host.folder(KEPT, 0o755, "root", "root")
    host.folder("/etc/portal", 0o750, "root", USER)
    host.folder("/var/lib/portal", 0o750)
    for path in ("files", "search", "fonts", "static"):
        host.folder(f"/var/lib/portal/{path}", 0o750)
    host.folder("/var/backups/portal", 0o700)
    host.folder("/var/log/portal", 0o750, USER, "adm")
    host.folder("/var/cache/portal", 0o700, PROXY, PROXY)

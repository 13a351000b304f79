"""Prepare a fresh machine for the portal; safe to repeat, and quick when nothing changed.

Standard library only: it runs before anything is installed. `--for run` (default) prepares everything,
`--for test` leaves the development database alone, `--for tools` stops after the Python packages.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import judges
import libraries
from stamps import once
from terminal import PYTHON, ROOT, VENV, Stop, call, can_install, install_packages, say, variable_directory

REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
OLDEST_NODE = 18


def main() -> None:
    """Do every step that has not been done yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--for", dest="purpose", choices=["run", "test", "tools"], default="run")
    purpose = parser.parse_args().purpose
    check_python()
    once("venv", "Python environment .venv", make_venv, extra=[sys.version], outputs=[PYTHON])
    python_packages()
    if purpose == "tools":
        return
    libraries.ensure()
    if purpose == "test":
        judges.ensure()
    front_end()
    fonts()
    if purpose == "run":
        database()


def check_python() -> None:
    """Raises Stop for a Python that is too old or cannot make environments."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Stop(f"Python 3.11 or newer is needed, this is {found}; set PYTHON=/path/to/python3.11.")
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not can_install():
            raise Stop(f"Python's venv module is missing; install it first: sudo apt-get install {package}")
        install_packages(package)


def make_venv() -> None:
    """A new .venv, in place of one made by another Python."""
    if PYTHON.exists():
        version = subprocess.run(
            [PYTHON, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
        ).stdout.strip()
        if version == sys.version:
            return
    shutil.rmtree(VENV, ignore_errors=True)
    call([sys.executable, "-m", "venv", VENV], failure="The Python environment .venv could not be made.")


def python_packages() -> None:
    """Everything in the hashed locks; with uv, or with pip where uv cannot be had."""
    locks = [REQUIREMENTS / "dev.txt", REQUIREMENTS / "tools.txt"]
    if node_program() is None:
        locks.append(REQUIREMENTS / "node.txt")

    def install() -> None:
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        call([*pip, "-r", REQUIREMENTS / "tools.txt"], tries=2, failure="uv could not be installed.")
        files = [word for lock in locks for word in ("-r", lock)]
        uv = [
            VENV / "bin" / "uv",
            "pip",
            "install",
            "--python",
            PYTHON,
            "--quiet",
            "--require-hashes",
            *files,
        ]
        if subprocess.run(uv, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return
        say("    uv could not; installing with pip")
        call(
            [*pip, *files],
            tries=2,
            failure="The Python packages could not be installed; is the network there?",
        )

    once(
        "python",
        "Python packages from the hashed locks",
        install,
        inputs=locks,
        extra=[sys.version],
        outputs=[VENV / "bin" / "uv", VENV / "bin" / "granian"],
    )


def node_program() -> str | None:
    """The machine's own Node if it is new enough and has npm, else None: then .venv gets one."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = answer.strip().lstrip("v").split(".")[0]
    return node if number.isdigit() and int(number) >= OLDEST_NODE else None


def front_end() -> None:
    """npm packages from the lock, then the built assets."""
    builder = ROOT / "scripts" / "assets.mjs"
    if not builder.exists():
        return
    own = node_program()
    env = {} if own else {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    node = own or str(VENV / "bin" / "node")
    npm = shutil.which("npm") if own else str(VENV / "bin" / "npm")
    once(
        "npm",
        "Front-end packages",
        lambda: call(
            [str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            env=env,
            tries=2,
            failure="The front-end packages could not be installed; is the network there?",
        ),
        inputs=[ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"],
        outputs=[ROOT / "node_modules"],
    )
    sources = [path for path in (ROOT / "assets").iterdir() if path.name != "dist"]
    once(
        "assets",
        "Front-end assets",
        lambda: call([node, builder], env=env, failure="The front-end assets could not be built."),
        inputs=[builder, ROOT / "package-lock.json", *sources],
        outputs=[ROOT / "assets" / "dist"],
    )


def fonts() -> None:
    """The fonts of official documents."""
    script = ROOT / "scripts" / "fonts.py"
    target = Path(os.environ.get("PORTAL_FONT_DIR") or ROOT / "var" / "fonts")

    def make() -> None:
        if can_install() and not any(Path("/var/lib/apt/lists").glob("*Packages*")):
            call(["apt-get", "update", "-q"], tries=2, failure="apt-get update failed.")
        call([PYTHON, script], tries=2, failure="The document fonts could not be prepared.")

    once(
        "fonts",
        "Fonts of official documents",
        make,
        inputs=[script],
        outputs=[target / "manifest.json"],
        extra=[fonts_of_ones_own(target)],
    )


def fonts_of_ones_own(target: Path) -> str:
    """What an operator has put into own/, by name, size and time: when it changes, the set is made anew."""
    own = [path for path in (target / "own").glob("*") if path.is_file()]
    return "".join(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns};" for path in sorted(own))


def app_folders() -> list[Path]:
    """The folders of the project's Django apps."""
    tops = ("portal", "requests_app", "mailbox", "consultations", "notices")
    return sorted(path.parent for top in tops for path in (ROOT / top).rglob("apps.py"))


def database() -> None:
    """Tables, the real organisation and the demo accounts; never overwrites what is there."""
    url = os.environ.get("DATABASE_URL", "")

    def fill() -> None:
        call(
            [PYTHON, "manage.py", "migrate", "--noinput", "-v", "0"],
            failure="The database could not be prepared.",
        )
        call([PYTHON, "manage.py", "load_organisation"], failure="The organisation could not be loaded.")
        call([PYTHON, "manage.py", "load_catalogue"], failure="The catalogue could not be loaded.")
        seeds = any((app / "management" / "commands" / "seed_demo.py").exists() for app in app_folders())
        if os.environ.get("PORTAL_ENV") == "production":
            return
        if not seeds:
            say("    no demo accounts: manage.py seed_demo is not there")
        else:
            call([PYTHON, "manage.py", "seed_demo"], failure="The demo data could not be loaded.")

    if url:
        say("==> Database from DATABASE_URL")
        fill()
        return
    apps = app_folders()
    inputs = [path for app in apps for path in sorted(app.glob("migrations/*.py"))]
    inputs += [path for app in apps for path in sorted(app.glob("management/commands/*.py"))]
    inputs += [ROOT / "portal" / "units" / "data", ROOT / "requirements" / "runtime.txt"]
    once(
        "database",
        "Database, organisation and demo accounts",
        fill,
        inputs=inputs,
        outputs=[variable_directory() / "portal.sqlite3"],
    )


if __name__ == "__main__":
    main()

"""How big the house is and how much of it says the same twice: today beside an earlier build, from the sources alone.

Usage: python -m bench.house_report [COMMIT …] (default: a1f3e6d). Product code is what the portal and its services are
made of, migrations, tests, bench and scripts left out.
"""

from __future__ import annotations

import ast
import io
import re
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.scratch import BASE, ROOT

ROOMS = ("portal", "requests_app", "mailbox", "consultations", "notices")
# Names of the steps by which something is drafted, looked at by others and signed.
CHAIN = re.compile(r"^_?(submit|review|clear|sign|approve|announce|send_back|return|recall|refuse)_?\w*$")
IN_CHAIN = ("models", "actions", "actions.py", "views", "verbs", "forms", "forms.py", "views.py")
LONG_LINE = 200
REPEATED = 6


def main() -> int:
    """Print the table."""
    columns = {"today": figures(ROOT)}
    for commit in sys.argv[1:] or [BASE]:
        with tempfile.TemporaryDirectory(prefix="house-") as folder:
            columns[commit] = figures(unpacked(commit, Path(folder)))
    width = max(map(len, columns["today"]))
    print(f"{'':{width}}" + "".join(f"{name:>14}" for name in columns))
    for title in columns["today"]:
        print(f"{title:{width}}" + "".join(f"{column[title]:>14}" for column in columns.values()))
    return 0


def unpacked(commit: str, folder: Path) -> Path:
    """The files of a commit. CalledProcessError where history does not reach so far."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def figures(root: Path) -> dict[str, str]:
    """Figures by title."""
    files = list(product(root))
    lines = {path: path.read_text(encoding="utf-8").count("\n") for path in files}
    functions = [found for path in files for found in functions_of(path)]
    chain = [size for path, name, size in functions if CHAIN.match(name) and in_chain(path, root)]
    shapes = Counter(shape for path in files for shape in shapes_of(path))
    pages = list((root / "templates").rglob("*.html"))
    markup = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    wide = [line for line in markup if len(line) > LONG_LINE]
    migrations = [path for room in ROOMS for path in (root / room).rglob("migrations/0*.py")]
    return {
        "product files": str(len(files)),
        "product lines": str(sum(lines.values())),
        "median file": f"{statistics.median(lines.values()):.0f}",
        "longest file": str(max(lines.values())),
        "files over 300 lines": str(sum(size > 300 for size in lines.values())),
        "functions": str(len(functions)),
        "median function": f"{statistics.median(size for _, _, size in functions):.0f}",
        "functions over 60 lines": str(sum(size > 60 for _, _, size in functions)),
        "review chain, functions": str(len(chain)),
        "review chain, lines": str(sum(chain)),
        "functions of the same shape as another": str(sum(n for n in shapes.values() if n > 1)),
        "template lines": str(len(markup)),
        "template lines over 200 signs": f"{100 * len(wide) / max(len(markup), 1):.1f} %",
        "migrations": str(len(migrations)),
        "migrate on an empty SQLite, CPU s": migrate_seconds(root),
    }


def product(root: Path) -> Iterator[Path]:
    """The portal's own Python files."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def functions_of(path: Path) -> Iterator[tuple[Path, str, int]]:
    """(file, name, lines) of each function and method."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield path, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def in_chain(path: Path, root: Path) -> bool:
    """True for a file of the floors in which review is written out."""
    return bool(set(IN_CHAIN) & set(path.relative_to(root).parts))


def shapes_of(path: Path) -> Iterator[str]:
    """Functions of some length with every name and text taken out: equal ones were written twice."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= REPEATED:
            yield re.sub(
                r"(id|name|attr|arg|value|module|asname)='[^']*'", r"\1", ast.dump(ast.Module(node.body, []))
            )


def migrate_seconds(root: Path) -> str:
    """CPU seconds of `migrate`, by this build's packages; a dash where they do not fit."""
    with tempfile.TemporaryDirectory(prefix="house-db-") as folder:
        env = {
            "PATH": "/usr/bin:/bin",
            "PORTAL_ENV": "test",
            "PORTAL_VAR_DIR": f"{folder}/var",
            "DATABASE_URL": f"sqlite:///{folder}/house.sqlite3",
        }
        before = _children()
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=root, env=env, capture_output=True
        )
        return f"{_children() - before:.1f}" if done.returncode == 0 else "-"


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())

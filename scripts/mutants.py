"""Put small wrongs into the code, one at a time, and see whether the tests of that code notice: `make mutants`.

Usage: scripts/mutants.py [MINUTES [SEED [ROOM...]]] (20, 1 and every room without). A seeded sample goes through the rooms in turn
until the minutes are over. The tests of a wrong are those whose files name the function it stands in, or a function that calls
it. The last lines give the score of each room; var/mutants/report.json keeps every wrong with what became of it. Exit code 1
if fewer than TARGET of all are noticed.
"""

from __future__ import annotations

import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from terminal import PYTHON, ROOT, call, say, variable_directory

ROOMS = ("portal", "requests_app", "mailbox", "consultations", "notices")
NO_BEHAVIOUR = {
    "migrations",
    "management",
    "document_kinds",
    "data",
    "admin.py",
    "apps.py",
    "demo.py",
    "urls.py",
    "choices.py",
}
HOME = variable_directory() / "mutants"
TARGET = 0.95
MOST_FILES, MOST_SECONDS, LEVELS, FILES_A_ROOM = 4, 240, 3, 20
FAILING = re.compile(r"^(?:FAILED|ERROR) ([\w/.]+\.py)", re.MULTILINE)
STANDING: dict[str, bool] = {}
TOO_LONG = -1
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]{3,}")


@dataclass(frozen=True)
class Wrong:
    """One small wrong: file below the root, the operator that makes it, its number among the file's, its line."""

    file: str
    operator: str
    number: int
    line: int


def main() -> int:
    """Sample, try, tell; gives the exit code."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    rooms = sys.argv[3:] or list(ROOMS)
    interpreter, names = environment(), Names()
    copy = fresh_copy()
    queue = sample(interpreter, rooms, random.Random(seed))
    say(
        f"==> Mutants: {minutes:g} minutes, seed {seed}, {sum(map(len, queue.values()))} wrongs to choose from"
    )
    rows: list[dict[str, object]] = []
    ends = time.monotonic() + minutes * 60
    while time.monotonic() < ends and any(queue.values()):
        for room in [room for room in queue if queue[room]]:
            wrong = queue[room].pop()
            rows.append({"room": room, **vars(wrong), "became": tried(wrong, interpreter, copy, names)})
            say(f"    {rows[-1]['became']:<12} {wrong.file}:{wrong.line} {wrong.operator.rpartition('/')[2]}")
            if time.monotonic() >= ends:
                break
    HOME.joinpath("report.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return told(rows)


def environment() -> Path:
    """The interpreter of an environment of its own with cosmic-ray, made once for a lock."""
    lock, home = ROOT / "requirements" / "mutants.txt", HOME / "venv"
    mark = home / "lock.txt"
    if not mark.exists() or mark.read_bytes() != lock.read_bytes():
        shutil.rmtree(home, ignore_errors=True)
        call([sys.executable, "-m", "venv", home])
        call([home / "bin" / "pip", "install", "-q", "--require-hashes", "-r", lock], tries=2)
        shutil.copy(lock, mark)
    return home / "bin" / "python"


def fresh_copy() -> Path:
    """A copy of the tree to put wrongs into, sharing only the environment."""
    target = HOME / "tree"
    shutil.rmtree(target, ignore_errors=True)
    left = shutil.ignore_patterns(
        ".git", ".venv", "var", "node_modules", "__pycache__", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, target, ignore=left)
    (target / ".venv").symlink_to(ROOT / ".venv")
    (target / "var").mkdir()
    (target / "var" / "fonts").symlink_to(variable_directory() / "fonts")
    return target


def sample(interpreter: Path, rooms: list[str], chance: random.Random) -> dict[str, list[Wrong]]:
    """The wrongs of some files of each room in an order of chance; to list those of every file would take minutes."""
    found: dict[str, list[Wrong]] = {}
    for room in rooms:
        files = [
            str(path.relative_to(ROOT))
            for path in sorted((ROOT / room).rglob("*.py"))
            if not NO_BEHAVIOUR & set(path.parts)
        ]
        files = chance.sample(files, min(FILES_A_ROOM, len(files)))
        listed = subprocess.run(
            [str(interpreter), "scripts/mutating.py", "list", *files],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        rows = [line.split("\t") for line in listed.splitlines()]
        wrongs = [Wrong(file, operator, int(number), int(line)) for file, operator, number, line in rows]
        bare = {file: outside_functions(ROOT / file) for file in files}
        wrongs = [wrong for wrong in wrongs if wrong.line not in bare[wrong.file]]
        found[room] = chance.sample(wrongs, len(wrongs))
    return found


def outside_functions(path: Path) -> set[int]:
    """The lines that are in no function, and those of annotations: declarations, looked at by other checks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside |= set(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
    return set(range(1, len(path.read_text(encoding="utf-8").splitlines()) + 1)) - inside


class Names:
    """Which test files name which function, and which functions name it."""

    def __init__(self) -> None:
        self.tests: dict[str, set[Path]] = defaultdict(set)
        self.callers: dict[str, set[str]] = defaultdict(set)
        for path in (ROOT / "tests").rglob("test_*.py"):
            if not {"browser", "oracle"} & set(path.parts):
                for word in set(WORD.findall(path.read_text(encoding="utf-8"))):
                    self.tests[word].add(path)
        for room in ROOMS:
            for path in (ROOT / room).rglob("*.py"):
                for name, text in functions(path):
                    for word in set(WORD.findall(text)) - {name}:
                        self.callers[word].add(name)

    def of(self, wrong: Wrong) -> list[Path]:
        """The files of tests that may notice it, nearest first."""
        wanted = {name for name, text in functions(ROOT / wrong.file, line=wrong.line)}
        chosen: list[Path] = []
        seen: set[str] = set()
        for _ in range(LEVELS):
            near = {path for name in wanted for path in self.tests.get(name, ())}
            chosen += sorted(near - set(chosen), key=lambda path: path.stat().st_size)
            if len(chosen) >= MOST_FILES:
                break
            seen |= wanted
            wanted = {caller for name in wanted for caller in self.callers.get(name, ())} - seen
        return chosen[:MOST_FILES]


def functions(path: Path, line: int = 0) -> list[tuple[str, str]]:
    """Name and text of each function of a file; with a line, of those around it."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    return [
        (node.name, "\n".join(lines[node.lineno - 1 : node.end_lineno]))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and (not line or node.lineno <= line <= (node.end_lineno or node.lineno))
    ]


def tried(wrong: Wrong, interpreter: Path, copy: Path, names: Names) -> str:
    """`noticed`, `not noticed`, `no test` (none names it) or `too slow`."""
    tests = [path for path in names.of(wrong) if STANDING.get(str(path.relative_to(ROOT)), True)]
    if not tests:
        return "no test"
    made = subprocess.run(
        [str(interpreter), "scripts/mutating.py", "show", wrong.file, wrong.operator, str(wrong.number)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    target = copy / wrong.file
    target.write_text(made, encoding="utf-8")
    try:
        while tests:
            code, output = tests_run(copy, tests)
            failing = FAILING.search(output) if code else None
            if code == TOO_LONG or failing is None:
                return "too slow" if code == TOO_LONG else "noticed" if code else "not noticed"
            shutil.copy(ROOT / wrong.file, target)
            if stands(copy, failing[1]):
                return "noticed"
            tests = [path for path in tests if str(path.relative_to(ROOT)) != failing[1]]
            target.write_text(made, encoding="utf-8")
    finally:
        shutil.copy(ROOT / wrong.file, target)
    return "no test"


def tests_run(copy: Path, tests: list[Path]) -> tuple[int, str]:
    """The exit code of these files in the copy, up to the first failure, and what was said."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"PORTAL_ENV": "test", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    files = [str(path.relative_to(ROOT)) for path in tests]
    command = [str(PYTHON), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files]
    try:
        done = subprocess.run(
            command, cwd=copy, env=env, capture_output=True, text=True, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return TOO_LONG, ""
    return done.returncode, done.stdout


def stands(copy: Path, file: str) -> bool:
    """True if that file passes without any wrong: a file that fails in the copy anyway notices nothing. Asked once for each."""
    if file not in STANDING:
        STANDING[file] = tests_run(copy, [ROOT / file])[0] == 0
        if not STANDING[file]:
            say(f"    left out: {file} fails without any wrong")
    return STANDING[file]


def told(rows: list[dict[str, object]]) -> int:
    """The score of each room and of all; a wrong that ran out of its time is counted aside."""
    say("")
    whole = Counter(str(row["became"]) for row in rows)
    for room in dict.fromkeys(str(row["room"]) for row in rows):
        say(_score(room, Counter(str(row["became"]) for row in rows if row["room"] == room)))
    say(_score("all", whole))
    judged = whole["noticed"] + whole["not noticed"] + whole["no test"]
    return 0 if judged and whole["noticed"] / judged >= TARGET else 1


def _score(name: str, became: Counter[str]) -> str:
    judged = became["noticed"] + became["not noticed"] + became["no test"]
    share = f"{became['noticed'] / judged:.0%}" if judged else "none judged"
    return f"{name:<14} {share}: {became['noticed']} of {judged} noticed, {became['no test']} without a test, {became['too slow']} too slow"


if __name__ == "__main__":
    sys.exit(main())

"""Size, names and words of the project's files."""

from __future__ import annotations

import ast
import re
import sys
import warnings

from tests.house.sources import APPS, ROOT, committed, name, python_files

LONGEST = 400
LONG = 300
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc", "tools", "shared"}
# Data and declarations that grow with the law, not with logic; each with its reason.
LONG_FOR_A_REASON = {
    "requests_app/models/request.py": "one lifecycle, read from top to bottom",
}
# In pieces, so that the list does not find itself.
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def test_no_python_file_is_longer_than_400_lines() -> None:
    too_long, long = {}, {}
    for path in python_files(*APPS, "tests", "scripts", "bench"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST and name(path) not in LONG_FOR_A_REASON:
            too_long[name(path)] = lines
        elif lines > LONG:
            long[name(path)] = lines
    for path, lines in long.items():
        warnings.warn(f"long, think of the missing name: {path} has {lines} lines", stacklevel=1)
    assert too_long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [name(path) for path in python_files(*APPS) if path.stem in VAGUE]
    assert vague == []


def test_no_unfinished_work_is_marked_in_the_code() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in python_files(*APPS, "tests", "scripts", "bench")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_every_python_module_has_a_docstring() -> None:
    bare = [
        name(path)
        for path in python_files(*APPS)
        if (tree := ast.parse(path.read_text(encoding="utf-8"))).body and not ast.get_docstring(tree)
    ]
    assert bare == []


def test_no_committed_file_holds_a_registry_host_machine_path_or_credential() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from committed import findings  # type: ignore[import-not-found]  # lies in scripts/, not on the path
    finally:
        sys.path.pop(0)
    assert findings() == []


def test_no_committed_file_is_huge() -> None:
    huge = [name(path) for path in committed() if path.stat().st_size > 3_000_000]
    assert huge == []

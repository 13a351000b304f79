"""A release only adds: what takes away or renames says what stopped using it, since which release.

Old and new processes run side by side during an upgrade, and a release can be gone back from. So a migration that the last
tag does not have may not remove or rename a column or a table, nor add a column that the old code cannot leave out, unless
its module says `CONTRACTS = "…"`. Nothing is asked before the first tag. Run by tests/deploy/test_two_steps.py.
"""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

from terminal import ROOT

TAKEN_AWAY = {"RemoveField", "RenameField", "DeleteModel", "RenameModel", "AlterModelTable"}


def contracting(source: str) -> list[str]:
    """What a migration does that the release before it cannot live with; none if it says CONTRACTS."""
    tree = ast.parse(source)
    if any(isinstance(node, ast.Assign) and _name(node.targets[0]) == "CONTRACTS" for node in tree.body):
        return []
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        kind = _name(call.func)
        if kind in TAKEN_AWAY:
            found.append(f"{kind} {_words(call)}")
        elif kind == "AddField" and not _may_be_left_out(call):
            found.append(f"AddField {_words(call)} without db_default or null")
    return found


def _may_be_left_out(call: ast.Call) -> bool:
    """Whether a row may be written by code that knows nothing of the column: it is null, many-to-many, or the database fills it."""
    field = next((word.value for word in call.keywords if word.arg == "field"), None)
    if not isinstance(field, ast.Call):
        return False
    if _name(field.func) == "ManyToManyField":
        return True
    given = {word.arg: word.value for word in field.keywords}
    null = given.get("null")
    return "db_default" in given or (isinstance(null, ast.Constant) and null.value is True)


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _words(call: ast.Call) -> str:
    given = [word.value for word in call.keywords if word.arg in ("model_name", "name", "old_name")]
    return ".".join(str(value.value) for value in given if isinstance(value, ast.Constant))


def since_last_release() -> list[Path]:
    """The migrations that the newest tag does not have; none before the first."""
    tag = _git("describe", "--tags", "--abbrev=0", "--match", "v*")
    if not tag:
        return []
    added = _git("diff", "--name-only", "--diff-filter=A", tag, "--", "*/migrations/0*.py")
    return [ROOT / line for line in added.splitlines()]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""

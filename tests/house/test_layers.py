"""What import-linter cannot say: who may import a library, and who may write."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import APPS, ROOT, name, python_files

SERVICES = ("requests_app", "mailbox", "consultations", "notices")
HTTP = re.compile(r"(?:^|/)(?:views|tasks|api|forms|serializers)(?:/|\.py|_)")
WRITES = re.compile(
    r"\.(?:objects|all\(\)|filter\(.*\))\.(?:create|update|delete|bulk_create|update_or_create|get_or_create)\("
    r"|\.save\(|\.bulk_create\(|\.delete\(\)"
)


def imports(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("weasyprint", ("portal/documents/render",)),
        ("django_q", ("portal/jobs",)),
        ("rjieba", ("portal/core", "portal/search")),
        ("puremagic", ("portal/files",)),
        ("cryptography", ("portal/privacy", "portal/files", "portal/cases/ledger.py")),
        ("prometheus_client", ("portal/web/counting.py", "portal/supervision/metrics.py")),
        ("storages", ("portal/files",)),
        ("boto3", ("portal/files",)),
        ("segno", ("portal/documents", "portal/web")),
        ("nh3", ("portal/web", "portal/publishing", "portal/core", "portal/postbox/reader")),
        ("tnefparse", ("portal/postbox/reader",)),
        ("asn1crypto", ("portal/postbox/reader",)),
    ],
)
def test_library_is_imported_only_in_its_room(library: str, rooms: tuple[str, ...]) -> None:
    elsewhere = [
        name(path)
        for path in python_files(*APPS)
        if library in imports(path) and not name(path).startswith(rooms)
    ]
    assert elsewhere == []


def test_views_tasks_and_forms_of_the_services_write_nothing() -> None:
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in python_files(*SERVICES)
        if HTTP.search(name(path))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if WRITES.search(line)
    ]
    assert found == []


def test_core_asks_no_clock() -> None:
    asks = re.compile(r"\b(?:date\.today|datetime\.now|timezone\.now|time\.time)\(")
    found = [name(path) for path in python_files("portal") if name(path).startswith("portal/core/")
             and asks.search(path.read_text(encoding="utf-8"))]  # fmt: skip
    assert found == []


def test_models_and_actions_take_the_time_from_their_caller() -> None:
    asks = re.compile(r"\b(?:date\.today|datetime\.now|timezone\.now)\(|timezone\.localdate\(\)")
    found = [
        f"{name(path)}:{number}"
        for path in python_files(*SERVICES)
        if re.search(r"/(?:models|actions|rules|queries)(?:/|\.py)", name(path))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asks.search(line)
    ]
    assert found == []


def test_no_signal_receivers_between_our_apps() -> None:
    allowed = {"post_migrate", "pre_migrate", "connection_created", "user_logged_in", "user_login_failed"}
    found = []
    for path in python_files(*APPS):
        for signal in re.findall(r"\b(\w+)\.connect\(", path.read_text(encoding="utf-8")):
            if signal.endswith(("save", "delete", "changed", "transition")) and signal not in allowed:
                found.append(f"{name(path)}: {signal}")
    assert found == []


def test_import_contracts_name_every_app() -> None:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    apps = [path.parent.name for path in (ROOT / "portal").glob("*/apps.py")]
    missing = [app for app in apps if f"portal.{app}" not in text]
    assert missing == []


def test_no_view_hands_an_upload_to_the_public() -> None:
    """What was uploaded goes to staff and to whoever may open the case; everybody else gets a copy (portal.publishing)."""
    streams, open_to_all = 0, []
    for path in python_files(*APPS):
        if "/views/" not in name(path):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            words = ast.unparse(node)
            if ".stored" not in words:
                continue
            streams += 1
            guards = {ast.unparse(decorator) for decorator in node.decorator_list}
            if not guards & {"staff_page"} and "find_visible(" not in words and "draft.files" not in words:
                open_to_all.append(f"{name(path)}:{node.name}")
    assert streams >= 4, "the test has lost sight of the views"
    assert open_to_all == []

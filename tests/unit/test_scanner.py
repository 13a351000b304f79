"""A real clamd with one signature of our own: found, clean, away, too large; and what is told of it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.files import scanner
from portal.files.checks import inspect, judge
from portal.files.settings_checks import check_scanner

pytestmark = pytest.mark.one_engine

MB = 1024 * 1024
HARMLESS = b"portal-test-signature-" + b"of-our-own"
SECONDS = 30


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a running clamd."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("NO VIRUS SCANNER HERE: install Debian's clamav-daemon to run these tests")
    folder = tmp_path_factory.mktemp("clamd")
    database, line, settings = folder / "db", folder / "clamd.sock", folder / "clamd.conf"
    database.mkdir()
    (database / "own.ndb").write_text(f"Portal.Test.Own:0:*:{HARMLESS.hex()}\n")
    settings.write_text(
        f"LocalSocket {line}\nDatabaseDirectory {database}\nForeground yes\nStreamMaxLength 1M\n"
        "AlertExceedsMax yes\nAlertEncrypted yes\n"
    )
    child = subprocess.Popen(
        [program, f"--config-file={settings}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + SECONDS
        while not line.exists() and child.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        if not line.exists():
            pytest.skip("NO VIRUS SCANNER HERE: clamd does not start")
        yield line
    finally:
        child.kill()
        child.wait()


@pytest.fixture
def set_up(clamd: Path, settings: Any) -> None:
    settings.PORTAL_CLAMD = f"unix:{clamd}"


@pytest.mark.usefixtures("set_up")
def test_signature_is_found_and_file_refused() -> None:
    data = "说明".encode() + HARMLESS + "。".encode()
    assert scanner.scan(data) == scanner.Scan("found", "Portal.Test.Own.UNOFFICIAL")
    assert inspect("txt", data) == "文件含有病毒：Portal.Test.Own.UNOFFICIAL"
    assert judge("a.txt", data, max_bytes=MB).code == 3


@pytest.mark.usefixtures("set_up")
def test_clean_file_passes_and_health_says_so() -> None:
    verdict = judge("a.txt", "说明".encode(), max_bytes=MB)
    assert (verdict.code, verdict.scanner) == (0, "clean")
    assert scanner.health().state == "clean"
    assert check_scanner() == []


@pytest.mark.usefixtures("set_up")
def test_file_that_is_too_large_for_the_scanner_is_not_clean() -> None:
    assert scanner.scan(b"a" * (3 * MB)) == scanner.Scan("away")


def test_scanner_that_is_away_keeps_the_file_in_quarantine(settings: Any, tmp_path: Path) -> None:
    settings.PORTAL_CLAMD = f"unix:{tmp_path}/none.sock"
    verdict = judge("a.txt", "说明".encode(), max_bytes=MB)
    assert (verdict.code, verdict.problem) == (2, "病毒检查暂时不可用，文件尚未检查完毕")
    with pytest.raises(scanner.ScannerAway):
        inspect("txt", "说明".encode())
    assert [entry.id for entry in check_scanner()] == ["portal.I002"]


def test_answer_that_is_none_is_not_clean(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.PORTAL_CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
        import threading

        def hang_up() -> None:
            line, _ = server.accept()
            line.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        assert scanner.scan(b"words").state == "away"
        thread.join()


def test_production_without_a_scanner_is_an_error(settings: Any) -> None:
    settings.PORTAL_CLAMD = ""
    assert [entry.id for entry in check_scanner()] == ["portal.E002"]

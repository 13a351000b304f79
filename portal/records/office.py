"""Word and Excel files as PDF, by LibreOffice where it is installed: its own profile, no network, limits of time and memory."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess  # nosec B404: fixed programs, no shell
import tempfile
from pathlib import Path

from portal.records.looking import CannotLook

SECONDS = 40
MEMORY = 3 * 1024**3
MISSING = "本平台没有安装文档转换程序，请将 Word、Excel 文件另存为 PDF 后上传"
FAILED = "文件无法转换为 PDF，请用软件另存为 PDF 后上传"


def program() -> str | None:
    """LibreOffice's program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(data: bytes, ending: str) -> bytes:
    """A DOCX or XLSX as PDF. Raises CannotLook with what to do instead."""
    soffice = program()
    if soffice is None:
        raise CannotLook(MISSING)
    with tempfile.TemporaryDirectory(prefix="record-") as folder:
        source = Path(folder) / f"record.{ending}"
        source.write_bytes(data)
        command = [
            *_without_network(),
            soffice,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": folder, "LANG": "zh_CN.UTF-8"}
        _run(command, environment, folder)
        made = source.with_suffix(".pdf")
        found = made.read_bytes() if made.is_file() else b""
    if not found.startswith(b"%PDF-"):
        raise CannotLook(FAILED)
    return found


def _run(command: list[str], environment: dict[str, str], folder: str) -> None:
    """Run it with limits; whatever it started is ended with it. Raises CannotLook when it takes too long."""
    child = subprocess.Popen(  # nosec B603: fixed arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    resource.prlimit(child.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.prlimit(child.pid, resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise CannotLook(FAILED) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _without_network() -> list[str]:
    """`unshare` takes the network away where the kernel lets us; danger checks have refused outside targets before."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    test = [unshare, "--net", "--map-root-user", "true"]
    allowed = subprocess.run(test, capture_output=True, check=False).returncode == 0  # nosec B603
    return [unshare, "--net", "--map-root-user"] if allowed else []

"""Start the web server and the job worker together; either one's end, Ctrl-C or SIGTERM stops both."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent))

from terminal import PYTHON, ROOT, VENV, Stop, say, variable_directory

READY_SECONDS = 60
STOP_SECONDS = 15


class Stopped(Exception):
    """Somebody asked to stop."""


def main() -> int:
    """Run until asked to stop (0) or until one of the two ends by itself (1)."""
    host = os.environ.get("PORTAL_HOST", "127.0.0.1")
    port = wanted_port()
    refuse_busy(host, port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    os.environ.setdefault("PORTAL_SITE_URL", f"http://127.0.0.1:{port}")
    (variable_directory() / "static").mkdir(parents=True, exist_ok=True)
    programs: dict[str, subprocess.Popen[bytes]] = {}
    try:
        programs["web server"] = start(
            [
                str(VENV / "bin" / "granian"),
                "--interface",
                "wsgi",
                "--host",
                host,
                "--port",
                str(port),
                "--workers",
                os.environ.get("PORTAL_WEB_WORKERS", "2"),
                "--blocking-threads",
                os.environ.get("PORTAL_WEB_THREADS", "2"),
                "--log-level",
                "warning",
                "portal.wsgi:application",
            ]
        )
        programs["job worker"] = start([str(PYTHON), "manage.py", "worker"])
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", programs)
        greet(f"http://127.0.0.1:{port}/")
        name = first_to_end(programs)
        print(f"\nThe {name} ended by itself; stopping.", file=sys.stderr, flush=True)
        return 1
    except Stopped:
        say("\nStopping …")
        return 0
    finally:
        shut_down(programs)


def wanted_port() -> int:
    """PORT, 8000 without it. Raises Stop for something else than a port."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def refuse_busy(host: str, port: int) -> None:
    """Raises Stop if somebody listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(
                f"端口 {port} 已被占用，请换一个：PORT={port + 1} make run\n"
                f"Port {port} is not free ({error.strerror}); choose another: PORT={port + 1} make run"
            ) from None


def stop(number: int, frame: FrameType | None) -> None:
    """A signal's handler: ends the waiting; a second signal changes nothing, the stopping goes on."""
    for same in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(same, signal.SIG_IGN)
    raise Stopped


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only this script."""
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)


def wait_until_ready(address: str, programs: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return when the portal answers. Raises Stop if a program ended or the time is over."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        for name, program in programs.items():
            if program.poll() is not None:
                raise Stop(f"The {name} did not start (exit code {program.returncode}).")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    raise Stop(f"{address} did not answer within {READY_SECONDS} s.")


def greet(address: str) -> None:
    """Print where the portal is, who can sign in and how to stop."""
    say(f"\n  玉溪市政民互动与信息公开平台: {address}")
    accounts = subprocess.run(
        [str(PYTHON), "manage.py", "seed_demo", "--list"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if accounts.returncode == 0 and accounts.stdout.strip():
        say("\n" + "\n".join(f"  {line}" for line in accounts.stdout.strip("\n").splitlines()))
    say("\n  停止 / stop: Ctrl-C\n")


def first_to_end(programs: dict[str, subprocess.Popen[bytes]]) -> str:
    """Wait; the name of the first program that ends."""
    while True:
        for name, program in programs.items():
            if program.poll() is not None:
                return name
        time.sleep(0.5)


def shut_down(programs: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each program to finish, then end it with all that it started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for program in programs.values():
        if program.poll() is None:
            program.terminate()
    end = time.monotonic() + STOP_SECONDS
    for program in programs.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(max(end - time.monotonic(), 0.1))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


if __name__ == "__main__":
    sys.exit(main())

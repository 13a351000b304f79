"""deploy/Containerfile built on a base from Debian's packages, and started as deploy/compose.yaml starts it: no rights, a root
that is only read, an ordinary user; tables by the owner's command in the same image."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
sys.path.insert(0, str(ROOT / "scripts"))
from check import production  # noqa: E402
from image import built_image  # noqa: E402
from postgres import temporary_postgres  # noqa: E402

BARE = (
    "--read-only",
    "--tmpfs",
    "/tmp",
    "--cap-drop",
    "all",
    "--security-opt",
    "no-new-privileges",
    "--network",
    "host",
)


def test_compose_names_only_what_is_there() -> None:
    """Read as YAML: every secret that a service takes is declared, every command begins in the image."""
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))
    for name, service in compose["services"].items():
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
    for name in ("web", "worker", "migrate"):
        service = compose["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name


@pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill NAMES=image")
def test_image_is_built_and_answers() -> None:
    began = time.monotonic()
    data = Path(tempfile.mkdtemp(prefix="portal-image-data-"))
    data.chmod(0o777)
    try:
        with built_image() as (env, image), temporary_postgres() as url:
            built = time.monotonic() - began
            given = {
                **production("/var/lib/portal"),
                "DATABASE_URL": url,
                "PORTAL_FONT_DIR": "/var/lib/portal/fonts",
            }
            words = [word for name, value in given.items() for word in ("--env", f"{name}={value}")]
            common = [*BARE, *words, "--volume", f"{data}:/var/lib/portal"]

            def podman(*words: str) -> subprocess.CompletedProcess[str]:
                return subprocess.run(
                    ["podman", *words], env=env, capture_output=True, text=True, check=False
                )

            for command in (["migrate", "--noinput", "-v0"], ["collectstatic", "--noinput", "-v0"]):
                done = podman("run", "--rm", *common, image, ".venv/bin/python", "manage.py", *command)
                assert done.returncode == 0, done.stderr[-2000:]
            started = podman("run", "--detach", "--name", "web", *common, image)
            assert started.returncode == 0, started.stderr
            end = time.monotonic() + 60
            while podman("exec", "web", ".venv/bin/python", "deploy/healthy.py").returncode:
                assert time.monotonic() < end, podman("logs", "web").stderr[-2000:]
                time.sleep(1)
            who = podman(
                "exec", "web", "sh", "-c", "id -u; touch /opt/portal/x 2>/dev/null || echo refused"
            ).stdout.split()
            assert who == ["10001", "refused"]
            stopping = time.monotonic()
            assert podman("stop", "--time", "30", "web").returncode == 0
            took = time.monotonic() - stopping
            podman("rm", "web")
        line = f"promised: built and started without rights | seen: built after {built:.0f} s, answers, stopped after {took:.0f} s\n"
        (Path(os.environ["PORTAL_DRILL"]) / "image.txt").write_text(line, encoding="utf-8")
    finally:
        subprocess.run(["rm", "-rf", data], check=False)

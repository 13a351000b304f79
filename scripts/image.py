"""The image of deploy/Containerfile without a registry of images: a base from Debian's packages, built and started as in compose.yaml.

A rehearsal (`make drill NAMES=image`): several minutes and some gigabytes under the temporary folder, taken away afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from terminal import ROOT, call, can_install, install_packages

PACKAGES = ("podman", "buildah", "runc", "mmdebstrap")
TRUST = "/etc/ssl/certs:/etc/ssl/certs:ro"
IMAGE = "localhost/portal:drill"


class ImageMissing(Exception):
    """It cannot be built here; the sentence says why."""


@contextmanager
def built_image() -> Iterator[tuple[dict[str, str], str]]:
    """The environment in which podman finds the image, and its name. Raises ImageMissing."""
    if any(shutil.which(name) is None for name in PACKAGES):
        if not can_install():
            raise ImageMissing(f"needs root to install {' '.join(PACKAGES)}")
        install_packages(*PACKAGES)
    home = Path(tempfile.mkdtemp(prefix="portal-image-"))
    try:
        env = _quarters(home)
        call(["mmdebstrap", "--variant=minbase", "--mode=root", "--include=ca-certificates", _suite(), home / "base.tar"],
             failure="The base could not be made.")  # fmt: skip
        _buildah(env, "from", "--name", "base", "scratch")
        _buildah(env, "add", "base", home / "base.tar", "/")
        _buildah(env, "commit", "base", "localhost/base:drill")
        tree = _tree(home)
        _buildah(env, "bud", "--isolation", "chroot", "--pull-never", "--network", "host", "--volume", TRUST,
                 *_told(), "--build-arg", "BASE=localhost/base:drill", "-f", tree / "deploy/Containerfile",
                 "-t", IMAGE, tree)  # fmt: skip
        yield env, IMAGE
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _suite() -> str:
    release = dict(
        line.rstrip().split("=", 1)
        for line in Path("/etc/os-release").read_text().splitlines()
        if "=" in line
    )
    return release.get("VERSION_CODENAME", "bookworm")


def _quarters(home: Path) -> dict[str, str]:
    """Storage of its own, and limits that a machine without rights over its own can set."""
    (home / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{home}/root"\nrunroot = "{home}/run"\n'
    )
    (home / "containers.conf").write_text(
        '[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\nnetns = "host"\n'
        '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\n'
    )
    return {
        **os.environ,
        "CONTAINERS_STORAGE_CONF": str(home / "storage.conf"),
        "CONTAINERS_CONF": str(home / "containers.conf"),
        "BUILDAH_RUNTIME": "runc",
    }


def _tree(home: Path) -> Path:
    """What is committed, with the built front end."""
    tree = home / "tree"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    shutil.copytree(ROOT / "assets/dist", tree / "assets/dist", dirs_exist_ok=True)
    return tree


def _told() -> list[str]:
    """Where this machine's clients find packages, for the build alone."""
    return [word for name in ("PIP_CERT", "PIP_INDEX_URL") if os.environ.get(name)
            for word in ("--env", f"{name}={os.environ[name]}")]  # fmt: skip


def _buildah(env: dict[str, str], *words: str | Path) -> None:
    done = subprocess.run(
        ["buildah", *map(str, words)],
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise ImageMissing((done.stdout + done.stderr).strip()[-1500:])

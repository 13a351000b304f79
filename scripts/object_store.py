"""OpenStack Swift with S3's interface for a drill: one node of its own on the loopback address, gone afterwards."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postgres import free_port
from terminal import ROOT, VENV, call, say, variable_directory

SERVERS = ("account", "container", "object")
LOCK = ROOT / "requirements" / "peers.txt"
START_SECONDS = 30
PIPELINE = (
    "catch_errors listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-server"
)
FILTERS = ("catch_errors", "listing_formats", "bulk", "copy", "slo", "dlo", "symlink")


def environment() -> Path:
    """A Python environment with Swift, made once for a lock; it would not go together with the portal's own packages."""
    home = variable_directory() / "peers" / "swift"
    stamp = home / "made-from"
    if stamp.is_file() and stamp.read_text() == LOCK.read_text():
        return home
    say("    OpenStack Swift for the drill")
    shutil.rmtree(home, ignore_errors=True)
    call([sys.executable, "-m", "venv", home])
    call([VENV / "bin/uv", "pip", "install", "--quiet", "--python", home / "bin/python", "--require-hashes", "-r", LOCK],
         tries=2, failure="Swift could not be installed; is the network there?")  # fmt: skip
    stamp.write_text(LOCK.read_text())
    return home


@contextmanager
def temporary_swift() -> Iterator[str]:
    """The address of a running store with the bucket `portal`; key test:tester, secret testing."""
    programs = environment() / "bin"
    home = Path(tempfile.mkdtemp(prefix="portal-swift-"))
    running: list[subprocess.Popen[bytes]] = []
    try:
        port = _write(home, programs)
        for name in (*SERVERS, "proxy"):
            with (home / f"{name}.log").open("wb") as log:
                command = [str(programs / f"swift-{name}-server"), str(home / "etc" / f"{name}-server.conf")]
                running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        _wait(f"http://127.0.0.1:{port}/info")
        _make_bucket(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        for program in running:
            program.kill()
            program.wait()
        shutil.rmtree(home, ignore_errors=True)


def _write(home: Path, programs: Path) -> int:
    etc = home / "etc"
    for folder in (etc, home / "dev" / "d1", home / "cache"):
        folder.mkdir(parents=True)
    (etc / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = drill\nswift_hash_path_prefix = drill\n"
        "[storage-policy:0]\nname = default\ndefault = yes\n"
    )
    user = getpass.getuser()
    for name in SERVERS:
        port = free_port()
        builder = etc / f"{name}.builder"
        for words in (("create", "4", "1", "0"), ("add", f"r1z1-127.0.0.1:{port}/d1", "1"), ("rebalance",)):
            done = subprocess.run(
                [programs / "swift-ring-builder", builder, *words], capture_output=True, check=False
            )
            if done.returncode > 1:  # 1 is a warning
                raise RuntimeError(done.stdout.decode()[-500:])
        (etc / f"{name}-server.conf").write_text(
            f"[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = {port}\nworkers = 0\nuser = {user}\nswift_dir = {etc}\n"
            f"devices = {home}/dev\nmount_check = false\nrecon_cache_path = {home}/cache\nfallocate_reserve = 0\n"
            f"disable_fallocate = true\n[pipeline:main]\npipeline = {name}-server\n"
            f"[app:{name}-server]\nuse = egg:swift#{name}\n"
        )
    port = free_port()
    filters = "".join(f"[filter:{name}]\nuse = egg:swift#{name}\n" for name in FILTERS)
    (etc / "proxy-server.conf").write_text(
        f"[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = {port}\nworkers = 0\nuser = {user}\nswift_dir = {etc}\n"
        f"[pipeline:main]\npipeline = {PIPELINE}\n{filters}"
        "[filter:s3api]\nuse = egg:swift#s3api\ns3_acl = false\nlocation = us-east-1\n"
        "[filter:tempauth]\nuse = egg:swift#tempauth\nuser_test_tester = testing .admin\n"
        "[filter:versioned_writes]\nuse = egg:swift#versioned_writes\nallow_object_versioning = true\n"
        "[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n"
    )
    return port


def _wait(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("Swift did not start")


def _make_bucket(address: str) -> None:
    import boto3
    from botocore.config import Config

    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="test:tester",
        aws_secret_access_key="testing", config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )  # fmt: skip
    client.create_bucket(Bucket="portal")

"""The web process starts in production without the key that signs anchors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

START = "import portal.wsgi; from django.conf import settings; print(repr(settings.PORTAL_ANCHOR_KEY), settings.SECRET_KEY_FALLBACKS)"


def test_web_process_starts_without_anchor_key(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
    env |= dict.fromkeys(("PORTAL_SECRET_KEY", "PORTAL_FIELD_KEYS", "PORTAL_INDEX_KEY"), "x" * 40) | {
        "PORTAL_ENV": "production",
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_SECRET_KEY_FALLBACKS": "y" * 40,
    }
    env["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    done = subprocess.run(
        [sys.executable, "-c", START],
        env=env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == f"'' ['{'y' * 40}']", done.stderr

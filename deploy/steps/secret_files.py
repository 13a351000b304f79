"""Secrets as files of root's: made once, never changed, never shown."""

from __future__ import annotations

import secrets

from host import Host

# Read by whom: see the units. The token is for whoever collects /metrics.
SECRETS = {
    "PORTAL_SECRET_KEY": "secret_key",
    "PORTAL_FIELD_KEYS": "field_keys",
    "PORTAL_INDEX_KEY": "index_key",
    "PORTAL_ANCHOR_KEY": "anchor_key",
    "PORTAL_METRICS_TOKEN": "metrics_token",
    "PORTAL_SMS_SECRET": "sms_secret",
}
FOLDER = "/etc/portal"


def make(host: Host) -> None:
    """Every secret that is not there yet."""
    for name in SECRETS.values():
        value = secrets.token_urlsafe(48)
        host.write(f"{FOLDER}/{name}", f"k1:{value}" if name == "field_keys" else value, 0o600, keep=True)


def read(host: Host, name: str) -> str:
    """A secret, or "" where there is none."""
    place = host.at(f"{FOLDER}/{name}")
    return place.read_text(encoding="utf-8").strip() if place.is_file() else ""


def keep(host: Host, name: str, value: str) -> None:
    """Write a secret that is made elsewhere, if it is not there."""
    host.write(f"{FOLDER}/{name}", value, 0o600, keep=True)

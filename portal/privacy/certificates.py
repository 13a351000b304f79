"""Until when a certificate holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography import x509


def ends_at(place: Path) -> datetime | None:
    """When the first certificate of a PEM file runs out; None where it cannot be read."""
    try:
        return x509.load_pem_x509_certificate(place.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None

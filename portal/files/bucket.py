"""The strongroom in an object store with S3's interface: for several machines without a shared disk.

What goes there is sealed already; the store sees digests and noise. Nothing is decided by conditional writes, which not
every store keeps: who needs a file and who sweeps agree by a lock of the database (portal/files/actions.py).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar

from django.conf import settings

Result = TypeVar("Result")
# One answer of a page waits at most twice this long.
CONNECT_SECONDS, READ_SECONDS, TRIES = 2, 4, 2


class StoreAway(OSError):
    """The object store does not answer, or not as it should; nothing is known of the file."""


@dataclass(frozen=True)
class Kept:
    """One object: its digest, its sealed bytes' number, when it was last put there (seconds since 1970)."""

    sha256: str
    size: int
    at: float


def in_use() -> bool:
    """Whether files lie in an object store."""
    return bool(settings.PORTAL_S3_BUCKET)


@cache
def _storage(process: int, bucket: str, endpoint: str, key: str) -> Any:
    """One client a process: it does not outlive a fork."""
    from botocore.config import Config
    from storages.backends.s3 import S3Storage

    return S3Storage(
        bucket_name=bucket,
        endpoint_url=endpoint or None,
        region_name=settings.PORTAL_S3_REGION or None,
        access_key=key,
        secret_key=settings.PORTAL_S3_SECRET,
        default_acl=None,
        file_overwrite=True,
        verify=settings.PORTAL_S3_CA or None,
        client_config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def _bucket() -> Any:
    found = _storage(
        os.getpid(), settings.PORTAL_S3_BUCKET, settings.PORTAL_S3_ENDPOINT, settings.PORTAL_S3_KEY
    )
    return found.bucket


def _or_away(function: Callable[..., Result]) -> Callable[..., Result]:
    """FileNotFoundError for an object that is not there, StoreAway for whatever else the client raises."""

    @wraps(function)
    def wrapped(*args: Any) -> Result:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError
        from urllib3.exceptions import HTTPError

        try:
            return function(*args)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                raise FileNotFoundError("no such object") from error
            raise StoreAway(
                f"the object store refused: {error.response.get('Error', {}).get('Code')}"
            ) from error
        except (BotoCoreError, Boto3Error, HTTPError) as error:
            raise StoreAway(f"the object store does not answer: {type(error).__name__}") from error

    return wrapped


def _name(sha256: str) -> str:
    return f"{settings.PORTAL_S3_PREFIX}{sha256[:2]}/{sha256[2:4]}/{sha256}"


@_or_away
def get(sha256: str) -> bytes:
    """The sealed bytes. Raises FileNotFoundError, StoreAway."""
    data: bytes = _bucket().Object(_name(sha256)).get()["Body"].read()
    return data


@_or_away
def put(sha256: str, sealed: bytes) -> None:
    """Keep sealed bytes, whole, checked by the store against their digest; they are as young as their last coming."""
    import base64

    digest = base64.b64encode(hashlib.md5(sealed, usedforsecurity=False).digest()).decode()
    _bucket().Object(_name(sha256)).put(Body=sealed, ContentMD5=digest)


@_or_away
def _head(sha256: str) -> Kept:
    found = _bucket().Object(_name(sha256))
    found.load()
    return Kept(sha256, found.content_length, found.last_modified.timestamp())


def find(sha256: str) -> Kept | None:
    """What is known of an object; None if it is not there. Raises StoreAway."""
    try:
        return _head(sha256)
    except FileNotFoundError:
        return None


@_or_away
def delete(sha256: str) -> None:
    """Take the object away, whether it is there or not. Raises StoreAway."""
    _bucket().Object(_name(sha256)).delete()


@_or_away
def _everything() -> list[Kept]:
    rows = _bucket().objects.filter(Prefix=settings.PORTAL_S3_PREFIX)
    return [Kept(row.key.rpartition("/")[2], row.size, row.last_modified.timestamp()) for row in rows]


def everything() -> Iterator[Kept]:
    """Every object of ours, by name. Raises StoreAway."""
    yield from sorted((row for row in _everything() if len(row.sha256) == 64), key=lambda row: row.sha256)

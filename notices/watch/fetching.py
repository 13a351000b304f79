"""Asking a foreign server whether an address answers: politely, briefly, and never an inner one.

The name is resolved once and the connection goes to that address, so that a name which changes its mind between
the look and the fetch gains nothing. Each redirect is looked at in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Resolver = Callable[[str, int], list[str]]
Refuses = Callable[[str], bool]
AGENT = "YuxiPortalLinkCheck/1.0"
SAFE = "/%?:@!$&'()*+,;=~-._"
MOST_REDIRECTS = 5
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Answer:
    """How an address answered: good, refused (an inner address, never fetched), or not; and in words why."""

    good: bool
    words: str
    refused: bool = False


def addresses_of(host: str, port: int) -> list[str]:
    """The numeric addresses of a name; empty if it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_inner(address: str) -> bool:
    """True for an address that no public page may make this server call."""
    try:
        number = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return True
    mapped = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return not number.is_global or number.is_multicast or (mapped is not None and not mapped.is_global)


def look_at(
    url: str, *, seconds: float = 15.0, resolve: Resolver = addresses_of, refuses: Refuses = is_inner
) -> Answer:
    """Ask for the head of a page; a server that will not say gets one GET whose body is not read."""
    here = url
    for _ in range(MOST_REDIRECTS + 1):
        parts = urlsplit(here)
        if parts.scheme not in USUAL_PORTS or not parts.hostname:
            return Answer(False, "不是网页地址")
        try:
            port = parts.port or USUAL_PORTS[parts.scheme]
        except ValueError:
            return Answer(False, "端口不正确")
        found = resolve(parts.hostname, port)
        if not found:
            return Answer(False, "域名没有解析")
        if any(refuses(address) for address in found):
            return Answer(False, "内部地址", refused=True)
        try:
            status, onward = _ask("HEAD", parts, port, found, seconds)
            if status in (403, 405, 501):
                status, onward = _ask("GET", parts, port, found, seconds)
        except (OSError, http.client.HTTPException) as error:
            return Answer(False, _words(error))
        if status in (301, 302, 303, 307, 308) and onward:
            here = urljoin(here, onward)
            continue
        return Answer(status < 400, f"状态码{status}")
    return Answer(False, "跳转过多")


def _ask(method: str, parts: SplitResult, port: int, found: Iterable[str], seconds: float) -> tuple[int, str]:
    host = str(parts.hostname)
    sock = _connect(found, port, seconds)
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
        connection.sock = sock
        path = quote(parts.path or "/", safe=SAFE) + (
            f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
        )
        connection.request(method, path, headers={"User-Agent": AGENT})
        response = connection.getresponse()
        return response.status, response.getheader("Location", "") or ""
    except ValueError as error:
        raise http.client.HTTPException("address") from error
    finally:
        sock.close()


def _connect(found: Iterable[str], port: int, seconds: float) -> socket.socket:
    problem: OSError = OSError("no address")
    for address in found:
        try:
            return socket.create_connection((address, port), timeout=seconds)
        except OSError as error:
            problem = error
    raise problem


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "超时"
    if isinstance(error, ssl.SSLError):
        return "证书或者加密连接有问题"
    if isinstance(error, ConnectionRefusedError):
        return "拒绝连接"
    if isinstance(error, http.client.HTTPException):
        return "回答不是网页"
    return "连接失败"

"""Asking a foreign server whether an address answers: politely, briefly, and never an inner one.

The name is resolved once and the connection goes to that address, so that a name which changes its mind between
the look and the fetch gains nothing. Each redirect is looked at in the same way. A whole look, its redirects and a server
that drips included, is over in so many seconds.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import urllib.error
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Resolver = Callable[[str, int], list[str]]
Refuses = Callable[[str], bool]
AGENT = "YuxiPortalLinkCheck/1.0"
SAFE = "/%?:@!$&'()*+,;=~-._"
MOST_REDIRECTS = 5
USUAL_PORTS = {"http": 80, "https": 443}


UNANSWERED = ("域名没有解析", "超时", "连接失败")
# What the internet routes: global unicast (RFC 4291), and IPv4 as a NAT64 translates it (RFC 6052); all else is inner.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
OUTER = (ipaddress.ip_network("2000::/3"), NAT64)


@dataclass(frozen=True)
class Answer:
    """How an address answered: good, refused (an inner address, never fetched), or not; and in words why."""

    good: bool
    words: str
    refused: bool = False

    @property
    def reached(self) -> bool:
        """True if a server on the other side said something; otherwise the fault may be our own name server or line."""
        return self.good or (not self.refused and not self.words.startswith(UNANSWERED))


def addresses_of(host: str, port: int) -> list[str]:
    """The numeric addresses of a name; empty if it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_inner(address: str) -> bool:
    """True for an address that no public page may make this server call, in whatever form it is carried."""
    try:
        number = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return True
    if isinstance(number, ipaddress.IPv6Address) and not any(number in network for network in OUTER):
        return True
    return any(not each.is_global or each.is_multicast for each in (number, *_carried(number)))


def _carried(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if not isinstance(number, ipaddress.IPv6Address):
        return
    teredo = number.teredo or ()
    yield from (each for each in (number.ipv4_mapped, number.sixtofour, *teredo) if each is not None)
    if number in NAT64:
        yield ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)


def look_at(
    url: str, *, seconds: float = 15.0, resolve: Resolver = addresses_of, refuses: Refuses = is_inner
) -> Answer:
    """Ask for the head of a page; a server that will not say gets one GET whose body is not read. Never raises for what an
    address or a server is like."""
    end = time.monotonic() + seconds
    here = url
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer, here = _one_look(here, end, resolve, refuses)
            if answer is not None:
                return answer
    except (OSError, http.client.HTTPException) as error:
        return Answer(False, _words(error))
    except ValueError:
        return Answer(False, "不是网页地址")
    return Answer(False, "跳转过多")


def _one_look(here: str, end: float, resolve: Resolver, refuses: Refuses) -> tuple[Answer | None, str]:
    """The answer of one address, or where it sends us on to."""
    parts = urlsplit(here)
    if parts.scheme not in USUAL_PORTS or not parts.hostname:
        return Answer(False, "不是网页地址"), ""
    try:
        port = parts.port or USUAL_PORTS[parts.scheme]
    except ValueError:
        return Answer(False, "端口不正确"), ""
    found = resolve(parts.hostname, port)
    if not found:
        return Answer(False, "域名没有解析"), ""
    if any(refuses(address) for address in found):
        return Answer(False, "内部地址", refused=True), ""
    status, onward = _head("HEAD", parts, port, found, end)
    if status in (403, 405, 501):
        status, onward = _head("GET", parts, port, found, end)
    if status in (301, 302, 303, 307, 308) and onward:
        return None, urljoin(here, onward)
    return Answer(status < 400, f"状态码{status}"), ""


def _head(method: str, parts: SplitResult, port: int, found: Iterable[str], end: float) -> tuple[int, str]:
    with _asked(method, parts, port, found, end) as response:
        return response.status, response.getheader("Location", "") or ""


@contextmanager
def _asked(
    method: str, parts: SplitResult, port: int, found: Iterable[str], end: float
) -> Iterator[http.client.HTTPResponse]:
    """A server's answer, its head read; whatever it does, the line is cut at the end."""
    host, left = str(parts.hostname), _left(end)
    sock = _connect(found, port, end)
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(left, cut)
    watch.daemon = True
    watch.start()
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=_left(end))
        connection.sock = sock
        path = quote(parts.path or "/", safe=SAFE) + (
            f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
        )
        connection.request(method, path, headers={"User-Agent": AGENT})
        yield connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    except ValueError as error:
        raise http.client.HTTPException("address") from error
    finally:
        watch.cancel()
        sock.close()


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connect(found: Iterable[str], port: int, end: float) -> socket.socket:
    problem: OSError = OSError("no address")
    for address in found:
        try:
            return socket.create_connection((address, port), timeout=_left(end))
        except OSError as error:
            problem = error
    raise problem


def read_page(url: str, *, seconds: float, most: int) -> bytes:
    """A page of this site, read to its end within so many seconds in all; redirects are followed.

    Raises urllib.error.HTTPError for a status that is no success, OSError if it cannot be had in time.
    """
    end, here = time.monotonic() + seconds, url
    for _ in range(MOST_REDIRECTS + 1):
        parts = urlsplit(here)
        port = parts.port or USUAL_PORTS[parts.scheme]
        found = addresses_of(str(parts.hostname), port)
        try:
            with _asked("GET", parts, port, found, end) as response:
                onward = response.getheader("Location", "") or ""
                if response.status in (301, 302, 303, 307, 308) and onward:
                    here = urljoin(here, onward)
                    continue
                if response.status >= 400:
                    raise urllib.error.HTTPError(
                        here, response.status, response.reason, response.headers, None
                    )
                return response.read(most)
        except http.client.HTTPException as error:
            raise OSError("the answer is no page") from error
    raise OSError("too many redirects")


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

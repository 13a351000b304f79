"""What guests may hand in: so many from an address, a network, and naming one mail address.

Each kind of submission is counted by itself, in rows that all processes share; whoever is refused is told from when it
goes on. An account with a confirmed address is counted by itself alone: what others do from its network does not
concern it. A submission without proof of work is let in too, but seldom: whoever has no script still has the right to
apply (条例第二十七条), a script that sends hundreds has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from portal.cases.intake import TooManyTries
from portal.core.errors import PortalError
from portal.core.wording import cn_date
from portal.privacy.crypto import keyed_digest
from portal.units.models import Account
from portal.units.queries import address_is_own
from portal.web import proof
from portal.web.access import address_of
from portal.web.errors import wait_for
from portal.web.models import GuestEntry, GuestLimit, KnownNetworks

HOST_BITS, NETWORK_BITS = (
    {4: 32, 6: 64},
    {4: 24, 6: 48},
)  # an IPv6 household has a /64, a provider gives /48 or /56
MEGABYTE = 1024 * 1024
SAID = {
    "address": "您所在的网络地址提交的次数已到上限",
    "network": "您所在的网络提交的次数已到上限",
    "email": "填写这个电子邮箱的提交次数已到上限",
    "account": "您的账号提交的次数已到上限",
    "login_pair": "登录失败次数过多",
    "login_address": "登录失败次数过多",
    "upload": "您所在的网络地址今天上传的文件已到上限",
    "upload_account": "您的账号今天上传的文件已到上限",
    "unproved": "没有完成自动验证的提交次数已到上限（请允许本页运行脚本，不受这一项限制）",
}
OTHER_WAYS = "登录已核实邮箱的账号后可以立即提交，也可以来电、寄信或者当面提交。"


@dataclass
class Entry:
    """What was let in; `give_back` takes it off the count again."""

    rows: list[int] = field(default_factory=list)

    def give_back(self) -> None:
        """It made nothing: a second try of the same, or a refusal."""
        GuestEntry.objects.filter(pk__in=self.rows).delete()


def places_of(address: str) -> dict[str, str]:
    """The address (IPv4, or the /64 of IPv6) and its network (/24, /48) as they are counted; {} for no address."""
    found = _parsed(address)
    if found is None:
        return {}
    version = found.version
    host = ip_network((found, HOST_BITS[version]), strict=False)
    return {"address": str(host), "network": str(ip_network((found, NETWORK_BITS[version]), strict=False))}


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def is_known_network(address: str) -> bool:
    """True for an address in a network that an administrator entered as shared by many."""
    found = _parsed(address)
    lines = " ".join(KnownNetworks.objects.values_list("networks", flat=True)).split()
    return found is not None and any(found in ip_network(line, strict=False) for line in lines)


def confirmed_account(request: HttpRequest) -> int | None:
    """The account behind a request if its owner has confirmed its address (or an administrator made it)."""
    user: Any = getattr(request, "user", None)
    if not isinstance(user, Account) or not address_is_own(user):
        return None
    return user.pk


def has_proof(purpose: str, solution: str) -> bool:
    """True for a proof of work that holds, which is spent by asking; False for any other and for none."""
    if not solution:
        return False
    try:
        proof.check(purpose, solution)
    except PortalError:
        return False
    return True


def proof_for(request: HttpRequest, purpose: str) -> str:
    """The puzzle for whoever is counted by its network; "" for an account that is known."""
    return "" if confirmed_account(request) is not None else proof.challenge(purpose)


@contextmanager
def admitted(
    request: HttpRequest,
    kind: str,
    *,
    at: datetime,
    email: str = "",
    proved: bool = True,
    repeated: bool = False,
) -> Iterator[Entry]:
    """Let one submission of that kind through; what it refuses is not counted.

    `repeated` says that its key has made something before: nothing new comes of it. Raises TooManyTries with the moment
    from which it goes on.
    """
    with _counted(
        request, lambda: Entry() if repeated else _enter(request, kind, at, email, proved)
    ) as entry:
        yield entry


@contextmanager
def _counted(request: HttpRequest, count: Callable[[], Entry]) -> Iterator[Entry]:
    """Count, and take it off again if nothing comes of it; a refusal tells the browser when to come back."""
    try:
        entry = count()
    except TooManyTries as error:
        wait_for(request, error)
        raise
    try:
        yield entry
    except Exception:
        entry.give_back()
        raise


def _enter(request: HttpRequest, kind: str, at: datetime, email: str, proved: bool) -> Entry:
    account = confirmed_account(request)
    address = address_of(request)
    if account is not None:
        return enter(kind, {"account": str(account)}, at)
    scopes = places_of(address)
    if email.strip():
        scopes["email"] = email.strip().lower()
    if not proved and "address" in scopes:
        scopes["unproved"] = scopes["address"]
    return enter(kind, scopes, at, known=is_known_network(address))


@contextmanager
def upload_admitted(request: HttpRequest, size: int, *, at: datetime) -> Iterator[Entry]:
    """Let a file in before anything is submitted: so many megabytes a day from an address, or for an account.

    A file counts one for each megabyte begun. Raises TooManyTries.
    """
    account, address = confirmed_account(request), address_of(request)
    scopes = {"upload_account": str(account)} if account is not None else {}
    if account is None and "address" in (places := places_of(address)):
        scopes = {"upload": places["address"]}
    known, weight = is_known_network(address), max(1, -(-size // MEGABYTE))
    with _counted(request, lambda: enter("upload", scopes, at, known=known, weight=weight)) as entry:
        yield entry


def enter(kind: str, scopes: dict[str, str], at: datetime, *, known: bool = False, weight: int = 1) -> Entry:
    """Count one more of that kind (or `weight` more) for each of these. Raises TooManyTries where one of them is full.

    The rows are written before they are counted, so that of many at once none slips through.
    """
    digests = {scope: _digest(kind, scope, value) for scope, value in scopes.items()}
    made = [
        GuestEntry.objects.create(digest=digest, at=at) for digest in digests.values() for _ in range(weight)
    ]
    entry = Entry([row.pk for row in made])
    for limit in GuestLimit.objects.filter(scope__in=digests):
        until = _full_until(digests[limit.scope], limit.most_for(known=known), limit.minutes, at)
        if until is not None:
            entry.give_back()
            raise TooManyTries(f"{SAID[limit.scope]}，请于{_told(until)}以后再提交。{OTHER_WAYS}", until)
    return entry


def is_full(kind: str, scopes: dict[str, str], at: datetime, *, known: bool = False) -> bool:
    """True if one more of that kind would be refused; counts nothing."""
    digests = {scope: _digest(kind, scope, value) for scope, value in scopes.items()}
    for limit in GuestLimit.objects.filter(scope__in=digests):
        window = timedelta(minutes=limit.minutes)
        came = GuestEntry.objects.filter(digest=digests[limit.scope], at__gt=at - window)
        if came.count() >= limit.most_for(known=known):
            return True
    return False


def _digest(kind: str, scope: str, value: str) -> str:
    return keyed_digest(f"{kind}\n{scope}\n{value}", "guest-entry")


def _full_until(digest: str, most: int, minutes: int, at: datetime) -> datetime | None:
    """None if no more than `most` came in these minutes; else the moment at which there is room again."""
    window = timedelta(minutes=minutes)
    newest = GuestEntry.objects.filter(digest=digest, at__gt=at - window).order_by("-at", "-id")
    times = list(newest.values_list("at", flat=True)[: most + 1])
    if len(times) <= most:
        return None
    return (times[-1] if most else at) + window


def _told(until: datetime) -> str:
    local = timezone.localtime(until + timedelta(seconds=59))
    return f"{cn_date(local.date())}{local:%H:%M}"

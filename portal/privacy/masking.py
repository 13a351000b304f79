"""Masked forms of personal values, the default wherever one is shown."""

from __future__ import annotations

import re

_DISTRICT = re.compile(r"^.{1,14}?(?:(?<![小社园校厂街矿库林牧景])区|县|旗)")


def mask_name(name: str) -> str:
    """张三丰 → 张**; "" stays ""."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_identity(number: str) -> str:
    """First sign and last two only: never the home district."""
    return (
        f"{number[:1]}{'*' * max(len(number) - 3, 3)}{number[-2:]}" if len(number) > 3 else "*" * len(number)
    )


def mask_phone(phone: str) -> str:
    """138****5678; of a shorter number the last three digits only."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-3:]}" if len(phone) >= 7 else "*" * len(phone)


def mask_email(email: str) -> str:
    """a***@example.org."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if at else "*" * len(email)


def mask_address(address: str) -> str:
    """Down to the district or county, else the city, the rest starred; never a street, an estate or a house."""
    city = re.match(r"^.{1,8}?市", address)
    found = _DISTRICT.match(address) or city
    if found and found.end() < len(address):
        return found.group() + "****"
    return address[:2] + "****" if address else ""

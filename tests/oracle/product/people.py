"""Everybody's account, and the form as an applicant fills it in."""

from __future__ import annotations

from typing import Any

from portal.holidays.calendars import forget
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit
from tests.cast import SINCE

UNITS = {"office": "city-office", "housing": "housing"}
OFFICES = (
    ("clerk", "office", "clerk"),
    ("clerk2", "office", "clerk"),
    ("reviewer", "office", "reviewer"),
    ("secrecy", "office", "secrecy_reviewer"),
    ("approver", "office", "approver"),
    ("approver2", "office", "approver"),
    ("double", "office", "clerk"),
    ("double", "office", "reviewer"),
    ("double", "office", "secrecy_reviewer"),
    ("double", "office", "approver"),
    ("publisher", "office", "publisher"),
    ("supervisor", "office", "supervisor"),
    ("outsider", "housing", "clerk"),
    ("outsider_reviewer", "housing", "reviewer"),
    ("outsider_secrecy", "housing", "secrecy_reviewer"),
    ("outsider_approver", "housing", "approver"),
)
CITIZENS = ("citizen", "stranger")
PHONE, LANDLINE, HEIR_PHONE = "13800000000", "0877-2039999", "13900000009"
OTHER_PHONES = {"second": "13900000777", "third": "13900000888"}
FIRM_CODE = "91530400MA6K00001J"
MAIL, HEIR_MAIL = "liang@example.org", "duan@example.org"
ACCOUNTS = {"account": "citizen", "account_post": "citizen", "company": "citizen", "official": "clerk2"}
# How somebody without an account asks: by which telephone, with which mail address, how the answer is to come.
GUESTS = {
    "guest": {},
    "guest_mail": {"phone": LANDLINE, "email": MAIL, "delivery": "email"},
    "guest_landline": {"phone": LANDLINE},
    "guest_post": {"delivery": "post", "form_wanted": "paper"},
    "landline": {"phone": LANDLINE, "delivery": "post", "form_wanted": "paper"},
    "account_post": {"delivery": "post", "form_wanted": "paper"},
}
NAME, AGENT, HEIR, FIRM = "梁䶮", "欧阳代理", "段氏继承人", "示范企业有限公司"
OFFICIAL = "经某"
PARTY_NAME = "被询第{}公司"


class Cast:
    """The accounts of everybody, made once."""

    def __init__(self) -> None:
        load_organisation()
        self.units = {name: Unit.objects.get(code=code) for name, code in UNITS.items()}
        people = [*dict.fromkeys(person for person, _, _ in OFFICES), *CITIZENS]
        self.accounts = {name: self._account(name) for name in people}
        for person, unit, role in OFFICES:
            appoint(account=self.accounts[person], unit=self.units[unit], role=Role(role), starts_on=SINCE)

    @staticmethod
    def _account(name: str) -> Account:
        return Account.objects.create_user(f"{name}@oracle.invalid", None, display_name=f"{OFFICIAL}{name}氏")


def answers(way: str, agent: bool) -> dict[str, Any]:
    """The form as filled in: by an account, a company, an official in an own matter, a guest, or on paper."""
    form: dict[str, Any] = {
        "applicant_kind": "citizen",
        "organisation_kind": "",
        "name": NAME,
        "identity_kind": "resident",
        "identity_number": "11010519491231002X",
        "phone": PHONE,
        "email": "",
        "address": "云南省玉溪市红塔区示例路1号",
        "postcode": "653100",
        "information_name": "2025年度老旧小区改造项目清单",
        "information_number": "",
        "description": "",
        "form_wanted": "electronic",
        "delivery": "online",
    }
    form |= GUESTS.get(way, {})
    if way == "company":
        form |= {
            "applicant_kind": "organisation",
            "organisation_kind": "business",
            "name": FIRM,
            "identity_kind": "",
            "identity_number": FIRM_CODE,
        }
    if agent:
        form |= {
            "agent_name": AGENT,
            "agent_phone": "13700000007",
            "agent_identity_kind": "resident",
            "agent_identity_number": "11010519491231002X",
        }
    return form


def forget_calendar() -> None:
    """What was entered as a notice has been undone: read the notices again."""
    forget()

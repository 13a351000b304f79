"""Verbs of people who change."""

from __future__ import annotations

from typing import Any

from requests_app import actions
from requests_app.actions.people import Amended, Contact
from requests_app.forms.people import AmendForm, ContactChangeForm, given
from requests_app.verbs.verb import Verb


def _contact(data: dict[str, Any]) -> dict[str, Any]:
    ways = given(data, "phone", "email", "address", "postcode", "delivery")
    return {"contact": Contact(**ways), "evidence": data["evidence"]}


def _amended(data: dict[str, Any]) -> dict[str, Any]:
    who = given(data, "name", "applicant_kind", "organisation_kind", "identity_kind", "identity_number")
    return {"amended": Amended(**who), "evidence": data["evidence"]}


PEOPLE = (
    Verb(
        "change_contact",
        "变更联系方式",
        "申请人以书面或者当面方式要求变更电话、邮箱、地址或者获取方式的，凭证明登记；新旧联系方式都会收到通知。",
        ContactChangeForm,
        actions.change_contact,
        _contact,
        main=False,
    ),
    Verb(
        "amend_applicant",
        "更正申请人信息",
        "姓名、类型、证件写错或者来信转来时没有登记的，凭证明更正；换了申请人的，办理“变更申请人”。",
        AmendForm,
        actions.amend_applicant,
        _amended,
        main=False,
    ),
)

"""An organisation is 贵单位 in every message, a person 您."""

from __future__ import annotations

from typing import Any

import pytest

from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from tests.cast import Person, moment
from tests.factories.requests_app import handled

ORGANISATION: dict[str, Any] = {
    "applicant_kind": "organisation",
    "organisation_kind": "business",
    "identity_kind": "",
    "identity_number": "91530400MA6K00000X",
    "name": "玉溪某某有限公司",
    "representative": "梁某",
    "contact_person": "梁某",
}


@pytest.mark.parametrize(
    ("changes", "said", "never"), [(ORGANISATION, "贵单位的申请", "您"), ({}, "您的申请", "贵单位")]
)
def test_messages_address_the_applicant_by_kind(
    office: Unit, team: dict[str, Person], changes: dict[str, Any], said: str, never: str
) -> None:
    clerk, approver = team["clerk"], team["approver"]
    case = handled(office, clerk, **changes)
    actions.withdraw(case=case, reason="书面撤回", actor=approver.actor, at=moment("2026-02-12"))
    texts = "".join(f"{row.subject}{row.body}" for row in Message.objects.all())
    assert said in texts
    assert never not in texts

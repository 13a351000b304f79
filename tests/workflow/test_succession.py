"""Somebody else goes on with a request: nothing of the former applicant is left in place, and both sides are told.

Received 10 February 2026, due 16 March. The law is silent on succession (docs/adr/0016, 待核); art. 32 of 条例 and
个人信息保护法 art. 10 on what must reach nobody else.
"""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.cases.intake import code_for
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.succession import Successor
from requests_app.choices import State
from requests_app.models import DisclosureRequest, FormerApplicant
from tests.cast import Person, moment
from tests.factories.requests_app import IDENTITY, NAME, answers, handled

HEIR = Successor("李继承", "resident", "110101199003078857", "13900000000", "云南省玉溪市", "")
AGENT = {
    "agent_name": "王代理",
    "agent_identity_kind": "resident",
    "agent_identity_number": "110101199003070134",
    "agent_phone": "13811111111",
    "representative": "赵代表",
    "contact_person": "钱联系",
}


def succeed(case: DisclosureRequest, clerk: Person, **changes: Any) -> str:
    """The heir goes on since 2 March 2026."""
    facts: dict[str, Any] = {
        "successor": HEIR,
        "reason": "death",
        "evidence": "死亡证明、亲属关系证明",
    } | changes
    return actions.succeed(case=case, actor=clerk.actor, at=moment("2026-03-02"), **facts)


def test_succession_clears_agent_representative_contact_and_ways_of_reaching(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk, email="old@test.invalid", **AGENT)
    succeed(case, clerk)
    case.refresh_from_db()
    left = (case.agent_name, case.agent_identity_kind, case.agent_identity_number, case.agent_phone)
    assert left == ("", "", "", "")
    assert (case.representative, case.contact_person, case.postcode, case.email) == ("", "", "", "")
    assert (case.name, case.phone, case.address) == ("李继承", "13900000000", "云南省玉溪市")


def test_succession_keeps_the_former_applicant_sealed(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, **AGENT)
    succeed(case, clerk)
    former = FormerApplicant.objects.get(request=case)
    assert (former.name, former.identity_number, former.agent_name) == (NAME, IDENTITY, "王代理")
    assert {NAME, IDENTITY, "王代理", "李继承"} <= set(case.personal_values())


@time_machine.travel(moment("2026-03-02", 9), tick=False)
def test_browser_opened_by_the_former_code_neither_reads_nor_withdraws(office: Unit, clerk: Person) -> None:
    """The grant is bound to the digest of the code: 404 from the moment of the succession."""
    key = "succession-key-000002"
    sent = actions.submit(unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-10"))
    browser, fresh = Client(), Client()
    opened = {"number": sent.case.number, "code": code_for(sent.case.public_id, key)}
    assert browser.post(reverse("requests:track"), opened).status_code == 302
    page = reverse("requests:detail", args=[sent.case.public_id])
    assert browser.get(page).status_code == 200
    code = succeed(sent.case, clerk)
    assert browser.get(page).status_code == 404
    away = reverse("requests:withdraw", args=[sent.case.public_id])
    assert browser.post(away, {"version": sent.case.version}).status_code == 404
    assert DisclosureRequest.objects.get(pk=sent.case.pk).state == State.SUBMITTED
    assert fresh.post(reverse("requests:track"), {**opened, "code": code}).status_code == 302
    assert fresh.get(page).status_code == 200


@time_machine.travel(moment("2026-03-02", 9), tick=False)
def test_session_of_the_old_form_opens_nothing(office: Unit, clerk: Person) -> None:
    """Sessions of before held the case alone, without a code."""
    case = handled(office, clerk)
    browser = Client()
    session = browser.session
    session["case_grants"] = [str(case.public_id)]
    session.save()
    assert browser.get(reverse("requests:detail", args=[case.public_id])).status_code == 404


def test_former_account_and_new_applicant_are_told_without_names(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor, agent_name="王代理", agent_phone="13811111111")
    before = set(Message.objects.values_list("pk", flat=True))
    succeed(case, clerk)
    told = Message.objects.exclude(pk__in=before)
    to_former = told.get(account=citizen.account, channel="site")
    assert (to_former.subject, to_former.link) == (
        f"政府信息公开申请已变更申请人（{case.number}）",
        reverse("requests:track"),
    )
    assert {entry.address for entry in told} == {"", "13800000000", "13811111111", "13900000000"}
    said = "".join(entry.subject + entry.body for entry in told)
    assert not [value for value in case.personal_values() if value in said]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"identity_number": "110101199003078857"}, "identity_number"),
        ({"identity_number": "110101199003078857", "name": "李继承"}, "identity_number"),
        ({"identity_kind": ""}, "identity_kind"),
        ({"identity_kind": "x"}, "identity_kind"),
    ],
)
def test_change_of_name_to_another_person_is_refused(
    office: Unit, clerk: Person, changes: dict[str, str], field: str
) -> None:
    """A change of name keeps the number (户口登记条例 art. 18 changes the name, not the number; 待核)."""
    case = handled(office, clerk)
    same = {"name": "梁新名", "identity_kind": "resident", "identity_number": IDENTITY}
    with pytest.raises(InvalidInput) as refused:
        succeed(case, clerk, successor=Successor(**same | changes), reason="name", evidence="公告")
    assert refused.value.field == field


def test_change_of_name_keeps_account_code_agent_and_contact(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor, **AGENT)
    code = succeed(case, clerk, successor=Successor("梁新名", "resident", IDENTITY), reason="name")
    case.refresh_from_db()
    assert (code, case.name, case.phone, case.agent_name) == ("", "梁新名", "13800000000", "王代理")
    assert case.applicant_id == citizen.account.pk
    assert NAME in case.personal_values(), "the former name is still a personal value"


def test_organisation_renamed_keeps_its_credit_code(office: Unit, clerk: Person) -> None:
    organisation = {
        "applicant_kind": "organisation",
        "organisation_kind": "business",
        "name": "玉溪某某公司",
        "identity_kind": "",
        "identity_number": "91530400MA6K6C0T0T",
    }
    case = handled(office, clerk, **organisation)
    with pytest.raises(InvalidInput) as refused:
        succeed(case, clerk, successor=Successor("另一公司", "", "91350211M000100Y43"), reason="name")
    assert refused.value.field == "identity_number"


@time_machine.travel(moment("2026-03-02", 9), tick=False)
def test_succession_page_without_document_kind_answers_400_beside_the_field(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk)
    data = vars(HEIR) | {"reason": "death", "evidence": "证明", "identity_kind": "", "version": case.version}
    page = clerk.client().post(f"/workbench/requests/{case.public_id}/succeed/", data)
    assert page.status_code == 400
    assert page.context["form"].errors["identity_kind"] == ["请选择证件类型"]

"""People change: another telephone, a name put right; the agent is told what the applicant is told.

条例 art. 29; docs/adr/0016 "People can change". Received 10 February 2026, due 16 March.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.cases.models import CaseEvent
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.models import Message
from portal.privacy.crypto import blind_index
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.people import Amended, Contact
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import IDENTITY, NAME, PHONE, answers, handled, signed

NEW = "13912345678"


def change(case: DisclosureRequest, actor: Any, evidence: str = "", **contact: str) -> None:
    actions.change_contact(
        case=case, contact=Contact(**contact), evidence=evidence, actor=actor, at=moment("2026-02-24")
    )


def test_applicant_changes_telephone_and_way_of_delivery(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    change(case, citizen.actor, phone="139 1234 5678", delivery="post", address="玉溪市红塔区新路2号")
    case.refresh_from_db()
    assert (case.phone, case.delivery, case.address) == (NEW, "post", "玉溪市红塔区新路2号")
    event = CaseEvent.objects.get(case=case, kind="change_contact")
    assert event.facts == {"changed": ["phone", "address", "delivery"]}
    assert "变更联系方式" in [step.label for step in queries.citizen_timeline(case)]


def test_change_is_told_to_the_new_and_the_former_telephone(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    before = set(Message.objects.values_list("pk", flat=True))
    change(case, citizen.actor, phone=NEW)
    told = Message.objects.exclude(pk__in=before).filter(channel="sms")
    assert sorted(entry.address for entry in told) == [PHONE, NEW]
    assert PHONE in case.personal_values(), "the former number is still a personal value"


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": "", "email": "", "address": ""}, "phone"),
        ({"delivery": "email"}, "email"),
        ({"delivery": "post", "address": ""}, "address"),
        ({"delivery": "pigeon"}, "delivery"),
        ({}, "phone"),
    ],
)
def test_contact_that_reaches_nobody_is_refused(
    office: Unit, clerk: Person, citizen: Person, contact: dict[str, str], field: str
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    with pytest.raises(InvalidInput) as refused:
        change(case, citizen.actor, **contact)
    assert refused.value.field == field


def test_clerk_changes_the_contact_with_evidence_only(office: Unit, clerk: Person, citizen: Person) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    with pytest.raises(InvalidInput) as refused:
        change(case, clerk.actor, phone=NEW)
    assert refused.value.field == "evidence"
    change(case, clerk.actor, evidence="申请人2月23日来信", phone=NEW)
    assert (case.phone, case.address) == (NEW, answers()["address"])
    with pytest.raises(StepRefused):
        change(handled(office, clerk), citizen.actor, phone=NEW)


@time_machine.travel(moment("2026-02-24"), tick=False)
def test_contact_page_starts_from_what_is_known_and_keeps_what_is_wrong(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    browser, url = citizen.client(), reverse("requests:change_contact", args=[case.public_id])
    detail = browser.get(reverse("requests:detail", args=[case.public_id])).content.decode()
    assert url in detail
    assert f'value="{PHONE}"' in browser.get(url).content.decode()
    typed = {
        "phone": NEW,
        "email": "",
        "address": "",
        "postcode": "",
        "delivery": "post",
        "version": case.version,
    }
    bad = browser.post(url, typed)
    assert bad.status_code == 400
    assert bad.context["form"].errors["address"] == ["选择邮寄的，请填写通信地址"]
    assert NEW in bad.content.decode()
    assert browser.post(url, {**typed, "delivery": "online"}).status_code == 302
    assert Client().get(url).status_code == 404


@time_machine.travel(moment("2026-02-24"), tick=False)
def test_contact_is_changed_by_the_api_with_number_and_code(office: Unit) -> None:
    sent = actions.submit(
        unit=office, answers=answers(), key="people-change-0001", actor=GUEST, at=moment("2026-02-10")
    )
    body = {"number": sent.case.number, "code": sent.code, "phone": NEW}
    done = Client().post("/api/v1/requests/own/change_contact/", body, content_type="application/json")
    assert done.status_code == 200
    case = DisclosureRequest.objects.get(pk=sent.case.pk)
    assert (case.phone, case.address) == (NEW, answers()["address"])


def test_answered_request_keeps_its_contact(office: Unit, team: dict[str, Person], citizen: Person) -> None:
    from tests.factories.requests_app import answered

    with pytest.raises(StepRefused):
        change(answered(office, team), team["clerk"].actor, evidence="来信", phone=NEW)


def test_new_telephone_is_taken_while_a_reply_is_on_its_way(office: Unit, team: dict[str, Person]) -> None:
    """The reply is on paper although it was wanted online: another telephone changes nothing of that."""
    case, clerk = signed(office, team), team["clerk"].actor
    actions.issue_reply(case=case, actor=clerk, at=moment("2026-03-06"))
    facts = {"case": case, "evidence": "来信", "actor": clerk, "at": moment("2026-03-09")}
    actions.change_contact(contact=Contact(phone=NEW), **facts)
    case.refresh_from_db()
    assert (case.phone, case.delivery, case.state) == (NEW, "online", "sending")
    with pytest.raises(InvalidInput, match="只能在邮寄、当面领取之间变更"):
        actions.change_contact(contact=Contact(email="liang@example.org", delivery="email"), **facts)


def amend(case: DisclosureRequest, approver: Person, **amended: str) -> None:
    actions.amend_applicant(
        case=case,
        amended=Amended(**amended),
        evidence="核对居民身份证原件",
        actor=approver.actor,
        at=moment("2026-02-24"),
    )


def test_approver_mends_name_and_number_and_the_indexes_follow(
    office: Unit, clerk: Person, approver: Person
) -> None:
    case = handled(office, clerk)
    amend(case, approver, name="梁䶮䶮", identity_number="110101199003078857")
    case.refresh_from_db()
    assert (case.name, case.identity_number) == ("梁䶮䶮", "110101199003078857")
    assert case.name_index == blind_index("梁䶮䶮", "name")
    assert case.identity_index == blind_index("110101199003078857", "identity")
    assert {NAME, IDENTITY} <= set(case.personal_values())
    event = CaseEvent.objects.get(case=case, kind="amend_applicant")
    assert "110101199003078857" not in json.dumps(event.facts, ensure_ascii=False)


def test_citizen_written_for_an_organisation_is_mended(office: Unit, clerk: Person, approver: Person) -> None:
    case = handled(office, clerk)
    kind = {"applicant_kind": "organisation", "organisation_kind": "business"}
    with pytest.raises(InvalidInput) as refused:
        amend(case, approver, **kind)
    assert refused.value.field == "identity_number"
    amend(case, approver, **kind, identity_number="91110000600037341L")
    case.refresh_from_db()
    assert (case.applicant_kind, case.organisation_kind, case.identity_kind) == (
        "organisation",
        "business",
        "",
    )


@pytest.mark.parametrize(
    ("amended", "field"),
    [
        ({}, "name"),
        ({"identity_number": "123"}, "identity_number"),
        ({"applicant_kind": "x"}, "applicant_kind"),
        ({"applicant_kind": "organisation"}, "organisation_kind"),
        ({"identity_kind": "x", "identity_number": IDENTITY}, "identity_kind"),
    ],
)
def test_amendment_that_does_not_hold_is_refused(
    office: Unit, clerk: Person, approver: Person, amended: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        amend(handled(office, clerk), approver, **amended)
    assert refused.value.field == field


def test_clerk_does_not_amend_the_applicant(office: Unit, clerk: Person) -> None:
    with pytest.raises(StepRefused):
        amend(handled(office, clerk), clerk, name="另一人")


@time_machine.travel(moment("2026-02-24"), tick=False)
def test_amendment_by_its_page(office: Unit, clerk: Person, approver: Person) -> None:
    case = handled(office, clerk)
    url = reverse("workbench_requests:step", args=[case.public_id, "amend-applicant"])
    bad = approver.client().post(url, {"version": case.version, "evidence": "证件", "identity_number": "1"})
    assert bad.status_code == 400 and "identity_number" in bad.context["form"].errors
    good = {"version": case.version, "evidence": "证件", "name": "梁改名"}
    assert approver.client().post(url, good).status_code == 302
    assert DisclosureRequest.objects.get(pk=case.pk).name == "梁改名"


def test_agent_is_told_what_the_applicant_is_told(office: Unit, clerk: Person) -> None:
    agent = {
        "agent_name": "王代理",
        "agent_identity_kind": "resident",
        "agent_identity_number": "110101199003078857",
        "agent_phone": "13811111111",
    }
    case = handled(office, clerk, **agent)
    told = [entry for entry in Message.objects.order_by("pk") if entry.address == "13811111111"]
    assert [entry.key.split(":")[1] for entry in told] == ["submitted", "registered"]
    assert "答复期限至：2026年3月16日" in told[1].body
    assert not [value for value in case.personal_values() if any(value in entry.body for entry in told)]


def test_agent_with_the_applicants_telephone_is_told_once(office: Unit, clerk: Person) -> None:
    handled(office, clerk, agent_name="王代理", agent_phone=PHONE)
    assert Message.objects.filter(channel="sms").count() == 2

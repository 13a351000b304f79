"""Routing before registration: to the unit that holds the information; the former unit loses sight of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.models import Message
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import registered, submitted


def test_transfer_moves_the_case_and_tells_the_applicant(
    office: Unit, housing: Unit, clerk: Person, outsider: Person, citizen: Person
) -> None:
    case = submitted(office, actor=citizen.actor)
    number = case.number
    actions.transfer(
        case=case, unit=housing, reason="由住建部门制作", actor=clerk.actor, at=moment("2026-02-10")
    )
    assert (case.unit, case.number, case.due_on) == (housing, number, None)
    assert (
        Message.objects.filter(account=citizen.account, channel="site", subject__contains="转由").count() == 1
    )
    url = reverse("workbench_requests:detail", args=[case.public_id])
    assert clerk.client().get(url).status_code == 404
    assert outsider.client().get(url).status_code == 200
    assert (
        "由玉溪市人民政府办公室转往玉溪市住房和城乡建设局"
        in citizen.client().get(reverse("requests:detail", args=[case.public_id])).content.decode()
    )


def test_transfer_after_registration_is_refused(office: Unit, housing: Unit, clerk: Person) -> None:
    case = registered(office, clerk)
    with pytest.raises(StepRefused, match="转办"):
        actions.transfer(case=case, unit=housing, reason="晚了", actor=clerk.actor, at=moment("2026-02-11"))


def test_transfer_without_reason_is_refused(office: Unit, housing: Unit, clerk: Person) -> None:
    case = submitted(office)
    with pytest.raises(InvalidInput, match="理由"):
        actions.transfer(case=case, unit=housing, reason=" ", actor=clerk.actor, at=moment("2026-02-10"))


def test_transfer_to_a_body_that_takes_no_requests_is_refused(office: Unit, clerk: Person) -> None:
    case = submitted(office)
    with pytest.raises(InvalidInput, match="不受理"):
        actions.transfer(
            case=case,
            unit=Unit.objects.get(code="yuxi"),
            reason="转",
            actor=clerk.actor,
            at=moment("2026-02-10"),
        )


def test_transfer_by_other_unit_is_refused(office: Unit, housing: Unit, outsider: Person) -> None:
    case = submitted(office)
    with pytest.raises(StepRefused, match="市政府办公室的经办人"):
        actions.transfer(
            case=case, unit=housing, reason="抢件", actor=outsider.actor, at=moment("2026-02-10")
        )


def test_transfer_page_leads_back_to_the_inbox(office: Unit, housing: Unit, clerk: Person) -> None:
    case = submitted(office)
    url = reverse("workbench_requests:step", args=[case.public_id, "transfer"])
    response = clerk.client().post(url, {"unit": housing.pk, "reason": "由其制作", "version": case.version})
    assert response.url == reverse("workbench:inbox")
    assert DisclosureRequest.objects.get(pk=case.pk).unit == housing

"""An official is a person too: applies like everybody, and takes no official step in the own matter (回避).

条例 art. 27 (公民可以申请); docs/adr/0016 "People can change". Received 10 February 2026.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mailbox import actions as letters
from mailbox.choices import Complexity
from portal.cases.models import CaseEvent
from portal.core.actors import Actor, ActorKind
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment, person
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures
from tests.factories.mailbox import answers as letter_answers
from tests.factories.requests_app import IDENTITY, NAME, PHONE, submitted
from tests.pages.test_request_pages import fill


@pytest.fixture(autouse=True)
def _february() -> Any:
    with time_machine.travel(moment("2026-02-10", 12), tick=False):
        yield


def as_citizen(someone: Person) -> Actor:
    """The official as the public pages see him."""
    return Actor(ActorKind.CITIZEN, "申请人", someone.account.pk)


@pytest.mark.parametrize("who", ["clerk", "outsider", "supervisor"])
def test_official_applies_by_the_guided_form(office: Unit, who: str, request: pytest.FixtureRequest) -> None:
    someone: Person = request.getfixturevalue(who)
    browser: Client = someone.client()
    fill(browser)
    draft = browser.get(reverse("requests:check")).context["draft"]
    sent = browser.post(reverse("requests:check"), {"draft": draft.public_id})
    assert sent.status_code == 302
    case = DisclosureRequest.objects.get()
    assert (case.applicant_id, case.channel) == (someone.account.pk, "online")
    event = CaseEvent.objects.get(case=case, kind="submit")
    assert (event.actor_kind, event.actor_label) == ("citizen", "申请人")
    assert browser.get(reverse("requests:detail", args=[case.public_id])).status_code == 200


def test_official_applies_by_the_public_api(office: Unit, clerk: Person) -> None:
    body = {
        "unit": {"unit": "city-office"},
        "who": {"applicant_kind": "citizen"},
        "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
        "contact": {"phone": PHONE, "email": "", "address": "", "postcode": ""},
        "information": {"information_name": "老旧小区改造清单", "information_number": "", "description": ""},
        "receive": {"form_wanted": "electronic", "delivery": "online"},
    }
    sent = clerk.client().post(
        "/api/v1/requests/",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "official-as-person-0001"},
    )
    assert sent.status_code == 201
    assert DisclosureRequest.objects.get().applicant_id == clerk.account.pk


def test_official_takes_no_official_step_in_the_own_request(office: Unit, clerk: Person) -> None:
    case = submitted(office, on="2026-02-10", actor=as_citizen(clerk))
    with pytest.raises(StepRefused, match="应当回避"):
        actions.register(
            case=case,
            received_on=date(2026, 2, 10),
            channel="online",
            evidence="确认",
            actor=clerk.actor,
            at=moment("2026-02-10"),
        )


def test_official_neither_opens_nor_works_on_the_unit_page_of_the_own_request(
    office: Unit, clerk: Person
) -> None:
    case = submitted(office, on="2026-02-10", actor=as_citizen(clerk))
    browser = clerk.client()
    page = browser.get(reverse("workbench_requests:detail", args=[case.public_id]))
    assert page.status_code == 409
    assert "应当回避" in page.content.decode()
    step = reverse("workbench_requests:step", args=[case.public_id, "register"])
    assert browser.post(step, {"version": case.version}).status_code == 409


def test_official_withdraws_the_own_request_as_a_person(office: Unit, clerk: Person) -> None:
    case = submitted(office, on="2026-02-10", actor=as_citizen(clerk))
    gone = clerk.client().post(reverse("requests:withdraw", args=[case.public_id]), {"version": case.version})
    assert gone.status_code == 302
    assert CaseEvent.objects.get(case=case, kind="withdraw").actor_label == "申请人"


def test_official_writes_a_letter_as_a_person_and_does_not_handle_it(hands: Hands) -> None:
    """The same for the letter box: its own page opens, the unit's page does not."""
    clerk = hands.office_clerk
    case = letters.submit(
        answers=letter_answers(), key="official-letter-0001", actor=as_citizen(clerk), at=moment("2026-02-10")
    ).case
    browser = clerk.client()
    assert browser.get(reverse("mailbox:detail", args=[case.public_id])).status_code == 200
    assert browser.get(reverse("workbench_mailbox:detail", args=[case.public_id])).status_code == 409
    with pytest.raises(StepRefused, match="应当回避"):
        letters.accept(case=case, complexity=Complexity.SIMPLE, actor=clerk.actor, at=moment("2026-02-10"))


def test_request_is_not_given_to_its_own_applicant(office: Unit, clerk: Person) -> None:
    other = person("other", office, Role.CLERK)
    case = submitted(office, on="2026-02-10", actor=as_citizen(clerk))
    actions.register(
        case=case,
        received_on=date(2026, 2, 10),
        channel="online",
        evidence="确认",
        actor=other.actor,
        at=moment("2026-02-10"),
    )
    with pytest.raises(InvalidInput, match="应当回避"):
        actions.assign(case=case, officer=clerk.account, actor=other.actor, at=moment("2026-02-10"))

"""People change: how the applicant is reached, and what is known of who it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import REGULATION
from portal.units.choices import Role
from requests_app.choices import Delivery, State
from requests_app.models.triage_steps import OPEN_STATES

ON_PAPER = (Delivery.POST, Delivery.IN_PERSON)


class PeopleSteps:
    """Mixed into the request. Facts name the fields that changed, never what stands in them."""

    state: str
    delivery: str

    @step(
        source=(*OPEN_STATES, State.SENDING),
        target=None,
        label="变更联系方式",
        basis=f"{REGULATION}第二十九条",
        by=(APPLICANT, Role.CLERK),
    )
    def change_contact(
        self, *, actor: Actor, at: datetime, changed: Sequence[str], delivery: str, evidence: str
    ) -> StepFacts:
        """The applicant has another telephone, address or way of delivery, or a clerk enters the letter that says so.

        Once the reply is on paper it stays on paper.
        """
        if not changed:
            raise InvalidInput("没有需要变更的内容", "phone")
        if actor.is_staff and not evidence.strip():
            raise InvalidInput("请写明申请人要求变更的凭据", "evidence")
        if "delivery" in changed and self.state == State.SENDING and delivery not in ON_PAPER:
            raise InvalidInput("答复文书已经制发，只能在邮寄、当面领取之间变更", "delivery")
        return StepFacts(public={"changed": list(changed)}, private=evidence.strip())

    @step(
        source=(*OPEN_STATES, State.SENDING),
        target=None,
        label="更正申请人信息",
        basis=f"{REGULATION}第二十九条",
        by=(Role.APPROVER,),
    )
    def amend_applicant(
        self, *, actor: Actor, at: datetime, changed: Sequence[str], applicant_kind: str, evidence: str
    ) -> StepFacts:
        """A name, a kind or a document was written wrongly, or was not known yet; another person is a succession."""
        if not changed:
            raise InvalidInput("没有需要更正的内容", "name")
        if not evidence.strip():
            raise InvalidInput("请写明更正的凭据，如证件核对情况", "evidence")
        return StepFacts(
            public={"changed": list(changed), "applicant_kind": applicant_kind}, private=evidence.strip()
        )

"""The steps between the mailbox office and the units: given, signed for, sent back, helped with."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mailbox import rules
from mailbox.choices import IN_UNIT, PRACTICE, State
from portal.cases.internal import InternalTerm
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role

SIGN_FOR = "签收"
REASSIGN = "重新交办"


class UnitSteps(InternalTerm):
    """Mixed into the letter; the holder (`unit_id`) changes here and nowhere else but with the answer."""

    unit_id: int
    main_unit_id: int | None
    officer_id: int | None
    assigned_on: date | None
    returns: int
    binding: bool

    @step(
        source=(State.ACCEPTED, State.RETURNED),
        target=State.ASSIGNED,
        label="交办",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def assign(
        self, *, actor: Actor, at: datetime, unit_id: int, unit_name: str, sign_by: WorkdayTerm
    ) -> StepFacts:
        """The mailbox office gives the letter to its main unit. After two returns it takes a ruling."""
        if self.returns >= rules.MOST_RETURNS:
            raise StepRefused(f"本件已退办{self.returns}次，须由信箱办公室负责人裁定承办单位。")
        return self._give(at, unit_id, unit_name, sign_by)

    @step(
        source=State.RETURNED,
        target=State.ASSIGNED,
        label="裁定承办单位",
        basis=PRACTICE,
        by=(Role.APPROVER,),
    )
    def rule_unit(
        self, *, actor: Actor, at: datetime, unit_id: int, unit_name: str, sign_by: WorkdayTerm, comment: str
    ) -> StepFacts:
        """The head of the mailbox office decides after two returns; the unit may not send it back again."""
        if self.returns < rules.MOST_RETURNS:
            raise StepRefused(f"退办满{rules.MOST_RETURNS}次的才裁定，现由经办人重新交办。")
        if not comment.strip():
            raise InvalidInput("请写明裁定理由", "comment")
        self.binding = True
        given = self._give(at, unit_id, unit_name, sign_by)
        return StepFacts(public=given.public, private=comment.strip())

    def _give(self, at: datetime, unit_id: int, unit_name: str, sign_by: WorkdayTerm) -> StepFacts:
        self.unit_id, self.main_unit_id, self.officer_id = unit_id, unit_id, None
        self.assigned_on = timezone.localdate(at)
        self.set_internal(sign_by, SIGN_FOR)
        return StepFacts(public={"unit": unit_name, "sign_by": sign_by.last})

    @step(
        source=State.ASSIGNED,
        target=State.HANDLING,
        label="签收",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def sign_for(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The main unit takes the letter in hand; whoever signs is its officer."""
        self.officer_id = actor.account_id
        self.clear_internal()
        return StepFacts(public={"officer_label": actor.label})

    @step(
        source=State.ASSIGNED,
        target=State.RETURNED,
        label="退办",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def return_letter(
        self,
        *,
        actor: Actor,
        at: datetime,
        reason: str,
        office_id: int,
        unit_name: str,
        late: bool,
        again_by: WorkdayTerm,
    ) -> StepFacts:
        """Not this unit's matter: back to the mailbox office, in time and with a reason, twice at most."""
        if self.binding:
            raise StepRefused("承办单位已经裁定，不能再退办。")
        if late:
            raise StepRefused("退办期限已过，请签收办理；确需调整的，请与信箱办公室联系。")
        if not reason.strip():
            raise InvalidInput("请写明退办理由", "reason")
        self.unit_id, self.main_unit_id, self.officer_id = office_id, None, None
        self.returns += 1
        self.set_internal(again_by, REASSIGN)
        return StepFacts(public={"unit": unit_name, "returns": self.returns}, private=reason.strip())

    @step(
        source=(State.ASSIGNED, *IN_UNIT),
        target=State.RETURNED,
        label="收回交办",
        basis=PRACTICE,
        by=(Role.CLERK, Role.APPROVER, Role.SUPERVISOR),
    )
    def recall(
        self,
        *,
        actor: Actor,
        at: datetime,
        comment: str,
        office_id: int,
        unit_name: str,
        again_by: WorkdayTerm,
    ) -> StepFacts:
        """The mailbox office takes a letter back from the unit before its answer; no return of the unit's, so none is counted."""
        if not comment.strip():
            raise InvalidInput("请写明收回理由", "comment")
        self.unit_id, self.main_unit_id, self.officer_id = office_id, None, None
        self.set_internal(again_by, REASSIGN)
        return StepFacts(public={"unit": unit_name}, private=comment.strip())

    @step(
        source=(*IN_UNIT[:2], State.AWAITING_SUPPLEMENT),
        target=None,
        label="改由他人经办",
        basis=PRACTICE,
        by=(Role.CLERK, Role.APPROVER),
    )
    def change_officer(self, *, actor: Actor, at: datetime, officer_id: int, officer_label: str) -> StepFacts:
        """Another of the unit's people handles the letter from now on."""
        if officer_id == self.officer_id:
            raise InvalidInput("本件已由该人员经办", "officer")
        self.officer_id = officer_id
        return StepFacts(public={"officer_label": officer_label})

    # help from other units ----------------------------------------------------------------------------

    @step(
        source=(State.ASSIGNED, *IN_UNIT[:2]),
        target=None,
        label="请其他单位协办",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def ask_assistance(
        self,
        *,
        actor: Actor,
        at: datetime,
        unit_id: int,
        unit_name: str,
        asked: str,
        due_on: date,
        already: bool,
    ) -> StepFacts:
        """Another unit is to contribute its part by a day."""
        if unit_id == self.unit_id:
            raise InvalidInput("请选择其他单位", "unit")
        if already:
            raise InvalidInput("该单位已经在协办", "unit")
        if not asked.strip():
            raise InvalidInput("请写明需要协办的事项", "asked")
        if due_on <= timezone.localdate(at):
            raise InvalidInput("反馈期限应晚于今天", "due_on")
        return StepFacts(public={"unit": unit_name, "due_on": due_on})

    @step(
        source=(State.ASSIGNED, State.AWAITING_SUPPLEMENT, *IN_UNIT),
        target=None,
        label="协办反馈",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def contribute(self, *, actor: Actor, at: datetime, unit_name: str, text: str) -> StepFacts:
        """An assisting unit gives its part."""
        if not text.strip():
            raise InvalidInput("请填写反馈内容", "text")
        return StepFacts(public={"unit": unit_name})

    @step(
        source=(State.ASSIGNED, *IN_UNIT[:2]),
        target=None,
        label="取消协办",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def cancel_assistance(self, *, actor: Actor, at: datetime, unit_name: str, comment: str) -> StepFacts:
        """A contribution is no longer waited for."""
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        return StepFacts(public={"unit": unit_name}, private=comment.strip())

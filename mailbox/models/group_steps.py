"""The steps of handling many letters on one matter together, and apart again."""

from __future__ import annotations

from datetime import datetime

from mailbox.choices import AFTER_SCREENING, PRACTICE, State
from portal.cases.transitions import SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role


class GroupSteps:
    """Mixed into the letter. A member keeps its number, its holder and its own clock."""

    state: str
    merged_from: str
    leader_id: int | None

    @step(
        source=(State.ACCEPTED, State.HANDLING),
        target=State.MERGED,
        label="并入主件",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def merge(
        self,
        *,
        actor: Actor,
        at: datetime,
        leader_id: int,
        leader: str,
        leader_fit: bool,
        has_members: bool,
        closed: bool,
    ) -> StepFacts:
        """The letter is about the same matter as the leading one and is answered with it."""
        if has_members:
            raise StepRefused("本件已是其他来信的主件，不能再并入。")
        if not leader_fit:
            raise InvalidInput("主件应当是已受理、尚未送审的来信，并且自身没有并入其他来信", "leader")
        if closed:
            raise StepRefused("保密举报单独办理，不与其他来信合并。")
        self.merged_from, self.leader_id = self.state, leader_id
        return StepFacts(public={"leader": leader, "from": self.merged_from})

    @step(
        source=State.MERGED,
        target=State.ACCEPTED,
        label="撤销并件",
        basis=PRACTICE,
        by=(Role.CLERK, SYSTEM),
    )
    def unmerge(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """Another matter after all: the letter waits again to be given to a unit."""
        return self._apart(State.ACCEPTED, comment)

    @step(
        source=State.MERGED,
        target=State.HANDLING,
        label="撤销并件，单独办理",
        basis=PRACTICE,
        by=(Role.CLERK, SYSTEM),
    )
    def handle_alone(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """Another matter after all: the unit that had it goes on with it."""
        return self._apart(State.HANDLING, comment)

    def _apart(self, before: str, comment: str) -> StepFacts:
        if self.merged_from != before:
            raise StepRefused("本件并入前不在这个环节。")
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        self.leader_id, self.merged_from = None, ""
        return StepFacts(private=comment.strip())

    @step(
        source=(State.SUBMITTED, *AFTER_SCREENING, State.ANSWERED),
        target=None,
        label="指定可知悉来信人身份的人员",
        basis="保密举报：除指定人员外，不得知悉举报人身份（通行做法，待核）",
        by=(Role.APPROVER,),
    )
    def name_reader(
        self,
        *,
        actor: Actor,
        at: datetime,
        reader: int,
        reader_label: str,
        reason: str,
        already: bool,
        closed: bool,
    ) -> StepFacts:
        """The head of the mailbox office names a person who may know who wrote."""
        if not closed:
            raise StepRefused("只有保密举报需要指定知悉人员。")
        if already:
            raise InvalidInput("该人员已经指定", "reader")
        if not reason.strip():
            raise InvalidInput("请写明指定理由", "reason")
        return StepFacts(public={"reader": reader, "reader_label": reader_label}, private=reason.strip())

    @step(
        source=(State.SUBMITTED, *AFTER_SCREENING, State.ANSWERED),
        target=None,
        label="撤销知悉人员",
        basis="保密举报：除指定人员外，不得知悉举报人身份（通行做法，待核）",
        by=(Role.APPROVER,),
    )
    def revoke_reader(
        self, *, actor: Actor, at: datetime, reader: int, reader_label: str, reason: str, named: bool
    ) -> StepFacts:
        """The head of the mailbox office takes back that a person may know who wrote."""
        if not named:
            raise InvalidInput("该人员没有被指定，或者已经撤销", "reader")
        if not reason.strip():
            raise InvalidInput("请写明撤销理由", "reason")
        return StepFacts(public={"reader": reader, "reader_label": reader_label}, private=reason.strip())

"""The steps of the public copy of an answered letter: proposed, cleared for secrecy, published, taken down."""

from __future__ import annotations

from datetime import datetime

from mailbox.choices import LetterKind, State
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import YUXI_SITES
from portal.units.choices import Role

GENERAL = f"{YUXI_SITES}第十三条第二项"
ONE_EACH = "提出、保密审查、公开须由不同人员办理，您已参与本轮其他环节。"


class ReleaseSteps:
    """Mixed into the letter: what may happen to its redacted copy."""

    confidential: bool
    letter_kind: str

    @property
    def never_public(self) -> bool:
        """True for a letter of which nothing is published: a confidential one, and any report (举报)."""
        return self.confidential or self.letter_kind == LetterKind.REPORT

    @step(
        source=State.ANSWERED,
        target=None,
        label="提出来信公开",
        basis=GENERAL,
        by=(Role.CLERK,),
    )
    def propose_release(self, *, actor: Actor, at: datetime, content_sha256: str, led: bool) -> StepFacts:
        """A clerk of the main unit proposes a redacted copy of a letter that others may want answered too.

        `led` is true for a letter that was answered with a leading one: the leading letter is published.
        """
        if self.never_public:
            raise StepRefused("保密来信和举报不公开。")
        if led:
            raise StepRefused("本件随主件答复，由主件提出公开。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.ANSWERED,
        target=None,
        label="来信公开保密审查通过",
        basis=f"{YUXI_SITES}第五条",
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_release(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy review finds nothing to withhold in the copy."""
        return self._another_signs(actor, signers, content_sha256)

    @step(
        source=State.ANSWERED,
        target=None,
        label="公开来信和答复",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.PUBLISHER,),
    )
    def release(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The copy is published."""
        return self._another_signs(actor, signers, content_sha256)

    @step(
        source=State.ANSWERED,
        target=None,
        label="来信不予公开",
        basis=f"{YUXI_SITES}第五条",
        by=(Role.SECRECY_REVIEWER, Role.PUBLISHER),
    )
    def reject_release(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The copy is not published, with a reason."""
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=tuple(state for state in State if state not in (State.NEW, State.SUBMITTED)),
        target=None,
        label="撤下公开的来信",
        basis="《玉溪市政府信息公开发布制度》第十三条第三项",
        by=(Role.PUBLISHER, Role.APPROVER),
    )
    def retract_release(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """A published copy is taken down at once, with a reason that its address will show.

        Whatever has become of the letter since: nothing may keep a copy up that must come down.
        """
        if not comment.strip():
            raise InvalidInput("请写明撤下理由", "comment")
        return StepFacts(private=comment.strip())

    @staticmethod
    def _another_signs(actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(ONE_EACH)
        return StepFacts(public={"content_sha256": content_sha256})

"""The steps of the public copy: proposed, cleared for secrecy, published, taken down."""

from __future__ import annotations

from datetime import datetime

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import REGULATION, YUXI_SITES
from portal.units.choices import Role
from requests_app.choices import State
from requests_app.models.reply_steps import signed


class ReleaseSteps:
    """Mixed into the request: what may happen to the redacted copy of an answered one."""

    @step(
        source=State.ANSWERED,
        target=None,
        label="提出公开副本",
        basis=f"{REGULATION}第四十四条",
        by=(Role.CLERK,),
    )
    def propose_release(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk proposes a redacted copy for everyone to read."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.ANSWERED,
        target=None,
        label="公开副本保密审查通过",
        basis=f"{YUXI_SITES}第五条",
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_release(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy review finds nothing to withhold in the copy."""
        return signed(actor, signers, content_sha256)

    @step(
        source=State.ANSWERED,
        target=None,
        label="公开答复",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.PUBLISHER,),
    )
    def release(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The copy is published."""
        return signed(actor, signers, content_sha256)

    @step(
        source=State.ANSWERED,
        target=None,
        label="公开副本不予公开",
        basis=f"{YUXI_SITES}第五条",
        by=(Role.SECRECY_REVIEWER, Role.PUBLISHER),
    )
    def reject_release(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The copy is not published, with a reason."""
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=State.ANSWERED,
        target=None,
        label="撤下公开副本",
        basis="《玉溪市政府信息公开发布制度》第十三条第三项",
        by=(Role.PUBLISHER,),
    )
    def retract_release(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """A published copy is taken down at once, with a reason that its address will show."""
        if not comment.strip():
            raise InvalidInput("请写明撤下理由", "comment")
        return StepFacts(private=comment.strip())

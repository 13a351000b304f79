"""What was taken down: at once by one person, back only after a whole review."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from portal.cases.models import Case
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.publishing.choices import ReviewStep
from portal.units.choices import Role

TAKE_DOWN = "《玉溪市政府信息公开发布制度》第十三条第三项"
DESK = "《玉溪市政府网站群管理办法（试行）》第五条、第六条"
FOUR_EYES = "拟稿、审核、保密审查、签发须由不同人员办理，您已参与本轮其他环节。"
SIGNING = (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)


class TakeDown(models.Model):
    """That a case's public pages are down: since when, why, and until when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="take_downs", verbose_name="办件")
    reason = models.CharField("撤下理由", max_length=200)
    at = models.DateTimeField("撤下时间")
    lifted_at = models.DateTimeField("恢复公开时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "撤下"
        verbose_name_plural = "撤下"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(lifted_at__isnull=True),
                name="publishing_one_open_take_down",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="publishing_take_down_has_reason"),
        ]

    def __str__(self) -> str:
        return self.reason


class TakeDownSteps:
    """Mixed into every case with public pages of its own. The state stays: only what everyone sees changes."""

    @step(
        source="*",
        target=None,
        label="撤下",
        basis=TAKE_DOWN,
        by=(*SIGNING, Role.PUBLISHER),
    )
    def take_down(self, *, actor: Actor, at: datetime, reason: str, public: bool, is_down: bool) -> StepFacts:
        """One person takes everything public of the case down at once; the reason stays at its address."""
        if is_down:
            raise StepRefused("已经撤下。")
        if not public:
            raise StepRefused("尚未公开，不用撤下。")
        if not reason.strip():
            raise InvalidInput("请写明撤下的理由", "reason")
        return StepFacts(public={"reason": reason.strip()})

    @step(source="*", target=None, label="恢复公开送审", basis=DESK, by=(Role.CLERK,))
    def submit_return(self, *, actor: Actor, at: datetime, is_down: bool, content_sha256: str) -> StepFacts:
        """The clerk asks for it to be public again, as it is now."""
        if not is_down:
            raise StepRefused("没有撤下，不用恢复公开。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source="*", target=None, label="恢复公开审核通过", basis=DESK, by=(Role.REVIEWER,))
    def review_return(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], waits: str, content_sha256: str
    ) -> StepFacts:
        """Another person of the unit agrees."""
        return self._signed(actor, signers, waits, ReviewStep.REVIEW, content_sha256)

    @step(source="*", target=None, label="恢复公开保密审查通过", basis=DESK, by=(Role.SECRECY_REVIEWER,))
    def clear_return(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], waits: str, content_sha256: str
    ) -> StepFacts:
        """The secrecy review agrees."""
        return self._signed(actor, signers, waits, ReviewStep.SECRECY, content_sha256)

    @step(source="*", target=None, label="恢复公开", basis=DESK, by=(Role.APPROVER,))
    def restore(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], waits: str, content_sha256: str
    ) -> StepFacts:
        """The leader signs: everyone may read it again."""
        return self._signed(actor, signers, waits, ReviewStep.APPROVE, content_sha256)

    @step(source="*", target=None, label="恢复公开退回", basis=DESK, by=SIGNING)
    def refuse_return(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """It stays down; the reason goes to the clerk."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    def _signed(
        self, actor: Actor, signers: frozenset[int], waits: str, step: ReviewStep, content_sha256: str
    ) -> StepFacts:
        if waits != step:
            raise StepRefused(f"恢复公开现在等待的不是{step.label}。")
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})

"""The writer's rating. It stands apart from the case and its log: the handling unit must not learn who rated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mailbox import rules
from mailbox.models.letter import Letter
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.units.models import Unit

IN_RANGE = {"gte": rules.LOWEST, "lte": rules.HIGHEST}


class RatingInvitation(models.Model):
    """One link to rate one answer; only a keyed digest of its token is kept."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="invitations", verbose_name="来信")
    round = models.PositiveSmallIntegerField("办理轮次")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField("发出时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "评价邀请"
        verbose_name_plural = "评价邀请"
        constraints = [
            models.UniqueConstraint(fields=["letter", "round"], name="mailbox_invited_a_round"),
        ]

    def __str__(self) -> str:
        return f"第{self.round}轮评价邀请"


class Rating(models.Model):
    """What the writer thinks of one answer, once: solved (解决), attitude (态度), a word why."""

    invitation = models.OneToOneField(RatingInvitation, models.PROTECT, related_name="rating")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")
    solved = models.PositiveSmallIntegerField("解决")
    attitude = models.PositiveSmallIntegerField("态度")
    why = SealedTextField("理由", blank=True, personal=WORDS)
    rated_at = models.DateTimeField("评价时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "来信人评价"
        verbose_name_plural = "来信人评价"
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"solved__{edge}": value for edge, value in IN_RANGE.items()}),
                name="mailbox_solved_in_range",
            ),
            models.CheckConstraint(
                condition=Q(**{f"attitude__{edge}": value for edge, value in IN_RANGE.items()}),
                name="mailbox_attitude_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"解决{self.solved}分，态度{self.attitude}分"

"""What belongs to the handling of a letter: the units' parts, supplements, extensions, named readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mailbox.choices import CONTRIBUTING, AssignmentState, Decision, Part
from mailbox.models.letter import Letter
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.units.models import Unit


class Assignment(models.Model):
    """A unit's part in a letter: the main one, or a contribution to it. Rows are kept, returns included.

    The main part is due with the letter, its `due_on` says only what it was when given; a contribution by a day of its own, `workdays` working days after `given_on`
    if it is the day that the form proposes, 0 for one picked by hand, which no holiday notice moves.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="assignments", verbose_name="来信")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    part = models.CharField("职责", max_length=8, choices=Part.choices)
    state = models.CharField(
        "进度", max_length=12, choices=AssignmentState.choices, default=AssignmentState.WAITING
    )
    given_on = models.DateField("交办日")
    due_on = models.DateField("期限")
    workdays = models.PositiveSmallIntegerField("期限工作日数（0：按日历选定）", default=0)
    asked = SealedTextField("协办事项", blank=True, personal=WORDS)
    contribution = SealedTextField("反馈内容", blank=True, personal=WORDS)
    contributed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="反馈人"
    )
    ended_on = models.DateField("结束日", null=True)
    end_reason = SealedTextField("退办或取消的理由", blank=True, personal=WORDS)

    class Meta:
        ordering = ["id"]
        verbose_name = "交办"
        verbose_name_plural = "交办"
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(part=Part.MAIN, state__in=CONTRIBUTING),
                name="mailbox_one_main_unit",
            ),
            models.UniqueConstraint(
                fields=["letter", "unit"],
                condition=Q(part=Part.ASSIST, state__in=CONTRIBUTING),
                name="mailbox_assisting_once",
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="mailbox_part_known"),
            models.CheckConstraint(
                condition=Q(state__in=AssignmentState.values), name="mailbox_assignment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.CONTRIBUTED) | ~Q(contribution=""),
                name="mailbox_contributed_has_text",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="mailbox_parts_of_unit")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.unit} {self.get_state_display()}"


class NamedReader(models.Model):
    """A person who may know who wrote a confidential report; nobody else does."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="named_readers", verbose_name="来信")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="可知悉人员"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="指定人"
    )
    reason = models.CharField("指定理由", max_length=200)
    named_at = models.DateTimeField("指定时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "举报人身份知悉人员"
        verbose_name_plural = "举报人身份知悉人员"
        constraints = [
            models.UniqueConstraint(fields=["letter", "account"], name="mailbox_reader_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="mailbox_reader_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.account}"


class Supplement(models.Model):
    """What the writer was asked to add, and what came; one open at a time.

    `workdays` is the length of the term if the date is the one that the form proposes; 0 for a date picked by hand,
    which no holiday notice moves.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="supplements", verbose_name="来信")
    position = models.PositiveSmallIntegerField("第几次")
    asked = SealedTextField("需要补充的内容", personal=WORDS)
    asked_on = models.DateField("请求补充之日")
    answer_by = models.DateField("补充期限")
    workdays = models.PositiveSmallIntegerField("期限工作日数（0：按日历选定）", default=0)
    text = SealedTextField("补充内容", blank=True, personal=WORDS)
    came_on = models.DateField("收到补充之日", null=True)
    is_open = models.BooleanField("等待中", default=True)

    class Meta:
        ordering = ["position"]
        verbose_name = "补充"
        verbose_name_plural = "补充"
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="mailbox_supplement_position"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(is_open=True), name="mailbox_one_open_supplement"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("asked_on")), name="mailbox_supplement_term_after_asking"
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.position}次补充"

    @property
    def clock_key(self) -> str:
        """What pairs its pause with the resume."""
        return f"supplement:{self.position}"


class ExtensionRequest(models.Model):
    """One wish for more time; at most one pending a letter and one approved a round."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="extensions", verbose_name="来信")
    round = models.PositiveSmallIntegerField("办理轮次")
    days = models.PositiveSmallIntegerField("延长工作日数")
    reason = models.CharField("理由", max_length=300)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    requested_at = models.DateTimeField("提出时间")
    decision = models.CharField("决定", max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "延期申请"
        verbose_name_plural = "延期申请"
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(decision="pending"), name="mailbox_one_pending_extension"
            ),
            models.UniqueConstraint(
                fields=["letter", "round"],
                condition=Q(decision="approved"),
                name="mailbox_one_extension_a_round",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="mailbox_extension_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="mailbox_extension_decision_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days}个工作日 {self.get_decision_display()}"

"""An item that the city publishes, and its versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from notices.choices import KIND, Ground, Openness, Route, State, Subject, Validity
from notices.models.column import Column
from notices.models.life_steps import LifeSteps
from notices.models.review_steps import ReviewSteps
from portal.cases.choices import Phase
from portal.cases.models import Case

PHASES = {
    State.NEW: Phase.INTAKE,
    State.PUBLISHED: Phase.CLOSED,
    State.WITHDRAWN: Phase.CLOSED,
    State.DROPPED: Phase.CLOSED,
    State.DISCARDED: Phase.CLOSED,
}


class Article(ReviewSteps, LifeSteps, Case):
    """One item. `Case.unit` is the making unit, `Case.title` its title, `Case.due_on` the 20 working days of the
    Regulation, `Case.internal_due_on` the three working days of the city's own rules.

    The fields hold what is being worked on; what everyone reads is the newest `ArticleVersion` whose time has come.
    `set_aside` names files that a public version still shows and that the next one leaves out.
    """

    column = models.ForeignKey(Column, models.PROTECT, related_name="articles", verbose_name="栏目")
    route = models.CharField("信息类别", max_length=12, choices=Route.choices)
    index_number = models.CharField("索引号", max_length=40, unique=True, null=True)
    doc_number = models.CharField("文号", max_length=40, blank=True)
    issuer = models.CharField("发文机关", max_length=120)
    made_on = models.DateField("成文日期")
    subject = models.CharField("主题分类", max_length=14, choices=Subject.choices, default=Subject.OTHER)
    openness = models.CharField(
        "公开属性", max_length=12, choices=Openness.choices, default=Openness.PROACTIVE
    )
    openness_ground = models.CharField("不予公开的情形", max_length=10, choices=Ground.choices, blank=True)
    validity = models.CharField("有效性", max_length=10, choices=Validity.choices, default=Validity.IN_FORCE)
    validity_document = models.CharField("有效性依据", max_length=160, blank=True)
    summary = models.CharField("摘要", max_length=300, blank=True)
    body = models.TextField("正文")
    source = models.CharField("转载来源", max_length=120, blank=True)
    source_url = models.URLField("原文地址", max_length=300, blank=True)
    interprets = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="readings", verbose_name="解读的文件"
    )
    structure = models.CharField("结构", max_length=10, blank=True)
    particulars = models.JSONField("结构化内容", default=dict, blank=True)
    outlets = models.JSONField("其他发布方式", default=list, blank=True)
    withdrawn_reason = models.CharField("撤下的理由", max_length=300, blank=True)
    change_note = models.CharField("更正说明", max_length=300, blank=True, default="")
    set_aside = models.JSONField("已移除的附件", default=list, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "submit_item",
        "review_item",
        "clear_item",
        "approve_item",
        "approve_higher",
        "publish_item",
        "review_after",
        "edit_item",
        "publish_urgently",
        "return_item",
        "recall_item",
        "revise",
        "give_up_revision",
        "reopen_item",
        "set_validity",
        "withdraw_item",
        "drop_item",
        "discard_item",
    )

    class Meta:
        verbose_name = "发布信息"
        verbose_name_plural = "发布信息"
        constraints = [
            models.CheckConstraint(condition=Q(route__in=Route.values), name="notices_route_known"),
            models.CheckConstraint(condition=Q(validity__in=Validity.values), name="notices_validity_known"),
            models.CheckConstraint(
                condition=~Q(route=Route.REPOST) | ~Q(source=""), name="notices_repost_has_source"
            ),
            models.CheckConstraint(
                condition=Q(openness=Openness.PROACTIVE) | ~Q(openness_ground="") | Q(openness="on_request"),
                name="notices_closed_on_a_ground",
            ),
        ]

    def phase_now(self) -> str:
        """In progress from the first draft, closed once it is out or dropped."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

"""The tree of units."""

from __future__ import annotations

from django.db import models

from portal.units.choices import UnitKind


class Unit(models.Model):
    """A body of the city that answers to the public.

    `series_word` is the word before a document's number (机关代字). `review_body` and `court` are named
    in the remedy paragraph (行政复议法第二十四条).
    """

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80, unique=True)
    short_name = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    series_word = models.CharField("机关代字", max_length=20)
    address = models.CharField("办公地址", max_length=120, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=80, blank=True)
    fee_account = models.CharField("信息处理费缴纳方式", max_length=200, blank=True)
    review_body = models.CharField("行政复议机关", max_length=80, blank=True)
    court = models.CharField("管辖法院", max_length=80, blank=True)
    takes_requests = models.BooleanField("受理依申请公开", default=True)
    sort = models.PositiveIntegerField("排序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["sort", "id"]
        verbose_name = "机构"
        verbose_name_plural = "机构"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=UnitKind.values), name="units_unit_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""The tree of units."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from portal.units.choices import UnitKind

NAMED_IN_PAPERS = ("review_body", "court", "review_channel")


class Unit(models.Model):
    """A body of the city that answers to the public.

    `series_word` is the word before a document's number (机关代字). `review_body` and `court` are named
    in the remedy paragraph (行政复议法第二十四条), `review_also` beside it where the applicant may choose (第二十八条),
    `review_channel` where the paper goes out through the internet (第二十二条第二款).
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
    review_also = models.CharField("可选的另一行政复议机关", max_length=80, blank=True)
    review_channel = models.CharField("行政复议互联网渠道", max_length=200, blank=True)
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

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that are blank although a paper must name what stands in them."""
        if not (self.takes_requests and self.is_active):
            return ()
        return tuple(name for name in NAMED_IN_PAPERS if not getattr(self, name).strip())

    @property
    def lacking_words(self) -> str:
        """What is lacking, in words; "" if nothing is."""
        return "、".join(str(self._meta.get_field(name).verbose_name) for name in self.lacking)  # type: ignore[union-attr]

    def clean(self) -> None:
        """A unit that answers requests has all that its papers must name."""
        if self.lacking:
            sentence = "受理依申请公开的机构必须填写，文书要写明救济途径"
            raise ValidationError(dict.fromkeys(self.lacking, sentence))

"""What the papers and the applicant's page say about remedies (行政复议法、行政诉讼法; 法释〔2025〕8号)."""

from __future__ import annotations

import pytest

from requests_app.choices import ReplyKind
from requests_app.models import ReviewFirst


@pytest.mark.parametrize(
    ("kind", "first", "article"),
    [
        # art. 1(二): 对条例第十四条、第十五条、第十六条规定的不予公开行为作出行政复议决定的
        (ReplyKind.REFUSE, True, "第二项"),
        (ReplyKind.PARTIAL, True, "第二项"),
        # art. 1(一): 告知政府信息无法提供或者不予处理的
        (ReplyKind.NOT_HELD, False, "第一项（无法提供）"),
        (ReplyKind.NEEDS_CREATION, False, "第一项（无法提供）"),
        (ReplyKind.UNCLEAR, False, "第一项（无法提供）"),
        (ReplyKind.NOT_OURS, False, "第一项（无法提供）"),
        (ReplyKind.NOT_PROCESSED, False, "第一项（不予处理）"),
        ("abandoned", False, "第一项（不予处理）"),
        ("unpaid", False, "第一项（不予处理）"),
        # 条例第三十六条第（七）项 is none of arts. 14, 15, 16
        (ReplyKind.INQUIRY, False, "限于条例第十四条至第十六条"),
        # art. 1(三): 认为行政机关提供的政府信息不符合其申请内容的
        (ReplyKind.DISCLOSE, False, "第三项"),
        (ReplyKind.ALREADY_PUBLIC, False, "第三项"),
        ("fix", False, "第五项"),
    ],
)
def test_only_what_is_withheld_goes_to_reconsideration_first(
    db: None, kind: str, first: bool, article: str
) -> None:
    """法释〔2025〕8号第一条, in force 2025-06-01; 行政复议法第二十三条第一款第四项."""
    row = ReviewFirst.objects.get(reply_kind=kind)
    assert row.review_first is first
    assert "法释〔2025〕8号" in row.source and article in row.source
    assert "待核" not in row.source


def test_every_kind_of_reply_has_its_row(db: None) -> None:
    kinds = set(ReviewFirst.objects.values_list("reply_kind", flat=True))
    assert kinds == {*ReplyKind.values, "abandoned", "unpaid", "fix"}

"""Rows of a table in a draft are no 款: nothing counts or cites them as clauses."""

from __future__ import annotations

import pytest

from consultations.clauses.layout import letters_of, solid
from consultations.clauses.parse import parse
from consultations.clauses.tree import text_of, walk

DRAFT = """玉溪市城市供水管理办法

第三条　供水企业应当公布水质。

第四条　水价按下表执行：
类别\t单价\t备注
1.\t居民\t2.80元
（二）\t非居民\t3.50元
特种\t9.00元\t见附件

用水户应当按期缴费。

第五条　本办法自公布之日起施行。
"""


def test_rows_of_a_table_are_no_paragraphs_of_the_article() -> None:
    document = parse(DRAFT).documents[0]
    found = [placed.clause.citation for placed in walk(document)]
    assert found == ["第三条", "第四条", "第四条第二款", "第五条"]
    article = next(placed.clause for placed in walk(document) if placed.clause.citation == "第四条")
    assert article.text.splitlines() == [
        "水价按下表执行：",
        "类别\t单价\t备注",
        "1.\t居民\t2.80元",
        "（二）\t非居民\t3.50元",
        "特种\t9.00元\t见附件",
    ]


@pytest.mark.parametrize("text", [DRAFT, "甲\t乙\n丙\t丁", "第一章　总则\n甲\t乙\n第一条　目的。\n甲\t乙"])
def test_no_sign_of_a_table_is_lost(text: str) -> None:
    assert solid(text_of(parse(text))) == letters_of(text)


def test_item_with_a_tab_after_its_label_stays_an_item() -> None:
    text = "某办法\n第一条　应当：\n（一）\t保证水质；\n（二）\t及时抢修。"
    found = [placed.clause.citation for placed in walk(parse(text).documents[0])]
    assert found == ["第一条", "第一条第（一）项", "第一条第（二）项"]

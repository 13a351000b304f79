"""The annual report's rows and columns, its identities and its printed lines: pure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.documents.spreadsheet import safe
from requests_app.annual import checks, layout, plain, rows
from requests_app.choices import NotProcessedReason, RefusalGround, ReplyKind

Table = dict[tuple[str, str], int]


@pytest.mark.parametrize(
    ("outcome", "ground", "reason", "title"),
    [
        ("disclose", "", "", "（一）予以公开"),
        ("already_public", "", "", "（一）予以公开"),
        ("partial", "third_party", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("refuse", "state_secret", "", "（三）不予公开 1.属于国家秘密"),
        ("refuse", "forbidden", "", "（三）不予公开 2.其他法律行政法规禁止公开"),
        ("refuse", "security", "", "（三）不予公开 3.危及“三安全一稳定”"),
        ("refuse", "third_party", "", "（三）不予公开 4.保护第三方合法权益"),
        ("refuse", "internal", "", "（三）不予公开 5.属于三类内部事务信息"),
        ("refuse", "process", "", "（三）不予公开 6.属于四类过程性信息"),
        ("refuse", "enforcement_file", "", "（三）不予公开 7.属于行政执法案卷"),
        ("inquiry", "", "", "（三）不予公开 8.属于行政查询事项"),
        ("not_held", "", "", "（四）无法提供 1.本机关不掌握相关政府信息"),
        ("not_ours", "", "", "（四）无法提供 1.本机关不掌握相关政府信息"),
        ("needs_creation", "", "", "（四）无法提供 2.没有现成信息需要另行制作"),
        ("unclear", "", "", "（四）无法提供 3.补正后申请内容仍不明确"),
        ("not_processed", "", "petition", "（五）不予处理 1.信访举报投诉类申请"),
        ("not_processed", "", "duplicate", "（五）不予处理 2.重复申请"),
        ("not_processed", "", "publication", "（五）不予处理 3.要求提供公开出版物"),
        ("not_processed", "", "excessive", "（五）不予处理 4.无正当理由大量反复申请"),
        ("not_processed", "", "confirmation", "（五）不予处理 5.要求行政机关确认或重新出具已获取信息"),
        (
            "abandoned",
            "",
            "",
            "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ),
        (
            "unpaid",
            "",
            "",
            "（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        ("withdrawn", "", "", "（六）其他处理 3.其他"),
        ("ended", "", "", "（六）其他处理 3.其他"),
        ("never heard of", "", "", "（六）其他处理 3.其他"),
    ],
)
def test_row_of_an_ending(outcome: str, ground: str, reason: str, title: str) -> None:
    assert rows.ROW_TITLES[rows.row_of(outcome, ground, reason)] == title


def test_every_ending_has_a_row_among_those_summed_up() -> None:
    known = {row.code for row in rows.HANDLED_ROWS}
    found = {rows.row_of(kind) for kind in ReplyKind if kind not in ("refuse", "not_processed")}
    found |= {rows.row_of("refuse", ground) for ground in RefusalGround}
    found |= {rows.row_of("not_processed", "", reason) for reason in NotProcessedReason}
    found |= {rows.row_of(end) for end in ("abandoned", "unpaid", "withdrawn")}
    assert found == known


@pytest.mark.parametrize(
    ("kind", "organisation", "title"),
    [
        ("citizen", "", "自然人"),
        ("organisation", "business", "商业企业"),
        ("organisation", "research", "科研机构"),
        ("organisation", "charity", "社会公益组织"),
        ("organisation", "legal", "法律服务机构"),
        ("organisation", "other", "其他"),
        ("organisation", "unheard", "其他"),
    ],
)
def test_column_of_an_applicant(kind: str, organisation: str, title: str) -> None:
    assert rows.COLUMN_TITLES[rows.column_of(kind, organisation)] == title


def balanced() -> Table:
    """Three new, one carried over, three handled, one carried forward; all persons'."""
    table = {(row.code, column): 0 for row in rows.ROWS for column, _ in rows.COLUMNS}
    for code, count in (("new", 3), ("carried_over", 1), ("disclosed", 2), ("other_rest", 1),
                        ("handled", 3), ("carried_forward", 1)):  # fmt: skip
        table[code, "person"] = table[code, "total"] = count
    return table


def before() -> Table:
    """A year before that carries one forward."""
    table = {(row.code, column): 0 for row in rows.ROWS for column, _ in rows.COLUMNS}
    table["carried_forward", "person"] = table["carried_forward", "total"] = 1
    return table


REMEDIES: Table = {(kind, result): 0 for kind, _ in rows.REMEDY_ROWS for result, _ in rows.REMEDY_COLUMNS}


def test_balanced_tables_break_nothing() -> None:
    assert checks.broken(balanced(), before(), REMEDIES) == []


@pytest.mark.parametrize(
    ("cell", "sentences"),
    [
        (
            ("new", "business"),
            [
                "“商业企业”列：一加二为1，三（七）加四为0，应当相等。",
                "“一、本年新收政府信息公开申请数量”行：总计为3，各列之和为4，应当相等。",
            ],
        ),
        (
            ("partial", "person"),
            [
                "“自然人”列：三（七）总计为3，各项之和为4，应当相等。",
                "“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”行：总计为0，各列之和为1，应当相等。",
            ],
        ),
    ],
)
def test_broken_identity_is_named(cell: tuple[str, str], sentences: list[str]) -> None:
    table = balanced()
    table[cell] += 1
    assert checks.broken(table, before(), REMEDIES) == sentences


def test_other_carry_over_than_last_years_is_named() -> None:
    last = before() | {("carried_forward", "person"): 2, ("carried_forward", "total"): 2}
    assert checks.broken(balanced(), last, REMEDIES) == [
        "“自然人”列：本年上年结转为1，上年结转下年度为2，应当相等。",
        "“总计”列：本年上年结转为1，上年结转下年度为2，应当相等。",
    ]


def test_remedies_that_do_not_add_up_are_named() -> None:
    assert checks.broken(balanced(), before(), REMEDIES | {("lawsuit", "upheld"): 1}) == [
        "表三“行政诉讼 未经复议直接起诉”：总计为0，各项之和为1，应当相等。"
    ]


def test_table_2_lines_fill_three_columns_of_headings() -> None:
    """Every line's headings, with those that reach down from above, are three columns wide."""
    lines = layout.table2(balanced())
    assert len(lines) == 25
    reach: dict[int, int] = {}
    for index, line in enumerate(lines):
        taken = [column for column, until in reach.items() if until > index]
        for head in line.heads:
            columns = range(head.level, head.level + head.columns)
            taken += columns
            reach.update({column: index + head.rows for column in columns if head.rows > 1})
        assert sorted(taken) == [0, 1, 2]
        assert [cell.column for cell in line.cells] == [code for code, _ in rows.COLUMNS]


def test_table_1_shows_a_dash_for_what_nobody_entered() -> None:
    values: dict[str, Decimal | None] = dict.fromkeys(rows.ENTERED_TITLES)
    values["licences_decided"] = Decimal(0)
    parts = layout.table1(values)
    assert parts[0].rows[0] == ("规章", ("—", "—", "—"))
    assert parts[1].rows == (("行政许可", ("0",)),)


def test_plain_columns_count_a_chinese_sign_as_two() -> None:
    assert plain.aligned([["", "总计"], ["本年新收", "12"], ["x", "3"]]) == [
        "          总计",
        "本年新收    12",
        "x            3",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-x", "@sum", "\tx", "＝1+1", "＋1", "－1", "＠sum"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe(f"关于{text}") == f"关于{text}"

"""Digits pulled apart, hidden in other scripts and in markup are read; figures, money and file numbers are left alone."""

from __future__ import annotations

import pytest

from portal.publishing.screening import screen
from portal.publishing.screening.innocent import sentences

ID, PHONE = "11010519491231002X", "13912345678"
pytestmark = pytest.mark.one_engine


def blocks(text: str) -> list[str]:
    return [finding.kind for finding in screen(text) if finding.blocks]


def spread(value: str, between: str, step: int = 1) -> str:
    return between.join(value[at : at + step] for at in range(0, len(value), step))


def rows(value: str) -> str:
    return "<tr>" + "".join(f"<td>{sign}</td>" for sign in value) + "</tr>"


@pytest.mark.parametrize(
    "between", [*list("、，,/~*()（）／＊～：｜"), "**", "\n", "\n\n", "\t", "_", "、 ", "\r\n"]
)
@pytest.mark.parametrize("value", [ID, PHONE])
def test_one_sign_between_the_digits_hides_nothing(value: str, between: str) -> None:
    assert blocks(f"经查，{spread(value, between)}的材料已经收悉。") != []
    assert blocks(f"联系电话{spread(value, between, 4)}，请查收") != []


@pytest.mark.parametrize(
    "text",
    [
        f"身份证{ID[:6]}\n\n{ID[6:]}",
        f"手机{PHONE[:7]}\n\n{PHONE[7:]}",
        f"手机{PHONE[:3]}\r\n\r\n{PHONE[3:]}",
        rows(PHONE),
        rows(ID),
        f"<table>{''.join(f'<tr><td>{sign}</td></tr>' for sign in ID)}</table>",
        "| " + " | ".join(PHONE) + " |",
        "手机13○12345678",
        "手机138○○○12345",
        "手机壹參玖壹貳參肆伍陸柒捌",
        "手机壹叄玖壹貳叁肆伍陸柒捌",
        "手机" + "".join(chr(0x0660 + int(sign)) for sign in PHONE),
        "手机" + "".join(chr(0x06F0 + int(sign)) for sign in PHONE),
        "手机" + "".join(chr(0x0966 + int(sign)) for sign in PHONE),
        "手机" + "".join(chr(0x0E50 + int(sign)) for sign in PHONE),
        "手机" + "".join(chr(0x1D7CE + int(sign)) for sign in PHONE),
        "手机①③⑨①②③④⑤⑥⑦⑧",
        "手机❶❸❾❶❷❸❹❺❻❼❽",
        "手机" + "\u200d".join(PHONE),
        "手机" + "\ufe0f".join(PHONE),
        "手机" + "\ufe0f\u20e3".join(PHONE) + "\ufe0f\u20e3",
        "手机" + "\u0332".join(PHONE),
        "手机" + "\u3164".join(PHONE),
        "手机" + "\u2060".join(PHONE),
        "手机" + "".join(f"&#{ord(sign)};" for sign in PHONE),
        "手机" + "".join(f"&#x{ord(sign):x};" for sign in PHONE),
        "手机" + "&nbsp;".join(PHONE),
        "手机" + "&amp;zwj;".join(PHONE),
        f"手机{PHONE[:5]}<!-- nichts -->{PHONE[5:]}",
        "手机" + "<!---->".join(PHONE),
        "手机139**1234**5678",
        "手机`139`1234`5678`",
        "手机（139）1234-5678",
        "手机139(12345678)",
        "手机139\n> 1234\n> 5678",
        "证件11010519491231002 x".replace("2 x", "2、Ｘ"),
    ],
)
def test_disguises_are_read(text: str) -> None:
    assert blocks(text) != [], text


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款收入13512345678元",
        "财政拨款收入13512345678.90元，同比增长3.2%",
        "一般公共预算支出合计：15812345678",
        "中标价￥13912345678",
        "采购编号：YXZC2024-13512345678",
        "招标编号13512345678",
        "项目编号 YXGGZY-2024-13512345678",
        "政府采购计划〔2024〕13512345678号",
        "总产量13912345678吨，面积15912345678平方米",
        "合同金额13,912,345,678元",
        "三年分别为158、2046、3560户",
        "共有1391、2345、678户",
        "2019、2020、2021、2022年",
        "第1、3、5、7、9、11、13条",
        "一、二、三、四、五、六、七、八、九、十",
        "电话138****5678",
        "联系人：张○○，电话138○○○○5678",
        "<tr><td>158</td><td>2046</td><td>3560</td></tr>",
        "评分：9、8、7、9、10、8、9",
        "比分3:2，坐标24.351234，102.543210",
    ],
)
def test_figures_are_left_alone(text: str) -> None:
    assert blocks(text) == [], text


def test_the_word_telephone_overrules_what_stands_behind() -> None:
    assert blocks("联系电话13912345678元江县") == ["手机号码"]
    assert blocks("编号1，联系电话13912345678") == ["手机号码"]


def test_place_of_a_scattered_number_is_true() -> None:
    text = f"甲：{spread(PHONE, '、')}。"
    found = [entry for entry in screen(text) if entry.blocks]
    assert [(text[entry.start : entry.end], entry.kind) for entry in found] == [
        (spread(PHONE, "、"), "手机号码")
    ]


def test_false_alarms_are_rarer_than_one_in_two_thousand() -> None:
    """4,000 sentences of figures with a fixed seed: lists, tables, sums, file numbers."""
    alarms = [text for text in sentences(20261130, 4000) if blocks(text)]
    assert len(alarms) <= 2, alarms[:10]

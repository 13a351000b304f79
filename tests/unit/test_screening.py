"""Personal data found in its disguises; official numbers left alone; no slow pattern."""

from __future__ import annotations

import time

import pytest

from portal.core.identity import resident_number_holds
from portal.publishing.screening import BLOCK, WARN, screen

VALID = "11010519491231002X"


def worst(text: str, **options: tuple[str, ...]) -> str:
    """The gravest severity found, "" for none."""
    found = {finding.severity for finding in screen(text, **options)}
    return BLOCK if BLOCK in found else WARN if WARN in found else ""


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{VALID}",
        "身份证号１１０１０５１９４９１２３１００２Ｘ",
        "身份证号 110105 19491231 002X",
        "身份证号110105-1949-1231-002x",
        "居住证810000199001010019",
        "居住证 830000 19991231 0032",
        "永久居留身份证93184019850615012X",
        "身份证号330113199001010011",
        "联系电话13912345678",
        "联系电话139 1234 5678",
        "联系电话139-1234-5678",
        "联系电话一三九一二三四五六七八",
        "联系电话+8613912345678",
        "银行卡号6222 0212 3456 7890 128",
    ],
)
def test_screen_blocks_identity_telephone_and_card(text: str) -> None:
    assert worst(text) == BLOCK


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110105194912310021",
        "邮箱 someone@example.org",
        "车牌云F12345",
        "护照E12345678",
        "通行证H12345678",
        "居住证810000199001010010",
        "申请人：王小明",
        "电话0877-2012345",
        "电话（0877）2012345",
        "电话0877-2012345-8001",
        "电话0877-2012345转8001",
        "电话0871—63992648",
        "电话０８７７－２０１２３４５",
        "电话+86 877 2012345",
        "联系电话：2012345",
        "+852 9123 4567",
        "0085291234567",
        "+1 212 5550100",
    ],
)
def test_screen_warns_of_what_is_likely(text: str) -> None:
    assert worst(text) == WARN


@pytest.mark.parametrize(
    "text",
    [
        "玉政办发〔2019〕20号",
        "登记编号G002-2026-00012",
        "总投资1.86亿元，涉及住户3460户",
        "自2026年3月16日起施行",
        "拨打12345热线",
        "项目代码2020-530400-48-01-012345",
        "合同编号202604010000123456",
        "《中华人民共和国政府信息公开条例》（国务院令第711号）第三十六条",
        "统一社会信用代码12530400000000003L",
        "统一社会信用代码N2530402MF00000013",
    ],
)
def test_screen_leaves_official_numbers_alone(text: str) -> None:
    assert worst(text) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("梁䶮", "依梁䶮申请"),
        ("13800000000", "电话1 3 8-0000-0000"),
        ("11010519491231002X", "证件１１０１０５ １９４９１２３１ ００２ｘ"),
        ("云南省玉溪市红塔区示例路1号", "住云南省 玉溪市，红塔区示例路1号"),
        ("liang@example.org", "LIANG@EXAMPLE.ORG"),
        ("0877-2012345", "电话〇八七七二〇一二三四五"),
    ],
)
def test_screen_blocks_every_value_of_the_case_itself(value: str, text: str) -> None:
    assert worst(text, own_values=(value,)) == BLOCK


def test_screen_lets_the_offices_own_number_pass() -> None:
    assert worst("电话0877-2012345", allowed=("0877-2012345",)) == ""


def test_findings_never_show_the_whole_value() -> None:
    assert all(VALID not in finding.shown for finding in screen(f"号码{VALID}", own_values=(VALID,)))


@pytest.mark.parametrize(
    "hostile", ["1" * 100_000, "a@" * 50_000, "1-" * 50_000, "申请人" * 30_000, "0" * 99_999 + "X"]
)
def test_screen_takes_linear_time(hostile: str) -> None:
    started = time.process_time()
    screen(hostile)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        (VALID, True),
        ("110105194912310021", False),
        ("530402198503123216", None),
        ("53040219850312321", False),
        ("", False),
    ],
)
def test_resident_number_is_judged_by_its_check_digit(number: str, holds: bool | None) -> None:
    """An adult of 红塔区 has a code that came into use long after the birth."""
    if holds is None:
        number = next(
            number[:17] + digit for digit in "0123456789X" if resident_number_holds(number[:17] + digit)
        )
        holds = True
    assert resident_number_holds(number) is holds


@pytest.mark.parametrize("name", ["张三", "李四", "王五", "赵六", "陈一", "周九"])
@pytest.mark.parametrize(
    "number",
    ["13812345678", "138 1234 5678", "53040219900307123X", "530402199003071231", "１３８１２３４５６７８"],
)
def test_a_number_behind_a_name_that_ends_in_a_numeral(name: str, number: str) -> None:
    found = screen(f"联系人{name}{number}。")
    assert found, (name, number)

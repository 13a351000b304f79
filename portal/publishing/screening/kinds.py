"""The kinds of personal data and how each is known: a linear pattern, then a judge over what it caught.

A check digit ranks, it does not filter: an identity number with one wrong digit still names a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import luhn

from portal.core.identity import credit_code_holds, resident_number_holds
from portal.publishing.screening.findings import BLOCK, WARN

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文普矣"
)


@dataclass(frozen=True)
class Kind:
    """One kind: its name on the page, its pattern, its judge ("" lets the value pass), and the views it reads."""

    name: str
    pattern: re.Pattern[str]
    judge: Callable[[str], str]
    numbers: bool = True


def _resident(value: str) -> str:
    if resident_number_holds(value):
        return BLOCK
    return WARN if value[:2] in PROVINCES and _DATE.match(value, 6) else ""


def _old_resident(value: str) -> str:
    return WARN if value[:2] in PROVINCES and _SHORT_DATE.match(value, 6) else ""


def _card(value: str) -> str:
    return BLOCK if value[0] in "3456" and luhn.is_valid(re.sub(r"\D", "", value)) else ""


def _trader(value: str) -> str:
    return WARN if credit_code_holds(value) else ""


def _permanent_resident(value: str) -> str:
    """The card of 2023; a firm's credit code may also be eighteen digits beginning with 9."""
    if not _DATE.match(value, 6):
        return ""
    if resident_number_holds(value):
        return BLOCK
    return "" if credit_code_holds(value) else WARN


def _block(value: str) -> str:
    return BLOCK


def _warn(value: str) -> str:
    return WARN


_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[0-9]|1[0-2])")
_SHORT_DATE = re.compile(r"[2-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_GAP = r"[ \-\t.·]"
_DASH = "[ )\\-\u2010-\u2015\u2212]{0,3}"
# A number of seven or eight digits is a telephone only where the word stands before it.
_LABELLED = "(?:(?<=电话)|(?<=电话[:号])|(?<=电话: )|(?<=座机)|(?<=座机:))"

KINDS = (
    Kind("居民身份证号", re.compile(r"(?<![0-9])[1-7][0-9]{16}[0-9Xx](?![0-9])"), _resident),
    Kind("港澳台居民居住证号", re.compile(r"(?<![0-9])8[1-3][0-9]{15}[0-9Xx](?![0-9])"), _resident),
    Kind(
        "永久居留证号",
        re.compile(r"(?<![0-9A-Za-z])9[0-9]{16}[0-9Xx](?![0-9A-Za-z])"),
        _permanent_resident,
    ),
    Kind("十五位身份证号", re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{14}(?![0-9A-Za-z])"), _old_resident),
    Kind("手机号码", re.compile(r"(?<![0-9])(?:86)?1[3-9][0-9]{9}(?![0-9])"), _block),
    Kind("手机号码", re.compile(rf"(?<![0-9])1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])"), _block),
    Kind("银行卡号", re.compile(r"(?<![0-9])[0-9]{16,19}(?![0-9Xx])"), _card),
    Kind("固定电话", re.compile(rf"(?<![A-Za-z0-9])0[0-9]{{2,3}}{_DASH}[0-9]{{7,8}}(?![0-9])"), _warn),
    Kind(
        "固定电话",
        re.compile(r"(?<![A-Za-z0-9])(?:\+|00)86(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}(?![0-9])"),
        _warn,
    ),
    Kind("固定电话", re.compile(rf"{_LABELLED}[2-9][0-9]{{6,7}}(?![0-9A-Za-z])"), _warn),
    Kind(
        "境外电话",
        re.compile(r"(?<![A-Za-z0-9])(?:\+(?!86)[1-9][0-9]{6,14}|00(?:852|853|886)[0-9]{8,9})(?![0-9])"),
        _warn,
    ),
    Kind(
        "个体工商户信用代码",
        re.compile(r"(?<![0-9A-Za-z])92[0-9]{6}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{10}(?![0-9A-Za-z])"),
        _trader,
    ),
    Kind("护照号码", re.compile(r"(?<![A-Za-z0-9])[EGDSP][A-Z]?[0-9]{7,8}(?![A-Za-z0-9])"), _warn),
    Kind("永久居留证号", re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}[0-9]{12}(?![A-Za-z0-9])"), _warn),
    Kind("港澳居民通行证号", re.compile(r"(?<![A-Za-z0-9])[HM][0-9]{8}(?:[0-9]{2})?(?![A-Za-z0-9])"), _warn),
    Kind(
        "车牌号",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]·?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
        _warn,
    ),
    Kind(
        "电子邮箱",
        re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
        _warn,
        numbers=False,
    ),
    Kind(
        "QQ或微信号",
        re.compile(r"(?:QQ|微信)(?:号码|号)?[:： ]{0,2}[A-Za-z0-9][A-Za-z0-9_-]{4,19}", re.IGNORECASE),
        _warn,
        numbers=False,
    ),
    Kind(
        "姓名",
        re.compile(
            rf"(?:申请人|姓名|联系人|法定代表人)[{_SURNAMES}][一-鿿]{{1,2}}(?=[，。；、（(\s于向因对提称与和]|$)"
        ),
        _warn,
        False,
    ),
    Kind("姓名", re.compile(r"(?:申请人|姓名|联系人|法定代表人)[ ]?[:：][ ]?[一-鿿]{2,4}"), _warn, False),
    Kind(
        "就医信息",
        re.compile(r"(?:住院号|病历号|门诊号|病案号)[:： ]{0,2}[A-Za-z0-9]{4,20}"),
        _warn,
        numbers=False,
    ),
    Kind(
        "不动产权证号",
        re.compile(r"不动产权(?:证)?第? ?[0-9]{5,9} ?号"),
        _warn,
        numbers=False,
    ),
)

_DOOR = re.compile(r"(?<![0-9第])[0-9]{1,5}(?:号|栋|幢|单元|室|组)")
_LEVEL = re.compile(r"省|市|区|县|自治州|镇|乡|街道|村|社区|路|街|巷|小区")
_STOP = re.compile(r"[，。；：、,;:!?！？（）()〔〕\[\]\n]")


def addresses(text: str) -> list[tuple[int, int]]:
    """Offsets of addresses down to the door: a number before 号, 栋, 室 … with two levels or more before it.

    Looks back over 40 signs at most, so the time stays linear.
    """
    found: list[tuple[int, int]] = []
    for door in _DOOR.finditer(text):
        if found and door.start() - found[-1][1] <= 2:
            found[-1] = (found[-1][0], door.end())
            continue
        before = text[max(0, door.start() - 40) : door.start()]
        stops = [stop.end() for stop in _STOP.finditer(before)]
        chain = before[stops[-1] :] if stops else before
        if len(_LEVEL.findall(chain)) >= 2:
            found.append((door.start() - len(chain), door.end()))
    return found

"""Labelled texts with a fixed seed: invented people in official prose, plain and disguised, and hard negatives.

Nobody in it exists. Used by `make pii-report` and, in a smaller run, by the unit tests.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import luhn
from stdnum.cn import ric, uscc

_REGIONS = ("530402", "530403", "530422", "530423", "530425", "110105", "310101", "510104")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林"
_GIVEN = ("小明", "建国", "丽", "秀英", "志强", "桂兰", "海燕", "文", "晓东", "玉梅")
_STREETS = ("示例路", "样本街", "测试路", "虚构巷")
_FRAMES = (
    "经查，{}的材料已经收悉，现予答复。",
    "公示名单\n序号 1\n{}\n公示期为5个工作日。",
    "请与{}核实后，于2026年3月16日前报送。",
    "<table><tr><td>1</td><td>{}</td><td>符合条件</td></tr></table>",
    "依据玉政办发〔2019〕20号文件，{}，补助3000元。",
)
_NEGATIVES = (
    "玉政办发〔{year}〕{small}号",
    "项目代码{year}-530400-48-01-{six}",
    "合同编号{year}04010000{six}",
    "总投资{small}.86亿元，涉及住户{four}户，完成率98.5%",
    "自{year}年3月16日起施行，有效期至2030年12月31日",
    "拨打12345热线或者12388举报，用电咨询95598，服务热线400-810-{four}",
    "案号（{year}）云04行初{small}号",
    "登记编号G002-{year}-000{small}",
    "公示期自{year}年3月16日至{year}年3月24日，共{small}人",
    "申请人应当在15个工作日内补正，申请人对答复不服的可以申请复议",
    "《条例》（国务院令第711号）第三十六条第{small}项",
    "坐标102.{six}，24.{six}，海拔{four}米",
    "玉溪市红塔区{year}年第{small}号公告",
    "统计：{four} {four} {four} {six}",
)
_FIXED_LINES = (
    "0877-{}",
    "0877 {}",
    "（0877）{}",
    "0877—{}",
    "0877-{}-8001",
    "0877-{}转8001",
    "+86 877 {}",
    "电话：{}",
)
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_TRADITIONAL = str.maketrans("0123456789", "零壹貳參肆伍陸柒捌玖")
_ARABIC = {ord("0") + digit: chr(0x0660 + digit) for digit in range(10)}
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_CAPITAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")


@dataclass(frozen=True)
class Sample:
    """A text; `kind` is what stands at `start`..`end`, "" for a text without personal data."""

    text: str
    kind: str = ""
    start: int = 0
    end: int = 0
    disguise: str = ""


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _date(rng: random.Random, latest: int = 2010) -> str:
    return f"{rng.randint(1940, latest)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"


def _resident(rng: random.Random) -> str:
    return _with_check_digit(rng.choice(_REGIONS) + _date(rng) + _digits(rng, 3))


def _with_check_digit(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


def _residence_permit(rng: random.Random) -> str:
    return _with_check_digit(rng.choice(("810000", "820000", "830000")) + _date(rng) + _digits(rng, 3))


def _permanent_resident(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return "USA" + _digits(rng, 12)
    return _with_check_digit(
        f"9{rng.choice(('53', '31', '44'))}{_digits(rng, 3)}{_date(rng)}{_digits(rng, 3)}"
    )


def _card(rng: random.Random) -> str:
    body = "62" + _digits(rng, rng.choice((13, 16)))
    return body + luhn.calc_check_digit(body)


def _trader(rng: random.Random) -> str:
    body = f"92530402MA6{_digits(rng, 6)}"
    return body + uscc.calc_check_digit(body)


def _name(rng: random.Random) -> str:
    return rng.choice(("申请人：", "姓名：", "联系人：")) + rng.choice(_SURNAMES) + rng.choice(_GIVEN)


def _address(rng: random.Random) -> str:
    return f"玉溪市红塔区{rng.choice(_STREETS)}{rng.randint(1, 300)}号{rng.randint(1, 20)}栋{rng.randint(101, 2999)}室"


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "居民身份证号": _resident,
    "十五位身份证号": lambda rng: rng.choice(_REGIONS) + _date(rng, 1985)[2:] + _digits(rng, 3),
    "手机号码": lambda rng: f"1{rng.choice('3456789')}{_digits(rng, 9)}",
    "银行卡号": _card,
    "固定电话": lambda rng: rng.choice(_FIXED_LINES).format(f"2{_digits(rng, 6)}"),
    "境外电话": lambda rng: rng.choice(("+852 {}", "00852 {}", "+853-{}", "+1212{}")).format(_digits(rng, 8)),
    "个体工商户信用代码": _trader,
    "护照号码": lambda rng: rng.choice("EG") + _digits(rng, 8),
    "永久居留证号": _permanent_resident,
    "港澳台居民居住证号": _residence_permit,
    "港澳居民通行证号": lambda rng: rng.choice("HM") + _digits(rng, 8),
    "车牌号": lambda rng: f"云{rng.choice('AFDG')}{_digits(rng, 5)}",
    "电子邮箱": lambda rng: f"user{_digits(rng, 4)}@example.org",
    "QQ或微信号": lambda rng: rng.choice(("QQ：", "微信号：")) + "1" + _digits(rng, 8),
    "姓名": _name,
    "就医信息": lambda rng: "住院号：" + _digits(rng, 8),
    "不动产权证号": lambda rng: f"云（2020）红塔区不动产权第{_digits(rng, 7)}号",
    "住址": _address,
}
DISGUISED = ("居民身份证号", "港澳台居民居住证号", "永久居留证号", "手机号码", "银行卡号")


def _full_width(value: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in value)


def _spread(value: str, between: str, step: int) -> str:
    return between.join(value[at : at + step] for at in range(0, len(value), step))


DISGUISES: dict[str, Callable[[str], str]] = {
    "全角": _full_width,
    "逐字空格": lambda value: _spread(value, " ", 1),
    "四位分组": lambda value: _spread(value, " ", 4),
    "短横": lambda value: _spread(value, "-", 4),
    "间隔点": lambda value: _spread(value, "·", 4),
    "汉字数字": lambda value: value.translate(_CHINESE),
    "大写数字": lambda value: value.translate(_CAPITAL),
    "零宽字符": lambda value: _spread(value, "\u200b", 1),
    "跨标签": lambda value: f"{value[:5]}<b>{value[5:8]}</b>{value[8:]}",
    "换行": lambda value: f"{value[:7]}\n{value[7:]}",
    "空一行": lambda value: f"{value[:7]}\n\n{value[7:]}",
    "一行一位": lambda value: _spread(value, "\n", 1),
    "一格一位": lambda value: _spread(value, "</td><td>", 1),
    "逐字顿号": lambda value: _spread(value, "、", 1),
    "逗号": lambda value: _spread(value, "，", 4),
    "斜线": lambda value: _spread(value, "/", 4),
    "波浪线": lambda value: _spread(value, "~", 4),
    "星号": lambda value: _spread(value, "*", 4),
    "加粗": lambda value: _spread(value, "**", 1),
    "括号": lambda value: _spread(value, ")(", 4),
    "圆圈": lambda value: value.replace("0", "○"),
    "繁体大写": lambda value: value.translate(_TRADITIONAL),
    "阿拉伯文数字": lambda value: value.translate(_ARABIC),
    "圈码": lambda value: value.translate(_CIRCLED),
    "连接符": lambda value: _spread(value, "\u200d", 1),
    "变体选择符": lambda value: _spread(value, "\ufe0f", 1),
    "实体": lambda value: "".join(f"&#{ord(sign)};" for sign in value),
    "注释": lambda value: _spread(value, "<!-- -->", 3),
}


def samples(seed: int, each: int) -> list[Sample]:
    """`each` plain texts per kind, as many per disguise of the kinds people disguise, and as many hard negatives
    per pattern; the same seed gives the same texts."""
    rng = random.Random(seed)  # noqa: S311  invented people, no secret

    def placed(kind: str, value: str, disguise: str) -> Sample:
        before, after = rng.choice(_FRAMES).split("{}")
        return Sample(before + value + after, kind, len(before), len(before) + len(value), disguise)

    made = [placed(kind, maker(rng), "") for kind, maker in MAKERS.items() for _ in range(each)]
    for kind in DISGUISED:
        for disguise, hide in DISGUISES.items():
            made += [placed(kind, hide(MAKERS[kind](rng)), disguise) for _ in range(each)]
    for pattern in _NEGATIVES:
        for _ in range(each):
            facts = {"year": rng.randint(2018, 2026), "small": rng.randint(10, 99)}
            made.append(Sample(pattern.format(four=_digits(rng, 4), six=_digits(rng, 6), **facts)))
    return made

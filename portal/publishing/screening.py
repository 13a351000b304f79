"""Looking for personal data before anything is released.

Two rules. Any value that the case itself holds in sealed fields blocks the release: for a case's own
people nothing is left to chance. Beyond that, patterns find numbers that look like somebody's: a valid
check digit blocks, a likely one warns. Text is normalised first (full width, blanks, dashes, Chinese
numerals), linear patterns only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from stdnum import luhn

from portal.core.identity import resident_number_holds

BLOCK = "block"
WARN = "warn"
_NUMERALS = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "00123456789123456789")
_SEPARATORS = re.compile("(?<=[0-9Xx])[\\s\\-\u00b7.\u2010-\u2015\u200b-\u200f]{1,3}(?=[0-9Xx])")


@dataclass(frozen=True)
class Finding:
    """One suspicious place: how bad, what it looks like, and the text as it stands (masked)."""

    severity: str
    kind: str
    shown: str

    @property
    def blocks(self) -> bool:
        """True if the release must not go out with it."""
        return self.severity == BLOCK


def flatten(text: str) -> str:
    """Text as the patterns see it."""
    folded = unicodedata.normalize("NFKC", text).translate(_NUMERALS)
    return _SEPARATORS.sub("", folded)


def _compact(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_NUMERALS).upper()
    return "".join(ch for ch in folded if ch.isalnum())


def _mask(value: str) -> str:
    return f"{value[:2]}…{value[-1:]}" if len(value) > 3 else "…"


def screen(text: str, own_values: Iterable[str] = (), allowed: Iterable[str] = ()) -> list[Finding]:
    """The findings in a text; `own_values` are the case's sealed values, `allowed` numbers of the office."""
    findings: list[Finding] = []
    compact = _compact(text)
    for value in own_values:
        bare = _compact(value)
        if len(bare) >= 2 and bare in compact:
            findings.append(Finding(BLOCK, "本件当事人信息", _mask(value)))
    flat = flatten(text)
    passes = {_compact(number) for number in allowed if number}
    for kind, pattern, judge in _PATTERNS:
        for match in pattern.finditer(flat):
            value = match.group()
            if _compact(value) in passes:
                continue
            severity = judge(value)
            if severity:
                findings.append(Finding(severity, kind, _mask(value)))
    return list(dict.fromkeys(findings))


def _judge_identity(value: str) -> str:
    return (
        BLOCK
        if resident_number_holds(value)
        else WARN
        if re.match(r"\d{6}(19|20)\d{2}(0\d|1[0-2])", value)
        else ""
    )


def _judge_card(value: str) -> str:
    return BLOCK if luhn.is_valid(value) and value[0] in "3456" else ""


def _always_block(value: str) -> str:
    return BLOCK


def _always_warn(value: str) -> str:
    return WARN


_PATTERNS = (
    ("居民身份证号", re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])"), _judge_identity),
    ("手机号码", re.compile(r"(?<![0-9])(?:86)?1[3-9][0-9]{9}(?![0-9])"), _always_block),
    ("银行卡号", re.compile(r"(?<![0-9])[0-9]{16,19}(?![0-9Xx])"), _judge_card),
    (
        "电子邮箱",
        re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
        _always_warn,
    ),
    ("固定电话", re.compile(r"(?<![A-Za-z0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])"), _always_warn),
    (
        "车牌号",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}"
        ),
        _always_warn,
    ),
    ("护照号码", re.compile(r"(?<![A-Za-z0-9])[EGDSP][A-Z]?[0-9]{7,8}(?![A-Za-z0-9])"), _always_warn),
    ("姓名", re.compile(r"(?:申请人|姓名|联系人|法定代表人)[:：]?[一-鿿]{2,4}"), _always_warn),
)

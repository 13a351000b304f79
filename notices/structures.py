"""Items with parts of their own: guides to services, what an office does, who leads it.

A structure names its parts; the answers are kept as JSON beside the text and go through the same review, versions
and digest. A table is typed as lines with the columns divided by a bar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.errors import InvalidInput

LINE, TEXT, LINES, TABLE, NUMBER, ADDRESS, CHOICE = (
    "line",
    "text",
    "lines",
    "table",
    "number",
    "url",
    "choice",
)
MOST_ROWS = 100
MOST_TEXT = 4000
MOST_DAYS = 400


@dataclass(frozen=True)
class Part:
    """One part: how it is typed and shown. `columns` head a table, `options` are (value, title)."""

    name: str
    label: str
    sort: str = LINE
    required: bool = False
    columns: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Structure:
    """A kind of structured item."""

    code: str
    title: str
    parts: tuple[Part, ...]


AUDIENCES = (("person", "个人"), ("legal", "企业和其他组织"), ("both", "个人、企业和其他组织"))
SERVICE = Structure(
    "service",
    "办事指南",
    (
        Part("audience", "服务对象", CHOICE, True, options=AUDIENCES),
        Part("item_code", "事项编码"),
        Part("basis", "设定依据", LINES, True, hint="一行一条。"),
        Part("conditions", "办理条件", LINES, True, hint="一行一条。"),
        Part(
            "materials",
            "申请材料",
            TABLE,
            True,
            ("材料", "份数", "要求"),
            hint="一行一份，用“|”分开：身份证|1|原件核对。",
        ),
        Part(
            "steps",
            "办理流程",
            TABLE,
            True,
            ("步骤", "做什么", "时限"),
            hint="一行一步，用“|”分开：受理|窗口核对材料|当场。",
        ),
        Part("legal_days", "法定时限（工作日）", NUMBER, True),
        Part("promised_days", "承诺时限（工作日）", NUMBER, True),
        Part("fee", "收费", LINE, True, hint="不收费的，写“不收费”。"),
        Part("place", "办理地点", LINE, True),
        Part("hours", "办理时间", LINE, True),
        Part("phone", "咨询电话", LINE, True),
        Part("apply_url", "网上办理地址", ADDRESS),
    ),
)
PROFILE = Structure(
    "profile",
    "机构职能",
    (
        Part("duties", "主要职责", LINES, True, hint="一行一条。"),
        Part("head", "负责人", LINE, True),
        Part("divisions", "内设机构", TABLE, False, ("机构", "职责", "电话"), hint="一行一个，用“|”分开。"),
        Part("place", "办公地址", LINE, True),
        Part("hours", "办公时间", LINE, True),
        Part("phone", "联系电话", LINE, True),
        Part("email", "电子邮箱"),
    ),
)
LEADER = Structure(
    "leader",
    "领导信息",
    (
        Part("name", "姓名", LINE, True),
        Part("post", "职务", LINE, True),
        Part("duties", "分工", LINES, True, hint="一行一条。"),
        Part("career", "简历", TEXT),
    ),
)
STRUCTURES = {entry.code: entry for entry in (SERVICE, PROFILE, LEADER)}


def read(structure: Structure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept. Raises InvalidInput (field: the part) for one that is missing or wrong."""
    kept: dict[str, Any] = {}
    for part in structure.parts:
        value = _read_part(part, str(answers.get(part.name) or "").strip())
        if part.required and value in ("", [], None):
            raise InvalidInput(f"请填写{part.label}", part.name)
        kept[part.name] = value
    promised, legal = kept.get("promised_days"), kept.get("legal_days")
    if promised is not None and legal is not None and promised > legal:
        raise InvalidInput("承诺时限不能长于法定时限", "promised_days")
    return kept


def _read_part(part: Part, text: str) -> Any:
    if len(text) > MOST_TEXT:
        raise InvalidInput(f"{part.label}不能超过{MOST_TEXT}字", part.name)
    if part.sort == NUMBER:
        return _days(part, text) if text else None
    if part.sort in (LINES, TABLE):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_ROWS:
            raise InvalidInput(f"{part.label}不能超过{MOST_ROWS}行", part.name)
        return lines if part.sort == LINES else [_cells(part, line) for line in lines]
    if part.sort == CHOICE and text and text not in dict(part.options):
        raise InvalidInput(f"请选择{part.label}", part.name)
    if part.sort == ADDRESS and text and not text.startswith("https://"):
        raise InvalidInput("网址应以 https:// 开头", part.name)
    return text


def _days(part: Part, text: str) -> int:
    if not text.isdecimal() or len(text) > 4 or int(text) > MOST_DAYS:
        raise InvalidInput(f"{part.label}应为0至{MOST_DAYS}的整数，当场办结的填0", part.name)
    return int(text)


def _cells(part: Part, line: str) -> list[str]:
    cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
    if len(cells) > len(part.columns):
        raise InvalidInput(f"{part.label}每行最多{len(part.columns)}栏：{'、'.join(part.columns)}", part.name)
    return cells + [""] * (len(part.columns) - len(cells))


def typed(structure: Structure, kept: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, for the form."""
    found = {}
    for part in structure.parts:
        value = kept.get(part.name)
        if part.sort == TABLE:
            value = "\n".join("|".join(cells) for cells in value or [])
        elif part.sort == LINES:
            value = "\n".join(value or [])
        found[part.name] = "" if value is None else str(value)
    return found


@dataclass(frozen=True)
class Shown:
    """One part as the page shows it."""

    part: Part
    value: Any

    @property
    def label(self) -> str:
        """What it is called on the page; the unit stands with the value."""
        return self.part.label.partition("（")[0]

    @property
    def text(self) -> str:
        """A single value in words."""
        if self.part.sort == CHOICE:
            return dict(self.part.options).get(self.value, "")
        if self.part.sort == NUMBER:
            return "当场办结" if self.value == 0 else f"{self.value}个工作日"
        return str(self.value)


def shown(code: str, kept: Mapping[str, Any]) -> list[Shown]:
    """The parts that have something to show, in order; none for an unknown structure."""
    structure = STRUCTURES.get(code)
    if structure is None:
        return []
    rows = [Shown(part, kept.get(part.name)) for part in structure.parts]
    return [row for row in rows if row.value not in (None, "", [])]


def plain(code: str, kept: Mapping[str, Any]) -> str:
    """All words, for the index and for screening."""
    found: list[str] = []
    for row in shown(code, kept):
        if row.part.sort == TABLE:
            found += ["　".join(cells) for cells in row.value]
        elif row.part.sort == LINES:
            found += row.value
        else:
            found.append(row.text)
    return "\n".join(found)

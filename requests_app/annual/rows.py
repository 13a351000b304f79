"""The fixed rows and columns of the annual report's three tables (国办公开办函〔2021〕30号); pure."""

from __future__ import annotations

from dataclasses import dataclass

from requests_app.choices import (
    ApplicantKind,
    NotProcessedReason,
    OrganisationKind,
    RefusalGround,
    RemedyKind,
    RemedyResult,
    ReplyKind,
)

TOTAL = "total"
PERSON = "person"
NEW, CARRIED_OVER, HANDLED, CARRIED_FORWARD = "new", "carried_over", "handled", "carried_forward"
ABANDONED, UNPAID, REST = "other_abandoned", "other_unpaid", "other_rest"

SECTION = "三、本年度办理结果"
REFUSED = "（三）不予公开"
UNAVAILABLE = "（四）无法提供"
UNPROCESSED = "（五）不予处理"
OTHERWISE = "（六）其他处理"


@dataclass(frozen=True)
class Row:
    """One row of table 2: its code, its number and words as printed, and what it stands under."""

    code: str
    number: str
    label: str
    section: str = ""
    group: str = ""

    @property
    def text(self) -> str:
        """The number and the words, as in the row's own cell."""
        return f"{self.number}{self.label}"

    @property
    def title(self) -> str:
        """The row named in full, with the group that it stands under."""
        return f"{self.group} {self.text}" if self.group else self.text


def _under(group: str, *entries: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(
        Row(code, f"{index}.", label, SECTION, group) for index, (code, label) in enumerate(entries, 1)
    )


HANDLED_ROWS = (
    Row("disclosed", "（一）", "予以公开", SECTION),
    Row("partial", "（二）", "部分公开（区分处理的，只计这一情形，不计其他情形）", SECTION),
    *_under(
        REFUSED,
        ("refused_state_secret", "属于国家秘密"),
        ("refused_forbidden", "其他法律行政法规禁止公开"),
        ("refused_security", "危及“三安全一稳定”"),
        ("refused_third_party", "保护第三方合法权益"),
        ("refused_internal", "属于三类内部事务信息"),
        ("refused_process", "属于四类过程性信息"),
        ("refused_enforcement_file", "属于行政执法案卷"),
        ("refused_inquiry", "属于行政查询事项"),
    ),
    *_under(
        UNAVAILABLE,
        ("unavailable_not_held", "本机关不掌握相关政府信息"),
        ("unavailable_needs_creation", "没有现成信息需要另行制作"),
        ("unavailable_unclear", "补正后申请内容仍不明确"),
    ),
    *_under(
        UNPROCESSED,
        ("unprocessed_petition", "信访举报投诉类申请"),
        ("unprocessed_duplicate", "重复申请"),
        ("unprocessed_publication", "要求提供公开出版物"),
        ("unprocessed_excessive", "无正当理由大量反复申请"),
        ("unprocessed_confirmation", "要求行政机关确认或重新出具已获取信息"),
    ),
    *_under(
        OTHERWISE,
        (ABANDONED, "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        (UNPAID, "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        (REST, "其他"),
    ),
)
ROWS = (
    Row(NEW, "一、", "本年新收政府信息公开申请数量"),
    Row(CARRIED_OVER, "二、", "上年结转政府信息公开申请数量"),
    *HANDLED_ROWS,
    Row(HANDLED, "（七）", "总计", SECTION),
    Row(CARRIED_FORWARD, "四、", "结转下年度继续办理"),
)
ROW_TITLES = {row.code: row.title for row in ROWS}

ORGANISATION_COLUMNS = tuple((kind.value, str(kind.label)) for kind in OrganisationKind)
COLUMNS = ((PERSON, "自然人"), *ORGANISATION_COLUMNS, (TOTAL, "总计"))
PARTS = tuple(code for code, _ in COLUMNS[:-1])
COLUMN_TITLES = dict(COLUMNS)

_BY_REPLY = {
    ReplyKind.DISCLOSE: "disclosed",
    ReplyKind.ALREADY_PUBLIC: "disclosed",
    ReplyKind.PARTIAL: "partial",
    ReplyKind.INQUIRY: "refused_inquiry",
    ReplyKind.NOT_HELD: "unavailable_not_held",
    ReplyKind.NOT_OURS: "unavailable_not_held",
    ReplyKind.NEEDS_CREATION: "unavailable_needs_creation",
    ReplyKind.UNCLEAR: "unavailable_unclear",
}
_BY_END: dict[str, str] = {
    **{kind.value: row for kind, row in _BY_REPLY.items()},
    "abandoned": ABANDONED,
    "unpaid": UNPAID,
}
_BY_GROUND: dict[str, str] = {ground.value: f"refused_{ground.value}" for ground in RefusalGround}
_BY_REASON: dict[str, str] = {reason.value: f"unprocessed_{reason.value}" for reason in NotProcessedReason}


def row_of(outcome: str, ground: str = "", reason: str = "") -> str:
    """The code of the row in which a request that ended so counts.

    `outcome` is a reply's kind, or abandoned, unpaid, withdrawn, ended; `ground` matters for refuse, `reason` for
    not_processed. What fits nowhere else counts under （六）3 其他, withdrawn requests among it.
    """
    if outcome == ReplyKind.REFUSE:
        return _BY_GROUND.get(ground, REST)
    if outcome == ReplyKind.NOT_PROCESSED:
        return _BY_REASON.get(reason, REST)
    return _BY_END.get(outcome, REST)


def column_of(applicant_kind: str, organisation_kind: str) -> str:
    """The code of the applicant's column; an organisation of no known kind counts under 其他."""
    if applicant_kind == ApplicantKind.CITIZEN:
        return PERSON
    return organisation_kind if organisation_kind in OrganisationKind.values else OrganisationKind.OTHER


@dataclass(frozen=True)
class EnteredRow:
    """One row of table 1, with the codes of its figures; a unit enters them."""

    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class EnteredPart:
    """One part of table 1: the article it belongs to, the heads of its figures, its rows."""

    article: str
    heads: tuple[str, ...]
    rows: tuple[EnteredRow, ...]


_FILES = ("made", "abolished", "in_force")
_DECIDED = ("本年处理决定数量",)
FEES = "fees_charged"
TABLE1 = (
    EnteredPart(
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (
            EnteredRow("规章", tuple(f"rules_{what}" for what in _FILES)),
            EnteredRow("行政规范性文件", tuple(f"documents_{what}" for what in _FILES)),
        ),
    ),
    EnteredPart("第二十条第（五）项", _DECIDED, (EnteredRow("行政许可", ("licences_decided",)),)),
    EnteredPart(
        "第二十条第（六）项",
        _DECIDED,
        (
            EnteredRow("行政处罚", ("penalties_decided",)),
            EnteredRow("行政强制", ("coercions_decided",)),
        ),
    ),
    EnteredPart(
        "第二十条第（八）项", ("本年收费金额（单位：万元）",), (EnteredRow("行政事业性收费", (FEES,)),)
    ),
)
ENTERED_TITLES = {
    code: f"{row.label}：{head}"
    for part in TABLE1
    for row in part.rows
    for code, head in zip(row.codes, part.heads, strict=True)
}

REMEDY_ROWS: tuple[tuple[str, str], ...] = (
    (RemedyKind.RECONSIDERATION.value, "行政复议"),
    (RemedyKind.LAWSUIT.value, "未经复议直接起诉"),
    (RemedyKind.LAWSUIT_AFTER.value, "复议后起诉"),
)
REMEDY_RESULTS: tuple[tuple[str, str], ...] = tuple(
    (result.value, str(result.label))
    for result in (
        RemedyResult.UPHELD,
        RemedyResult.CORRECTED,
        RemedyResult.OTHER,
        RemedyResult.PENDING,
    )
)
REMEDY_COLUMNS = (*REMEDY_RESULTS, (TOTAL, "总计"))
REMEDY_ROW_TITLES = {
    code: label if code == RemedyKind.RECONSIDERATION else f"行政诉讼 {label}" for code, label in REMEDY_ROWS
}
REMEDY_COLUMN_TITLES = dict(REMEDY_COLUMNS)

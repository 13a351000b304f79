"""What the records of a request propose as its reply, and where a reply contradicts them (条例第三十六条、第三十七条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.core.wording import listed
from portal.records.choices import ARTICLES, Disposition, Ground, Origin
from portal.records.queries import Entry, entries_of
from requests_app.choices import ProtectedInterest, RefusalGround, ReplyKind
from requests_app.models import DisclosureRequest

GROUNDS = {
    Ground.PRIVACY: RefusalGround.THIRD_PARTY,
    Ground.TRADE_SECRET: RefusalGround.THIRD_PARTY,
    Ground.INTERNAL: RefusalGround.INTERNAL,
    Ground.PROCESS: RefusalGround.PROCESS,
    Ground.ENFORCEMENT: RefusalGround.ENFORCEMENT_FILE,
    Ground.STATE_SECRET: RefusalGround.STATE_SECRET,
    Ground.FORBIDDEN: RefusalGround.FORBIDDEN,
    Ground.SECURITY: RefusalGround.SECURITY,
}
# The kinds that say that there is nothing to be given at all.
NOTHING_THERE = (ReplyKind.NOT_HELD, ReplyKind.NEEDS_CREATION, ReplyKind.UNCLEAR, ReplyKind.NOT_OURS)


@dataclass(frozen=True)
class Proposal:
    """The kind of reply to one matter and its sentences, as the records have it."""

    kind: str
    body: str
    ground: str = ""
    interest: str = ""
    withheld: str = ""


def relevant(entries: Iterable[Entry], position: int) -> list[Entry]:
    """The records of a matter that are what was asked for."""
    return [
        entry
        for entry in entries
        if position in entry.record.matters and entry.record.disposition != Disposition.NOT_RESPONSIVE
    ]


def proposal(case: DisclosureRequest, position: int = 1) -> Proposal | None:
    """The reply to a matter as its records propose it; None where nothing is decided yet."""
    rows = relevant(entries_of(case), position)
    if not rows or any(entry.record.disposition == Disposition.UNDECIDED for entry in rows):
        return None
    kind = _kind(rows)
    ground, interest = _ground(rows)
    given = [entry for entry in rows if entry.is_given]
    return Proposal(
        kind=kind,
        body=_given_words(kind, given) if given else _refused_words(rows),
        ground=ground if kind in (ReplyKind.PARTIAL, ReplyKind.REFUSE) else "",
        interest=interest if kind in (ReplyKind.PARTIAL, ReplyKind.REFUSE) else "",
        withheld=withheld_words(rows) if kind == ReplyKind.PARTIAL else "",
    )


def _kind(rows: Sequence[Entry]) -> str:
    kinds = {entry.record.disposition for entry in rows}
    if kinds == {Disposition.WHOLE}:
        public = all(entry.record.origin == Origin.PUBLISHED for entry in rows)
        return ReplyKind.ALREADY_PUBLIC if public else ReplyKind.DISCLOSE
    return ReplyKind.REFUSE if kinds == {Disposition.WITHHOLD} else ReplyKind.PARTIAL


def grounds_of(entry: Entry) -> list[str]:
    """The grounds on which something of a record is withheld, one for each place; the record's own where all of it is."""
    record = entry.record
    if record.disposition == Disposition.WITHHOLD:
        return [record.ground]
    if record.disposition != Disposition.PART:
        return []
    return [row["ground"] for rows in record.marks.values() for row in rows]


def _ground(rows: Sequence[Entry]) -> tuple[str, str]:
    """The ground that the reply names first, and whose interest: third parties' before the agency's own."""
    found = Counter(ground for entry in rows for ground in grounds_of(entry))
    if not found:
        return "", ""
    both = {Ground.PRIVACY, Ground.TRADE_SECRET} & set(found)
    if both:
        interest = ProtectedInterest.BOTH if len(both) == 2 else ProtectedInterest(next(iter(both)))
        return RefusalGround.THIRD_PARTY, interest
    return GROUNDS[Ground(found.most_common(1)[0][0])], ""


def named(entry: Entry) -> str:
    """《title》 with its document number."""
    record = entry.record
    return f"《{record.title}》{f'（{record.document_number}）' if record.document_number else ''}"


def _given_words(kind: str, given: Sequence[Entry]) -> str:
    rows = [f"{number}．{named(entry)}，共{entry.record.pages}页。" for number, entry in enumerate(given, 1)]
    if kind == ReplyKind.ALREADY_PUBLIC:
        where = [f"{named(entry)}已在本机关网站公开：{entry.record.url}" for entry in given]
        return "\n".join(["该信息已经主动公开，可以直接查阅，现一并提供：", *where])
    return "\n".join(["现提供下列信息（见附件）：", *rows])


def _refused_words(rows: Sequence[Entry]) -> str:
    reasons = [f"{named(entry)}不予公开。{entry.record.reason}" for entry in rows]
    return "\n".join(["经检索，本机关保存有下列信息：", *reasons])


def withheld_words(rows: Sequence[Entry]) -> str:
    """A line for each record and ground: which pages, how many places, by which article."""
    return "\n".join(
        f"{named(entry)}{what}，涉及{Ground(ground).label}，根据条例{ARTICLES[Ground(ground)]}不予公开。"
        for entry in rows
        for ground, what in _places(entry)
    )


def _places(entry: Entry) -> list[tuple[str, str]]:
    record = entry.record
    if record.disposition == Disposition.WITHHOLD:
        return [(record.ground, "全文")]
    if entry.copy is not None and entry.copy.is_proven:
        labels = {label: value for value, label in Ground.choices}
        return [
            (labels[label], f"第{listed(map(str, pages))}页中隐去的{count}处")
            for label, pages, count in entry.copy.by_ground()
        ]
    return [(ground, "中隐去的内容") for ground in dict.fromkeys(grounds_of(entry))]


def contradiction(entries: Sequence[Entry], position: int, kind: str) -> str:
    """Why a reply of that kind to that matter contradicts what was decided about its records; "" if it does not."""
    rows = relevant(entries, position)
    given = [entry for entry in rows if entry.is_given]
    whole = [entry for entry in rows if entry.record.disposition == Disposition.WHOLE]
    if not rows or any(entry.record.disposition == Disposition.UNDECIDED for entry in rows):
        return ""
    names = "、".join(f"第{entry.number}份" for entry in given)
    if kind == ReplyKind.PARTIAL and len(whole) == len(rows):
        return (
            "答复为部分公开，但所有信息都确定为全部提供，没有一处遮盖：请改为予以公开，或者标记不予公开的内容"
        )
    if kind == ReplyKind.PARTIAL and not given:
        return "答复为部分公开，但没有一份信息提供给申请人：请改为不予公开"
    if kind in (ReplyKind.DISCLOSE, ReplyKind.ALREADY_PUBLIC) and len(whole) < len(rows):
        return "答复为全部公开，但有的信息确定为遮盖后提供或者不予公开：请改为部分公开"
    if kind == ReplyKind.REFUSE and given:
        return f"答复为不予公开，但{names}信息确定为提供给申请人：请改为部分公开，或者改为不予提供"
    if kind in NOTHING_THERE:
        return "已经检索到申请的信息，不能作此答复：请改选答复类型，或者将与申请无关的信息标明"
    return ""

"""The labels at the beginning of a line, and the ones that run on inside it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from consultations.clauses.layout import is_blank, solid, trimmed
from consultations.clauses.numerals import NUMERAL, NUMERAL_OR_DIGITS, to_int
from consultations.clauses.tree import Kind

UNITS = {"编": Kind.PART, "部分": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION, "条": Kind.ARTICLE}
NUMBERED = re.compile(
    rf"第\s*({NUMERAL_OR_DIGITS})\s*(部分|[编章节条])(?:\s*之\s*({NUMERAL_OR_DIGITS})(?![款项目种类点]))?"
)
ITEM = re.compile(rf"[(（]\s*({NUMERAL})\s*[)）]")
POINT = re.compile(r"[(（]\s*([0-9０-９]{1,2})\s*[)）]")
SUBITEM = re.compile(r"([0-9０-９]{1,2})\s*[.．、](?![0-9０-９])")
HEADING = re.compile(rf"({NUMERAL})\s*[、.．]")
# 第三条所称…, 第三条、第四条…: the line speaks of a clause, it does not begin one.
SPOKEN_OF = re.compile(
    r"(?:的|规定|所称|所列|之|和|及|与|或|至|到|、|，|,|。|；|第|中|以|内|外|修改|删去|款|项)"
)
NAMED = re.compile(r"[【\[〔][^】\]〕]{1,30}[】\]〕]|[(（][^()（）]{1,30}[)）]")
RUNNING_ON = (ITEM, SUBITEM, POINT)
RUNNING_UNDER = (Kind.ITEM, Kind.SUBITEM, Kind.POINT)
SENTENCE_END = "。；;！!？?：:，,、."
LONGEST_HEADING = 60
TITLE_ENDING = re.compile(
    r"(?:办法|规定|制度|条例|细则|规则|方案|意见|决定|公告|通告|通知|指南|章程|标准|规范|规程|计划|规划|预案|措施|守则|公约|准则"
    r"|清单|批复|报告|说明|决议|纲要|要点|法)(?:[》”]?\s*[(（〔][^()（）〔〕]{1,20}[)）〕])*[》”]?"
)
ONLY_BRACKETS = re.compile(r"[(（〔][^()（）〔〕]{1,20}[)）〕]")
DRAFT_NOTE = re.compile(r"征求意见|草案|试行|暂行|修订|送审|审议|讨论|修改")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label found at the beginning of a line, and what follows it."""

    kind: Kind
    label: str
    number: tuple[int, int]
    heading: str
    text: str


def numbered(line: str, next_article: int) -> Mark | None:
    """编, 章, 节 or 条 at the beginning of the line, None if it only speaks of one.

    Without a blank after it, 第三条 counts as a label only if the third 条 is the one that is due.
    """
    match = NUMBERED.match(line)
    if match is None:
        return None
    number, inserted = to_int(match[1]), to_int(match[3]) if match[3] else 0
    if number is None or inserted is None:
        return None
    kind, rest = UNITS[match[2]], line[match.end() :]
    apart = not rest or is_blank(rest[0]) or rest[0] in "【〔["
    rest = trimmed(rest)
    if not apart and SPOKEN_OF.match(rest):
        return None
    if kind != Kind.ARTICLE:
        if rest and not is_heading(rest):
            return None
        return Mark(kind, solid(match[0]), (number, inserted), rest, "")
    due = number == next_article or (inserted > 0 and number == next_article - 1)
    if not apart and not due:
        return None
    heading = NAMED.match(rest)
    if heading and not ITEM.match(rest) and not POINT.match(rest):
        return Mark(kind, solid(match[0]), (number, inserted), heading[0], trimmed(rest[heading.end() :]))
    return Mark(kind, solid(match[0]), (number, inserted), "", rest)


def listed(line: str, *, with_headings: bool) -> Mark | None:
    """（一）, 1. or （1） at the beginning of the line; also 一、 if the text has no 条."""
    for kind, pattern in (
        (Kind.ITEM, ITEM),
        (Kind.POINT, POINT),
        (Kind.SUBITEM, SUBITEM),
        (Kind.HEADING, HEADING),
    ):
        if kind == Kind.HEADING and not with_headings:
            continue
        match = pattern.match(line)
        number = to_int(match[1]) if match else None
        if match is None or number is None:
            continue
        rest = trimmed(line[match.end() :])
        if with_headings and rest and is_heading(rest) and kind != Kind.POINT:
            return Mark(kind, solid(match[0]), (number, 0), rest, "")
        return Mark(kind, solid(match[0]), (number, 0), "", rest)
    return None


def run_on(text: str, under: Kind = Kind.ARTICLE) -> list[str]:
    """A line cut before each label that runs on inside it: （一）…；（二）… and 1.…。2.…

    Only labels counted from one, at least two of them, the first after a colon, a full stop or at the very
    beginning, each further one after a mark of punctuation. Joined, the pieces are the line; the first is
    what stands before the labels, "" if nothing does. `under` an 项 only finer labels count.
    """
    for pattern in RUNNING_ON[RUNNING_UNDER.index(under) + 1 if under in RUNNING_UNDER else 0 :]:
        cuts: list[int] = []
        for match in pattern.finditer(text):
            before = _last_sign(text, match.start())
            if before not in ("：:。；;" if not cuts else "：:。；;，,、"):
                continue
            if to_int(match[1]) == len(cuts) + 1:
                cuts.append(match.start())
        if len(cuts) >= 2:
            edges = [0, *cuts, len(text)]
            return [text[begin:end] for begin, end in itertools.pairwise(edges)]
    return [text]


def _last_sign(text: str, end: int) -> str:
    while end and is_blank(text[end - 1]):
        end -= 1
    return text[end - 1 : end]


def is_heading(words: str) -> bool:
    """True for a short line that is no sentence."""
    return len(words) <= LONGEST_HEADING and words[-1] not in SENTENCE_END and "。" not in words


def is_title(line: str) -> bool:
    """True for a line that ends like the title of a document: …办法（试行）."""
    words = solid(line)
    if len(words) > LONGEST_HEADING * 2 or any(sign in words for sign in "。；;！？：:") or words == "目录":
        return False
    found = [match.end() for match in TITLE_ENDING.finditer(words)]
    return bool(found) and found[-1] == len(words)


def continues_title(line: str) -> bool:
    """True for （征求意见稿） on a line of its own below a title."""
    return bool(ONLY_BRACKETS.fullmatch(line)) and bool(DRAFT_NOTE.search(line))

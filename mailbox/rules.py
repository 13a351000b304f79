"""The rules of the letter box as pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from mailbox.choices import DeclineReason, LetterKind, Rung
from portal.core.workdays import WorkdayCalendar

BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LEAST_TEXT = 10
MOST_TEXT = 5000
MOST_RETURNS = 2
MOST_SUPPLEMENTS = 2
LEAST_EXTENSION = 1
ROUNDS = 2
LOWEST, HIGHEST = 1, 5
SATISFIED = 3

DECLINE_TEXTS = {
    DeclineReason.NOT_GOVERNMENT: "您反映的事项不属于本市党委、政府及其部门的职责范围，请向有权处理的单位提出",
    DeclineReason.IN_COURT: "您反映的事项已经进入或者依法应当通过诉讼、仲裁、行政复议等途径解决，请按照相应程序提出",
    DeclineReason.PETITION: "您反映的事项正在信访程序中办理，或者已经作出信访处理意见，请向办理该事项的单位或者信访部门了解",
    DeclineReason.DISCLOSURE: "您的来信属于政府信息公开申请，请通过“依申请公开”提出，由受理机关按照法定期限答复",
    DeclineReason.ABUSE: "来信内容为辱骂、恐吓，没有可以办理的事项",
    DeclineReason.ANONYMOUS_SLANDER: "来信没有可以核实的来信人和事实，不作为信箱来信办理",
    DeclineReason.ADVERTISEMENT: "来信内容为广告、推销，不属于信箱受理范围",
    DeclineReason.NO_MATTER: "来信没有可以办理的具体事项，请写明时间、地点、经过和要求后重新提交",
}


def contact_problem(phone: str, email: str, residence: str) -> str:
    """ "" if the writer can be reached in one way at least, else a sentence."""
    if phone.strip() or email.strip() or residence.strip():
        return ""
    return "联系电话、电子邮箱、居住地（通信地址）至少填写一项"


def identity_closed(kind: str, confidential: bool) -> bool:
    """True if only named persons may know who wrote: a confidential report (保密举报)."""
    return confidential and kind == LetterKind.REPORT


def blanks_in(text: str) -> list[str]:
    """The names of the blanks ({{事项}}) that are still in a text, each once, in order."""
    return list(dict.fromkeys(found.strip() or "空白" for found in BLANK.findall(text)))


def fill_blanks(text: str, values: Mapping[str, str]) -> str:
    """The text with those blanks filled for which there is a value; the others stay."""
    return BLANK.sub(lambda match: values.get(match.group(1), "") or match.group(0), text)


def without(text: str, values: Iterable[str]) -> str:
    """The text with every one of these values (of two signs or more) put out of sight."""
    for value in sorted({value.strip() for value in values}, key=len, reverse=True):
        if len(value) > 1:
            text = text.replace(value, "＊" * min(len(value), 6))
    return text


def holds_any(text: str, values: Iterable[str]) -> bool:
    """True if one of these values (of two signs or more) stands in the text, blanks apart."""
    bare = re.sub(r"\s", "", text)
    return any(len(value) > 1 and value in bare for value in (re.sub(r"\s", "", v) for v in values))


def extension_problem(total: int, days: int, most: int, due_on: date | None, today: date, again: bool) -> str:
    """ "" if the reply period of `total` working days may grow by `days`, else a sentence."""
    if again:
        return "本轮办理已经延期一次，不能再次延期"
    if due_on is None:
        return "答复期限尚未起算或者正在等待补充，不能延期"
    if today > due_on:
        return "答复期限已过，不能延期"
    if days < LEAST_EXTENSION:
        return f"至少延长{LEAST_EXTENSION}个工作日"
    if total + days > most:
        return f"答复期限合计最长{most}个工作日，现为{total}个工作日，最多再延长{most - total}个工作日"
    return ""


def rungs_at(
    today: date, due_on: date, ladder: Mapping[Rung, int], calendar: WorkdayCalendar
) -> tuple[Rung, ...]:
    """The rungs that are to have been climbed by that day, in working days from the due date.

    Before the due date only the nearest one (a late job does not send yesterday's as well); after it the
    urging, and the leader's once that many working days have passed. `ladder` holds the working days.
    """
    if today > due_on:
        late = calendar.between(due_on, today)
        return tuple(rung for rung in (Rung.RED, Rung.LEADER) if late >= ladder[rung])
    left = calendar.between(today, due_on)
    if left <= ladder[Rung.ORANGE]:
        return (Rung.ORANGE,)
    return (Rung.YELLOW,) if left <= ladder[Rung.YELLOW] else ()

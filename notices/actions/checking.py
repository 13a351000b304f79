"""What the machine finds before a person looks: what blocks, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from notices import rules, structures
from notices.models import Article, WrongName
from notices.queries import files_of
from portal.publishing.filechecks import remarks_on_file
from portal.publishing.screening import screen

Check = Callable[[Article], list["Remark"]]
CHECKS: list[Check] = []  # what other rooms look for; they add themselves when they are ready


@dataclass(frozen=True)
class Remark:
    """One finding: whether it blocks, where, and a sentence."""

    blocks: bool
    place: str
    sentence: str


def remarks_on(case: Article) -> list[Remark]:
    """Every finding in the words and the files of an item, in the order of the page."""
    unit = case.unit
    found: list[Remark] = []
    words = structures.plain(case.structure, case.particulars)
    told = _told(case)
    for place, text in (
        ("标题", case.title),
        ("摘要", case.summary),
        ("正文", case.body),
        ("更正说明", case.change_note),
        ("结构化内容", words),
    ):
        found += [
            Remark(entry.blocks, place, f"{entry.kind}：{entry.shown}")
            for entry in screen(text, allowed=(unit.phone, unit.email, *told))
        ]
    found += _words(case, words)
    for check in CHECKS:
        found += check(case)
    files = list(files_of(case))
    names = {entry.name for entry in files}
    levels = [1]
    for block in rules.blocks_of(case.body):
        if block.kind == "heading" and block.level > levels[-1] + 1:
            found.append(Remark(False, "正文", f"标题层级跳级：{block.text[:20]}"))
        if block.kind == "heading":
            levels.append(block.level)
        if block.kind == "picture" and not block.text.strip():
            found.append(Remark(True, "正文", f"图片“{block.name}”没有替代文字"))
        if block.kind == "picture" and block.name not in names:
            found.append(Remark(True, "正文", f"图片“{block.name}”没有上传"))
    for entry in files:
        place = f"附件“{entry.name}”"
        found += [Remark(one.blocks, place, one.sentence) for one in remarks_on_file(entry)]
    return found


def _words(case: Article, structured: str) -> list[Remark]:
    """Advertising, which blocks, and names from the list, which somebody looks at."""
    text = f"{case.title}\n{case.summary}\n{case.body}\n{structured}"
    found = [
        Remark(True, "正文", f"疑似广告用语“{word}”（制度第五条第三项）")
        for word in rules.advertising_in(text)
    ]
    for row in WrongName.objects.all():
        if row.wrong in text.replace(row.right, ""):
            found.append(
                Remark(False, "正文", f"“{row.wrong}”应为“{row.right}”{f'：{row.why}' if row.why else ''}")
            )
    return found


def _told(case: Article) -> list[str]:
    """Ways to reach the office that its own structured parts name: they are there to be published."""
    rows = case.particulars.get("divisions", []) if case.structure == "profile" else []
    named = [str(case.particulars.get(name, "")) for name in ("phone", "email")]
    return [value for value in [*named, *(cells[-1] for cells in rows)] if value]


def blocking_sentence(case: Article) -> str:
    """One sentence over everything that blocks, "" if nothing does."""
    blocking = [f"{remark.place}：{remark.sentence}" for remark in remarks_on(case) if remark.blocks]
    return f"以下问题须先解决：{rules.joined(blocking)}。" if blocking else ""

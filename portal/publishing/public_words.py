"""Screening a public copy with its files: what is found in a file is named by the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portal.core.errors import InvalidInput
from portal.publishing.actions import PublicText
from portal.publishing.screening import Finding, demand_word, screen


def findings_of(text: PublicText, own_values: Iterable[str], allowed: Iterable[str]) -> list[Finding]:
    """What the screening finds in the words of a public copy, and in the words and titles of its files."""
    own, passes = tuple(own_values), tuple(allowed)
    found = screen("\n".join((text.title, text.question, text.answer)), own_values=own, allowed=passes)
    for number, file in enumerate(text.files, 1):
        whole = f"{file.title}\n{file.maker}\n{file.words}"
        named = f"附件{number}中的"
        found += [
            replace(finding, kind=f"{named}{finding.kind}")
            for finding in screen(whole, own_values=own, allowed=passes)
        ]
    return found


def refuse_found(found: list[Finding], sentence: str, acknowledged: str) -> tuple[str, ...]:
    """Refuse what blocks, named after `sentence`; the kinds that only warn, for which the reason answers. Raises InvalidInput."""
    blocking = [f"{finding.kind}（{finding.shown}）" for finding in found if finding.blocks]
    if blocking:
        inside = any(finding.blocks and finding.kind.startswith("附件") for finding in found)
        hint = "附件中的，请在检索到的信息里遮盖后重新制作公众副本。" if inside else ""
        raise InvalidInput(f"{sentence}：{'、'.join(blocking)}。请删除后再提交。{hint}", "answer")
    return demand_word(found, acknowledged)

"""The one gate before words become public: personal data blocks; what only looks like it wants somebody's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.core.errors import InvalidInput
from portal.publishing.screening.findings import Finding
from portal.publishing.screening.scan import screen

LEAST_REASON = 4


def refuse_personal(
    texts: Mapping[str, str], *, own_values: Iterable[str] = (), allowed: Iterable[str] = ()
) -> None:
    """Raise InvalidInput at the first field whose words hold somebody's number or name and would become public."""
    own, passes = tuple(own_values), tuple(allowed)
    for field, text in texts.items():
        found = [entry for entry in screen(text, own_values=own, allowed=passes) if entry.blocks]
        if found:
            shown = "、".join(dict.fromkeys(f"{entry.kind}（{entry.shown}）" for entry in found))
            raise InvalidInput(f"将公开的内容中有个人信息：{shown}，请删除", field)


def demand_word(findings: Iterable[Finding], reason: str) -> tuple[str, ...]:
    """The kinds that only warn, which `reason` answers for; () where nothing warns.

    Raises InvalidInput (acknowledged) where something does and no reason of four signs is given, or one that holds
    personal data itself: it goes into the log.
    """
    warned = [entry for entry in findings if not entry.blocks]
    if not warned:
        return ()
    if len(reason.strip()) < LEAST_REASON:
        shown = "、".join(dict.fromkeys(f"{entry.kind}（{entry.shown}）" for entry in warned))
        raise InvalidInput(
            f"公开的内容中可能有个人信息：{shown}。请删除；核对后确认可以公开的，写明理由。", "acknowledged"
        )
    if screen(reason):
        raise InvalidInput("理由记入办理记录，请不要写个人信息", "acknowledged")
    return tuple(dict.fromkeys(entry.kind for entry in warned))

"""The one gate before words become public: personal data blocks, whatever they are called on their page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.core.errors import InvalidInput
from portal.publishing.screening.scan import screen


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

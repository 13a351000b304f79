"""Documents that are written by the code: the limits, and every lifecycle as a diagram."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.db import models
from django_fsm import GET_STATE, Transition

from portal.cases.registry import KINDS
from portal.cases.transitions import APPLICANT, PARTY, SYSTEM, transitions_of
from portal.core.limits import LIMITS, Limit
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release
from portal.site.drawings import architecture_page
from portal.units.choices import Role

NOTE = "<!-- Written by `manage.py write_docs`; change the code, then run it again. -->\n"
ONE_DAY = timedelta(days=1)
UNITS = {"workday": "working days", "day": "calendar days", "month": "calendar months"}


def limits_page() -> str:
    """docs/limits.md: every statutory number with its article."""
    lines = [
        NOTE,
        "# Limits",
        "",
        "Every number of days the portal counts, from `portal/core/limits.py`. The first day of a period is not counted. "
        "A case keeps the row in force on the day it was received.",
        "",
        "| code | what for | length | source | in force from | until |",
        "|---|---|---|---|---|---|",
    ]
    for rows in LIMITS.values():
        ends: list[Limit | None] = [*rows[1:], None]
        for entry, after in zip(rows, ends, strict=True):
            length = f"{entry.days} {UNITS[entry.unit]}"
            until = after.effective_from - ONE_DAY if after is not None else "–"
            lines.append(
                f"| `{entry.code}` | {entry.title} | {length} | {entry.source} | {entry.effective_from} | {until} |"
            )
    return "\n".join(lines) + "\n"


def _who(codes: tuple[str, ...]) -> str:
    names = {APPLICANT: "申请人", PARTY: "被征求意见方", SYSTEM: "系统"}
    return "、".join(names.get(code) or Role(code).label for code in codes)


def _targets(entry: Transition) -> list[str]:
    """The states to which a step may lead; "" for the same one."""
    if isinstance(entry.target, GET_STATE):
        return [str(state) for state in entry.target.allowed_states]
    return [str(entry.target or "")]


ANY = "任何状态"


def lifecycle_page(title: str, model: type[models.Model], labels: dict[str, str]) -> str:
    """A lifecycle as a mermaid state diagram and a table of its steps."""
    lines = [NOTE, f"# {title}", "", "```mermaid", "stateDiagram-v2"]
    found = transitions_of(model)
    for state, label in labels.items():
        lines.append(f'    state "{label}" as {state}')
    sources: dict[str, list[str]] = {}
    targets: dict[str, dict[str, None]] = {}
    for entry in found:
        sources.setdefault(entry.name, []).append(ANY if entry.source == "*" else labels[str(entry.source)])
        for target in _targets(entry):
            targets.setdefault(entry.name, {})[labels[target] if target else "（状态不变）"] = None
    for entry in found:
        for target in _targets(entry) if entry.source != "*" else ():
            if target or len(sources[entry.name]) == 1:
                lines.append(f"    {entry.source} --> {target or entry.source}: {entry.custom['label']}")
    lines += ["```", "", "| step | 步骤 | from | to | by | 依据 |", "|---|---|---|---|---|---|"]
    seen = set()
    for entry in found:
        if entry.name in seen:
            continue
        seen.add(entry.name)
        target = "、".join(targets[entry.name])
        by = _who(entry.custom["by"]) if "by" in entry.custom else "见办件步骤"
        basis = entry.custom["basis"]
        lines.append(
            f"| `{entry.name}` | {entry.custom['label']} | {'、'.join(sources[entry.name])} | {target} | {by} | {basis} |"
        )
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """All generated documents by path below docs/."""
    written = {"limits.md": limits_page(), "architecture.md": architecture_page(NOTE)}
    for kind in KINDS.values():
        written[f"lifecycles/{kind.code}.md"] = lifecycle_page(kind.title, kind.model, kind.state_labels)
    written["lifecycles/release.md"] = lifecycle_page("公开副本", Release, dict(ReleaseState.choices))
    return written


def write(folder: Path) -> list[str]:
    """Write the documents that changed; gives their paths."""
    changed = []
    for name, content in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            changed.append(name)
    return changed

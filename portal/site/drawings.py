"""docs/architecture.md: the house, the tables and a request's way, drawn from the code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from portal.cases.registry import KINDS
from portal.cases.transitions import transitions_of

# The way of a request that is registered, answered through review, secrecy review and signing, and sent.
MAIN_WAY = (
    "submit",
    "register",
    "assign",
    "submit_reply",
    "review_reply",
    "clear_reply",
    "sign_reply",
    "issue_reply",
    "send_reply",
)
INTRODUCTION = (
    "# Architecture",
    "",
    "Three drawings, made from the code. Why things are as they are stands in `docs/adr/`; every lifecycle in full in "
    "`docs/lifecycles/`; how a field, a step or a kind of case is added in `CONTRIBUTING.md`.",
)


def architecture_page(note: str) -> str:
    """The page; `note` says that it is written by the code."""
    lines = [note, *INTRODUCTION, ""]
    lines += [
        "## The house",
        "",
        "Each floor imports from those below it, never from its own or a higher one.",
        "",
    ]
    lines += ["```mermaid", "flowchart TB", *_floors(), "```", ""]
    lines += [
        "## The tables",
        "",
        "Django apps with the number of their tables; an arrow is a foreign key or more (its number), from the table that "
        "holds it. What begins in `cases` is the docket that every kind of case shares.",
        "",
    ]
    lines += ["```mermaid", "flowchart LR", *_tables(), "```", ""]
    lines += [
        "## A request's way",
        "",
        "The main way; the others are in `docs/lifecycles/disclosure.md`.",
        "",
    ]
    lines += ["```mermaid", "stateDiagram-v2", *_way(), "```"]
    return "\n".join(lines) + "\n"


def _floors() -> Iterator[str]:
    contract = ConfigParser()
    contract.read(Path(settings.BASE_DIR) / ".importlinter", encoding="utf-8")
    floors = contract["importlinter:contract:floors"]["layers"].strip().splitlines()
    for number, floor in enumerate(floors):
        rooms = " · ".join(room.strip() for room in floor.replace(":", "|").split("|"))
        yield f'    f{number}["{rooms}"]'
    for number in range(len(floors) - 1):
        yield f"    f{number} --> f{number + 1}"


def _tables() -> Iterator[str]:
    ours = [
        config for config in apps.get_app_configs() if Path(config.path).is_relative_to(settings.BASE_DIR)
    ]
    held = {config.label: list(config.get_models()) for config in ours if ".venv" not in config.path}
    links = Counter(
        (label, field.related_model._meta.app_label)
        for label, found in sorted(held.items())
        for model in found
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    )
    for label, found in sorted(held.items()):
        if found:
            yield f'    {label}["{label} ({len(found)})"]'
    for (start, end), number in sorted(links.items()):
        if start != end and end in held:
            yield f"    {start} -->|{number}| {end}"


def _way() -> Iterator[str]:
    kind = KINDS["disclosure"]
    found = list(transitions_of(kind.model))
    state = "new"
    shown = {state}
    lines = []
    for name in MAIN_WAY:
        entry = next(one for one in found if one.name == name and one.source in (state, "*"))
        target = entry.target if isinstance(entry.target, str) and entry.target else _next(entry, state)
        lines.append(f"    {state} --> {target}: {entry.custom['label']}")
        state = target
        shown.add(state)
    for name in kind.state_labels:
        if name in shown:
            yield f'    state "{kind.state_labels[name]}" as {name}'
    yield from lines


def _next(entry: object, state: str) -> str:
    """The first state that a step with several ends leads to, other than the one it is in."""
    allowed = [str(one) for one in getattr(getattr(entry, "target", None), "allowed_states", ())]
    return next((one for one in allowed if one != state), state)

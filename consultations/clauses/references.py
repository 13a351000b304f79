"""How a clause is named: its ref within a version, and its citation."""

from __future__ import annotations

from consultations.clauses.numerals import LARGEST, to_chinese
from consultations.clauses.tree import CONTAINERS, Kind

LETTERS = {
    Kind.PART: "b",
    Kind.CHAPTER: "z",
    Kind.SECTION: "j",
    Kind.HEADING: "s",
    Kind.ARTICLE: "t",
    Kind.ITEM: "x",
    Kind.SUBITEM: "m",
    Kind.POINT: "n",
}


def ref_of(
    kind: Kind, number: tuple[int, int], above: str, above_kind: Kind | None, taken: dict[str, int]
) -> str:
    """The name of a clause under `above`, free within the version; `taken` counts the names given."""
    letter = LETTERS.get(kind) or ("k" if above_kind == Kind.ARTICLE else "p")
    own = f"{letter}{number[0]}" + (f"_{number[1]}" if number[1] else "")
    if kind == Kind.ARTICLE and own not in taken:
        ref = own
    else:
        ref = f"{above}.{own}" if above else own
    taken[ref] = times = taken.get(ref, 0) + 1
    return ref if times == 1 else f"{ref}~{times}"


def citation_of(kind: Kind, label: str, number: tuple[int, int], above: str, above_kind: Kind | None) -> str:
    """How people name a clause: 第十二条第二款第（三）项, 第二章第一节, 第一部分第（二）项, 第3段."""
    first = number[0]
    if kind in (Kind.ARTICLE, Kind.PART):
        return label
    if kind in CONTAINERS:
        return above + label
    if above_kind in CONTAINERS and kind != Kind.PARAGRAPH:
        above = ""
    words = {
        Kind.HEADING: f"第{_counted(first)}部分",
        Kind.ITEM: f"第（{_counted(first)}）项",
        Kind.SUBITEM: f"第{first}目",
        Kind.POINT: f"第（{first}）点",
        Kind.PARAGRAPH: f"第{_counted(first)}款" if above_kind == Kind.ARTICLE else f"第{first}段",
    }
    return above + words[kind]


def _counted(number: int) -> str:
    return to_chinese(number) if number <= LARGEST else str(number)

"""What one can do here: stands on top of the answers when somebody asks for it (搜索即服务)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from portal.search.text import plain

MOST_CARDS = 2


@dataclass(frozen=True)
class Function:
    """A page that does something, with what people call it."""

    title: str
    address: str
    summary: str
    words: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(self.address)


FUNCTIONS: list[Function] = []


def offer(title: str, address: str, summary: str, words: str) -> None:
    """Declare a function: the name of its address and, with blanks between, the words that ask for it."""
    FUNCTIONS.append(
        Function(title, address, summary, tuple(plain(word) for word in f"{title} {words}".split()))
    )


def asked_for(folded: str) -> list[Function]:
    """The functions that a folded query asks for, the longest word first, at most two."""
    text = folded.replace(" ", "")
    found = []
    for function in FUNCTIONS:
        longest = max(
            (len(word) for word in function.words if word in text or (len(text) > 1 and text in word)),
            default=0,
        )
        if longest and _is_there(function):
            found.append((longest, function))
    best = max((size for size, _ in found), default=0)
    return [function for size, function in sorted(found, key=lambda pair: -pair[0]) if size >= best - 1][
        :MOST_CARDS
    ]


def _is_there(function: Function) -> bool:
    try:
        return bool(function.url)
    except NoReverseMatch:
        return False

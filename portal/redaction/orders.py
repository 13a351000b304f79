"""What is to be withheld, what came of it, and why something cannot be done: the shapes of this package.

Places are in PDF points in the page's own space (before /Rotate), as readers of text report them: the origin
is that of the page's MediaBox, x grows to the right, y upwards. Pages count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.core.errors import PortalError

Rectangle = tuple[float, float, float, float]


class CannotRedact(PortalError):
    """No copy can be made of the file; the sentence says why and what to do."""


class NotProven(CannotRedact):
    """A copy was made and must not be released: a reader still finds something; `places` names where."""

    def __init__(self, places: tuple[str, ...]) -> None:
        super().__init__(f"遮盖后仍能读到应当隐去的内容，副本不予放行：{'；'.join(places[:3])}")
        self.places = places


@dataclass(frozen=True)
class Box:
    """A rectangle (left, bottom, right, top) of a page that is withheld on a ground, such as 个人隐私."""

    page: int
    rectangle: Rectangle
    ground: str


@dataclass(frozen=True)
class Word:
    """A word that is withheld wherever it stands; blanks, width and case of its signs do not matter."""

    text: str
    ground: str


@dataclass(frozen=True)
class Orders:
    """What is to be withheld. `pages` gives whole pages with their grounds.

    `sealed` are values of the case that must not be in the copy at all; they are not blackened by
    themselves, the proof fails if one is found.
    """

    boxes: tuple[Box, ...] = ()
    words: tuple[Word, ...] = ()
    pages: dict[int, str] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a word stands: a rectangle for each line of it."""

    page: int
    rectangle: Rectangle
    word: str


@dataclass(frozen=True)
class Withheld:
    """A line of the table of what was withheld: how much of which page on which ground.

    `signs` counts the letters taken away, 0 where a picture was blackened; `whole_page` without a box.
    """

    page: int
    ground: str
    signs: int
    rectangle: Rectangle | None
    whole_page: bool = False


@dataclass(frozen=True)
class Proof:
    """Who read the copy and found nothing: the readers, and the pages whose pictures were read by a machine."""

    readers: tuple[str, ...]
    read_pages: tuple[int, ...]
    words: int


@dataclass(frozen=True)
class Redacted:
    """The new PDF, the table of what was withheld, the pages that became pictures, and the proof."""

    data: bytes
    withheld: tuple[Withheld, ...]
    pictured: tuple[int, ...]
    pages: int
    proof: Proof

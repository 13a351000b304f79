"""Joining papers of our own and pictures into one PDF that is still PDF/A and PDF/UA-1: the tags go with the pages.

Copying pages alone leaves their structure behind: a screen reader would find nothing. Here each part's structure tree
is copied too, its numbers moved behind those before it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from portal.documents.render.conformance import metadata_block
from portal.documents.render.worker import render_pdf

A4 = (595.28, 841.89)
NUMBER_POINTS = 11
FROM_EDGE = 28
MARGIN = 40


@dataclass(frozen=True)
class Picture:
    """A JPEG that fills a page, and what it shows in words."""

    jpeg: bytes
    width: int
    height: int
    gray: bool
    words: str


class Volume:
    """One PDF in the making. With attachments it is PDF/A-3a, else PDF/A-2a."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._book = pikepdf.new()
        self._root = self._book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._kids: list[pikepdf.Object] = []
        self._numbers: list[pikepdf.Object | int] = []
        self._next = 0
        self._marks: list[tuple[str, int]] = []

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._book.pages)

    def add(self, data: bytes, name: str = "") -> int:
        """Append a tagged PDF of our own; gives its number of pages. A name becomes a bookmark."""
        first = self.pages
        with pikepdf.open(io.BytesIO(data)) as part:
            self._book.pages.extend(part.pages)
            if "/OutputIntents" not in self._book.Root:
                self._book.Root.OutputIntents = self._book.copy_foreign(
                    part.make_indirect(part.Root.OutputIntents)
                )
            tree = self._book.copy_foreign(part.Root.StructTreeRoot)
            self._take(tree, first)
        if name:
            self._marks.append((name, first))
        return self.pages - first

    def add_pictures(self, pictures: list[Picture], name: str = "") -> int:
        """Append a page for each picture, as a figure with its words; gives their number."""
        first = self.pages
        for picture in pictures:
            self._add_picture(picture)
        if name:
            self._marks.append((name, first))
        return len(pictures)

    def attach(self, name: str, data: bytes, media_type: str) -> None:
        """Keep a file inside, as it is."""
        kept = pikepdf.AttachedFileSpec(
            self._book,
            data,
            filename=name,
            description=name,
            mime_type=media_type,
            creation_date="",
            mod_date="",
        )
        kept.obj.AFRelationship = Name.Source
        self._book.attachments[name] = kept

    def number_pages(self, first: int) -> None:
        """Number the pages from index `first` on, 1 and up, in the upper right corner, as artifacts."""
        with pikepdf.open(io.BytesIO(_digits_sheet())) as sheet:
            face = self._book.copy_foreign(_only_font(sheet))
        codes = _digit_codes(face)
        for number, page in enumerate(self._book.pages[first:], 1):
            text = "".join(codes[digit] for digit in str(number))
            right, top = float(page.trimbox[2]), float(page.trimbox[3])
            x, y = right - FROM_EDGE - 6 * len(str(number)), top - FROM_EDGE
            name = page.add_resource(face, Name.Font)
            ink = f"/Artifact BMC q BT {name} {NUMBER_POINTS} Tf 0 g {x:.1f} {y:.1f} Td <{text}> Tj ET Q EMC"
            page.contents_coalesce()
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q " + ink.encode())

    def saved(self) -> bytes:
        """The whole file; the same parts give the same bytes."""
        book, root = self._book, self._book.Root
        self._root.K = Array(self._kids)
        self._root.ParentTree = book.make_indirect(Dictionary(Nums=Array(self._numbers)))
        root.StructTreeRoot, root.Lang = self._root, String("zh-CN")
        root.MarkInfo, root.ViewerPreferences = Dictionary(Marked=True), Dictionary(DisplayDocTitle=True)
        attached = [book.attachments[name] for name in sorted(book.attachments)]
        if attached:
            root.AF = Array([entry.obj for entry in attached])
        block = metadata_block(self._title, part=3 if attached else 2)
        root.Metadata = pikepdf.Stream(book, block, Type=Name.Metadata, Subtype=Name.XML)
        if self._marks:
            with book.open_outline() as outline:
                outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in self._marks)
        book.docinfo[Name.Title] = self._title
        out = io.BytesIO()
        book.save(out, min_version="1.7", deterministic_id=True)
        return out.getvalue()

    def _take(self, tree: pikepdf.Object, first: int) -> None:
        """Take over a part's structure: its elements, and its pages' numbers behind ours."""
        mine = dict(zip(tree.ParentTree.Nums[::2], tree.ParentTree.Nums[1::2], strict=True))
        moved = {int(old): self._next + index for index, old in enumerate(sorted(mine, key=int))}
        for old, value in mine.items():
            self._numbers += [moved[int(old)], value]
        self._next += len(moved)
        for page in self._book.pages[first:]:
            if "/StructParents" in page.obj:
                page.obj.StructParents = moved[int(page.obj.StructParents)]
            for note in page.obj.get("/Annots", []):
                if "/StructParent" in note:
                    note.StructParent = moved[int(note.StructParent)]
        prefix = f"{first + 1}."
        for kid in tree.K:
            kid.P = self._root
            _rename(kid, prefix)
            self._kids.append(kid)

    def _add_picture(self, picture: Picture) -> None:
        book = self._book
        scale = min((A4[0] - 2 * MARGIN) / picture.width, (A4[1] - 2 * MARGIN) / picture.height)
        width, height = picture.width * scale, picture.height * scale
        left, bottom = (A4[0] - width) / 2, (A4[1] - height) / 2
        image = pikepdf.Stream(
            book,
            picture.jpeg,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=Name.DeviceGray if picture.gray else Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        ink = (
            f"/Figure <</MCID 0>> BDC q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm /Im Do Q EMC"
        )
        page = book.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *map(_real, A4)]),
                Resources=Dictionary(XObject=Dictionary(Im=image)),
                Contents=pikepdf.Stream(book, ink.encode()),
                StructParents=self._next,
                Tabs=Name.S,
            )
        )
        book.pages.append(pikepdf.Page(page))
        page = book.pages[-1].obj
        box = Array([_real(left), _real(bottom), _real(left + width), _real(bottom + height)])
        figure = book.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=self._root,
                Pg=page,
                K=0,
                Alt=String(picture.words),
                A=Dictionary(O=Name.Layout, BBox=box),
            )
        )
        self._kids.append(figure)
        self._numbers += [self._next, Array([figure])]
        self._next += 1


def join(parts: list[bytes], title: str) -> bytes:
    """Papers of our own one after the other as one file."""
    volume = Volume(title)
    for part in parts:
        volume.add(part)
    return volume.saved()


def _real(value: float) -> float:
    return round(value, 2)


def _rename(element: pikepdf.Object, prefix: str) -> None:
    """Put a prefix before the names that cells use for their headings: two parts may use the same."""
    waiting: list[Any] = [element]
    while waiting:
        node = waiting.pop()
        if "/ID" in node:
            node.ID = String(prefix + str(node.ID))
        attributes = node.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(prefix + str(name)) for name in attributes.Headers])
        kids: Any = node.get("/K")
        if isinstance(kids, Dictionary):
            kids = [kids]
        if isinstance(kids, Array | list):
            waiting += [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]


@lru_cache(maxsize=1)
def _digits_sheet() -> bytes:
    """A sheet with the ten digits: its font is what page numbers are written with."""
    page = '<!doctype html><html lang="zh-CN"><head><title>0</title></head><body><p class="small">0123456789</p></body></html>'
    return render_pdf(page)


def _only_font(sheet: pikepdf.Pdf) -> pikepdf.Object:
    """The font of that sheet that has the digits."""
    for font in sheet.pages[0].resources.Font.values():
        if len(_digit_codes(font)) == 10:
            return font
    raise LookupError("no font with the ten digits")


def _digit_codes(font: pikepdf.Object) -> dict[str, str]:
    """The four-digit hexadecimal code of each digit, from the font's own table."""
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<00(3[0-9])>", font.ToUnicode.read_bytes())
    return {chr(int(sign, 16)): code.decode() for code, sign in pairs}

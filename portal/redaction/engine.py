"""Making the copy: pages with boxes become pictures with a text layer of what remains, the others are copied bare."""

from __future__ import annotations

import io
import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.pdf_rebuild import bare_pages
from portal.publishing.inspection.pdf_structure import opened
from portal.redaction.beside import beside
from portal.redaction.fonts import Use, betrayed, cut, used_fonts
from portal.redaction.layer import layer_font, layer_stream
from portal.redaction.orders import Box, CannotRedact, Orders, Rectangle, Withheld
from portal.redaction.painting import Painted, paint
from portal.redaction.reading import Letter, letters_of, overlap_share, places_in

MARGIN = 1.0
TOUCHED = 0.2
LONG = 8


@dataclass
class Plan:
    """One page: its boxes with the letters that they take, and the letters that remain."""

    number: int
    boxes: list[tuple[Rectangle, str]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    rest: list[Letter] = field(default_factory=list)
    whole: str = ""
    source: str = ""
    painted: Painted | None = None


@dataclass(frozen=True)
class Made:
    """A copy before its proof."""

    data: bytes
    withheld: tuple[Withheld, ...]
    plans: dict[int, Plan]
    pages: int


def make(data: bytes, orders: Orders, *, hidden: frozenset[int], font: Path | None) -> Made:
    """The copy and what was withheld. `hidden` are pages with text that no reader sees: pictures without a layer.

    Raises CannotRedact.
    """
    try:
        with opened(data) as source:
            count = len(source.pages)
            _check(orders, count)
            if source.is_encrypted:
                raise CannotRedact("PDF 设有密码，请去除密码后上传")
            plans = plans_of(data, orders, font, count)
            for number in hidden:
                plans.setdefault(number, Plan(number)).rest = []
            with pypdfium2.PdfDocument(data) as document:
                return _made(source, document, plans, font)
    except pikepdf.PasswordError as error:
        raise CannotRedact("PDF 已加密，请去除密码后上传") from error
    except Unreadable as error:
        raise CannotRedact(error.sentence) from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RecursionError, MemoryError) as error:
        raise CannotRedact("PDF 无法处理，请用软件重新导出后上传") from error


def _check(orders: Orders, count: int) -> None:
    for number in (*(box.page for box in orders.boxes), *orders.pages):
        if not 1 <= number <= count:
            raise CannotRedact(f"文件共{count}页，没有第{number}页")


def plans_of(data: bytes, orders: Orders, font: Path | None, count: int) -> dict[int, Plan]:
    """What is painted on which page, drawn boxes and found words together; many pages by two processes."""
    touched = {*(box.page for box in orders.boxes), *orders.pages}
    numbers = list(range(1, count + 1)) if orders.words else sorted(touched)
    if len(numbers) < LONG or (os.cpu_count() or 1) < 2:
        return _planned(data, orders, font, numbers)
    half = len(numbers) // 2
    rest = beside(lambda: _planned(data, orders, font, numbers[half:]))
    return {**_planned(data, orders, font, numbers[:half]), **rest()}


def _planned(data: bytes, orders: Orders, font: Path | None, numbers: list[int]) -> dict[int, Plan]:
    """The plans of some pages, each opened once."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for box in orders.boxes:
        boxes[box.page].append(box)
    grounds = {word.text: word.ground for word in orders.words}
    plans: dict[int, Plan] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number in numbers:
            whole = orders.pages.get(number, "")
            page = document[number - 1]
            letters = letters_of(page)
            found = [
                (place.rectangle, grounds[place.word])
                for place in places_in(letters, number, () if whole else grounds)
            ]
            drawn = [(ordered(box.rectangle), box.ground) for box in boxes[number]]
            if found or drawn or whole:
                plan = plans[number] = _plan(number, letters, [*drawn, *found], whole)
                plan.painted = paint(page, number, plan.boxes, font, plan.whole)
            page.close()
    return plans


def ordered(box: Rectangle) -> Rectangle:
    """A rectangle with its lower left corner first."""
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _plan(number: int, letters: list[Letter], boxes: list[tuple[Rectangle, str]], whole: str) -> Plan:
    plan = Plan(number, whole=whole, source="".join(letter.sign for letter in letters))
    if whole:
        plan.taken = [plan.source]
        return plan
    owner: dict[int, int] = {}
    for at, letter in enumerate(letters):
        if letter.size:
            hit = next((place for place, (box, _) in enumerate(boxes) if _is_taken(letter, box)), None)
            if hit is not None:
                owner[at] = hit
    for place, (box, ground) in enumerate(boxes):
        mine = [letters[at] for at, its in owner.items() if its == place]
        plan.boxes.append((_around(box, mine), ground))
        plan.taken.append("".join(letter.sign for letter in mine))
    plan.rest = [letter for at, letter in enumerate(letters) if at not in owner]
    return plan


def _is_taken(letter: Letter, box: Rectangle) -> bool:
    left, bottom, right, top = letter.box
    if left > box[2] or right < box[0] or bottom > box[3] or top < box[1]:
        return False
    return overlap_share(letter.box, box) >= TOUCHED


def _around(box: Rectangle, letters: list[Letter]) -> Rectangle:
    """A box grown to hold the whole of every letter that it touches, and a little more."""
    sides = [box, *(letter.box for letter in letters)]
    return (
        min(side[0] for side in sides) - MARGIN,
        min(side[1] for side in sides) - MARGIN,
        max(side[2] for side in sides) + MARGIN,
        max(side[3] for side in sides) + MARGIN,
    )


def _made(source: pikepdf.Pdf, document: Any, plans: dict[int, Plan], font: Path | None) -> Made:
    count = len(source.pages)
    copied = [number for number in range(1, count + 1) if number not in plans]
    bare_pages(source, copied)
    if plans:
        uses = _uses(source, copied)
        signs = {sign for plan in plans.values() for text in plan.taken for sign in text}
        given_away = betrayed(uses, signs)
        for number in given_away:
            plans[number] = _plan(number, letters_of(document[number - 1]), [], "")
        copied = [number for number in copied if number not in given_away]
        for use in _uses(source, copied).values() if given_away else uses.values():
            cut(use)
    with pikepdf.new() as target:
        layer: Any = None
        for number in range(1, count + 1):
            plan = plans.get(number)
            if plan is None:
                target.pages.append(source.pages[number - 1])
                continue
            layer = layer or layer_font(target)
            painted = plan.painted or paint(document[number - 1], number, plan.boxes, font, plan.whole)
            _picture_page(target, painted, plan, layer)
            plan.painted = None
        target.Root["/Lang"] = pikepdf.String("zh-CN")
        target.remove_unreferenced_resources()
        out = io.BytesIO()
        target.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return Made(out.getvalue(), _table(plans), plans, count)


def _uses(source: pikepdf.Pdf, numbers: list[int]) -> dict[tuple[int, int], Use]:
    return used_fonts({number: source.pages[number - 1] for number in numbers})


def _picture_page(target: pikepdf.Pdf, painted: Painted, plan: Plan, font: Any) -> None:
    picture = target.make_stream(
        painted.jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=painted.pixels[0],
        Height=painted.pixels[1],
        ColorSpace=pikepdf.Name.DeviceGray if painted.is_grey else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
    )
    picture.Filter = pikepdf.Name.DCTDecode
    width, height = painted.size
    page = target.add_blank_page(page_size=(max(3.0, width), max(3.0, height)))
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(I0=picture), Font=pikepdf.Dictionary(F0=font)
    )
    body = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /I0 Do Q\n".encode()
    page.obj.Contents = target.make_stream(body + layer_stream(_spoken(plan), painted.to_page))


def _spoken(plan: Plan) -> list[Letter]:
    """What remains, and at each box its ground, so that it is read aloud too."""
    spoken = list(plan.rest)
    for (left, bottom, right, top), ground in plan.boxes:
        words = f"〔{ground}〕" if ground else "〔隐去〕"
        size = max(1.0, min(top - bottom, (right - left) / len(words)))
        for at, sign in enumerate(words):
            x = left + at * size
            box = (x, bottom, x + size, bottom + size)
            spoken.append(Letter(sign, box, (x, bottom + 0.15 * size), size, 0.0, size))
    return spoken


def _table(plans: dict[int, Plan]) -> tuple[Withheld, ...]:
    rows: list[Withheld] = []
    for number in sorted(plans):
        plan = plans[number]
        if plan.whole:
            rows.append(
                Withheld(number, plan.whole, len("".join(plan.taken[0].split())), None, whole_page=True)
            )
        rows += [
            Withheld(number, ground, len("".join(taken.split())), box)
            for (box, ground), taken in zip(plan.boxes, plan.taken, strict=False)
        ]
    return tuple(rows)

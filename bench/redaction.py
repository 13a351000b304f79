"""Redaction of a 100-page text PDF with boxes on 20 pages and on all, beside pdfium drawing all its pages.

The reference is pdfium at 200 dots an inch, RGB, all pages, no encoding, measured in the same run. "proven" counts
making the copy and its proof by the readers of text, as an office does it whose record was inspected when it came
in; tesseract's reading of the pictures is not counted. Memory is that of a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from bench.measure import Measure

ROOT = Path(__file__).resolve().parent.parent
PAGES, SOME = 100, 20
GOALS = {SOME: 0.6, PAGES: 2.0}
MOST_MEMORY = 400
SENTENCE = "现将示例项目有关情况予以公布，具体事项见正文，有关单位和个人可以在工作日到现场查阅。"
NAME, NUMBER = "张鑫", "530402198503120017"


def paper() -> bytes:
    """A hundred pages of about 590 signs, a name and a number on each."""
    from portal.documents.render.worker import render_pdf
    from portal.publishing.inspection.page_html import Block, page_html

    blocks = []
    for page in range(PAGES):
        blocks.append(
            Block("paragraph", f"第{page + 1}部分，联系人{NAME}，证件号码{NUMBER}。" + SENTENCE * 13)
        )
    html = page_html("", blocks).replace("<p>", '<p style="break-after:page">')
    return render_pdf(html)


def base(data: bytes) -> float:
    """Seconds for drawing all pages."""
    import pypdfium2

    started = time.perf_counter()
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.render(scale=200 / 72, draw_annots=False)
            page.close()
    return time.perf_counter() - started


def redacted(data: bytes, pages: int) -> Callable[[], float]:
    """Seconds for the copy and its proof."""
    from portal.redaction import Box, Orders, find_all
    from portal.redaction.making import redact_here

    places = [place for place in find_all(data, NAME, NUMBER) if place.page <= pages]
    orders = Orders(boxes=tuple(Box(place.page, place.rectangle, "个人隐私") for place in places))

    def once() -> float:
        started = time.perf_counter()
        redact_here(data, orders, hidden=frozenset(), machine_reads=False)
        return time.perf_counter() - started

    return once


def memory(pages: int) -> float:
    """Megabytes that a process takes at most for the whole of it, with the largest of those that work beside it."""
    code = (
        "import json, resource, django; django.setup();"
        "from bench import redaction as b; data = b.paper();"
        f"b.redacted(data, {pages})();"
        "used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)];"
        "print(json.dumps(sum(used) / 1024))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    return float(json.loads(done.stdout.decode().splitlines()[-1]))


def run() -> Iterable[Measure]:
    """Ratios of three rounds, base and work taking turns."""
    data = paper()
    for pages, goal in GOALS.items():
        once = redacted(data, pages)
        once()
        rounds = [(base(data), once()) for _ in range(3)]
        reference, seconds = (median(values) for values in zip(*rounds, strict=True))
        yield Measure(
            f"redaction_{pages}_of_{PAGES}_pages_proven",
            seconds,
            "s",
            seconds / reference,
            "pdfium drawing all pages at 200 dpi",
            goal=goal,
            at_most=True,
        )
        used = memory(pages)
        yield Measure(
            f"redaction_{pages}_of_{PAGES}_pages_memory",
            used,
            "MB",
            used / MOST_MEMORY,
            f"{MOST_MEMORY} MB",
            goal=1.0,
            at_most=True,
        )

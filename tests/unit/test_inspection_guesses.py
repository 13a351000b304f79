"""Seals and red headers on drawn pages: found often enough, and never said to be absent."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from portal.publishing.inspection import inspect
from portal.publishing.inspection.drawn import Drawn, Pen, header_page, press, seal_page, stamp
from portal.publishing.inspection.inspecting import JPEG, PDF
from portal.publishing.inspection.lookalikes import LOOKALIKES, samples
from portal.publishing.inspection.measuring import measure
from portal.publishing.inspection.red import has_red_header, has_seal
from tests.unit import test_inspection_pdf as papers


def pen(seed: int) -> Pen:
    return Pen(random.Random(seed), Path(settings.PORTAL_FONT_DIR))


def jpeg(drawn: Drawn) -> bytes:
    out = io.BytesIO()
    drawn.image.save(out, "JPEG", quality=85)
    return out.getvalue()


def held(data: bytes, media_type: str) -> list[tuple[str, str]]:
    """Place and first words of what is held for a person; nothing of it may block."""
    found = inspect(data, media_type=media_type, name="扫描件").findings
    assert not any(finding.blocks for finding in found)
    return [
        (finding.where, finding.message.partition("，")[0])
        for finding in found
        if finding.code == "needs_person"
    ]


def test_seal_on_a_picture_is_held_for_a_person() -> None:
    assert ("整个文件", "疑似有印章") in held(jpeg(seal_page(pen(4))), JPEG)


def test_red_header_on_a_picture_is_held_for_a_person() -> None:
    assert ("整个文件", "疑似有红头") in held(jpeg(header_page(pen(4))), JPEG)


def test_seal_on_a_scanned_page_of_a_pdf_is_held_on_that_page() -> None:
    drawn = seal_page(pen(4))
    box = "595 0 0 842 0 0"
    data = papers.changed(papers.pictured(jpeg(drawn), drawn.image.size, box), papers.clean_pdf(2))
    found = inspect(data, media_type=PDF, name="扫描件.pdf").findings
    assert {("needs_person", "第1页")} <= {(finding.code, finding.where) for finding in found}
    assert any("印章" in finding.message for finding in found)


def test_seal_drawn_as_lines_in_a_pdf_is_held() -> None:
    ring = "1 0 0 RG 4 w 300 200 m 300 233 273 260 240 260 c 207 260 180 233 180 200 c "
    ring += "180 167 207 140 240 140 c 273 140 300 167 300 200 c S "
    star = "1 0 0 rg 240 220 m 252 184 l 221 206 l 259 206 l 228 184 l h f"
    result = inspect(papers.changed(papers.drawn(ring + star)), media_type=PDF, name="公告.pdf")
    assert [(finding.code, finding.where) for finding in result.findings] == [("needs_person", "第1页")]
    assert "印章" in result.findings[0].message


def test_absence_of_a_guess_is_not_said_to_prove_anything() -> None:
    found = inspect(jpeg(seal_page(pen(4))), media_type=JPEG, name="扫描件").findings
    assert any("不能排除" in finding.message for finding in found)


def test_seal_alone_on_its_picture_is_found() -> None:
    own = pen(9)
    image = Image.new("RGB", (420, 420), (255, 255, 255))
    press(own, image, stamp(own, 400, (215, 30, 35)), (10, 10), 1.0, 0.0)
    assert has_seal(image)


@pytest.mark.parametrize("variety", LOOKALIKES)
def test_most_lookalikes_are_left_alone(variety: str) -> None:
    own = pen(12)
    pages = [own.scanned(LOOKALIKES[variety](own)) for _ in range(4)]
    assert sum(has_seal(page) for page in pages) <= 1
    assert sum(has_red_header(page) for page in pages) <= 1


def test_same_seed_draws_the_same_pages() -> None:
    first, second = (samples(5, 2, Path(settings.PORTAL_FONT_DIR)) for _ in range(2))
    assert [page.image.tobytes() for page in first] == [page.image.tobytes() for page in second]


def test_figures_on_drawn_pages_do_not_fall_below_their_floor() -> None:
    scores = {score.kind: score for score in measure(41, 16, Path(settings.PORTAL_FONT_DIR))}
    assert scores["seal"].recall >= 0.9
    assert scores["header"].recall >= 0.9
    assert scores["seal"].precision >= 0.8
    assert scores["header"].precision >= 0.9

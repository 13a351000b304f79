"""A sample of every PDF that the portal makes: all kinds of papers, and what is put together from several."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from PIL import Image

from portal.documents.binding import Binding, Piece
from portal.documents.joining import join
from portal.documents.kinds import KINDS
from portal.documents.render.pages import qr
from portal.documents.render.worker import render_pdf
from portal.documents.samples import sample_page
from portal.publishing.inspection.page_html import Block, page_html

DAY = date(2026, 3, 16)


def every_paper() -> dict[str, bytes]:
    """Each sample by its name: the kinds in order, then the rest."""
    papers = {code: render_pdf(sample_page(KINDS[code])) for code in sorted(KINDS)}
    return papers | {name: make() for name, make in OTHERS.items()}


def circular() -> bytes:
    """The circular of a month, with all its tables."""
    heads = (
        "收到",
        "办结",
        "按期办结",
        "逾期办结",
        "按期率（%）",
        "平均用时（工作日）",
        "期末在办",
        "期末逾期",
    )
    values = (12, 9, 8, 1, 88.9, 11.5, 3, 1)
    whole = SimpleNamespace(received=12, closed=9, rate=88.9, average=11.5, open=3, overdue=1)
    late = (
        SimpleNamespace(title="申请获取2025年道路大修合同", number="G002-2026-00009"),
        "市住房和城乡建设局",
        DAY,
    )
    context: dict[str, Any] = {
        "name": "2026年2月",
        "whole": whole,
        "heads": heads,
        "is_over": True,
        "kinds": [("disclosure", "依申请公开", None, values), ("letter", "书记市长信箱", None, values)],
        "units": [("g002", "市政府办公室", None, values), ("g010", "䶮字街道办事处", None, values)],
        "replies": [("予以公开", 6), ("部分公开", 2), ("不予公开", 1)],
        "letters": [("已答复", 7), ("转申请公开", 1)],
        "late": [late],
        "today": DAY,
    }
    return render_pdf(render_to_string("documents/circular.html", context))


def annual_report() -> bytes:
    """A year's report with figures in every cell."""
    from requests_app.annual import printed
    from requests_app.annual.entered import Texts

    tables = SimpleNamespace(year=2025, table2=defaultdict(lambda: 3), table3=defaultdict(lambda: 2))
    texts = Texts("全年收到申请。", "答复不够及时。", "没有其他事项。")
    return render_pdf(printed.html("玉溪市人民政府办公室", tables, defaultdict(int), texts, DAY))


def poll_letters() -> bytes:
    """Two batches of letters with tokens, joined."""
    unit = SimpleNamespace(name="玉溪市人民政府办公室", phone="0877-2022222")
    case = SimpleNamespace(title="十件惠民实事投票", unit=unit, opens_on=DAY, closes_on=DAY)
    context = {
        "case": case,
        "address": "portal.example/polls/1/",
        "qr": qr("https://portal.example/polls/1/"),
    }
    parts = [
        render_pdf(render_to_string("documents/poll_letters.html", {**context, "tokens": tokens}))
        for tokens in (["ABCD-EFGH", "JKLM-NPQR"], ["STUV-WXYZ"])
    ]
    return join(parts, "十件惠民实事投票：参与码通知信")


def published_copy() -> bytes:
    """What the public gets of a file: its words, tables and pictures drawn anew."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(picture, "PNG")
    blocks = [
        Block("heading", "一、总体要求"),
        Block("paragraph", "各单位应当在信息形成后3个工作日内发布。" * 8),
        Block("table", rows=[["栏目", "期限"], ["通知公告", "3个工作日"]]),
        Block("picture", "办公楼", png=picture.getvalue()),
    ]
    return render_pdf(page_html("关于加强网站管理的通知", blocks))


def case_file(*, kept: bool = False) -> bytes:
    """A case's papers and a photograph bound; `kept` is whether the photograph's file stays inside as well."""
    photograph = io.BytesIO()
    Image.new("RGB", (600, 400), "green").save(photograph, "JPEG")
    codes = ("application_form", "receipt", "fee_notice", "refuse_reply", "delivery_receipt")
    pieces = [
        Piece(
            f"{number:02d}-{KINDS[code].title}.pdf",
            render_pdf(sample_page(KINDS[code])),
            "application/pdf",
            True,
        )
        for number, code in enumerate(codes, 1)
    ]
    if kept:
        pieces.append(Piece("06-现场.jpg", photograph.getvalue(), "image/jpeg"))
    front = [render_pdf(sample_page(KINDS[code])) for code in ("case_cover", "case_contents")]
    return Binding(pieces).bound("政府信息公开申请卷宗", front)[0]


OTHERS: dict[str, Callable[[], bytes]] = {
    "annual_report": annual_report,
    "case_file": case_file,
    "circular": circular,
    "poll_letters": poll_letters,
    "published_copy": published_copy,
}

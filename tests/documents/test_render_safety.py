"""The render path gives nothing away, ends in time, and goes on working."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.conf import settings

from portal.documents.kinds import KINDS
from portal.documents.render.pages import page
from portal.documents.render.worker import RenderFailed, RenderTimeout, RenderWorker, render_pdf
from portal.documents.samples import CONTACT, UNIT


class Listener:
    """A loopback listener that counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.hits = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


VECTORS = (
    '<img src="{url}">',
    '<link rel=attachment href="{file}">',
    '<a rel=attachment href="{file}">x</a>',
    '<link rel=stylesheet href="{url}">',
    "<style>@import '{url}';</style>",
    "<style>@font-face{{font-family:x;src:url({url})}} *{{font-family:x}}</style>",
    '<div style="background:url({url})">x</div>',
    '<div style="--a:url({url});background:var(--a)">x</div>',
    "<div style=\"background:image-set('{url}' 1x)\">x</div>",
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<svg><image href="{url}"/></svg>',
    '<svg><use href="{url}#a"/></svg>',
    '<svg><image xlink:href="{file}"/></svg>',
    '<base href="{url}"><img src="a.png">',
    '<meta http-equiv=refresh content="0;url={url}">',
    '<video src="{url}" poster="{url}"></video>',
    '<input type=image src="{url}">',
    '<link rel="icon" href="{file}">',
    '<ul style="list-style-image:url({url})"><li>x</ul>',
    '<p style="content:url({url})">x</p>',
    "data:text/html,<img src={url}>",
    "{{{{ 7|add:7 }}}} {{% debug %}} ${{7*7}} {{0.__class__}}",
)


def letter(body: str) -> str:
    kind = KINDS["disclose_reply"]
    return page(
        kind,
        facts={**kind.sample, "body": body, "information": body[:120]},
        number="〔2026〕1号",
        addressee=body[:80],
        unit=UNIT,
        contact=CONTACT,
        issued_on=date(2026, 3, 16),
        verify_code="ABCDEFGHJKLM",
    )


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_comes_out_literally_and_fetches_nothing(
    vector: str, listener: Listener, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-8f2c")
    body = vector.format(url=f"http://127.0.0.1:{listener.port}/x", file=secret.as_uri())
    data = render_pdf(letter(body))
    assert listener.hits == 0
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", pikepdf.Dictionary())
        assert len(document.attachments) == 0
    text = "".join(
        "".join(part.get_textpage().get_text_range().split()) for part in pypdfium2.PdfDocument(data)
    )
    assert "canary-8f2c" not in text
    assert "".join(body.split())[:40] in text


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}">',
        '<link rel=attachment href="{file}">',
        "<style>@import '{url}';</style>",
        '<link rel=stylesheet href="{url}">',
        '<svg><image href="{file}"/></svg>',
    ],
)
def test_engine_itself_fetches_nothing_even_from_markup(
    markup: str, listener: Listener, tmp_path: Path
) -> None:
    """The second wall: should markup ever get in, the fetcher refuses."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-8f2c")
    html = markup.format(url=f"http://127.0.0.1:{listener.port}/x", file=secret.as_uri())
    data = render_pdf(f'<html lang="zh-CN"><head><title>t</title></head><body><p>x</p>{html}</body></html>')
    assert listener.hits == 0
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.attachments) == 0
    assert b"canary-8f2c" not in data


def test_page_that_takes_too_long_is_ended_and_the_next_one_works() -> None:
    worker = RenderWorker(Path(settings.PORTAL_FONT_DIR), wall_seconds=3)
    try:
        worker.render("<html><body><p>warm</p></body></html>")
        first = worker.pid
        started = time.monotonic()
        bomb = "<html><body><table><tr><td colspan=1000000>x</td></tr></table></body></html>"
        with pytest.raises((RenderTimeout, RenderFailed)):
            worker.render(bomb)
        assert time.monotonic() - started < 10
        assert worker.render("<html><body><p>again</p></body></html>").startswith(b"%PDF-")
        assert worker.pid != first
    finally:
        worker.stop()


def test_killed_child_is_replaced() -> None:
    import os
    import signal

    worker = RenderWorker(Path(settings.PORTAL_FONT_DIR))
    try:
        worker.render("<html><body><p>a</p></body></html>")
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        time.sleep(0.2)
        assert worker.render("<html><body><p>b</p></body></html>").startswith(b"%PDF-")
    finally:
        worker.stop()


def test_too_much_text_is_refused_before_rendering() -> None:
    with pytest.raises(ValueError, match="too long"):
        letter("政" * 50_000)


def test_templates_never_switch_escaping_off() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "documents"
    for template in folder.glob("*.html"):
        source = template.read_text(encoding="utf-8")
        assert "|safe" not in source, template.name
        assert "autoescape off" not in source, template.name

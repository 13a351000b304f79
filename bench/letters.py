"""The one-page letter: the warm child process against WeasyPrint called naively with the same fonts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from bench.measure import Measure, seconds_per_call
from bench.scratch import BASE, base
from portal.documents.kinds import KINDS
from portal.documents.render.faces import MAIN
from portal.documents.render.worker import RenderWorker
from portal.documents.samples import sample_page

STYLE = Path(settings.BASE_DIR) / "portal" / "documents" / "render" / "letter.css"
MANY = 200
ROUNDS = 5


def memory_of(pid: int) -> float:
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise LookupError("no VmRSS")


@contextmanager
def uncut_fonts() -> Iterator[Path]:
    """The same faces as their packages ship them, under the names that the stylesheet uses."""
    from fonts import FANDOL, fetch_fandol

    noto = Path(str(files("pylopdf_fonts_zh_cn") / "NotoSerifSC-Regular.otf"))
    with TemporaryDirectory(prefix="fonts-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        fetch_fandol(folder)
        for ours, theirs in FANDOL.items():
            next(folder.rglob(theirs)).rename(folder / ours)
        (folder / "song.otf").symlink_to(noto)
        yield folder


def naive_seconds(page: str, fonts: Path) -> float:
    """One letter by WeasyPrint's one-line call, everything made anew each time.

    Only the faces that lie in `fonts` are declared: uncut, one Noto Serif SC stands for all the cut parts,
    since loading it once for each part would make the reference slower than anybody would write it.
    """
    from weasyprint import HTML

    rules = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{(fonts / name).resolve().as_uri()}"); }}'
        for family, name in MAIN.items()
        if (fonts / name).exists()
    )
    styled = page.replace("</head>", f"<style>{rules}{STYLE.read_text()}</style></head>")
    return seconds_per_call(
        lambda: HTML(string=styled, base_url=str(fonts)).write_pdf(pdf_variant="pdf/ua-1"), calls=2, rounds=3
    )


@contextmanager
def build_before() -> Iterator[tuple[Path, Path]]:
    """The build of BASE, and the fonts that it made. CalledProcessError without history."""
    with base() as tree, TemporaryDirectory(prefix="before-") as fonts:
        environment = {**os.environ, "PORTAL_FONT_DIR": fonts}
        script = str(tree / "scripts" / "fonts.py")
        subprocess.run([sys.executable, script], check=True, env=environment, capture_output=True)
        yield tree, Path(fonts)


def against_before(page: str) -> Iterator[Measure]:
    """Time and memory beside the build of BASE, turn about in this run."""
    with build_before() as (tree, old_fonts):
        new = RenderWorker(Path(settings.PORTAL_FONT_DIR))
        old = RenderWorker(old_fonts, root=tree)
        try:
            times: dict[RenderWorker, list[float]] = {new: [], old: []}
            for _ in range(ROUNDS):
                for worker, taken in times.items():
                    taken.append(
                        seconds_per_call(lambda worker=worker: worker.render(page), calls=20, rounds=1)
                    )
            ours, theirs = min(times[new]), min(times[old])
            name = f"build_{BASE}"
            yield Measure(
                "letter.against_before", ours * 1000, "ms", ours / theirs, name, goal=1.1, at_most=True
            )
            for worker in times:
                for _ in range(MANY):
                    worker.render(page)
            assert new.pid is not None
            assert old.pid is not None
            now, then = memory_of(new.pid), memory_of(old.pid)
            yield Measure("letter.memory_against_before", now, "MB", now / then, name, goal=1.0, at_most=True)
        finally:
            new.stop()
            old.stop()


def run() -> Iterator[Measure]:
    """Time both ways on the extension notice, then watch the child's memory over many letters."""
    fonts = Path(settings.PORTAL_FONT_DIR)
    page = sample_page(KINDS["extension_notice"])
    worker = RenderWorker(fonts)
    try:
        warm = seconds_per_call(lambda: worker.render(page), calls=20)
        naive = naive_seconds(page, fonts)
        yield Measure("letter.warm", warm * 1000, "ms", naive / warm, "naive_with_our_cut_fonts", goal=2)
        with uncut_fonts() as originals:
            plain = naive_seconds(page, originals)
        yield Measure("letter.warm", warm * 1000, "ms", plain / warm, "naive_with_uncut_fonts")
        yield Measure("letter.rate", 1 / warm, "documents/s", 1 / warm / 15, "15_documents/s", goal=1)
        assert worker.pid is not None
        before = memory_of(worker.pid)
        for _ in range(MANY):
            worker.render(page)
        after = memory_of(worker.pid)
        yield Measure(
            "letter.memory", after, "MB", after / before, "before_200_letters", goal=1.2, at_most=True
        )
    finally:
        worker.stop()
    try:
        yield from against_before(page)
    except subprocess.CalledProcessError as error:
        print(f"bench: letter.against_before NOT RUN: {error}", flush=True)

"""Reading pictures by machine: tesseract with simplified Chinese, where it is installed. About two seconds a page."""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess  # nosec B404: fixed program, no shell

import pypdfium2

DOTS = 200
SECONDS = 60


@functools.lru_cache(maxsize=1)
def can_read() -> bool:
    """True if tesseract and its simplified Chinese are here."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=SECONDS)  # nosec B603
    return b"chi_sim" in done.stdout + done.stderr


def read(data: bytes, number: int) -> str | None:
    """The words in the picture of a page, without blanks between signs; None if it could not be read."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[number - 1]
        bitmap = page.render(scale=DOTS / 72, draw_annots=False)
        image = bitmap.to_pil().convert("L")
    packed = io.BytesIO()
    image.save(packed, "PNG", compress_level=1)
    environment = {"PATH": os.environ.get("PATH", "/usr/bin"), "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # nosec B603 B607: fixed arguments
            ["tesseract", "stdin", "stdout", "-l", "chi_sim", "--psm", "6", "--dpi", str(DOTS)],
            input=packed.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

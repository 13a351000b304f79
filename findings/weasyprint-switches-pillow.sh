#!/bin/sh
# What a good engineer would have guessed: Pillow refuses half a picture with "image file is truncated" wherever it is
# asked to load one, so an upload check may rely on it.
#
# What happens with WeasyPrint 70.0: importing it sets Pillow's ImageFile.LOAD_TRUNCATED_IMAGES for the whole process.
# From then on the same call on the same half PNG returns a picture, its lower part blank, without a word. A check that
# passed its tests lets half files through as soon as anything else in the process has imported WeasyPrint, and the
# order of tests decides whether they are green.
# Mend: keep WeasyPrint in a process of its own, or set the flag back where pictures are checked.
#
# Needs Pango on the machine (as WeasyPrint always does).
# Exit 0: the behaviour is as told above. Exit 1: it has changed, look again.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pillow==13.0.0
"$here/venv/bin/python" - <<'PROGRAM'
import io
import sys

import PIL
from PIL import Image, ImageFile


def half():
    """The first half of a PNG of grey noise."""
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 80).save(whole, "PNG")
    return whole.getvalue()[: len(whole.getvalue()) // 2]


def loaded(data):
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            return f"loaded, {picture.size}"
    except OSError as error:
        return f"OSError: {error}"


data = half()
before, flag_before = loaded(data), ImageFile.LOAD_TRUNCATED_IMAGES
import weasyprint  # noqa: E402  what is shown is what this import does

after, flag_after = loaded(data), ImageFile.LOAD_TRUNCATED_IMAGES
print("weasyprint", weasyprint.__version__, "pillow", PIL.__version__)
print(f"before the import: {before} (LOAD_TRUNCATED_IMAGES {flag_before})")
print(f"after the import:  {after} (LOAD_TRUNCATED_IMAGES {flag_after})")
sys.exit(0 if before.startswith("OSError") and after.startswith("loaded") else 1)
PROGRAM

#!/bin/sh
# What a good engineer would have guessed: a box whose fixed height still fits the page, but whose text is higher, either
# shows the text over its edge (CSS 2.1 11.1.1, overflow: visible) or goes on with it on the next page.
#
# What happens with WeasyPrint 70.0 if the box has break-inside: avoid and a block inside it: lines that would pass the
# bottom of the page's area are dropped, and with them everything behind them in the box, an absolutely placed block
# (here the sign-off) included. There is no further page, no warning and no error: the PDF simply lacks the words.
# Without break-inside: avoid, or without the inner block, the rest goes on on the next page, as one would think.
# In practice: a letter's sign-off block of fixed height lost the name of the office and the date when the address
# beside it took one line more. Give such a block min-height, or only what surely fits.
#
# Needs Pango on the machine (as WeasyPrint always does).
# Exit 0: the behaviour is as told above. Exit 1: it has changed, look again.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2
"$here/venv/bin/python" - <<'PROGRAM'
import sys

import pypdfium2
import weasyprint
from weasyprint import HTML

STYLE = """
@page { size: 100mm 100mm; margin: 10mm }
body { margin: 0; font: 16px/20px sans-serif }
.before { height: 255px }
.foot { height: 40px; break-inside: avoid; position: relative }
.foot p { margin: 0 }
.sign { position: absolute; right: 0; bottom: 0 }
"""


def words(lines):
    text = "".join(f"<p>line{number}</p>" for number in range(1, lines + 1))
    page = f'<style>{STYLE}</style><div class="before">before</div>'
    page += f'<div class="foot"><div>{text}</div><div class="sign">SIGNED</div></div>'
    document = pypdfium2.PdfDocument(HTML(string=page).write_pdf())
    return [sheet.get_textpage().get_text_range().split() for sheet in document]


print("weasyprint", weasyprint.__version__)
expected = {
    2: [["before", "line1", "line2", "SIGNED"]],
    3: [["before", "line1", "line2"]],
    4: [["before", "line1", "line2"]],
}
changed = False
for lines, said in expected.items():
    found = words(lines)
    changed = changed or found != said
    print(f"{lines} lines in a box two lines high: {len(found)} page(s) with {found}")
sys.exit(1 if changed else 0)
PROGRAM

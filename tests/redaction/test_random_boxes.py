"""Boxes as the desk draws them, in parts of a page's picture, on turned and cropped pages: no reader finds what was under one.

10 examples; PORTAL_REDACTION_EXAMPLES asks for more.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pikepdf import Array

from portal.records.actions.marking import checked
from portal.records.child import answer
from portal.records.forms import place_of, share_of
from portal.redaction import Box, Orders
from portal.redaction.making import find_all_here, redact_here
from portal.redaction.reading import holds
from tests.redaction.papers import drawn, texts

pytestmark = pytest.mark.one_engine
EXAMPLES = int(os.environ.get("PORTAL_REDACTION_EXAMPLES", "10"))
SECRET = st.text("ABCDEFGHKLM2345", min_size=5, max_size=12)
OPEN = st.text("NPRSTUVWXYZ6789", min_size=5, max_size=12)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    secret=SECRET,
    kept=OPEN,
    left=st.integers(60, 220),
    rows=st.permutations(range(12)),
    turn=st.sampled_from((0, 90, 180, 270)),
    cut=st.sampled_from(([0, 0, 400, 400], [20, 20, 400, 380], [35, 10, 390, 395])),
    slack=st.floats(0, 0.01),
)
def test_word_under_a_box_drawn_on_the_picture_is_found_by_no_reader(
    secret: str, kept: str, left: int, rows: list[int], turn: int, cut: list[int], slack: float
) -> None:
    lines = [(left, 60 + rows[0] * 25, secret), (left, 60 + rows[1] * 25, kept)]
    data = drawn([lines], Rotate=turn, CropBox=Array(cut))
    told, _ = answer({"mode": "pages", "first": 1, "last": 1}, data)
    space = told["rows"][0]["space"]
    boxes = []
    for place in find_all_here(data, (secret,)):
        shares = share_of(space, list(place.rectangle))
        drawn_box = [shares[0] - slack, shares[1] - slack, shares[2] + slack, shares[3] + slack]
        boxes.append({"page": 1, "box": place_of(space, drawn_box), "ground": "privacy"})
    marks = checked({"boxes": boxes}, 1)
    orders = Orders(boxes=tuple(Box(1, tuple(row["box"]), "个人隐私") for row in marks["boxes"]))
    made = redact_here(data, orders, hidden=frozenset(), machine_reads=False)
    text = "\n".join(texts(made.data))
    assert holds(text, secret) == 0
    assert holds(text, kept) == 1

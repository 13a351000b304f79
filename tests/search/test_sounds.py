"""Readings in little room: the same as pypinyin's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portal.search.sounds import all_syllables, read
from portal.search.words import places_read

pytestmark = pytest.mark.one_engine
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("暂行规定", "zan xing gui ding"),
        ("银行", "yin hang"),
        ("价格调整", "jia ge tiao zheng"),
        ("重新处理", "chong xin chu li"),
        ("绿化", "lv hua"),
        ("单县", "shan xian"),
    ],
)
def test_words_are_read_as_words(text: str, said: str) -> None:
    assert " ".join(read(text)) == said


def test_signs_and_words_are_read_as_pypinyin_reads_them() -> None:
    import pypinyin
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    texts = [*map(chr, list(PINYIN_DICT)[::4]), *list(PHRASES_DICT)[::40]]
    theirs = [[part.replace("ü", "v") for part in pypinyin.lazy_pinyin(text)] for text in texts]
    differing = [
        text
        for text, said in zip(texts, theirs, strict=True)
        if text not in places_read() and read(text) != said
    ]
    assert (len(texts) > 10_000, differing) == (True, [])
    assert {"lv", "nv", "zhuang", "er"} <= all_syllables()


def test_the_package_itself_is_not_loaded_by_a_search() -> None:
    code = "import sys; from portal.search.spelling import syllables; syllables('玉溪市'); print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

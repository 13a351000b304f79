"""Text as the finder compares it: one script, one width, cut into words, pairs of signs and document numbers.

The same functions cut the texts and the queries, so that both always meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import opencc
import rjieba

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
IS_HAN = re.compile(f"[{HAN}]")
_RUN = re.compile(f"[a-z0-9]+|[{HAN}]+")
_MIXED = re.compile(r"\b(?:[a-z]+[0-9]|[0-9]+[a-z])[a-z0-9]*")
_PARTS = re.compile(r"[a-z]+|[0-9]+")
_BRACKETS = str.maketrans("〔〕［］【】[]（）“”‘’「」『』", '()()()()()""\'\'""""')
_NUMBER = re.compile(
    r"(?:\(\s?((?:19|20)\d\d)\s?\)\s?第?|((?:19|20)\d\d)(?:\s?第\s?|\s|(?=\s?\d+\s?号)))\s?0*(\d{1,5})(?:\s?号|(?!\s?\d))"
)
_WHOLE_NUMBER = re.compile(rf"[{HAN}]*\s?{_NUMBER.pattern}")
_BEFORE = re.compile(f"([{HAN}]+)\\s?$")
_ORDER = re.compile(r"令\s?\(?第\s?0*(\d{1,5})\s?号|第?\s?0*(\d{1,5})\s?号令")
_LONGEST_PREFIX = 6
_MANY = 60


@cache
def _traditional() -> tuple[re.Pattern[str], dict[str, str]]:
    """Each Traditional sign and its Simplified one, sign for sign, so that positions stay.

    A pattern looks through a text without any ten times faster than translate() with a table does.
    """
    signs = [chr(code) for code in range(0x3400, 0xA000)]
    folded = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    pairs = zip(signs, folded, strict=True)
    found = {sign: other for sign, other in pairs if len(other) == 1 and other != sign}
    return re.compile(f"[{''.join(found)}]"), found


@cache
def _levelled() -> tuple[re.Pattern[str], dict[str, str]]:
    """Those and the brackets."""
    table = {**_traditional()[1], **{chr(code): chr(to) for code, to in _BRACKETS.items()}}
    return re.compile(f"[{re.escape(''.join(table))}]"), table


def _put(text: str, table: tuple[re.Pattern[str], dict[str, str]]) -> str:
    pattern, others = table
    return pattern.sub(lambda match: others[match[0]], text)


@cache
def _wording() -> opencc.OpenCC:
    return opencc.OpenCC("tw2sp")


def simplify(text: str) -> str:
    """Simplified signs for Traditional ones."""
    return text if text.isascii() else _put(text, _traditional())


def reword(query: str) -> str:
    """A query in the mainland's signs and words if it is written in Traditional ones (資訊 is 信息)."""
    return _wording().convert(query) if simplify(query) != query else query


@cache
def _folded_sign(sign: str) -> str:
    narrow = unicodedata.normalize("NFKC", sign).lower()
    return " " if narrow.isspace() else simplify(narrow.translate(_BRACKETS))


def plain(text: str) -> str:
    """Text as it is compared: NFKC, lower case, Simplified, one kind of brackets, runs of white space as one blank.

    Sign by sign, and only for the signs that differ: a long text has few of them, and this is half of an index.
    """
    changed = {sign: folded for sign in set(text) if (folded := _folded_sign(sign)) != sign}
    if len(changed) > _MANY:
        text = text.translate({ord(sign): folded for sign, folded in changed.items()})
    else:
        for sign, folded in changed.items():
            text = text.replace(sign, folded)
    return " ".join(text.split())


def level(text: str) -> str:
    """Text folded sign for sign, so that a position in it is one in the original."""
    lower = text.lower()
    return _put(lower if len(lower) == len(text) else text, _levelled())


def runs(folded: str) -> list[str]:
    """The runs of Chinese signs, and of Latin letters and digits, of a folded text."""
    return _RUN.findall(folded)


def pairs_of(folded: str) -> list[str]:
    """The pairs of neighbouring signs in order; a lone sign, a Latin word and a number as they are."""
    found: list[str] = []
    for run in runs(folded):
        if len(run) == 1 or run.isascii():
            found.append(run)
        else:
            found += map(str.__add__, run, run[1:])
    return found


def signs_of(folded: str) -> list[str]:
    """The single signs in order; Latin words and numbers whole."""
    found: list[str] = []
    for run in runs(folded):
        found += [run] if run.isascii() else run
    return found


@cache
def cutter() -> rjieba.Jieba:
    """The word cutter with our own terms, loaded once."""
    from portal.search.words import terms

    jieba = rjieba.Jieba()
    for term in terms():
        jieba.add_word(term, 3000, "n")
    return jieba


def words_of(folded: str) -> list[str]:
    """The words of a folded text, of long words also the shorter ones in them; no blanks, no punctuation."""
    return [word for word in _cut(" ".join(runs(folded))) if word != " "]


def word_field(folded: str) -> str:
    """The words of a folded text as a field takes them; blanks between blanks do no harm there."""
    return " ".join(_cut(" ".join(runs(folded))))


def _cut(text: str) -> list[str]:
    return cutter().cut_for_search(text) + latin_parts(text)


def latin_parts(folded: str) -> list[str]:
    """The letters and the digits of mixed words such as gb9704, each by itself."""
    return [part for run in _MIXED.findall(folded) for part in _PARTS.findall(run)]


def numbers_of(folded: str) -> list[str]:
    """Document numbers however they are written: 2026-12, with the ends of the word before it: 玉政发2026-12."""
    found: list[str] = []
    for match in _NUMBER.finditer(folded):
        number = f"{match[1] or match[2]}-{match[3]}"
        before = _BEFORE.search(folded[max(match.start() - _LONGEST_PREFIX - 1, 0) : match.start()])
        word = before[1] if before else ""
        found.append(number)
        found += [word[-size:] + number for size in range(1, min(len(word), _LONGEST_PREFIX) + 1)]
    found += [f"令{first or second}" for first, second in _ORDER.findall(folded)]
    return found


def without_numbers(folded: str) -> str:
    """A text without its document numbers."""
    return _ORDER.sub(" ", _WHOLE_NUMBER.sub(" ", folded))


def joined(tokens: Iterable[str]) -> str:
    """Tokens as a field takes them: with blanks between."""
    return " ".join(tokens)

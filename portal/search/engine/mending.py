"""What somebody meant who typed pinyin or made a slip: looked up in the titles and in the words that the finder knows.

Nothing is kept for this beside the index: the syllables and the signs of every title have their places there, so
that the words on a place can be read off the titles that match. The most frequent reading wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import tantivy
from rapidfuzz.distance import Levenshtein
from tantivy import Occur, Query

from portal.search.engine.schema import schema
from portal.search.spelling import is_whole, loosely, readings, syllables
from portal.search.text import IS_HAN, pairs_of, plain

MOST_READ = 20
LONGEST_SPAN, SHORTEST_SOUND = 8, 3
WORD_VOTES = 2
MOST_SLIPS, MOST_SPELT = 3, 4


@dataclass(frozen=True)
class Mended:
    """A stretch of the query and what was probably meant."""

    start: int
    end: int
    meant: str


def _chinese(text: str) -> str:
    return "".join(IS_HAN.findall(plain(text)))


class Mender:
    """Looks for what was meant in one index."""

    def __init__(self, searcher: tantivy.Searcher, words: tantivy.Searcher) -> None:
        self.searcher, self.words = searcher, words

    def spelt(self, letters: str) -> list[str]:
        """The Chinese words that some Latin letters may spell, whole, by first letters or mixed; likeliest first."""
        whole = letters.replace(" ", "")
        for units in readings(whole):
            if len(units) > 1 or is_whole(units[0]):
                words = self._words(units)
                if words:
                    return words
        if whole != letters:
            return ["".join(word for part in letters.split(" ") for word in self.spelt(part)[:1])]
        pieces = self._piecewise(readings(whole)[0]) if readings(whole) else ""
        return [pieces] if pieces else []

    def has(self, word: str) -> bool:
        """True if some text has a Latin word."""
        return bool(self.searcher.doc_freq("title", word) or self.searcher.doc_freq("body", word))

    def _words(self, units: Sequence[str]) -> list[str]:
        found = self._read(self._spelling(units), lambda title: _places(title, units))
        return [word for word, _ in found.most_common(MOST_SPELT)]

    def _piecewise(self, units: Sequence[str]) -> str:
        """The longest words from the left; what spells nothing is left out."""
        found, at = "", 0
        while at < len(units):
            for size in range(min(LONGEST_SPAN, len(units) - at), 1, -1):
                words = self._words(units[at : at + size])
                if words:
                    found += words[0]
                    at += size - 1
                    break
            at += 1
        return found

    def _spelling(self, units: Sequence[str]) -> Query:
        whole = [is_whole(unit) for unit in units]
        must: list[Query] = []
        at = 0
        while at < len(units):
            end = at
            while end < len(units) and whole[end]:
                end += 1
            if end > at:
                must.append(_phrase("spelt", list(enumerate(units[at:end]))))
            at = max(end, at + 1)
        if not all(whole) and len(units) > 1:
            heads = [unit[0] for unit in units]
            must.append(_phrase("initials", list(enumerate(map(str.__add__, heads, heads[1:])))))
        return Query.boolean_query([(Occur.Must, query) for query in must])

    def _read(self, query: Query, read: Callable[[str], list[str]]) -> Counter[str]:
        found: Counter[str] = Counter()
        for searcher, votes in ((self.searcher, 1), (self.words, WORD_VOTES)):
            for _, address in searcher.search(query, MOST_READ, count=False).hits:
                for word in dict.fromkeys(read(_chinese(searcher.doc(address)["shown"][0]))):
                    found[word] += votes
        return found

    def slips(self, stretch: str) -> list[Mended]:
        """What was probably meant by a stretch of Chinese signs that no title has so, at most MOST_SLIPS places."""
        doubtful = {at for at in range(len(stretch) - 1) if not self._is_known(stretch, at)}
        found = self._by_sound(stretch, doubtful)
        for wrong in _wrong_signs(doubtful, len(stretch)):
            if len(found) < MOST_SLIPS and not any(mended.start <= wrong < mended.end for mended in found):
                found += self._by_sign(stretch, wrong)
        return found

    def _is_known(self, stretch: str, at: int) -> bool:
        """True if texts have the pair in a title or as a word or in one, or it is a plain word."""
        pair = stretch[at : at + 2]
        if any(self.searcher.doc_freq(name, pair) for name in ("title_pairs", "body")):
            return True
        words = (
            stretch[start : start + size]
            for size in (2, 3, 4)
            for start in range(max(0, at + 2 - size), min(at, len(stretch) - size) + 1)
        )
        return any(self.searcher.doc_freq("body", word) or self._is_listed(word) for word in words)

    def _is_listed(self, word: str) -> bool:
        query = _phrase("word_signs", list(enumerate(word)))
        return bool(self.words.search(query, 1, count=False).hits)

    def _by_sound(self, stretch: str, doubtful: set[int]) -> list[Mended]:
        """The longest spans that sound like words of a title and are written otherwise."""
        found: list[Mended] = []
        pairs = [stretch[at : at + 2] for at in range(len(stretch) - 1)]
        strange = {at for at, pair in enumerate(pairs) if not self.searcher.doc_freq("title_pairs", pair)}
        sounds = syllables(stretch) if strange else []
        if len(sounds) != len(stretch):
            return found
        for size in range(min(LONGEST_SPAN, len(stretch)), SHORTEST_SOUND - 1, -1):
            for start in range(len(stretch) - size + 1):
                end = start + size
                if any(start < mended.end and mended.start < end for mended in found):
                    continue
                inside = set(range(start, end - 1))
                if doubtful & {start - 1, end - 1} or not inside & (
                    doubtful if size == SHORTEST_SOUND else strange
                ):
                    continue
                meant = self._heard(stretch[start:end], sounds[start:end])
                if meant and not self._tears(stretch, Mended(start, end, meant)):
                    found.append(Mended(start, end, meant))
        return found[:MOST_SLIPS]

    def _tears(self, stretch: str, mended: Mended) -> bool:
        """True if it would change a sign at its end that makes a known word with the sign outside (信访 before 办法)."""
        start, end = mended.start, mended.end
        first, last = stretch[start] != mended.meant[0], stretch[end - 1] != mended.meant[-1]
        return (first and start > 0 and self._is_known(stretch, start - 1)) or (
            last and end < len(stretch) and self._is_known(stretch, end - 1)
        )

    def _heard(self, typed: str, sounds: list[str]) -> str:
        heard = _phrase("spelt", list(enumerate(sounds)))
        if not any(searcher.search(heard, 1, count=False).hits for searcher in (self.searcher, self.words)):
            return ""
        if self._stands(typed):
            return ""
        return _best(self._read(heard, lambda title: _places(title, sounds)), typed)

    def _stands(self, typed: str) -> bool:
        """True if some text has these signs side by side."""
        pairs = list(enumerate(pairs_of(typed)))
        return any(
            self.searcher.search(_phrase(name, pairs), 1, count=False).hits
            for name in ("title_pairs", "body_pairs")
        )

    def _by_sign(self, stretch: str, wrong: int) -> list[Mended]:
        """One sign read otherwise, so that titles have it between its neighbours."""
        found: list[tuple[float, Mended]] = []
        for start, end in _windows(wrong, len(stretch)):
            signs = [(place - start, stretch[place]) for place in range(start, end) if place != wrong]
            read = self._signs(signs, end - start, wrong - start)
            meant = _best(read, stretch[start:end])
            if meant:
                sounds = [syllables(text)[wrong - start] for text in (meant, stretch[start:end])]
                near = _alike(*sounds)
                within = 0 < wrong < len(stretch) - 1
                if near or (within and (end - start > 3 or (end - start == 3 and self._is_listed(meant)))):
                    score = (end - start) * 2 + near * 3 + min(read[meant], 9) / 10
                    found.append((score, Mended(start, end, meant)))
        return [max(found, key=lambda pair: pair[0])[1]] if found else []

    def _signs(self, signs: list[tuple[int, str]], size: int, wrong: int) -> Counter[str]:
        first = signs[0][0]
        placed = [(place - first, sign) for place, sign in signs]
        fields = [_phrase(name, placed) for name in ("title_signs", "word_signs")]
        query = Query.boolean_query([(Occur.Should, query) for query in fields])

        def read(title: str) -> list[str]:
            words = [title[at : at + size] for at in range(len(title) - size + 1)]
            return [word for word in words if all(word[place] == sign for place, sign in signs)]

        return self._read(query, read)


def _wrong_signs(doubtful: set[int], length: int) -> list[int]:
    """The signs that fit to no neighbour: between two doubtful pairs, or at an end beside one."""
    found = [at for at in range(1, length - 1) if {at - 1, at} <= doubtful]
    if 0 in doubtful and 1 not in found:
        found.append(0)
    if length - 2 in doubtful and length - 2 not in found:
        found.append(length - 1)
    return sorted(set(found))


def _alike(one: str, other: str) -> bool:
    """True for syllables that are the same to southern ears, or begin alike and are one letter apart."""
    one, other = loosely(one), loosely(other)
    return one == other or (one[0] == other[0] and Levenshtein.distance(one, other, score_cutoff=1) <= 1)


def _windows(wrong: int, length: int) -> list[tuple[int, int]]:
    """Spans around a wrong sign, with both its neighbours where it has two."""
    first, last = max(wrong - 1, 0), min(wrong + 2, length)
    starts = range(max(wrong - 3, 0), first + 1)
    ends = range(last, min(wrong + 4, length) + 1)
    return [(start, end) for start in starts for end in ends if 2 <= end - start <= 5]


def _phrase(name: str, placed: list[tuple[int, str]]) -> Query:
    if len(placed) == 1:
        return Query.term_query(schema(), name, placed[0][1])
    return Query.phrase_query(schema(), name, list(placed))


def _places(title: str, units: Sequence[str]) -> list[str]:
    """The words of a title that are read so."""
    heard = syllables(title)
    if len(heard) != len(title):
        return []
    size = len(units)
    return [
        title[at : at + size]
        for at in range(len(title) - size + 1)
        if all(
            part == unit if is_whole(unit) else part.startswith(unit)
            for part, unit in zip(heard[at : at + size], units, strict=True)
        )
    ]


def _best(read: Counter[str], typed: str) -> str:
    """The most frequent reading that differs from what was typed; none if what was typed is there too."""
    if typed in read or not read:
        return ""
    return read.most_common(1)[0][0]

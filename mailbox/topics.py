"""Rising topics: terms of titles that come more often this week than their own past explains; pure.

A term is tested against a Poisson count with the mean of its past weeks, which is taken to be at least one letter in
all of them: a term that has never come before would otherwise rise with certainty. The probability is multiplied by
the number of terms that came this week (Bonferroni), so that one look raises a false alarm about once in a thousand.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.segment import fold, word_tokens

PAST_WEEKS = 8
FEWEST = 4
LEVEL = 0.001
WEEK = 7
# What letters of any subject say; no topic of their own.
COMMON = frozenset(
    [
        "关于",
        "反映",
        "建议",
        "咨询",
        "请求",
        "投诉",
        "举报",
        "求助",
        "问题",
        "希望",
        "尽快",
        "解决",
        "情况",
        "我们",
        "有关",
        "玉溪",
        "溪市",
        "我市",
        "没有",
        "如何",
        "怎么",
        "什么",
        "为何",
        "能否",
        "是否",
        "长期",
        "多次",
        "处理",
        "感谢",
        "办理",
        "申请",
        "要求",
        "市长",
        "书记",
        "加强",
        "进一",
        "一步",
    ]
)


@dataclass(frozen=True)
class Titled:
    """A letter as topics see it."""

    letter: int
    day: date
    title: str


@dataclass(frozen=True)
class Rise:
    """A rising topic: its words, its letters of this week, its count by week (this one last), and how likely so
    many letters would be by chance, corrected for the number of terms."""

    term: str
    letters: tuple[int, ...]
    weeks: tuple[int, ...]
    chance: float

    @property
    def count(self) -> int:
        """Letters of this week."""
        return self.weeks[-1]

    @property
    def mean(self) -> float:
        """Letters a week before, on the average."""
        return sum(self.weeks[:-1]) / (len(self.weeks) - 1)


def terms_of(title: str) -> list[str]:
    """The distinct terms of a title: pairs of Chinese characters and words of two signs or more."""
    return [
        token
        for token in word_tokens(title)
        if len(token) > 1 and token not in COMMON and not token.isdigit()
    ]


def tail(count: int, mean: float) -> float:
    """The probability of `count` or more when `mean` are expected (Poisson)."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    total = term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    step = count
    while term > total * 1e-15:
        step += 1
        term *= mean / step
        total += term
        if step > mean + 10_000:
            break
    return min(total, 1.0)


def chance_of(weeks: Sequence[int]) -> float:
    """How likely the last count is, or a higher one, given the ones before."""
    past = weeks[:-1]
    return tail(weeks[-1], max(sum(past), 1) / len(past))


def significant(weeks_by_term: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """The terms that rise, with their corrected probability; `weeks` holds the counts by week, this one last."""
    came = {term: weeks for term, weeks in weeks_by_term.items() if weeks[-1]}
    chances = {
        term: min(chance_of(weeks) * len(came), 1.0) for term, weeks in came.items() if weeks[-1] >= FEWEST
    }
    return {term: chance for term, chance in chances.items() if chance < LEVEL}


def rising(letters: Iterable[Titled], today: date) -> list[Rise]:
    """The rising topics of the seven days up to today, the least likely by chance first.

    Weeks are the seven days up to today and the eight times seven days before them. Terms that are pieces of one
    phrase in the same letters are one topic.
    """
    titles: dict[int, str] = {}
    found: dict[str, list[set[int]]] = defaultdict(lambda: [set() for _ in range(PAST_WEEKS + 1)])
    for letter in letters:
        week = PAST_WEEKS - (today - letter.day).days // WEEK
        if not 0 <= week <= PAST_WEEKS:
            continue
        titles[letter.letter] = fold(letter.title)
        for term in terms_of(letter.title):
            found[term][week].add(letter.letter)
    counts = {term: tuple(len(ids) for ids in weeks) for term, weeks in found.items()}
    phrases: dict[tuple[str, tuple[int, ...]], Rise] = {}
    for term, chance in sorted(significant(counts).items(), key=lambda pair: (pair[1], pair[0])):
        ids = tuple(sorted(found[term][-1]))
        phrase = widened(term, [titles[each] for each in ids])
        phrases.setdefault((phrase, ids), Rise(phrase, ids, counts[term], chance))
    return _largest(list(phrases.values()))


def widened(term: str, titles: Sequence[str]) -> str:
    """The longest phrase around the term that stands in all of the titles."""
    while True:
        longer = _beside(term, titles)
        if longer is None:
            return term
        term = longer


def _beside(term: str, titles: Sequence[str]) -> str | None:
    for before in (True, False):
        signs = set()
        for title in titles:
            at = title.find(term) - 1 if before else title.find(term) + len(term)
            signs.add(title[at] if 0 <= at < len(title) else " ")
        sign = signs.pop()
        if not signs and sign.isalnum():
            return sign + term if before else term + sign
    return None


def _largest(rises: list[Rise]) -> list[Rise]:
    """Without those whose words and letters are all part of another's."""
    return [
        rise
        for rise in rises
        if not any(
            other is not rise and rise.term in other.term and set(rise.letters) <= set(other.letters)
            for other in rises
        )
    ]

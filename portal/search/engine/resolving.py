"""A query as it was meant: pinyin read, slips mended."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from portal.search.asking import Asked, Idea, Way, understand
from portal.search.engine.mending import Mender
from portal.search.lexicon import Lexicon

LESS_LIKELY, AS_TYPED = 0.6, 0.5
_LETTERS = re.compile(r"[a-z]+(?:[' ][a-z]+)*")


@dataclass(frozen=True)
class Resolved:
    """What is looked for, and the query as it was probably meant; "" if it was meant as typed."""

    asked: Asked
    meant: str = ""


def resolve(asked: Asked, mender: Mender, lexicon: Lexicon) -> Resolved:
    """Pinyin read as the words that it spells, and mistyped words as those that texts have."""
    if asked.exact:
        return Resolved(asked)
    if asked.letters:
        return _spelt(asked, mender, lexicon)
    mended = asked.folded
    for stretch in asked.stretches:
        other = stretch
        for slip in sorted(mender.slips(stretch), key=lambda slip: -slip.start):
            other = other[: slip.start] + slip.meant + other[slip.end :]
        mended = mended.replace(stretch, other, 1)
    if mended == asked.folded:
        return Resolved(asked)
    return Resolved(replace(understand(mended, lexicon), query=asked.query), mended)


def _spelt(asked: Asked, mender: Mender, lexicon: Lexicon) -> Resolved:
    words = {letters: found for letters in asked.letters if any(found := mender.spelt(letters))}
    if not words:
        return Resolved(asked)
    meant = _LETTERS.sub(lambda match: words[match[0]][0] if match[0] in words else match[0], asked.folded)
    read = understand(meant, lexicon)
    typed = {part for letters in words for part in letters.split(" ")}
    known = [Way(idea.text, AS_TYPED) for idea in asked.ideas if idea.text in typed and mender.has(idea.text)]
    ideas = read.ideas
    if len(words) == 1 and asked.folded in words:
        ideas = _either(words[asked.folded], read, known, lexicon)
    elif known and ideas:
        ideas = (replace(ideas[0], ways=(*ideas[0].ways, *known)), *ideas[1:])
    return Resolved(replace(read, query=asked.query, ideas=ideas), meant)


def _either(words: list[str], read: Asked, typed: list[Way], lexicon: Lexicon) -> tuple[Idea, ...]:
    """Letters that may spell several words: one idea with all of them, the likeliest with its other wordings."""
    if len(words) == 1 and not typed:
        return read.ideas
    first = read.ideas[0].ways[1:] if len(read.ideas) == 1 else ()
    others = tuple(Way(word, LESS_LIKELY) for word in words[1:])
    return (Idea(words[0], (Way(words[0]), *first, *typed, *others)),)

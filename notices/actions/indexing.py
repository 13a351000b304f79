"""What the finder is told of an item beside its words: its channel, whether it is in force, its attachments' words."""

from __future__ import annotations

from notices.choices import Holds, Validity
from notices.models import Article, ArticleVersion
from notices.structures import SERVICE
from portal.files.vault import FileDamaged, read
from portal.publishing.attached import words_in
from portal.search.choices import Chip

PICTURE = "picture"
MOST_SIGNS = 400_000
_POLICY = (Holds.DOCUMENT, Holds.READING)


def channel_of(case: Article, version: ArticleVersion) -> Chip:
    """A guide to a service is 办事, a document or its reading 政策, anything else 公开."""
    if version.fields.get("structure") == SERVICE.code:
        return Chip.SERVICE
    column = version.column or case.column
    return Chip.POLICY if column.holds in _POLICY else Chip.OPEN


def validity_of(case: Article) -> str:
    """ "" for what is in force."""
    return "" if case.validity == Validity.IN_FORCE else case.validity


def attached_words(version: ArticleVersion) -> str:
    """The words of the published copies; a file that cannot be read is left out."""
    found: list[str] = []
    for entry in version.fields.get("files", []):
        if entry.get("role") == PICTURE:
            continue
        found.append(entry.get("name", ""))
        try:
            found.append(words_in(read(entry["sha256"])))
        except FileDamaged:
            continue
    return "\n".join(word for word in found if word)[:MOST_SIGNS]

"""Tables of what the city publishes."""

from notices.models.article import Article
from notices.models.column import AliveRule, Column
from notices.models.enforcement import EnforcementNote, EnforcementRhythm, WrongName
from notices.models.version import ArticleVersion

__all__ = [
    "AliveRule",
    "Article",
    "ArticleVersion",
    "Column",
    "EnforcementNote",
    "EnforcementRhythm",
    "WrongName",
]

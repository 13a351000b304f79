"""Tables of what the city publishes."""

from notices.models.article import Article, ArticleVersion
from notices.models.column import AliveRule, Column

__all__ = ["AliveRule", "Article", "ArticleVersion", "Column"]

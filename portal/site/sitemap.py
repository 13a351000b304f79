"""The site map for search engines: only what everyone may read, each with the day it last changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from notices.queries import listed
from portal.publishing.queries import published

PAGES = (
    "home",
    "guide",
    "contact",
    "deadline",
    "statistics",
    "ratings",
    "annual_reports:years",
    "notices:home",
    "notices:list",
    "notices:services",
    "releases:list",
    "consultations:home",
    "polls:home",
    "hearings:home",
    "proposals:home",
    "courses:home",
    "mailbox:home",
    "responses:home",
)


class PageMap(Sitemap):
    """The front pages."""

    changefreq = "daily"

    def items(self) -> list[str]:
        """Their names."""
        return list(PAGES)

    def location(self, item: str) -> str:
        """Their addresses."""
        return reverse(item)


class ArticleMap(Sitemap):
    """What the city publishes."""

    limit = 5000

    def items(self) -> Any:
        """The versions that everyone reads."""
        return listed(timezone.now())

    def location(self, item: Any) -> str:
        """The item's page."""
        return reverse("notices:article", args=[item.article.public_id])

    def lastmod(self, item: Any) -> datetime:
        """When this version came out."""
        at: datetime = item.publish_at
        return at


class ReleaseMap(Sitemap):
    """The public copies of replies."""

    limit = 5000

    def items(self) -> Any:
        """All that are public, newest first."""
        return published(timezone.now()).order_by("-published_at", "-id")

    def location(self, item: Any) -> str:
        """The copy's page."""
        return reverse("releases:detail", args=[item.public_id])

    def lastmod(self, item: Any) -> Any:
        """When it came out."""
        return item.published_at

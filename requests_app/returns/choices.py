"""Closed lists of the annual returns."""

from datetime import date

from django.db import models

from portal.core.limits import REGULATION

KIND, CITY_KIND = "annual_return", "annual_city"
PREFIX, CITY_PREFIX = "N", "NC"
OFFICE = "city-office"
# Behind the name of a missing unit that was closed: the sum has its requests from the log.
CLOSED = "（已撤销，申请件数由平台计入）"
BASIS = f"{REGULATION}第四十九条、第五十条"


class State(models.TextChoices):
    """The states of a unit's return."""

    NEW = "new", "未报送"
    SUBMITTED = "submitted", "已报送，待核对"
    RETURNED = "returned", "退回，待重新报送"
    ACCEPTED = "accepted", "已接受"
    PUBLISHED = "published", "已公布"


class CityState(models.TextChoices):
    """The states of the city's own report."""

    NEW = "new", "未汇总"
    MERGED = "merged", "已汇总，待公布"
    PUBLISHED = "published", "已公布"


def due_of(year: int) -> date:
    """The last day for a unit's report on a year: 31 January of the next, a working day or not (条例第四十九条)."""
    return date(year + 1, 1, 31)


def publish_by(year: int) -> date:
    """The last day for the city's report on a year: 31 March of the next (条例第四十九条)."""
    return date(year + 1, 3, 31)

"""The three pages that everybody opens first ask the database a bounded number of times, however much there is to show."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.cache import cache
from django.test import Client

from bench.filling import released
from portal.units.models import Unit

MOST = 8
Counted = Callable[[int], AbstractContextManager[object]]


@pytest.mark.parametrize("path", ["/", "/notices/", "/statistics/"])
def test_front_page_made_anew_asks_at_most_eight_times(
    office: Unit, client: Client, django_assert_max_num_queries: Counted, path: str
) -> None:
    released(30)
    client.get(path)
    cache.clear()
    with django_assert_max_num_queries(MOST):
        assert client.get(path).status_code == 200

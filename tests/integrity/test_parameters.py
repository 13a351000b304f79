"""Public pages are asked by what they know; made-up parameters make no page, dear figures are made once a minute."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from portal.units.models import Unit
from portal.web.parameters import KNOWN


def views(patterns: Any, spaces: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every view by name."""
    found: dict[str, Any] = {}
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found |= views(entry.url_patterns, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif isinstance(entry, URLPattern) and entry.name:
            found[":".join((*spaces, entry.name))] = entry.callback
    return found


def test_every_page_with_parameters_is_there() -> None:
    assert set(KNOWN) <= set(views(get_resolver().url_patterns))


def test_no_page_reads_what_it_would_not_be_given() -> None:
    """By its source: each literal name that a public view asks for is known."""
    for name, view in views(get_resolver().url_patterns).items():
        if not inspect.isfunction(view) or "known_address" not in inspect.getclosurevars(view).globals:
            continue
        source = inspect.getsource(inspect.unwrap(view))
        asked = {part.split('"')[0] for part in source.split('request.GET.get("')[1:]} - {"page"}
        assert asked <= KNOWN.get(name, frozenset()), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/statistics/?x=1", "/statistics/"),
        ("/statistics/?year=2026&x=1", "/statistics/?year=2026"),
        ("/statistics/?year=2026&year=2025", "/statistics/?year=2025"),
        ("/?utm_source=paper", "/"),
        ("/notices/list/?unit=housing&page=2&y=", "/notices/list/?unit=housing&page=2"),
        ("/search/?q=%E5%81%9C%E6%B0%B4&z=1", "/search/?q=%E5%81%9C%E6%B0%B4"),
    ],
)
def test_what_a_page_does_not_know_is_dropped_without_a_query(office: Unit, asked: str, sent: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = Client().get(asked)
    assert (answer.status_code, answer["Location"], len(queries)) == (302, sent, 0)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_figures_are_counted_once_a_minute_whatever_year_is_made_up(office: Unit, settings: Any) -> None:
    settings.PORTAL_FIGURES_SECONDS = 60
    client = Client()
    first = client.get("/statistics/?year=2026")
    with CaptureQueriesContext(connection) as queries:
        again = [client.get(f"/statistics/?year={year}") for year in ("2026", "9999", "x", "２０２６")]
    assert [answer.status_code for answer in (first, *again)] == [200] * 5
    assert len(queries) <= 8

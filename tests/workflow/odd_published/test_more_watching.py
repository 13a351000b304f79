"""Public copies and the search against the log; addresses that cannot be read break no page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices import actions as notices
from notices.reports.actions import find_no_error, note_finding
from notices.reports.queries import handled, path_of
from notices.watch import actions as watch
from notices.watch import queries
from notices.watch.choices import Tampering
from portal.publishing.actions import digest_of
from portal.publishing.models import Release
from portal.search.queries import search
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.actions.release import suggested_text
from tests.cast import Person, moment
from tests.factories.notices import published
from tests.factories.requests_app import answered

Team = dict[str, Person]
NOW = moment("2026-03-12")


@pytest.fixture
def copy(office: Unit, team: Team) -> Release:
    """A public copy, out since noon of 9 March."""
    case = answered(office, team)
    facts = {"case": case, "at": moment("2026-03-09", 12)}
    requests.propose_release(text=suggested_text(case), actor=team["clerk"].actor, **facts)
    requests.clear_release(actor=team["secrecy"].actor, **facts)
    return requests.release(actor=team["publisher"].actor, **facts)


def sorts() -> list[str]:
    return [row.sort for row in queries.differences(NOW)]


def test_a_copy_as_it_was_released_is_no_tampering(copy: Release) -> None:
    assert sorts() == []


def test_words_and_digest_altered_together_are_seen(copy: Release) -> None:
    words = (copy.title, copy.question, "别的答复。")
    Release.objects.filter(pk=copy.pk).update(answer=words[2], content_sha256=digest_of(*words))
    assert sorts() == [Tampering.RELEASE]


def test_an_altered_day_of_publication_is_seen(copy: Release) -> None:
    Release.objects.filter(pk=copy.pk).update(published_at=moment("2025-12-31"))
    assert sorts() == [Tampering.RELEASE]


def test_a_copy_that_was_taken_down_and_is_shown_again_is_seen(copy: Release, team: Team) -> None:
    case = copy.case.disclosurerequest
    requests.retract_release(
        case=case, comment="内容有误", actor=team["publisher"].actor, at=moment("2026-03-10")
    )
    assert sorts() == []
    Release.objects.filter(pk=copy.pk).update(state="published")
    assert sorts() == [Tampering.RELEASE]


@pytest.mark.parametrize("fields", [[], {"files": 7}, {"files": [{"id": 1}]}, {"made_on": 1.5}, "x"])
def test_a_row_that_cannot_be_read_hides_no_other(office: Unit, team: Team, fields: Any) -> None:
    first, second = (published(office, team, title=title) for title in ("甲通告", "乙通告"))
    first.versions.update(fields=fields)
    second.versions.update(body="改过")
    found = [(row.sort, row.article_id) for row in queries.differences(NOW)]
    assert found == [(Tampering.WORDS, first.pk), (Tampering.WORDS, second.pk)]
    assert watch.check_pages(at=NOW, fetch=lambda path: b"") == 2


@pytest.mark.parametrize("page", [b"", b"  ", b"<!-- -->", b"\x00\xff", b"<html></html>", b"{}"])
def test_what_is_no_page_is_not_ours(page: bytes) -> None:
    own = "<html><body><h1>首页</h1><a href='/notices/'>信息发布</a></body></html>".encode()
    found = queries.home_difference(page, own, own)
    assert found is not None and found.sort == Tampering.HOME
    assert queries.home_difference(own, own) is None


def test_the_search_keeps_nothing_that_nobody_may_read(office: Unit, team: Team) -> None:
    case = published(office, team)
    notices.index_article(article_id=case.pk, at=moment("2026-03-04", 11))
    assert (notices.sweep_index(at=moment("2026-03-05")), search("停水").total) == (0, 1)
    case.versions.update(withdrawn_at=moment("2026-03-05"))
    assert (notices.sweep_index(at=moment("2026-03-05")), search("停水").total) == (1, 0)


def test_open_reports_come_first_on_every_database(office: Unit, team: Team) -> None:
    made = [
        note_finding(
            page="/notices/", sort="link", text="坏", key=key, actor=team["clerk"].actor, at=moment(day)
        )
        for key, day in (("a", "2026-03-02"), ("b", "2026-03-03"), ("c", "2026-03-04"))
    ]
    for case in made[:2]:
        find_no_error(case=case, answer="无误", actor=team["clerk"].actor, at=moment("2026-03-05"))
    assert [row.closed_on for row in handled(team["clerk"].actor)] == [
        None,
        date(2026, 3, 5),
        date(2026, 3, 5),
    ]


@pytest.mark.parametrize("address", ["http://[bad/", "//[", "http://a]b/"])
def test_addresses_that_cannot_be_read_break_no_page(office: Unit, address: str, client: Any) -> None:
    assert path_of(address) == ""
    assert client.get(reverse("reports:new"), {"page": address}).status_code == 200
    assert Client(headers={"Referer": address}).get(reverse("display")).status_code == 200

"""Taken down while the index job of the same thing runs: the search keeps nothing of it, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from notices import actions as notices
from notices.actions import life
from portal.publishing import actions as desk
from portal.search import actions as finder
from portal.search.models import SearchEntry
from portal.units.models import Unit
from requests_app import actions as requests
from tests.cast import Person, moment
from tests.factories.notices import published
from tests.factories.requests_app import answered

Team = dict[str, Person]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def interleaved(
    monkeypatch: pytest.MonkeyPatch, job: Callable[[], object], down: Callable[[], object]
) -> list[object]:
    """The job has read what is public and is about to write; somebody takes it down; the job writes. Gives errors."""
    reading, write, errors = threading.Event(), threading.Event(), []
    real = finder.index

    def index(**facts: Any) -> None:
        reading.set()
        write.wait(20)
        real(**facts)

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    monkeypatch.setattr(finder, "index", index)
    first = threading.Thread(target=run, args=(job,))
    second = threading.Thread(target=run, args=(down,))
    first.start()
    assert reading.wait(20)
    second.start()
    second.join(0.5)
    write.set()
    first.join(30)
    second.join(30)
    return errors


def race_of_an_item(office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    case = published(office, team)
    assert not SearchEntry.objects.exists()
    errors = interleaved(
        monkeypatch,
        lambda: notices.index_article(article_id=case.pk, at=moment("2026-03-05")),
        lambda: notices.withdraw_item(
            case=type(case).objects.get(pk=case.pk),
            reason="内容有误",
            actor=team["publisher"].actor,
            at=moment("2026-03-05", 11),
        ),
    )
    assert errors == []


def test_an_item_taken_down_while_it_is_indexed_is_in_no_search(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    race_of_an_item(office, team, monkeypatch)
    assert SearchEntry.objects.count() == 0


@pytest.mark.postgresql
def test_without_the_lock_it_stays_in_the_search(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "lock", lambda case: None)
    race_of_an_item(office, team, monkeypatch)
    assert SearchEntry.objects.count() == 1


def test_a_reply_taken_down_while_it_is_indexed_is_in_no_search(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = answered(office, team)
    text = desk.PublicText("停车场收费标准", "请公开收费标准。", "收费标准见附件。")
    requests.propose_release(case=case, text=text, actor=team["clerk"].actor, at=moment("2026-03-12"))
    requests.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-12", 11))
    copy = requests.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-12", 12))
    errors = interleaved(
        monkeypatch,
        lambda: desk.index_release(release_id=copy.pk),
        lambda: requests.retract_release(
            case=type(case).objects.get(pk=case.pk),
            comment="内容有误",
            actor=team["publisher"].actor,
            at=moment("2026-03-13"),
        ),
    )
    assert errors == []
    copy.refresh_from_db()
    assert (copy.state, SearchEntry.objects.count()) == ("retracted", 0)

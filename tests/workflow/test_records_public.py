"""Records taken from what the unit has published: found by words, taken with one click, marked 已主动公开."""

from __future__ import annotations

import pytest

from portal.core.errors import InvalidInput
from portal.jobs.outbox import run_due
from portal.records import actions
from portal.records.rooms import offered
from portal.units.models import Unit
from requests_app.queries.proposals import proposal
from tests.cast import Person, moment
from tests.factories.records import judge
from tests.factories.requests_app import handled
from tests.workflow.test_files_published import plain_pdf as plain
from tests.workflow.test_files_published import publish, with_file

Team = dict[str, Person]


def test_published_file_is_found_and_taken_as_everyone_gets_it(
    office: Unit, housing: Unit, team: Team
) -> None:
    item = with_file(office, team, "清单.pdf", plain())
    run_due()
    publish(item, team)
    at = moment("2026-03-09")
    rows = offered(office, item.title[:4], at)
    assert [(row.title, row.maker) for row in rows] == [(item.title, office.name)]
    assert offered(housing, item.title[:4], at) == []
    assert offered(office, item.title[:4], moment("2026-03-02")) == []
    case = handled(office, team["clerk"], on="2026-03-06")
    record = actions.add_published(case=case, key=rows[0].key, actor=team["clerk"].actor, at=at)
    run_due()
    record.refresh_from_db()
    record.case = case
    assert (record.origin, record.state, record.url) == (
        "published",
        "ready",
        f"/notices/articles/{item.public_id}/",
    )
    judge(record, team["clerk"], "whole")
    found = proposal(case)
    assert found is not None
    assert (found.kind, record.url in found.body) == ("already_public", True)


@pytest.mark.parametrize("key", ["", "notices:x:y", f"notices:{'0' * 32}:{'0' * 32}", "other:1:2"])
def test_what_is_not_public_is_not_taken(office: Unit, team: Team, key: str) -> None:
    case = handled(office, team["clerk"])
    with pytest.raises(InvalidInput, match="没有公开，或者已经撤下"):
        actions.add_published(case=case, key=key, actor=team["clerk"].actor, at=moment("2026-03-09"))

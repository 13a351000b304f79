"""One record answers several matters of a request."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.records import queries
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.actions.reply import ReplyText
from requests_app.choices import ReplyKind
from requests_app.queries.proposals import proposal
from tests.cast import Person, moment
from tests.factories.records import judge, kept, proven
from tests.factories.requests_app import handled


def draft(case: Any, clerk: Person, position: int, kind: str = ReplyKind.DISCLOSE) -> None:
    """A matter of the reply."""
    text = ReplyText(kind, "见附件。", position=position, matter=f"第{position}项内容")
    requests.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))


def test_record_for_two_matters_is_proposed_for_both_and_counted_once(
    office: Unit, team: dict[str, Person]
) -> None:
    case, clerk = handled(office, team["clerk"]), team["clerk"]
    record = kept(case, clerk)
    judge(record, clerk, "whole", matter=1, also=[2, 1])
    proven(record)
    for position in (1, 2):
        found = proposal(case, position)
        assert (found.kind if found else "", "共5页" in found.body if found else False) == ("disclose", True)
    assert proposal(case, 3) is None
    assert [count for _, count in queries.pages_given(case)] == [5]
    draft(case, clerk, 1)
    with pytest.raises(StepRefused, match="第1份信息对应第2项，答复没有这一项"):
        requests.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02", 11))
    draft(case, clerk, 2)
    page = clerk.client().get(reverse("records:desk", args=[case.kind, case.public_id, record.public_id]))
    assert page.content.decode().count('name="also"') == 2
    requests.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02", 11))
    assert len(queries.given_of(case)) == 1
    record.refresh_from_db()
    assert (record.matters, record.also) == ([1, 2], [2])


def test_matter_that_cannot_be_is_refused(office: Unit, clerk: Person) -> None:
    record = kept(handled(office, clerk), clerk)
    with pytest.raises(InvalidInput, match="没有这一项"):
        judge(record, clerk, "whole", also=[21])

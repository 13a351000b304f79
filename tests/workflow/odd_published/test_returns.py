"""A report that was sent back does not come again unchanged without a word."""

from __future__ import annotations

import pytest

from portal.core.errors import InvalidInput
from portal.units.models import Unit
from requests_app.returns import actions
from requests_app.returns.choices import State
from requests_app.returns.models import AnnualReturn
from tests.cast import Person, moment
from tests.workflow.test_annual_returns import YEAR, asked, filled, handed_in  # noqa: F401

Team = dict[str, Person]


def test_an_unchanged_report_is_not_taken_again(
    handed_in: AnnualReturn,  # noqa: F811
    office: Unit,
    team: Team,
    supervisor: Person,
) -> None:
    actions.send_back(case=handed_in, reason="文字过于简单", actor=supervisor.actor, at=moment("2026-01-20"))
    again = {"unit": office, "year": YEAR, "actor": team["approver"].actor, "at": moment("2026-01-22")}
    with pytest.raises(InvalidInput, match="完全一致"):
        actions.submit(reason=" ", **again)
    case = actions.submit(reason="经核对无误，不需要修改", **again)
    assert (case.state, case.versions.count()) == (State.SUBMITTED, 2)
    assert case.versions.order_by("number")[1].reason == "经核对无误，不需要修改"

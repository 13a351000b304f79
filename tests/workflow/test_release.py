"""The public copy: redacted, screened, cleared, published, taken down."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.publishing.actions import PublicText
from portal.publishing.queries import published
from portal.search.queries import search
from portal.units.access import actor_for
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.release import suggested_text
from tests.cast import Person, moment
from tests.factories.requests_app import NAME, answered

Team = dict[str, Person]


def test_release_is_found_by_search_and_holds_nothing_personal(office: Unit, team: Team) -> None:
    case = answered(office, team)
    actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09", 11))
    copy = actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09", 12))
    run_due()
    assert published(moment("2026-03-10")).get() == copy
    assert [hit.entry.title for hit in search("老旧小区").hits] == [copy.title]
    assert not [value for value in case.personal_values() if value in copy.question + copy.answer]


def test_propose_release_with_applicants_name_is_blocked(office: Unit, team: Team) -> None:
    case = answered(office, team)
    text = PublicText("标题", "问题", f"{NAME}申请的清单见附表")
    with pytest.raises(InvalidInput, match="本件当事人信息"):
        actions.propose_release(case=case, text=text, actor=team["clerk"].actor, at=moment("2026-03-09"))


def test_propose_release_with_somebodys_identity_number_is_blocked(office: Unit, team: Team) -> None:
    case = answered(office, team)
    text = PublicText("标题", "问题", "涉及人员 1101０5 1949-1231-0028 ，手机１３９ 1234 5678")
    with pytest.raises(InvalidInput, match="手机号码"):
        actions.propose_release(case=case, text=text, actor=team["clerk"].actor, at=moment("2026-03-09"))


def test_release_by_proposer_is_refused(office: Unit, team: Team) -> None:

    case = answered(office, team)
    actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09", 11))
    appoint(account=team["clerk"].account, unit=office, role=Role.PUBLISHER, starts_on=date(2020, 1, 1))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.release(
            case=case, actor=actor_for(team["clerk"].account, date(2026, 3, 9)), at=moment("2026-03-09", 12)
        )


def test_retract_release_leaves_list_and_search_at_once(office: Unit, team: Team) -> None:
    case = answered(office, team)
    actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09", 11))
    actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09", 12))
    run_due()
    actions.retract_release(
        case=case, comment="内容有误", actor=team["publisher"].actor, at=moment("2026-03-10")
    )
    assert published(moment("2026-03-11")).count() == 0
    assert search("老旧小区").hits == []

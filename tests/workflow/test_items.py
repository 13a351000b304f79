"""Several matters in one reply, and the search for the information."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app import actions, rules
from requests_app.actions.reply import ReplyText
from requests_app.choices import RefusalGround, ReplyKind, State
from requests_app.letters.opening import goes_online
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled

Team = dict[str, Person]
LIST = ReplyText(ReplyKind.DISCLOSE, "清单共12项。", matter="项目清单")
MINUTES = ReplyText(
    ReplyKind.REFUSE, "属讨论记录。", ground=RefusalGround.PROCESS, position=2, matter="讨论记录"
)
LEDGER = ReplyText(ReplyKind.NOT_OURS, "由财政部门保存。", position=3, matter="拨款台账")


def searched(case: DisclosureRequest, clerk: Person, on: str = "2026-03-02") -> None:
    """One search without result."""
    actions.record_search(
        case=case,
        searched_on=date.fromisoformat(on),
        place="公文系统",
        words="老旧小区",
        result="无相关文件",
        found=False,
        actor=clerk.actor,
        at=moment(on),
    )


def drafted(case: DisclosureRequest, clerk: Person, *texts: ReplyText) -> None:
    """The reply's matters, one after the other."""
    for text in texts:
        actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))


def send_out(case: DisclosureRequest, team: Team) -> None:
    """Through review to the applicant."""
    actions.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    actions.clear_reply(case=case, actor=team["secrecy"].actor, at=moment("2026-03-04"))
    actions.sign_reply(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))
    out = actions.reply if goes_online(case) else actions.issue_reply
    out(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))


def test_each_matter_is_answered_its_own_way_in_one_paper(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    drafted(case, team["clerk"], LIST, MINUTES, LEDGER)
    send_out(case, team)
    assert (case.state, case.outcome) == (State.ANSWERED, ReplyKind.PARTIAL)
    paper = OfficialDocument.objects.get(case=case, kind="combined_reply")
    assert [part["decision"] for part in paper.facts["parts"]] == ["disclose", "refuse", "not_ours"]
    assert [part["heading"] for part in paper.facts["parts"]] == ["一、关于", "二、关于", "三、关于"]
    first, at_once, channel = paper.facts["remedy"].splitlines()
    assert channel.startswith("本文书通过互联网送达")
    assert first.startswith("对第二项不服的，") and "应当先向" in first
    assert at_once.startswith("对第一项、第三项不服的，") and "6个月内" in at_once


@pytest.mark.parametrize(
    ("kinds", "whole"),
    [
        (["refuse"], "refuse"),
        (["disclose", "already_public"], "disclose"),
        (["already_public", "already_public"], "already_public"),
        (["disclose", "refuse"], "partial"),
        (["disclose", "partial"], "partial"),
        (["not_held", "not_ours"], "not_held"),
        (["not_processed", "refuse"], "not_processed"),
    ],
)
def test_overall_kind(kinds: list[str], whole: str) -> None:
    assert rules.overall_kind(kinds) == whole


def test_dropped_matter_moves_the_others_up(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    drafted(case, clerk, LIST, MINUTES, LEDGER)
    reply = actions.drop_item(case=case, position=2, actor=clerk.actor, at=moment("2026-03-02"))
    assert [(item.position, item.matter) for item in reply.items.all()] == [(1, "项目清单"), (2, "拨款台账")]
    actions.drop_item(case=case, position=2, actor=clerk.actor, at=moment("2026-03-02"))
    with pytest.raises(StepRefused, match="只有一项"):
        actions.drop_item(case=case, position=1, actor=clerk.actor, at=moment("2026-03-02"))


def test_matter_out_of_order_or_unnamed_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput, match="没有这一项"):
        drafted(case, clerk, MINUTES)
    drafted(case, clerk, ReplyText(ReplyKind.DISCLOSE, "清单。"))
    with pytest.raises(InvalidInput, match="所答事项"):
        drafted(case, clerk, ReplyText(ReplyKind.NOT_OURS, "说明", position=2))
    drafted(case, clerk, MINUTES)
    with pytest.raises(StepRefused, match="每一项"):
        actions.submit_reply(case=case, actor=clerk.actor, at=moment("2026-03-02"))


def test_item_changed_after_signing_is_refused(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    drafted(case, team["clerk"], LIST, MINUTES)
    actions.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    case.answer.items.filter(position=2).update(matter="别的")
    with pytest.raises(StepRefused, match="送审"):
        actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))


def test_not_held_follows_a_search_and_tells_of_it(office: Unit, team: Team) -> None:
    clerk = team["clerk"]
    case = handled(office, clerk)
    text = ReplyText(ReplyKind.NOT_HELD, "请补充线索。")
    with pytest.raises(InvalidInput, match="先记录检索"):
        drafted(case, clerk, text)
    searched(case, clerk)
    drafted(case, clerk, text)
    send_out(case, team)
    paper = OfficialDocument.objects.get(case=case, kind="not_held_reply")
    assert paper.facts["search_record"] == "2026年3月2日以“老旧小区”检索公文系统，无相关文件"
    sheet = OfficialDocument.objects.get(case=case, kind="search_sheet")
    assert sheet.facts["tables"][0]["rows"][0][1:4] == ["公文系统", "老旧小区", "未查到：无相关文件"]


def test_approval_sheet_names_the_four(office: Unit, team: Team) -> None:
    case = handled(office, team["clerk"])
    drafted(case, team["clerk"], ReplyText(ReplyKind.DISCLOSE, "清单。"))
    send_out(case, team)
    sheet = OfficialDocument.objects.get(case=case, kind="approval_sheet").facts
    assert [row[1] for row in sheet["tables"][0]["rows"]] == ["clerk", "reviewer", "secrecy", "approver"]
    assert ["拟稿", "clerk"] in sheet["rows"]
    assert case.answer.content_sha256 in sheet["note"]


@pytest.mark.parametrize("missing", ["place", "words", "result"])
def test_search_incomplete_is_refused(office: Unit, clerk: Person, missing: str) -> None:
    case = handled(office, clerk)
    facts = {"place": "档案室", "words": "清单", "result": "无"} | {missing: " "}
    with pytest.raises(InvalidInput) as refused:
        actions.record_search(
            case=case,
            searched_on=date(2026, 3, 2),
            found=False,
            actor=clerk.actor,
            at=moment("2026-03-02"),
            **facts,
        )
    assert refused.value.field == missing


def test_search_tomorrow_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        actions.record_search(
            case=case,
            searched_on=date(2026, 3, 3),
            place="档案室",
            words="清单",
            result="无",
            found=False,
            actor=clerk.actor,
            at=moment("2026-03-02"),
        )

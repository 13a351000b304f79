"""Whoever goes on with a hearing, a report, a course, an answer or a response is told; nobody else of the unit is."""

from __future__ import annotations

from consultations.courses import actions as courses
from consultations.hearings import actions as hearings
from consultations.proposals import actions as topics
from portal.messaging.models import Message
from portal.publishing import takedown
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.workflow.test_course import drafted, offered
from tests.workflow.test_hearing import ANSWERS, GROUPS
from tests.workflow.test_proposals import answer, opened

Team = dict[str, Person]


def told(team: Team) -> list[tuple[str, str]]:
    """(who, what) of every message to the unit's people, oldest first, without the case's number."""
    names = {one.account.pk: name for name, one in team.items()}
    rows = Message.objects.filter(account__in=names).order_by("pk").values_list("account", "subject")
    return [(names[account], subject.partition("（")[0]) for account, subject in rows]


def test_hearing_goes_from_hand_to_hand(office: Unit, team: Team) -> None:
    clerk, reviewer, approver = (team[name].actor for name in ("clerk", "reviewer", "approver"))
    case = hearings.open_hearing(
        answers=ANSWERS, groups=GROUPS, unit=office, actor=clerk, at=moment("2026-03-02")
    )
    hearings.submit_hearing(case=case, actor=clerk, at=moment("2026-03-02", 11))
    hearings.return_hearing(case=case, comment="请补充", actor=reviewer, at=moment("2026-03-02", 12))
    hearings.submit_hearing(case=case, actor=clerk, at=moment("2026-03-02", 13))
    hearings.review_hearing(case=case, actor=reviewer, at=moment("2026-03-03"))
    hearings.announce_hearing(case=case, actor=approver, at=moment("2026-03-04"))
    assert told(team) == [
        ("reviewer", "听证会待审核"),
        ("clerk", "听证会被退回修改"),
        ("reviewer", "听证会待审核"),
        ("approver", "听证会待签发"),
    ]


def test_course_goes_from_hand_to_hand(office: Unit, team: Team) -> None:
    case = drafted(office, team)
    courses.submit_course(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"))
    courses.clear_course(case=case, actor=team["secrecy"].actor, at=moment("2026-03-03", 15))
    courses.return_course(case=case, comment="请补充", actor=team["approver"].actor, at=moment("2026-03-04"))
    assert told(team) == [
        ("secrecy", "网上培训待保密审查"),
        ("approver", "网上培训待签发"),
        ("clerk", "网上培训被退回修改"),
    ]


def test_answer_to_a_topic_goes_from_hand_to_hand(office: Unit, citizen: Person, team: Team) -> None:
    case = opened(office, citizen, team)
    topics.close_ended(at=moment("2027-01-04"))
    case.refresh_from_db()
    answer(case, team, "2027-01-04")
    assert [row for row in told(team) if "答复" in row[1]] == [
        ("secrecy", "建言献策答复待保密审查"),
        ("approver", "建言献策答复待签发"),
    ]


def test_what_is_taken_down_and_comes_back_goes_from_hand_to_hand(office: Unit, team: Team) -> None:
    case = offered(office, team)
    seen = len(told(team))
    down, back = {"case": case, "at": moment("2026-03-10")}, {"case": case, "at": moment("2026-03-11")}
    takedown.take_down(reason="材料有误", actor=team["publisher"].actor, **down)
    takedown.submit_return(actor=team["clerk"].actor, **back)
    takedown.refuse_return(comment="仍有错误", actor=team["reviewer"].actor, **back)
    takedown.submit_return(actor=team["clerk"].actor, **back)
    takedown.review_return(actor=team["reviewer"].actor, **back)
    takedown.clear_return(actor=team["secrecy"].actor, **back)
    takedown.restore(actor=team["approver"].actor, **back)
    assert told(team)[seen:] == [
        ("clerk", "网上培训已撤下"),
        ("reviewer", "网上培训恢复公开待审核"),
        ("clerk", "网上培训恢复公开被退回"),
        ("reviewer", "网上培训恢复公开待审核"),
        ("secrecy", "网上培训恢复公开待保密审查"),
        ("approver", "网上培训恢复公开待签发"),
    ]

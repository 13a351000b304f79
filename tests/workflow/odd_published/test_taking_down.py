"""Everything public can be taken down at once, in every state; it comes back only through the whole review."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices import actions, queries
from notices.choices import State
from notices.models import Article, Column
from notices.queries.enforcement import enforcement_periods
from notices.watch.queries import inspection_sheet
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.jobs.outbox import run_due
from portal.search import actions as finder
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved, drafted, published

Team = dict[str, Person]
STEPS = (
    ("clerk", actions.submit_item, State.REVIEWING),
    ("reviewer", actions.review_item, State.CLEARING),
    ("secrecy", actions.clear_item, State.LEADING),
    ("approver", actions.approve_item, State.APPROVED),
)


def withdraw(case: Article, team: Team, on: str = "2026-06-03", reason: str = "内容有误") -> None:
    actions.withdraw_item(case=case, reason=reason, actor=team["publisher"].actor, at=moment(on, 16))


def at_work(case: Article, team: Team, steps: int) -> None:
    """In revision, so many signatures on."""
    actions.revise(case=case, reason="附表有误", actor=team["clerk"].actor, at=moment("2026-06-01"))
    for hour, (who, act, state) in enumerate(STEPS[:steps], 11):
        act(case=case, actor=team[who].actor, at=moment("2026-06-01", hour))
        assert case.state == state


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4])
def test_taken_down_in_every_state_of_a_revision(
    office: Unit, team: Team, steps: int, monkeypatch: Any
) -> None:
    case = published(office, team, summary="含个人信息的摘要")
    at_work(case, team, steps)
    withdraw(case, team)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-06-03", 17))
    gone = Client().get(reverse("notices:article", args=[case.public_id]))
    words = gone.content.decode()
    assert (gone.status_code, case.state, case.outcome) == (410, State.WITHDRAWN, "withdrawn")
    assert "内容有误" in words and "含个人信息的摘要" not in words and "停水" not in words
    assert queries.latest(moment("2026-06-03", 17)) == []
    assert not case.reviews.filter(closed_at__isnull=True).exists()
    assert (case.closed_on, case.act_by) == (date(2026, 6, 3), date(2026, 6, 30))
    assert Client().get(f"/api/v1/notices/{case.public_id}/").status_code == 404


def test_nothing_out_is_nothing_to_take_down(office: Unit, team: Team) -> None:
    with pytest.raises(StepRefused, match="没有公开的版本"):
        withdraw(approved(office, team), team)


def test_it_comes_back_through_the_review_only(office: Unit, team: Team, monkeypatch: Any) -> None:
    case = published(office, team)
    withdraw(case, team, "2026-03-05")
    page = reverse("notices:article", args=[case.public_id])
    actions.reopen_item(case=case, reason="已改正", actor=team["clerk"].actor, at=moment("2026-06-01"))
    assert (case.state, case.internal_due_on, case.due_on) == (
        State.DRAFTING,
        date(2026, 6, 4),
        date(2026, 6, 30),
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-06-01", 12))
    assert Client().get(page).status_code == 410
    actions.index_article(article_id=case.pk, at=moment("2026-06-01", 12))
    assert search("停水").total == 0
    for who, act, _ in STEPS:
        act(case=case, actor=team[who].actor, at=moment("2026-06-02"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-06-02", 12))
    assert Client().get(page).status_code == 410
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-06-02", 12))
    assert Client().get(page).status_code == 200
    assert [row.number for row in queries.latest(moment("2026-06-02", 13))] == [2]


def test_what_never_came_out_leaves_no_address(office: Unit, team: Team) -> None:
    case = approved(office, team)
    at = moment("2026-03-04")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=at, publish_at=moment("2026-03-20"))
    withdraw(case, team, "2026-03-05")
    with pytest.raises(NotFound):
        queries.find_item(case.public_id, moment("2026-03-21"))


def test_a_withdrawn_item_keeps_nothing_alive(office: Unit, team: Team) -> None:
    actions.load_catalogue()
    Column.objects.create(unit=office, entry="penalties", title="行政处罚", holds="enforcement")
    news = published(office, team, entry="news-work")
    result = published(office, team, entry="penalties", route="business")
    now = moment("2026-03-06")

    def figures() -> tuple[Any, Any, str, int]:
        states = {
            row.column.entry: row.last_on
            for row in queries.column_states(now)
            if row.column.unit_id == office.pk
        }
        sheet = {check.code: check for check in inspection_sheet(now)}
        march = next(row for row in enforcement_periods(office, 2026, now) if row.period.begins_on.month == 3)
        last = next(row.last for row in queries.columns_of_unit(office, now) if row.entry == "news-work")
        return states["news-work"], last and last.date(), sheet["home"].words, march.count

    before = figures()
    assert before == (date(2026, 3, 4), date(2026, 3, 4), "最近更新：2026年3月4日，每14日内应更新", 1)
    withdraw(news, team, "2026-03-05")
    withdraw(result, team, "2026-03-05")
    assert figures() == (None, None, "从未更新", 0)


def test_planned_items_keep_nothing_alive(office: Unit, team: Team) -> None:
    case = approved(office, team)
    at = moment("2026-03-04")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=at, publish_at=moment("2026-03-20"))
    rows = queries.column_states(moment("2026-03-19"), units=frozenset({office.pk}))
    assert next(row.last_on for row in rows if row.column.entry == "notices") is None
    rows = queries.column_states(moment("2026-03-20"), units=frozenset({office.pk}))
    assert next(row.last_on for row in rows if row.column.entry == "notices") == date(2026, 3, 20)


def test_columns_of_every_level_count_for_the_upper_one(office: Unit, team: Team, monkeypatch: Any) -> None:
    actions.load_catalogue()
    fields = Column.objects.get(unit=office, entry="fields")
    middle = Column.objects.create(unit=office, entry="middle", title="一级", holds="field", parent=fields)
    Column.objects.create(unit=office, entry="deep", title="最下级", holds="field", parent=middle)
    case = published(office, team, entry="deep")
    now = moment("2026-03-05")
    assert [row.article_id for row in queries.listed(now, column=fields.pk)] == [case.pk]
    state = next(row for row in queries.column_states(now) if row.column.pk == fields.pk)
    assert (state.last_on, state.fresh.empty) == (date(2026, 3, 4), False)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert case.title in Client().get(reverse("notices:column", args=[fields.pk])).content.decode()


def test_the_index_job_holds_the_item_it_writes(office: Unit, team: Team, monkeypatch: Any) -> None:
    """Taken down while the job of the same item runs: whichever ends last, the search has nothing of it."""
    case = published(office, team)
    real = finder.drop
    actions.withdraw_item(
        case=case, reason="内容有误", actor=team["publisher"].actor, at=moment("2026-03-05")
    )
    dropped: list[str] = []

    def drop(*, key: str) -> None:
        dropped.append(key)
        real(key=key)

    monkeypatch.setattr(finder, "drop", drop)
    run_due()
    assert dropped == [f"article:{case.public_id}"]
    assert search("停水").total == 0


def test_a_file_is_taken_away_and_what_is_out_keeps_it(office: Unit, team: Team, client: Any) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].actor
    good, bad = (
        actions.attach_file(case=case, name=name, data=data, alt="", actor=clerk, at=moment("2026-03-02", 10))
        for name, data in (("说明.txt", b"words"), ("坏.txt", "手机13812345678".encode()))
    )
    run_due()
    with pytest.raises(StepRefused, match="手机号码"):
        actions.submit_item(case=case, actor=clerk, at=moment("2026-03-02", 11))
    actions.remove_file(case=case, file=bad, actor=clerk, at=moment("2026-03-02", 12))
    assert [row.name for row in case.files.all()] == ["说明.txt"]
    for who, act, _ in STEPS:
        act(case=case, actor=team[who].actor, at=moment("2026-03-03"))
    with pytest.raises(InvalidInput):
        actions.remove_file(case=case, file=good, actor=clerk, at=moment("2026-03-03", 12))
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-04"))
    actions.revise(case=case, reason="附件有误", actor=clerk, at=moment("2026-06-01"))
    actions.remove_file(case=case, file=good, actor=clerk, at=moment("2026-06-01", 11))
    file = reverse("notices:file", args=[case.public_id, good.public_id])
    assert client.get(file).status_code == 200
    for who, act, _ in STEPS:
        act(case=case, actor=team[who].actor, at=moment("2026-06-02"))
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-06-02", 12))
    assert client.get(file).status_code == 404
    assert [row.kind for row in case.events.all()].count("remove_file") == 2


def test_a_rejected_upload_can_be_taken_out(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].actor
    bad = actions.attach_file(
        case=case, name="表.txt", data=b"x", alt="", actor=clerk, at=moment("2026-03-02", 10)
    )
    type(bad).objects.filter(pk=bad.pk).update(status="rejected", problem="文档含有宏")
    with pytest.raises(StepRefused, match="文档含有宏"):
        actions.submit_item(case=case, actor=clerk, at=moment("2026-03-02", 11))
    browser = team["clerk"].client()
    page = reverse("workbench_notices:detail", args=[case.public_id])
    take = reverse("workbench_notices:remove", args=[case.public_id, bad.public_id])
    assert take in browser.get(page).content.decode()
    assert browser.post(take).status_code == 302
    run_due()
    actions.submit_item(case=case, actor=clerk, at=moment("2026-03-02", 12))
    assert case.state == State.REVIEWING


def test_a_submission_is_called_back_and_a_draft_deleted(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].actor
    for steps in (1, 2, 3):
        for who, act, _ in STEPS[:steps]:
            act(case=case, actor=team[who].actor, at=moment("2026-03-02", 11))
        actions.recall_item(case=case, actor=clerk, at=moment("2026-03-02", 12))
        assert case.state == State.DRAFTING
        assert not case.reviews.filter(closed_at__isnull=True).exists()
    actions.discard_item(case=case, actor=clerk, at=moment("2026-03-02", 13))
    assert (case.state, case.closed_on) == (State.DISCARDED, date(2026, 3, 2))
    assert case.title not in team["clerk"].client().get(reverse("workbench_notices:list")).content.decode()
    out = published(office, team)
    actions.revise(case=out, reason="附表有误", actor=clerk, at=moment("2026-03-05"))
    with pytest.raises(StepRefused, match="不能删除"):
        actions.discard_item(case=out, actor=clerk, at=moment("2026-03-05", 11))


def test_validity_is_told_while_a_revision_is_written(office: Unit, team: Team) -> None:
    case = published(office, team)
    at_work(case, team, 2)
    actions.set_validity(
        case=case,
        validity="repealed",
        document="玉政发〔2026〕3号",
        actor=team["publisher"].actor,
        at=moment("2026-06-02"),
    )
    assert (queries.listed(moment("2026-06-02", 11), validity="repealed").count(), case.state) == (
        1,
        State.CLEARING,
    )
    with pytest.raises(StepRefused):
        actions.set_validity(
            case=approved(office, team),
            validity="repealed",
            document="玉政发〔2026〕3号",
            actor=team["publisher"].actor,
            at=moment("2026-06-02"),
        )


def test_nobody_reviews_afterwards_what_he_wrote(office: Unit, team: Team) -> None:
    """Two persons, a reviewer and a secrecy reviewer, neither of whom wrote or published it."""
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role

    for role in (Role.REVIEWER, Role.SECRECY_REVIEWER):
        appoint(account=team["clerk"].account, unit=office, role=role, starts_on=date(2020, 1, 1))
    writer = actor_for(team["clerk"].account, date(2026, 3, 2))
    case = drafted(office, team["clerk"], route="emergency")
    actions.publish_urgently(
        case=case, reason="山洪", actor=team["approver"].actor, at=moment("2026-03-02", 12)
    )
    with pytest.raises(StepRefused, match="起草人"):
        actions.review_after(case=case, actor=writer, at=moment("2026-03-02", 13))
    actions.review_after(case=case, actor=team["reviewer"].actor, at=moment("2026-03-02", 13))
    assert (case.state, case.internal_due_on) == (State.URGENT, date(2026, 3, 3))
    with pytest.raises(StepRefused, match="还须由保密审查"):
        actions.review_after(case=case, actor=team["reviewer"].actor, at=moment("2026-03-02", 14))
    actions.review_after(case=case, actor=team["secrecy"].actor, at=moment("2026-03-02", 14))
    assert (case.state, case.internal_due_on) == (State.PUBLISHED, None)


def test_documents_to_interpret_are_named(office: Unit, team: Team) -> None:
    published(office, team, entry="documents", title="停车场管理规定", doc_number="玉政办发〔2026〕18号")
    gone = published(office, team, entry="documents", title="撤下的规定")
    withdraw(gone, team, "2026-03-05")
    page = team["clerk"].client().get(reverse("workbench_notices:new")).content.decode()
    assert "停车场管理规定（玉政办发〔2026〕18号）</option>" in page
    assert "撤下的规定" not in page

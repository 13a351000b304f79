"""What is public comes from the published version: never from the row that somebody is editing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices import actions, archive, queries
from notices.choices import State
from notices.models import Article
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import calendar
from portal.jobs.outbox import run_due
from portal.search.queries import search
from portal.supervision.queries import by_unit
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import answers, approved, column, drafted, published

Team = dict[str, Person]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put the pages on a day."""

    def on(day: str, hour: int = 10) -> None:
        fixed = moment(day, hour)
        monkeypatch.setattr("django.utils.timezone.now", lambda: fixed)

    on("2026-06-02")
    return on


def page(case: Article) -> str:
    return reverse("notices:article", args=[case.public_id])


def review(case: Article, team: Team, day: str) -> None:
    """Through the review of its route on one day."""
    for hour, who, act in (
        (11, "clerk", actions.submit_item),
        (12, "reviewer", actions.review_item),
        (13, "secrecy", actions.clear_item),
        (14, "approver", actions.approve_item),
    ):
        act(case=case, actor=team[who].actor, at=moment(day, hour))


def revised(case: Article, team: Team, day: str = "2026-06-01", **changes: Any) -> None:
    """A clerk writes a next version that nobody has reviewed."""
    actions.revise(case=case, reason="附表有误", actor=team["clerk"].actor, at=moment(day))
    actions.edit_item(
        case=case, answers=answers(case.unit, **changes), actor=team["clerk"].actor, at=moment(day, 11)
    )


def test_an_unreviewed_edit_moves_nothing(office: Unit, team: Team, today: Any) -> None:
    other = published(office, team, entry="documents", title="停车场管理规定")
    case = published(office, team, doc_number="玉政办发〔2026〕5号")
    actions.index_article(article_id=case.pk, at=moment("2026-03-04", 11))
    revised(
        case,
        team,
        entry="profile",
        title="没有审过的标题",
        doc_number="玉政办发〔2026〕99号",
        subject="health",
        interprets=other,
        issuer="别的机关",
        body="没有审过的正文。",
    )
    now = moment("2026-06-02")
    notice, profile = column(office, "notices"), column(office, "profile")
    assert [row.title for row in queries.listed(now, column=notice.pk)] == ["关于部分片区停水的通告"]
    assert queries.listed(now, column=profile.pk).count() == 0
    assert queries.listed(now, subject="health").count() == 0
    assert queries.listed(now, subject="construction", holds="notice").count() == 1
    assert queries.readings_of(other, now) == []
    assert queries.interpreted_by(case, now) is None
    actions.index_article(article_id=case.pk, at=now)
    assert (search("“99号”").total, search("玉政办发〔2026〕5号").total) == (0, 1)
    listed = Client().get("/api/v1/notices/").content.decode()
    for words in (
        Client().get(page(case)).content.decode(),
        Client().get(page(other)).content.decode(),
        Client().get(reverse("notices:list")).content.decode(),
        Client().get(reverse("notices:column", args=[notice.pk])).content.decode(),
        Client().get(reverse("notices:feed")).content.decode(),
        listed,
    ):
        assert "没有审过" not in words and "99号" not in words and "别的机关" not in words
    assert f"/notices/columns/{notice.pk}/" in Client().get(page(case)).content.decode()
    assert f"/notices/columns/{profile.pk}/" not in Client().get(page(case)).content.decode()
    states = {
        row.column.entry: row.last_on for row in queries.column_states(now, units=frozenset({office.pk}))
    }
    assert (states["notices"], states["profile"]) == (date(2026, 3, 4), None)
    target = io.BytesIO()
    archive.write(target, office, 2026, now)
    with zipfile.ZipFile(target) as package:
        rows = list(csv.DictReader(io.StringIO(package.read("登记簿.csv").decode("utf-8-sig"))))
    mine = next(row for row in rows if row["索引号"] == case.index_number)
    assert (mine["标题"], mine["文号"], mine["栏目"], mine["状态"]) == (
        "关于部分片区停水的通告",
        "玉政办发〔2026〕5号",
        "通知公告",
        "已发布",
    )


def test_a_revision_has_a_clock_of_its_own(office: Unit, team: Team) -> None:
    """Published in two days, changed on Mon 1 June: the city's three working days end on Thu 4 June, the law's twenty on
    Tue 30 June (Fri 19 June is the Dragon Boat holiday)."""
    case = published(office, team)
    assert case.due_on == date(2026, 3, 30)
    actions.revise(case=case, reason="附表有误", actor=team["clerk"].actor, at=moment("2026-06-01"))
    assert (case.act_by, case.internal_due_on, case.due_on) == (
        date(2026, 6, 4),
        date(2026, 6, 4),
        date(2026, 6, 30),
    )
    row = next(row for row in by_unit(date(2026, 6, 2), calendar()) if row["unit_id"] == office.pk)
    assert (row["open"], row["overdue"]) == (1, 0)
    review(case, team, "2026-06-02")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-06-02", 15))
    assert case.events.get(seq=case.last_seq).facts["late"] is False


def test_a_corrected_item_keeps_its_first_day_and_says_why(office: Unit, team: Team, today: Any) -> None:
    case = published(office, team)
    revised(case, team, body="预计22时恢复。")
    review(case, team, "2026-06-01")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-06-01", 16))
    words = Client().get(page(case)).content.decode()
    assert "<dt>发布日期</dt><dd>2026年3月4日 10:00</dd>" in words
    assert "<dt>更正日期</dt><dd>2026年6月1日 16:00</dd>" in words
    assert "<strong>更正说明：</strong>附表有误" in words
    listed = Client().get(reverse("notices:list")).content.decode()
    assert "2026年3月4日发布" in listed and "2026年6月1日更正" in listed


def test_a_revision_is_given_up_and_nothing_changed(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    clerk = team["clerk"].actor
    kept = actions.attach_file(
        case=case, name="说明.txt", data=b"words", alt="", actor=clerk, at=moment("2026-03-02", 10)
    )
    run_due()
    review(case, team, "2026-03-02")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-04"))
    revised(case, team, title="没有审过的标题", subject="health")
    actions.remove_file(case=case, file=kept, actor=clerk, at=moment("2026-06-01", 12))
    actions.attach_file(
        case=case, name="误传.txt", data=b"other", alt="", actor=clerk, at=moment("2026-06-01", 12)
    )
    actions.give_up_revision(case=case, actor=clerk, at=moment("2026-06-01", 15))
    case = Article.objects.get(pk=case.pk)
    assert (case.state, case.title, case.subject, case.act_by) == (
        State.PUBLISHED,
        "关于部分片区停水的通告",
        "construction",
        date(2026, 6, 30),
    )
    assert case.closed_on == date(2026, 6, 1)
    assert [row.name for row in case.files.all()] == ["说明.txt"] and case.set_aside == []
    with pytest.raises(StepRefused):
        actions.give_up_revision(case=drafted(office, team["clerk"]), actor=clerk, at=moment("2026-03-05"))


def test_what_waits_for_its_time_is_stopped_by_a_revision(office: Unit, team: Team, today: Any) -> None:
    """Made on 2 March, to come out on 20 March, found wrong on 5 March: the twenty days run on to 30 March."""
    case = approved(office, team)
    at = moment("2026-03-04")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=at, publish_at=moment("2026-03-20"))
    actions.revise(case=case, reason="数字有误", actor=team["clerk"].actor, at=moment("2026-03-05"))
    assert (case.state, case.due_on, case.act_by) == (State.DRAFTING, date(2026, 3, 30), date(2026, 3, 5))
    today("2026-03-21")
    assert Client().get(page(case)).status_code == 404
    actions.index_article(article_id=case.pk, at=moment("2026-03-21"))
    assert (search("停水").total, queries.latest(moment("2026-03-21"))) == (0, [])
    review(case, team, "2026-03-23")
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-23", 16))
    version = queries.latest(moment("2026-03-23", 17))[0]
    assert (version.number, version.first_at) == (2, moment("2026-03-23", 16))


def test_what_is_signed_names_column_number_files_and_note(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    digests = {queries.content_digest(case)}
    other = column(office, "documents")
    for name, value in (
        ("column", other),
        ("doc_number", "玉政办发〔2026〕5号"),
        ("subject", "health"),
        ("issuer", "别的机关"),
        ("outlets", ["board"]),
        ("change_note", "更正"),
        ("source_url", "https://example.org/"),
        ("openness", "closed"),
    ):
        before = getattr(case, name)
        setattr(case, name, value)
        digests.add(queries.content_digest(case))
        setattr(case, name, before)
    assert len(digests) == 9
    case.title, case.summary = "甲乙", ""
    one = queries.content_digest(case)
    case.title, case.summary = "甲", "乙"
    assert queries.content_digest(case) != one


def test_the_date_of_a_refusal_is_the_citys(office: Unit, team: Team) -> None:
    """07:00 in Yuxi is 23:00 of the day before in Greenwich."""
    case = drafted(office, team["clerk"])
    actions.drop_item(
        case=case,
        ground="pending",
        reason="正在审议",
        actor=team["approver"].actor,
        at=moment("2026-03-03", 7),
    )
    stop = case.clock_entries.get(kind="stop")
    assert (stop.on, stop.reason) == (date(2026, 3, 3), "不予发布")


def test_reason_of_a_withdrawal_names_nobody(office: Unit, team: Team) -> None:
    case = published(office, team)
    with pytest.raises(InvalidInput) as refused:
        actions.withdraw_item(
            case=case,
            reason="误登王某手机13812345678",
            actor=team["publisher"].actor,
            at=moment("2026-03-05"),
        )
    assert refused.value.field == "reason"


def test_the_api_tells_the_version(office: Unit, team: Team, today: Any) -> None:
    case = published(office, team, doc_number="玉政办发〔2026〕5号")
    revised(case, team, doc_number="玉政办发〔2026〕99号", subject="health")
    shown = json.loads(Client().get(f"/api/v1/notices/{case.public_id}/").content)
    assert (shown["doc_number"], shown["subject"], shown["version"]) == (
        "玉政办发〔2026〕5号",
        "construction",
        1,
    )
    assert shown["first_published_at"] == shown["published_at"]


def test_a_scheduled_comeback_that_is_revised_keeps_the_day_it_was_taken_up_again(
    office: Unit, team: Team
) -> None:
    """Taken up again on Tuesday 10 March: three working days end on Friday the 13th, whatever waits for its time."""
    case = published(office, team)
    at = moment("2026-03-10")
    actions.withdraw_item(case=case, reason="内容有误", actor=team["publisher"].actor, at=at)
    actions.reopen_item(case=case, reason="已经更正", actor=team["clerk"].actor, at=at)
    review(case, team, "2026-03-10")
    ahead = moment("2026-03-20", 9)
    actions.publish_item(
        case=case, actor=team["publisher"].actor, at=moment("2026-03-10", 15), publish_at=ahead
    )
    actions.revise(case=case, reason="又有变化", actor=team["clerk"].actor, at=moment("2026-03-11"))
    assert (case.internal_due_on, case.act_by) == (date(2026, 3, 13), date(2026, 3, 13))

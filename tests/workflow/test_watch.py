"""Duty reading, tampering, links, columns, the inspection sheet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from notices import actions as notices
from notices.models import ArticleVersion
from notices.watch import actions, queries, rules
from notices.watch.choices import Health, LinkState, State, Tampering
from notices.watch.fetching import Answer, is_inner, look_at
from notices.watch.models import ColumnWarning, DutyLog, Link, SiteProbe, TamperAlarm
from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.units.models import Unit
from tests.cast import Person, moment, person, post_step
from tests.factories.notices import approved

Team = dict[str, Person]


def published(office: Unit, team: Team, **changes: Any) -> Any:
    case = approved(office, team, **changes)
    notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    return case


def alter(version: ArticleVersion, **values: Any) -> None:
    """Change a row as somebody with the database in hand would."""
    ArticleVersion.objects.filter(pk=version.pk).update(**values)


def test_an_altered_word_alarms_once_until_it_is_explained(office: Unit, team: Team) -> None:
    case = published(office, team)
    version = case.versions.get()
    assert actions.check_words(at=moment("2026-03-04")) == 0
    for _ in range(2):
        alter(version, body=version.body.replace("18时", "23时"))
        made = actions.check_words(at=moment("2026-03-04", 11))
    alarm = TamperAlarm.objects.get()
    assert (made, alarm.sort, alarm.article_id) == (0, Tampering.WORDS, case.pk)
    assert Message.objects.filter(
        subject__contains="篡改告警", account_id=team["approver"].account.pk
    ).exists()
    with pytest.raises(StepRefused):
        actions.close_alarm(alarm=alarm, note="误报", actor=team["clerk"].actor, at=moment("2026-03-04", 12))
    with pytest.raises(InvalidInput):
        actions.close_alarm(alarm=alarm, note=" ", actor=team["approver"].actor, at=moment("2026-03-04", 12))
    alter(version, body=version.body)
    actions.close_alarm(alarm=alarm, note="已恢复", actor=team["approver"].actor, at=moment("2026-03-04", 12))
    assert actions.check_words(at=moment("2026-03-04", 13)) == 0


@pytest.mark.parametrize("field", ["title", "summary", "body", "fields"])
def test_every_shown_field_is_covered(office: Unit, team: Team, field: str) -> None:
    version = published(office, team).versions.get()
    alter(version, **{field: {**version.fields, "issuer": "别的机关"} if field == "fields" else "改过"})
    assert [row.sort for row in queries.differences(moment("2026-03-04"))] == [Tampering.WORDS]


def test_a_version_without_event_and_an_event_without_version(office: Unit, team: Team) -> None:
    case = published(office, team)
    version = case.versions.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_articleversion SET number = 7 WHERE id = %s", [version.pk])
    found = {row.sort for row in queries.differences(moment("2026-03-04"))}
    assert found == {Tampering.UNKNOWN, Tampering.MISSING}


def test_urgent_items_are_covered(office: Unit, team: Team) -> None:
    from tests.factories.notices import drafted

    case = drafted(office, team["clerk"], route="emergency")
    notices.publish_urgently(
        case=case, reason="山洪", actor=team["approver"].actor, at=moment("2026-03-02", 12)
    )
    assert list(queries.differences(moment("2026-03-03"))) == []
    alter(case.versions.get(), body="改过")
    assert len(list(queries.differences(moment("2026-03-03")))) == 1


def test_the_page_as_a_reader_gets_it(office: Unit, team: Team, client: Client) -> None:
    case = published(office, team)

    def page(path: str) -> bytes:
        return client.get(path).content

    assert actions.check_pages(at=moment("2026-03-04"), fetch=page) == 0
    assert (
        actions.check_pages(
            at=moment("2026-03-04"), fetch=lambda path: page(path).replace("18时".encode(), b"19")
        )
        == 1
    )
    assert TamperAlarm.objects.get().sort == Tampering.PAGE
    assert actions.check_pages(at=moment("2026-03-04"), fetch=lambda path: b"") == 0
    assert case.versions.count() == 1


def test_pages_that_cannot_be_read_are_no_tampering(office: Unit, team: Team) -> None:
    published(office, team)

    def broken(path: str) -> bytes:
        raise TimeoutError

    assert actions.check_pages(at=moment("2026-03-04"), fetch=broken) == 0
    assert not actions.probe_home(at=moment("2026-03-04"), fetch=broken).good


def test_owners_are_told_before_and_when_a_column_turns_red(office: Unit, team: Team) -> None:
    case = published(office, team)
    rule = case.column.alive_rule
    red_on = date(2026, 3, 3) + timedelta(days=rule.days + 1)
    early = datetime.combine(red_on - timedelta(days=rule.warn_days), moment("2026-03-03").timetz())
    assert actions.warn_owners(at=early - timedelta(days=1)) == 0
    assert actions.warn_owners(at=early) == 1
    assert actions.warn_owners(at=early + timedelta(days=1)) == 0
    assert ColumnWarning.objects.get().red_on == red_on
    assert (
        Message.objects.filter(account_id=team["clerk"].account.pk, subject__contains="栏目即将").count() == 1
    )


def test_a_day_is_read_signed_and_becomes_a_paper(office: Unit, team: Team) -> None:
    case = published(office, team)
    alter(case.versions.get(), body="改过")
    actions.check_words(at=moment("2026-03-03", 17))
    reader, leader = team["clerk"].actor, team["approver"].actor
    log = actions.open_log(unit=office, actor=reader, at=moment("2026-03-03", 17))
    assert (
        actions.open_log(unit=office, actor=team["reviewer"].actor, at=moment("2026-03-03", 18)).pk == log.pk
    )
    with pytest.raises(InvalidInput, match="未发现问题"):
        actions.sign_log(case=log, note="", actor=reader, at=moment("2026-03-03", 18))
    seen = actions.sign_log(case=log, note="一处内容不一致。", actor=reader, at=moment("2026-03-03", 18))
    assert [row.title for row in seen.alarms] == [case.title]
    assert [row.title for row in seen.published] == [case.title]
    paper = actions.countersign_log(case=log, actor=leader, at=moment("2026-03-03", 19))
    run_due()
    log = DutyLog.objects.get(pk=log.pk)
    paper.refresh_from_db()
    assert log.state == State.CLOSED and paper.file is not None
    assert log.seen["alarms"] == [case.title]
    assert list(verify_cases()) == []
    with pytest.raises(NotFound):
        queries.find_log(person("elsewhere").actor, log.public_id)


def test_whoever_read_does_not_countersign(office: Unit, team: Team) -> None:
    from portal.units.access import actor_for
    from portal.units.choices import Role
    from portal.units.models import Appointment

    both = person("both", office, Role.CLERK)
    Appointment.objects.create(
        account=both.account, unit=office, role=Role.APPROVER, starts_on=date(2026, 1, 1)
    )
    actor = actor_for(both.account, date(2026, 3, 3))
    log = actions.open_log(unit=office, actor=actor, at=moment("2026-03-03"))
    actions.sign_log(case=log, note="未发现问题", actor=actor, at=moment("2026-03-03", 11))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.countersign_log(case=log, actor=actor, at=moment("2026-03-03", 12))


def test_the_rota_is_the_leaders(office: Unit, team: Team, citizen: Person) -> None:
    day = date(2026, 3, 4)
    turn = actions.put_turn(unit=office, day=day, account=team["clerk"].account, actor=team["approver"].actor)
    actions.put_turn(unit=office, day=day, account=team["reviewer"].account, actor=team["approver"].actor)
    assert queries.duty_of(office, day).account == team["reviewer"].account
    with pytest.raises(StepRefused):
        actions.put_turn(unit=office, day=day, account=turn.account, actor=team["clerk"].actor)
    with pytest.raises(InvalidInput):
        actions.put_turn(unit=office, day=day, account=citizen.account, actor=team["approver"].actor)


class _Server(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def _answer(self) -> None:
        self.asked.append((self.command, self.path))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/good")
        elif self.path == "/inner":
            self.send_response(302)
            self.send_header("Location", "http://inner.example/secret")
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
        elif self.path == "/nohead" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response({"/good": 200, "/nohead": 200, "/gone": 410}.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    """A real server on this machine; the checker is told that the name leads to it."""
    found = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    _Server.asked = []
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://site.example:{found.server_address[1]}"
    found.shutdown()
    found.server_close()


def resolve(host: str, port: int) -> list[str]:
    return {"site.example": ["127.0.0.1"], "inner.example": ["10.0.0.7"]}.get(host, [])


def look(url: str) -> Answer:
    return look_at(url, seconds=3, resolve=resolve, refuses=lambda address: address != "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "good", "words"),
    [
        ("/good", True, "状态码200"),
        ("/moved", True, "状态码200"),
        ("/nohead", True, "状态码200"),
        ("/gone", False, "状态码410"),
        ("/loop", False, "跳转过多"),
        ("/路径", False, "状态码404"),
    ],
)
def test_a_real_server_is_asked(server: str, path: str, good: bool, words: str) -> None:
    answer = look(f"{server}{path}")
    assert (answer.good, answer.words) == (good, words)


def test_inner_addresses_are_never_fetched(server: str) -> None:
    assert look(f"{server}/inner").refused
    assert look_at(f"{server}/good", resolve=resolve).refused
    assert look_at("http://localhost/", resolve=lambda host, port: ["127.0.0.1"]).refused
    assert [path for _, path in _Server.asked] == ["/inner"]
    for address in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fc00::1", "0.0.0.0", "::ffff:10.0.0.1", "224.0.0.1", "100.64.0.1", "nonsense"):  # fmt: skip
        assert is_inner(address), address
    assert not is_inner("8.8.8.8") and not is_inner("2001:4860:4860::8888")


@pytest.mark.parametrize(
    "url", ["ftp://site.example/", "http:///x", "http://site.example:99999/", "http://no.example/"]
)
def test_addresses_that_are_none(url: str) -> None:
    answer = look(url)
    assert not answer.good and answer.words


def test_three_failures_on_three_days_before_red(office: Unit, team: Team, server: str) -> None:
    body = f"见{server}/gone，另见 {server}/good 。"
    case = published(office, team, body=body)
    assert actions.collect_links(at=moment("2026-03-04")) == 2
    for day in ("2026-03-04", "2026-03-05"):
        actions.check_links(at=moment(day), look=look, pause=0)
        actions.check_links(at=moment(day, 15), look=look, pause=0)
    gone = Link.objects.get(url=f"{server}/gone")
    assert (gone.state, gone.failed_days) == (LinkState.DOUBTFUL, 2)
    for day in ("2026-03-06", "2026-03-07"):
        actions.check_links(at=moment(day), look=look, pause=0)
    gone.refresh_from_db()
    assert gone.state == LinkState.DEAD
    assert Link.objects.get(url=f"{server}/good").state == LinkState.GOOD
    assert Message.objects.filter(subject="链接打不开", account_id=team["clerk"].account.pk).count() == 1
    assert queries.morning_list(office, moment("2026-03-07")).links == [gone]
    notices.withdraw_item(case=case, reason="失效", actor=team["publisher"].actor, at=moment("2026-03-08"))
    assert actions.collect_links(at=moment("2026-03-08")) == 0
    assert not Link.objects.exists()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), max_size=20))
def test_dead_means_three_failing_days_in_a_row(looks: list[tuple[bool, int]]) -> None:
    state, days, last, today = LinkState.UNSEEN.value, 0, None, date(2026, 3, 1)
    failing: set[date] = set()
    for good, ahead in looks:
        today += timedelta(days=ahead)
        mark = rules.marked(good, False, days, last, today)
        state, days, last = mark.state, mark.failed_days, mark.last_failed_on
        failing = set() if good else failing | {today}
        assert (state == LinkState.DEAD) == (len(failing) >= 3)


def test_links_end_where_the_sentence_ends() -> None:
    text = "详见https://www.yn.gov.cn/a/b?x=1。又见（http://example.org/中文）和 http://example.org/x."
    assert rules.links_of(text) == [
        "https://www.yn.gov.cn/a/b?x=1",
        "http://example.org/中文",
        "http://example.org/x",
    ]


def test_the_sheet_says_when_it_turns_red(office: Unit, team: Team) -> None:
    published(office, team, entry="news")
    checks = {check.code: check for check in queries.inspection_sheet(moment("2026-03-04"))}
    assert checks["news"].red_on == date(2026, 3, 18) and checks["news"].health == Health.GOOD
    assert checks["reached"].health == Health.UNKNOWN
    assert checks["empty"].health == Health.RED
    later = {check.code: check for check in queries.inspection_sheet(moment("2026-03-16"))}
    assert later["news"].health == Health.SOON
    red = queries.inspection_sheet(moment("2026-03-18"))
    assert {check.code for check in red if check.health == Health.RED} >= {"news", "home", "empty"}
    for number in range(20):
        SiteProbe.objects.create(at=moment("2026-03-17"), good=number > 0, milliseconds=50)
    last = {check.code: check for check in queries.inspection_sheet(moment("2026-03-18"))}
    assert last["reached"].health == Health.RED and "5.0%" in last["reached"].words


def test_a_count_turns_red_on_the_day_its_last_one_falls() -> None:
    today = date(2026, 3, 2)
    falling = [date(2026, 3, 20), date(2026, 3, 10), date(2026, 4, 1)]
    check = rules.counted("x", "栏目", 8, 10, "个", falling=falling, today=today)
    assert (check.red_on, check.health) == (date(2026, 3, 20), Health.GOOD)
    assert rules.counted("x", "栏目", 10, 10, "个").health == Health.RED
    assert rules.counted("x", "栏目", 1, 10, "个", falling=falling, today=today).red_on is None


def test_pages_of_the_watch(office: Unit, team: Team, supervisor: Person, citizen: Person) -> None:
    case = published(office, team)
    alter(case.versions.get(), body="改过")
    actions.check_words(at=moment("2026-03-04"))
    clerk, leader = team["clerk"].client(), team["approver"].client()
    names = ("morning", "rota", "finding", "links", "sheet", "logs")
    for name in names:
        assert clerk.get(reverse(f"workbench_watch:{name}")).status_code == 200, name
        assert supervisor.client().get(reverse(f"workbench_watch:{name}")).status_code == 200, name
        assert citizen.client().get(reverse(f"workbench_watch:{name}")).status_code == 403, name
    made = clerk.post(reverse("workbench_watch:open"))
    log = DutyLog.objects.get()
    assert made["location"] == reverse("workbench_watch:log", args=[log.public_id])
    assert clerk.get(made["location"]).status_code == 200
    sign = reverse("workbench_watch:step", args=[log.public_id, "sign-log"])
    assert clerk.get(sign).status_code == 200
    assert clerk.post(sign, {"note": ""}).status_code == 400
    assert post_step(clerk, sign, {"note": "一处不一致"}).status_code == 302
    counter = reverse("workbench_watch:step", args=[log.public_id, "countersign-log"])
    assert post_step(clerk, counter).status_code in (403, 409)
    assert post_step(leader, counter).status_code == 302
    paper = reverse("workbench_watch:paper", args=[log.public_id])
    assert clerk.get(paper).status_code == 302
    run_due()
    assert clerk.get(paper)["Content-Type"] == "application/pdf"
    assert "一处不一致" in clerk.get(made["location"]).content.decode()
    alarm = reverse("workbench_watch:alarm", args=[TamperAlarm.objects.get().pk])
    assert clerk.get(alarm).status_code == 200
    assert clerk.post(alarm, {"note": "x"}).status_code == 409
    assert leader.post(alarm, {"note": ""}).status_code == 400
    assert leader.post(alarm, {"note": "已恢复"}).status_code == 302
    finding = reverse("workbench_watch:finding")
    assert clerk.post(finding, {"page": "/x/", "sort": "link", "text": "坏"}).status_code == 400
    assert clerk.post(finding, {"page": "/notices/", "sort": "link", "text": "坏"}).status_code == 302
    rota = reverse("workbench_watch:rota")
    turn = {"day": "2026-03-05", "account": team["clerk"].account.pk}
    assert leader.post(rota, turn).status_code == 302
    assert clerk.post(rota, turn).status_code == 409

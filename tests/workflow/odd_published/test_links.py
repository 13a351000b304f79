"""Links: every address of a page, one bad one stops nothing, a round ends in time, our own outage is nobody's dead link."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from notices import actions as notices
from notices.actions.checking import remarks_on
from notices.watch import actions, rules, tasks
from notices.watch.choices import LinkState
from notices.watch.fetching import Answer, is_inner, look_at
from notices.watch.models import ColumnWarning, Link
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved, drafted

Team = dict[str, Person]
GUIDE = {
    "audience": "both",
    "basis": "某条例",
    "conditions": "无",
    "materials": "申请表|1|填写",
    "steps": "受理|窗口|当场",
    "legal_days": "20",
    "promised_days": "5",
    "fee": "不收费",
    "place": "红塔区",
    "hours": "工作日",
    "phone": "12345",
    "apply_url": "https://apply.example/form",
}


def published(office: Unit, team: Team, **changes: Any) -> Any:
    case = approved(office, team, **changes)
    notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    return case


def test_addresses_end_at_chinese_marks() -> None:
    for mark in "？：！／＠，。、；）】》”…—　﹖～":
        assert rules.links_of(f"见http://www.yuxi.gov.cn{mark}后文") == ["http://www.yuxi.gov.cn"], mark
    assert rules.links_of("http://[::1 http://a:b:c/ http://x:99999/ https://good.example/路径？") == [
        "https://good.example/路径"
    ]


def test_one_bad_address_stops_neither_the_round_nor_the_warnings(office: Unit, team: Team) -> None:
    published(office, team, body="见http://www.yuxi.gov.cn？另见http://[坏，和https://good.example/a。")
    assert actions.collect_links(at=moment("2026-03-04")) == 2
    assert sorted(Link.objects.values_list("url", flat=True)) == [
        "http://www.yuxi.gov.cn",
        "https://good.example/a",
    ]


def test_owners_are_warned_although_the_links_fail(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(office, team, entry="news-work")
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-16"))

    def broken(**facts: Any) -> int:
        raise ValueError("broken")

    monkeypatch.setattr(actions, "collect_links", broken)
    with pytest.raises(ValueError, match="broken"):
        tasks.morning()
    assert ColumnWarning.objects.count() >= 1


def test_the_way_to_apply_online_is_looked_at(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"], entry="profile", route="business", body="")
    at = moment("2026-03-02", 10)
    notices.put_structure(case=case, structure="service", answers=GUIDE, actor=team["clerk"].actor, at=at)
    for who, act in (
        ("clerk", notices.submit_item),
        ("reviewer", notices.review_item),
        ("secrecy", notices.clear_item),
        ("approver", notices.approve_item),
        ("publisher", notices.publish_item),
    ):
        act(case=case, actor=team[who].actor, at=moment("2026-03-03"))
    assert actions.collect_links(at=moment("2026-03-04")) == 1
    link = Link.objects.get()
    assert (link.url, link.host) == ("https://apply.example/form", "apply.example")
    Link.objects.update(state=LinkState.DEAD)
    assert [remark.sentence for remark in remarks_on(case) if remark.blocks] == [
        "链接打不开：https://apply.example/form"
    ]


def test_links_of_what_nobody_reads_are_not_collected(office: Unit, team: Team) -> None:
    case = published(office, team, body="见https://old.example/a。")
    notices.revise(case=case, reason="链接有误", actor=team["clerk"].actor, at=moment("2026-03-04"))
    type(case).objects.filter(pk=case.pk).update(body="见https://draft.example/b。")
    actions.collect_links(at=moment("2026-03-04", 11))
    assert list(Link.objects.values_list("url", flat=True)) == ["https://old.example/a"]


DAYS = ("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07")


def kept(*urls: str) -> None:
    for url in urls:
        Link.objects.create(url=url, host=rules.host_of(url))


@pytest.mark.parametrize("words", ["域名没有解析", "超时", "连接失败"])
def test_our_own_outage_is_nobodys_dead_link(db: None, words: str) -> None:
    """Nobody answers for four days: no link is dead. On the fifth the line works: one failing day."""
    kept("https://a.example/", "https://b.example/", "https://c.example/")
    for day in DAYS:
        found = actions.check_links(at=moment(day), look=lambda url: Answer(False, words), pause=0)
        assert found == {LinkState.UNSEEN: 3}
    assert set(Link.objects.values_list("state", "failed_days", "checked_at")) == {("unseen", 0, None)}

    def look(url: str) -> Answer:
        return Answer(True, "状态码200") if "//b" in url else Answer(False, words)

    assert actions.check_links(at=moment("2026-03-08"), look=look, pause=0) == {
        LinkState.DOUBTFUL: 2,
        LinkState.GOOD: 1,
    }


def test_a_dead_link_is_dead_while_others_answer(db: None) -> None:
    kept("https://a.example/", "https://b.example/")

    def look(url: str) -> Answer:
        return Answer(False, "状态码404") if "//b" in url else Answer(False, "域名没有解析")

    for day in DAYS[:3]:
        actions.check_links(at=moment(day), look=look, pause=0)
    assert set(Link.objects.values_list("state", flat=True)) == {LinkState.DEAD}


def test_a_look_that_breaks_loses_no_other(db: None) -> None:
    kept("https://a.example/", "https://b.example/")

    def look(url: str) -> Answer:
        if "//a" in url:
            raise UnicodeError("label empty or too long")
        return Answer(True, "状态码200")

    assert actions.check_links(at=moment("2026-03-04"), look=look, pause=0) == {
        LinkState.DOUBTFUL: 1,
        LinkState.GOOD: 1,
    }


def test_a_host_that_never_ends_is_left_behind(db: None) -> None:
    kept("https://a.example/", "https://b.example/")
    stop = threading.Event()

    def look(url: str) -> Answer:
        if "//a" in url:
            stop.wait(60)
        return Answer(True, "状态码200")

    began = time.monotonic()
    found = actions.check_links(at=moment("2026-03-04"), look=look, pause=0, budget=0.5)
    took = time.monotonic() - began
    stop.set()
    assert found == {LinkState.GOOD: 1}
    assert took < 30


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that sends its head one sign at a time and never ends."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                line, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(line,), daemon=True).start()

    def drip(line: socket.socket) -> None:
        try:
            for sign in "HTTP/1.1 200 OK\r\n" + "X-Slow: yes\r\n" * 500:
                line.sendall(sign.encode())
                if over.wait(0.1):
                    return
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    yield server.getsockname()[1]
    over.set()
    server.close()


def test_a_dripping_server_has_so_many_seconds_in_all(dripping: int) -> None:
    began = time.monotonic()
    answer = look_at(
        f"http://drip.example:{dripping}/",
        seconds=1,
        resolve=lambda host, port: ["127.0.0.1"],
        refuses=lambda address: False,
    )
    assert answer == Answer(False, "超时")
    assert time.monotonic() - began < 15


def test_a_redirect_to_nowhere_is_an_answer(db: None) -> None:
    assert look_at("http://[bad/", resolve=lambda host, port: ["127.0.0.1"]) == Answer(False, "不是网页地址")


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "::127.0.0.1",
        "::ffff:0:7f00:1",
        "::ffff:0:a00:1",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "2001:0:a00:1::f5ff:fffe",
        "fe80::1%eth0",
        "fec0::1",
    ],
)
def test_inner_addresses_in_every_form(address: str) -> None:
    assert is_inner(address)


@pytest.mark.parametrize("address", ["64:ff9b::8.8.8.8", "8.8.8.8", "2001:4860:4860::8888", "240e:e0::1"])
def test_outer_addresses_stay_outer(address: str) -> None:
    assert not is_inner(address)

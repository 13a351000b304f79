"""The watch sees what readers see: whole pages, files, state, validity, time, the home page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from notices import actions as notices
from notices.models import Article, ArticleVersion
from notices.watch import actions, queries
from notices.watch.choices import Tampering
from notices.watch.models import SiteProbe, TamperAlarm
from portal.files.actions import store_bytes
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.publishing.models import FileCheck
from portal.units.models import Appointment, Unit
from tests.cast import Person, moment
from tests.factories.notices import approved, drafted

Team = dict[str, Person]
NOW = moment("2026-03-06")
STEPS = ("submit_item", "review_item", "clear_item", "approve_item")
PEOPLE = ("clerk", "reviewer", "secrecy", "approver")


def published(office: Unit, team: Team, file: bool = False, **changes: Any) -> Article:
    """Out since 3 March at four in the afternoon, with a file if one is wanted."""
    case = drafted(office, team["clerk"], **changes)
    if file:
        notices.attach_file(
            case=case,
            name="说明.txt",
            data=b"what was published",
            alt="",
            actor=team["clerk"].actor,
            at=moment("2026-03-02", 10),
        )
        run_due()
    for verb, who in zip(STEPS, PEOPLE, strict=True):
        getattr(notices, verb)(case=case, actor=team[who].actor, at=moment("2026-03-02", 11))
    notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    return case


def page(path: str) -> bytes:
    return Client().get(path).content


def sorts() -> list[str]:
    return sorted(TamperAlarm.objects.values_list("sort", flat=True))


def altered(table: str, sets: str, pk: int, *values: Any) -> None:
    """Change a row as somebody with the database in hand would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {sets} WHERE id = %s", [*values, pk])


def test_a_swapped_file_is_seen_and_no_reader_gets_it(office: Unit, team: Team) -> None:
    case = published(office, team, file=True)
    assert actions.check_words(at=NOW) == 0
    other = store_bytes(b"%PDF-1.4 invented", media_type="application/pdf")
    FileCheck.objects.update(copy=other)
    entry = case.versions.get().fields["files"][0]
    got = page(reverse("notices:file", args=[case.public_id, entry["id"]]))
    assert b"invented" not in got and got.startswith(b"%PDF")
    assert (actions.check_words(at=NOW), sorts()) == (1, [Tampering.FILE])


def test_other_bytes_on_the_line_are_seen(office: Unit, team: Team) -> None:
    published(office, team, file=True)
    assert actions.check_pages(at=NOW, fetch=page) == 0

    def swapped(path: str) -> bytes:
        return b"%PDF-1.4 invented" if "/files/" in path else page(path)

    assert (actions.check_pages(at=NOW, fetch=swapped), sorts()) == (1, [Tampering.FILE])


@pytest.mark.parametrize(
    ("table", "sets", "values", "sort"),
    [
        ("notices_articleversion", "publish_at = %s", (moment("2026-01-01"),), Tampering.WORDS),
        ("notices_articleversion", "first_at = %s", (moment("2026-01-01"),), Tampering.WORDS),
        ("notices_articleversion", "subject = %s", ("health",), Tampering.WORDS),
        ("notices_articleversion", "doc_number = %s", ("玉政发〔2026〕9号",), Tampering.WORDS),
        ("notices_articleversion", "withdrawn_at = %s", (moment("2026-03-05"),), Tampering.STATE),
        ("cases_case", "state = %s, closed_on = %s", ("withdrawn", date(2026, 3, 5)), Tampering.STATE),
    ],
)
def test_altered_rows_are_seen(
    office: Unit, team: Team, table: str, sets: str, values: tuple[Any, ...], sort: str
) -> None:
    case = published(office, team)
    pk = case.versions.get().pk if table == "notices_articleversion" else case.pk
    altered(table, sets, pk, *values)
    assert (actions.check_words(at=NOW), sorts()) == (1, [sort])


def test_an_invented_repeal_is_seen(office: Unit, team: Team) -> None:
    case = published(office, team)
    other = published(office, team, title="停车场管理规定")
    notices.set_validity(
        case=other,
        validity="repealed",
        document="玉政发〔2026〕3号",
        actor=team["publisher"].actor,
        at=moment("2026-03-05"),
    )
    assert actions.check_words(at=NOW) == 0
    Article.objects.filter(pk=case.pk).update(validity="repealed", validity_document="玉政发〔2026〕99号")
    assert (actions.check_words(at=NOW), sorts()) == (1, [Tampering.STATE])


def test_steps_of_the_life_are_no_tampering(office: Unit, team: Team) -> None:
    clerk, publisher = team["clerk"].actor, team["publisher"].actor
    case = published(office, team)
    notices.revise(case=case, reason="附表有误", actor=clerk, at=moment("2026-03-04"))
    notices.withdraw_item(case=case, reason="内容有误", actor=publisher, at=moment("2026-03-04", 11))
    notices.reopen_item(case=case, reason="已改正", actor=clerk, at=moment("2026-03-04", 12))
    planned = approved(office, team, title="以后的通告")
    notices.publish_item(
        case=planned, actor=publisher, at=moment("2026-03-04"), publish_at=moment("2026-03-20")
    )
    notices.revise(case=planned, reason="数字有误", actor=clerk, at=moment("2026-03-05"))
    assert (actions.check_words(at=NOW), sorts()) == (0, [])


@pytest.mark.parametrize(
    "insert",
    [
        lambda data: data.replace(b"</article>", "<p>加微信领红包</p></article>".encode()),
        lambda data: data.replace(b"</main>", b'<a href="https://casino.example/">x</a></main>'),
        lambda data: data.replace(b"</head>", b'<script src="https://evil.example/a.js"></script></head>'),
        lambda data: data.replace(b"</body>", b'<iframe src="https://evil.example/"></iframe></body>'),
        lambda data: data.replace("有效性</dt><dd>有效".encode(), "有效性</dt><dd>废止".encode()),
        lambda data: data.replace(
            "发布日期</dt><dd>2026年3月3日".encode(), "发布日期</dt><dd>2025年3月3日".encode()
        ),
        lambda data: data.replace(b"<header>", b"<header hidden onload=steal()>"),
    ],
)
def test_what_is_put_beside_the_words_is_seen(
    office: Unit, team: Team, insert: Callable[[bytes], bytes]
) -> None:
    case = published(office, team)
    path = reverse("notices:article", args=[case.public_id])
    assert insert(page(path)) != page(path)
    assert actions.check_pages(at=NOW, fetch=page) == 0
    assert (actions.check_pages(at=NOW, fetch=lambda path: insert(page(path))), sorts()) == (1, ["page"])


def test_a_page_from_the_front_cache_is_no_tampering(office: Unit, team: Team) -> None:
    """A few minutes after a new version a cache on the way may still give the old page; later none does."""
    case = published(office, team)
    old = page(reverse("notices:article", args=[case.public_id]))
    notices.revise(case=case, reason="附表有误", actor=team["clerk"].actor, at=moment("2026-03-04"))
    Article.objects.filter(pk=case.pk).update(body="预计22时恢复。")
    case = Article.objects.get(pk=case.pk)
    for verb, who in zip(STEPS, PEOPLE, strict=True):
        getattr(notices, verb)(case=case, actor=team[who].actor, at=moment("2026-03-04", 11))
    notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-06", 10))
    soon, later = NOW.replace(minute=3), NOW.replace(minute=10)
    assert actions.check_pages(at=soon, fetch=lambda path: old) == 0
    assert actions.check_pages(at=soon, fetch=lambda path: old.replace("18时".encode(), b"23")) == 1
    TamperAlarm.objects.all().delete()
    assert actions.check_pages(at=later, fetch=page) == 0
    assert actions.check_pages(at=later, fetch=lambda path: old) == 1


def test_another_home_page_is_not_ours(office: Unit, team: Team) -> None:
    published(office, team)
    assert actions.probe_home(at=NOW, fetch=page).good
    bad = actions.probe_home(at=NOW.replace(minute=5), fetch=lambda path: b"<html><h1>hacked</h1></html>")
    assert (bad.good, bad.answer, sorts()) == (False, "不是本平台的首页", [Tampering.HOME])
    TamperAlarm.objects.all().delete()

    def more(path: str) -> bytes:
        return page(path).replace(b"</main>", b'<a href="https://casino.example/">x</a></main>')

    assert not actions.probe_home(at=NOW.replace(minute=10), fetch=more).good
    assert SiteProbe.objects.filter(good=True).count() == 1


def test_the_home_page_of_the_round_before_is_ours(office: Unit, team: Team) -> None:
    old = page("/")
    assert actions.probe_home(at=moment("2026-03-03", 15), fetch=page).good
    published(office, team)
    assert page("/") != old
    assert actions.probe_home(at=NOW, fetch=lambda path: old).good
    assert actions.probe_home(at=NOW.replace(minute=5), fetch=page).good
    assert sorts() == []


def test_who_is_a_supervisor_no_more_is_not_told(office: Unit, team: Team, supervisor: Person) -> None:
    Appointment.objects.filter(account=supervisor.account).update(ends_on=date(2026, 2, 28))
    case = published(office, team)
    ArticleVersion.objects.filter(article=case).update(body="改过")
    assert actions.check_words(at=NOW) == 1
    told = set(Message.objects.filter(subject__contains="篡改告警").values_list("account_id", flat=True))
    assert supervisor.account.pk not in told and team["approver"].account.pk in told


def test_pages_beyond_the_time_wait_for_the_next_round(office: Unit, team: Team) -> None:
    for index in range(3):
        published(office, team, title=f"第{index}号通告")
    read: list[str] = []

    def slow(path: str) -> bytes:
        read.append(path)
        raise TimeoutError

    actions.check_pages(at=NOW, fetch=slow, budget=-1)
    assert read == []
    assert len(list(queries.differences(NOW))) == 0

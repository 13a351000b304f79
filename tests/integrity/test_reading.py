"""Reading changes nothing: every address of the URL table, and every link on every page, makes no row and no file."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import resolve

from portal.cases.models import Case
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from portal.web.reading import WRITES_ON_GET
from tests.cast import Person, moment
from tests.factories import consultations, mailbox, notices, polls, requests_app
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures
from tests.integrity.test_fuzz import addresses, everybody  # noqa: F401  fixtures

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
NOBODY = "00000000-0000-4000-8000-000000000000"
SAME_PATTERN = 2
PAGES = 400


@contextmanager
def watched() -> Iterator[list[str]]:
    """The writing statements of what happens inside."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITE.match(sql):
            seen.append(sql[:160])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def counted() -> dict[str, int]:
    """The rows of every table."""
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models()}


def files() -> list[str]:
    """What lies on the disk."""
    folder = Path(settings.PORTAL_FILES_DIR)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def name_of(path: str) -> str:
    return resolve(urlsplit(path).path).view_name


def links(page: str, at: str) -> list[str]:
    found = (urljoin(at, unescape(link)) for link in re.findall(r'<a[^>]+href="([^"]+)"', page))
    kept = (urldefrag(link)[0] for link in found if link.startswith("/"))
    return [link for link in kept if not re.match(r"/(static|admin)/", link)]


def sort_of(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "*", urlsplit(path).path)


def read_all(client: Client, start: list[str]) -> tuple[list[str], int]:
    """Open these addresses and what they lead to, some of each sort; gives what wrote, and how many were opened."""
    waiting, seen, sorts = deque(start), set(start), Counter[str]()
    wrote, opened = [], 0
    while waiting and opened < PAGES:
        path = waiting.popleft()
        with watched() as statements:
            answer = client.get(path)
        opened += 1
        name = name_of(path)
        if statements and name not in WRITES_ON_GET:
            wrote.append(f"{name} {path}: {statements[0]}")
        if answer.status_code in (301, 302):
            more = [urljoin(path, answer["Location"])]
        elif answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            more = links(answer.content.decode(), path)
        else:
            more = []
        for link in more:
            if link.startswith("/") and link not in seen and sorts[sort_of(link)] < SAME_PATTERN:
                seen.add(link)
                sorts[sort_of(link)] += 1
                waiting.append(link)
    return wrote, opened


@pytest.fixture
def world(
    office: Unit, team: dict[str, Person], citizen: Person, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One or two cases of each service, in states in which people read them."""
    requests_app.submitted(office, actor=citizen.actor)
    requests_app.registered(office, team["clerk"], actor=citizen.actor)
    requests_app.answered(office, team)
    mailbox.answered(hands)
    mailbox.submitted(actor=citizen.actor)
    consultations.announced(office, team)
    polls.counted(office, team)
    notices.published(office, team)
    run_due()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))


def start_of(case_ids: list[str]) -> list[str]:
    """The URL table: with the id of each case where an address asks for one."""
    plain = sorted(set(addresses()))
    return plain + [
        path.replace(NOBODY, one) for path in plain if path.count(NOBODY) == 1 for one in case_ids
    ]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["guest", "citizen", "everybody"])
def test_get_writes_nothing(
    who: str, client: Client, world: None, citizen: Person, request: pytest.FixtureRequest
) -> None:
    if who != "guest":
        client.force_login(citizen.account if who == "citizen" else request.getfixturevalue(who).account)
    ids = [str(key) for key in Case.objects.values_list("public_id", flat=True)]
    start = start_of(ids)
    rows, lying = counted(), files()
    wrote, opened = read_all(client, start)
    assert opened > 250
    assert wrote == []
    changed = {table: (before, now) for table, now in counted().items() if (before := rows[table]) != now}
    assert set(changed) <= {table for tables, _ in WRITES_ON_GET.values() for table in tables}
    assert files() == lying


@pytest.mark.one_engine
def test_every_exception_names_its_tables_and_its_reason() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    for name, (written, reason) in WRITES_ON_GET.items():
        assert set(written) <= tables, name
        assert len(reason) > 20, name


def test_reading_the_first_page_begins_no_draft(office: Unit, client: Client) -> None:
    """Eight visitors read, one answers: one draft; what was looked at left neither a row nor a session."""
    from django.contrib.sessions.models import Session

    from requests_app.models import RequestDraft

    for _ in range(8):
        page = Client().get("/requests/new/", follow=True)
        assert page.status_code == 200
    assert (RequestDraft.objects.count(), Session.objects.count()) == (0, 0)
    assert client.post("/requests/new/unit/", {"unit": "nowhere"}).status_code == 400
    assert RequestDraft.objects.count() == 0
    assert client.post("/requests/new/unit/", {"unit": "city-office"}).status_code == 302
    assert RequestDraft.objects.get().answers == {"unit": {"unit": "city-office"}}


def test_uploads_before_submission_have_a_measure_for_each_address_and_day(office: Unit) -> None:
    """200 MB a day from one address: with 3 MB allowed, two files of 2 MB are one too many; elsewhere it goes on."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from portal.web.models import GuestLimit
    from requests_app.models import DraftFile

    assert GuestLimit.objects.get(code="upload_day").most == 200
    GuestLimit.objects.filter(code="upload_day").update(most=3)

    def upload(address: str) -> Any:
        data = SimpleUploadedFile("说明.txt", ("说明" * 300_000).encode())
        return Client(REMOTE_ADDR=address).post("/requests/new/files/", {"files": data, "upload": "1"})

    assert upload("203.0.113.7").status_code == 302
    refused = upload("203.0.113.7")
    assert refused.status_code == 400
    assert "今天上传的文件已到上限" in refused.content.decode()
    assert refused["Content-Type"].startswith("text/html")
    assert upload("203.0.113.8").status_code == 302
    assert DraftFile.objects.count() == 2


def test_messages_are_marked_read_by_a_button_only(citizen: Person) -> None:
    from portal.messaging.actions import Recipient, notify
    from portal.messaging.queries import unread

    to = Recipient(account_id=citizen.account.pk)
    notify(recipient=to, key="k", subject="一", body="二", link="", at=moment("2026-03-05"))
    browser = citizen.client()
    assert "有1条未读消息" in browser.get("/messages/").content.decode()
    assert unread(citizen.account.pk) == 1
    assert browser.post("/messages/").status_code == 302
    assert unread(citizen.account.pk) == 0

"""The door of an account: on record, seen by its owner, closed elsewhere and after a long sleep."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.administration.sleeping import close_sleepers
from portal.administration.tasks import erase
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Unit
from portal.web.models import SignIn
from portal.web.signins import agent_of
from tests.cast import PASSWORD, Person, moment, person

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def audit_admin(office: Unit) -> Person:
    """审计管理员."""
    return person("audit", office, Role.AUDIT_ADMIN)


@pytest.fixture
def security_admin(office: Unit) -> Person:
    """安全管理员."""
    return person("security", office, Role.SECURITY_ADMIN)


def signed_in(email: str, password: str = PASSWORD, **headers: str) -> Client:
    """A browser after its try to sign in."""
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password}, headers=headers)
    return client


def kinds(account: Account) -> list[str]:
    """What happened, oldest first."""
    return list(account.sign_ins.order_by("pk").values_list("kind", flat=True))


def test_log_ins_failures_and_log_outs_are_on_record(citizen: Person) -> None:
    signed_in(citizen.account.email, "not the password")
    client = signed_in(citizen.account.email, **{"User-Agent": FIREFOX})
    client.post("/accounts/logout/")
    assert kinds(citizen.account) == ["failed", "in", "out"]
    row = citizen.account.sign_ins.get(kind="in")
    assert (row.address, row.agent, row.ended_at is not None, row.session) == (
        "127.0.0.1",
        "Firefox · Linux",
        True,
        "",
    )


def test_address_is_sealed_in_the_table(citizen: Person) -> None:
    from django.db import connection

    signed_in(citizen.account.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, session FROM portal_web_signin")
        assert all(value.startswith("p1.") for value in cursor.fetchone())


def test_unknown_name_leaves_nothing(db: None) -> None:
    signed_in("nobody@test.invalid")
    assert SignIn.objects.count() == 0


def test_ending_others_leaves_this_one(citizen: Person) -> None:
    here, there = signed_in(citizen.account.email), signed_in(citizen.account.email)
    page = here.get("/accounts/sessions/")
    assert page.content.decode().count("本次登录") == 1
    here.post("/accounts/sessions/")
    assert (here.get("/accounts/sessions/").status_code, there.get("/accounts/sessions/").status_code) == (
        200,
        302,
    )
    assert "ended" in kinds(citizen.account)


def test_nobody_ends_another_persons_session(citizen: Person, clerk: Person) -> None:
    there = signed_in(clerk.account.email)
    row = clerk.account.sign_ins.get()
    signed_in(citizen.account.email).post("/accounts/sessions/", {"end": row.pk})
    assert there.get("/accounts/sessions/").status_code == 200


def test_command_ends_the_sessions_of_one_or_of_all(citizen: Person, clerk: Person) -> None:
    first, second = signed_in(citizen.account.email), signed_in(clerk.account.email)
    out = StringIO()
    call_command("end_sessions", account=citizen.account.email, stdout=out)
    assert (first.get("/accounts/sessions/").status_code, second.get("/accounts/sessions/").status_code) == (
        302,
        200,
    )
    call_command("end_sessions", all=True, stdout=out)
    assert second.get("/accounts/sessions/").status_code == 302
    assert out.getvalue() == "Ended: 1.\nEnded: 1.\n"


def test_record_is_for_the_audit_administrator(client: Client, audit_admin: Person, clerk: Person) -> None:
    signed_in(clerk.account.email)
    address = reverse("supervision:sign_ins")
    client.force_login(clerk.account)
    assert client.get(address).status_code == 403
    client.force_login(audit_admin.account)
    page = client.get(address, {"account": "clerk@"}).content.decode()
    assert (page.count('<td data-label="事项">登录</td>'), "127.0.0.1" in page) == (2, True)


def test_record_is_kept_two_hundred_days(citizen: Person) -> None:
    """Six months at least: a log-in of 15 May 2026 is there on 1 December (200 days) and gone on 2 December."""
    at = datetime(2026, 5, 15, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    SignIn.objects.create(account=citizen.account, kind="in", at=at)
    import time_machine

    with time_machine.travel(at + timedelta(days=200), tick=False):
        erase()
    assert kinds(citizen.account) == ["in"]
    with time_machine.travel(at + timedelta(days=200, seconds=1), tick=False):
        erase()
    assert kinds(citizen.account) == []


def test_account_that_nobody_used_for_ninety_days_is_closed(
    clerk: Person, citizen: Person, settings: Any
) -> None:
    """Last used on 1 September 2026: still open on 30 November (90 days), closed on 1 December; citizens' stay."""
    for who in (clerk, citizen):
        Account.objects.filter(pk=who.account.pk).update(
            last_login=moment("2026-09-01"), date_joined=moment("2025-01-01")
        )
    assert close_sleepers(at=moment("2026-11-30")) == 0
    assert close_sleepers(at=moment("2026-12-01")) == 1
    clerk.account.refresh_from_db()
    citizen.account.refresh_from_db()
    assert (clerk.account.is_active, citizen.account.is_active) == (False, True)
    assert kinds(clerk.account) == ["closed"]
    assert signed_in(clerk.account.email).get("/accounts/sessions/").status_code == 302
    settings.PORTAL_STAFF_SLEEP_DAYS = 0
    assert close_sleepers(at=moment("2027-12-01")) == 0


def test_new_appointment_does_not_sleep_yet(office: Any, db: None) -> None:
    account = Account.objects.create_user("new@test.invalid", PASSWORD)
    Account.objects.filter(pk=account.pk).update(date_joined=moment("2024-01-01"))
    appoint(account=account, unit=office, role=Role.CLERK, starts_on=moment("2026-11-20").date())
    assert close_sleepers(at=moment("2026-12-01")) == 0
    assert close_sleepers(at=moment("2027-03-01")) == 1


def test_security_administrator_opens_it_again_on_record(
    client: Client, security_admin: Person, clerk: Person
) -> None:
    Account.objects.filter(pk=clerk.account.pk).update(is_active=False)
    client.force_login(security_admin.account)
    assert "停用的账号" in client.get(reverse("administration:people")).content.decode()
    client.post(reverse("administration:wake", args=[clerk.account.pk]))
    clerk.account.refresh_from_db()
    assert (clerk.account.is_active, kinds(clerk.account)) == (True, ["woken"])
    assert close_sleepers(at=timezone.now()) == 0
    from portal.administration.models import AdminRecord

    assert AdminRecord.objects.get().get_act_display() == "恢复账号"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (FIREFOX, "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0", "微信 · iPhone"),
        ("curl/8.0", ""),
    ],
)  # fmt: skip
def test_browser_is_kept_in_two_words(told: str, kept: str) -> None:
    assert agent_of(told) == kept

"""Who is appointed, by whom, for how long; what is told when somebody leaves; a review that nobody could take is refused."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from mailbox import actions as letters
from notices.watch.actions.alarms import _who_must_know
from portal.administration import actions
from portal.administration.tasks import leavers
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.models import Message
from portal.units.access import roles_of
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Appointment, Unit
from tests.cast import Person, moment, person
from tests.factories.mailbox import Hands, handled, staffed  # noqa: F401  fixtures

AT = moment("2026-03-02")


@pytest.fixture
def security(office: Unit) -> Person:
    """安全管理员."""
    return person("security", office, Role.SECURITY_ADMIN)


def term(who: Person | Account, unit: Unit, role: Role, first: str, last: str | None) -> Appointment:
    """A term from one day to another."""
    return Appointment.objects.create(
        account=who.account if isinstance(who, Person) else who,
        unit=unit,
        role=role,
        starts_on=date.fromisoformat(first),
        ends_on=date.fromisoformat(last) if last else None,
    )


def held_on(who: Account, unit: Unit, role: Role, *days: str) -> list[bool]:
    """Whether the role is held on each of the days."""
    return [(unit.pk, role.value) in roles_of(who, date.fromisoformat(day)) for day in days]


# one's own ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", ["2025-12-31", "2026-06-30", None])
def test_nobody_sets_the_end_of_an_own_term(security: Person, office: Unit, last: str | None) -> None:
    own = term(security, office, Role.APPROVER, "2025-01-01", last)
    with pytest.raises(StepRefused, match="不能为自己"):
        actions.end_appointment(appointment=own, ends_on=date(2027, 1, 1), actor=security.actor, at=AT)
    own.refresh_from_db()
    assert own.ends_on == (date.fromisoformat(last) if last else None)


def test_term_that_is_over_does_not_run_again_by_a_later_end(security: Person, office: Unit) -> None:
    other = person("former", office, Role.CLERK)
    over = term(other, office, Role.APPROVER, "2025-01-01", "2025-12-31")
    with pytest.raises(StepRefused, match="已经终止"):
        actions.end_appointment(appointment=over, ends_on=date(2027, 1, 1), actor=security.actor, at=AT)
    assert held_on(other.account, office, Role.APPROVER, "2025-12-31", "2026-03-02") == [True, False]


def test_admin_site_changes_no_term(office: Unit, security: Person, client: Any) -> None:
    root = Account.objects.create_superuser("root@example.org", "correct horse battery")
    client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    row = Appointment.objects.get(account=security.account)
    assert client.get(reverse("admin:units_appointment_change", args=[row.pk])).status_code == 200
    assert client.post(reverse("admin:units_appointment_change", args=[row.pk]), {}).status_code == 403
    assert client.post(reverse("admin:units_appointment_add"), {}).status_code == 403


# an address of one's own -------------------------------------------------------------------------------------------


def stranger() -> Account:
    """Somebody who signed up with the address of an official and never confirmed it."""
    account = Account.objects.create_user("li@yuxi.gov.cn", "his own password")
    EmailAddress.objects.create(user=account, email=account.email, verified=False, primary=True)
    return account


def chosen(office: Unit, **changes: Any) -> dict[str, Any]:
    """The form of an appointment."""
    return {
        "email": "li@yuxi.gov.cn",
        "name": "李某",
        "unit": office,
        "role": Role.APPROVER.value,
        "starts_on": date(2026, 3, 2),
        "ends_on": None,
    } | changes


def test_account_with_an_unconfirmed_address_gets_no_role(security: Person, office: Unit) -> None:
    account = stranger()
    with pytest.raises(InvalidInput, match="没有经本人确认") as refused:
        actions.appoint(**chosen(office), actor=security.actor, at=AT)
    assert refused.value.field == "email"
    EmailAddress.objects.create(user=account, email="mine@example.org", verified=True)
    with pytest.raises(InvalidInput, match="没有经本人确认"):
        actions.appoint(**chosen(office), actor=security.actor, at=AT)
    assert roles_of(account, date(2026, 3, 2)) == frozenset()
    EmailAddress.objects.filter(user=account, email="li@yuxi.gov.cn").update(verified=True)
    actions.appoint(**chosen(office), actor=security.actor, at=AT)
    assert held_on(account, office, Role.APPROVER, "2026-03-01", "2026-03-02") == [False, True]


def test_command_appoints_no_unconfirmed_account(office: Unit) -> None:
    account = stranger()
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("add_staff", "li@yuxi.gov.cn", "李某", office.code, "approver", stderr=said)
    assert "没有经本人确认" in said.getvalue()
    assert not EmailAddress.objects.get(user=account).verified
    assert Appointment.objects.filter(account=account).count() == 0


# a second term -----------------------------------------------------------------------------------------------------


def test_second_term_leaves_the_first_one_to_its_end(security: Person, office: Unit) -> None:
    other = person("again", office, Role.CLERK)
    EmailAddress.objects.create(user=other.account, email=other.account.email, verified=True)
    term(other, office, Role.REVIEWER, "2025-01-01", "2026-03-10")
    actions.appoint(
        **chosen(office, email=other.account.email, role=Role.REVIEWER.value, starts_on=date(2026, 4, 1)),
        actor=security.actor,
        at=AT,
    )
    days = ("2026-03-02", "2026-03-10", "2026-03-11", "2026-03-31", "2026-04-01")
    assert held_on(other.account, office, Role.REVIEWER, *days) == [True, True, False, False, True]


def test_two_terms_never_begin_on_one_day(office: Unit) -> None:
    other = person("twice", office, Role.CLERK)
    term(other, office, Role.REVIEWER, "2026-04-01", None)
    again = appoint(
        account=other.account, unit=office, role=Role.REVIEWER, starts_on=date(2026, 3, 1), ends_on=None
    )
    assert again.starts_on == date(2026, 4, 1), "left as it is"
    with pytest.raises(IntegrityError), transaction.atomic():
        term(other, office, Role.REVIEWER, "2026-04-01", None)


def test_administrator_is_appointed_again_only_after_the_last_day(security: Person, office: Unit) -> None:
    account = Account.objects.create_user("admin@example.org", "x", display_name="某管理员")
    EmailAddress.objects.create(user=account, email=account.email, verified=True)
    row = term(account, office, Role.AUDIT_ADMIN, "2025-01-01", "2026-03-10")
    again = chosen(office, email=account.email, role=Role.AUDIT_ADMIN.value, starts_on=date(2026, 4, 1))
    with pytest.raises(StepRefused, match="尚未届满"):
        actions.appoint(**again, actor=security.actor, at=AT)
    assert held_on(account, office, Role.AUDIT_ADMIN, "2026-03-10") == [True]
    actions.appoint(**again, actor=security.actor, at=moment("2026-03-11"))
    row.refresh_from_db()
    assert (row.starts_on, row.ends_on) == (date(2026, 4, 1), None)


# who leaves --------------------------------------------------------------------------------------------------------


def told(who: Person) -> list[tuple[str, str]]:
    """What somebody was told about terms, oldest first."""
    rows = Message.objects.filter(account=who.account, key__startswith="leaving:").order_by("pk")
    return list(rows.values_list("subject", "body"))


def test_unit_is_told_of_the_cases_of_who_leaves(hands: Hands, security: Person) -> None:
    handled(hands)
    second = person("housing-clerk-2", hands.unit, Role.CLERK)
    row = Appointment.objects.get(account=hands.clerk.account)
    actions.end_appointment(appointment=row, ends_on=date(2026, 3, 2), actor=security.actor, at=AT)
    expected = (
        "housing-clerk自2026年3月3日起不再任市住房城乡建设局经办人",
        "名下在办1件，请重新指定经办人。",
    )
    assert told(second) == told(hands.approver) == [expected]
    assert told(hands.clerk) == told(security) == []


def test_everybody_who_can_help_is_told_that_the_last_reviewer_leaves(hands: Hands, security: Person) -> None:
    handled(hands)
    watching = person("watching", hands.office, Role.SUPERVISOR)
    row = Appointment.objects.get(account=hands.reviewer.account)
    actions.end_appointment(appointment=row, ends_on=date(2026, 3, 2), actor=security.actor, at=AT)
    body = "本单位没有其他审核人，须由审核人办理的事项无人可办（在办1件），请尽快办理任职。"
    for who in (hands.clerk, hands.approver, security, watching):
        assert [said for _, said in told(who)] == [body]


def test_terms_that_run_out_by_themselves_are_told_once(
    hands: Hands, security: Person, monkeypatch: Any
) -> None:
    Appointment.objects.filter(account=hands.reviewer.account).update(ends_on=date(2026, 3, 1))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    assert (leavers(), leavers()) == (3, 0), "经办人, 签发人 and the 安全管理员, once"


def test_supervisor_who_left_is_told_of_no_alarm(office: Unit) -> None:
    former, present = person("former", office, Role.SUPERVISOR), person("present", office, Role.SUPERVISOR)
    Appointment.objects.filter(account=former.account).update(ends_on=date(2026, 3, 1))

    class Alarm:
        article = release = None

    known: Any = Alarm()
    assert _who_must_know(known, date(2026, 3, 1)) >= {former.account.pk, present.account.pk}
    assert former.account.pk not in _who_must_know(known, date(2026, 3, 2))


# who is there ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "word"), [(Role.REVIEWER, "审核人"), (Role.APPROVER, "签发人")])
def test_reply_is_not_sent_to_a_review_that_nobody_can_take(hands: Hands, role: Role, word: str) -> None:
    case = handled(hands)
    letters.draft_reply(
        case=case, body="一、核实情况：已修复。", actor=hands.clerk.actor, at=moment("2026-02-24")
    )
    Appointment.objects.filter(unit=hands.unit, role=role).update(ends_on=date(2026, 2, 23))
    with pytest.raises(StepRefused, match=f"没有{word}，送审后无人办理"):
        letters.submit_reply(case=case, actor=hands.clerk.actor, at=moment("2026-02-24", 11))
    case.refresh_from_db()
    assert case.state == "drafted"

"""The event log: append-only on both engines, chained, anchored, proved."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.cases import guards, ledger
from portal.cases.models import Case, CaseEvent, ClockEntry, LedgerAnchor
from portal.units.models import Unit
from tests.cast import Person
from tests.factories.requests_app import handled, submitted


def sql(statement: str, *parameters: Any) -> None:
    """Run a statement in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_caseevent SET actor_label = 'x'",
        "DELETE FROM cases_caseevent",
        "UPDATE cases_clockentry SET days = 99",
        "DELETE FROM cases_clockentry",
    ],
)
def test_log_rows_are_never_changed(office: Unit, clerk: Person, statement: str) -> None:
    handled(office, clerk)
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


def test_insert_or_replace_is_refused(office: Unit, clerk: Person) -> None:
    event = handled(office, clerk).events.order_by("seq").first()
    columns = [field.column for field in CaseEvent._meta.concrete_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    upsert = "" if connection.vendor == "sqlite" else " ON CONFLICT (id) DO UPDATE SET kind = 'forged'"
    statement = (
        f"{verb} INTO cases_caseevent ({listed}) SELECT {listed} FROM cases_caseevent WHERE id = %s{upsert}"
    )
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement, event.pk)


@pytest.mark.postgresql
def test_truncate_is_refused(office: Unit, clerk: Person) -> None:
    handled(office, clerk)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"):
        sql("TRUNCATE cases_caseevent CASCADE")


def test_unknown_state_is_refused_by_database(office: Unit) -> None:
    case = submitted(office)
    with pytest.raises(DatabaseError, match="unknown state"):
        sql("UPDATE cases_case SET state = 'invented' WHERE id = %s", case.pk)


def test_update_of_state_through_queryset_is_refused(office: Unit) -> None:
    submitted(office)
    with pytest.raises(TypeError, match="take_step"):
        Case.objects.update(state="answered")


def test_setting_state_by_hand_is_refused(office: Unit) -> None:
    case = submitted(office)
    with pytest.raises(AttributeError):
        case.state = "answered"


def test_triggers_are_checked_and_come_back_after_migrate(office: Unit) -> None:
    assert guards.missing_guards() == []
    guards.remove_guards()
    missing = guards.missing_guards()
    assert "cases_caseevent_no_update" in missing or "cases_caseevent_no_change" in missing
    assert {error.id for error in guards.check_guards(app_configs=None, databases=["default"])} == {
        "portal.W001"
    }
    call_command("migrate", verbosity=0)  # runs the check first and must not be stopped by it
    assert guards.missing_guards() == []


def test_verify_clean_ledger_finds_nothing(office: Unit, clerk: Person) -> None:
    handled(office, clerk)
    assert list(ledger.verify_cases()) == []


def _flip_label(event: CaseEvent) -> None:
    sql("UPDATE cases_caseevent SET actor_label = 'somebody else' WHERE id = %s", event.pk)


def _flip_time(event: CaseEvent) -> None:
    CaseEvent.objects.filter(pk=event.pk).update(at=event.at + timedelta(microseconds=1))


def _flip_facts(event: CaseEvent) -> None:
    CaseEvent.objects.filter(pk=event.pk).update(facts={"forged": True})


def _drop(event: CaseEvent) -> None:
    ClockEntry.objects.filter(event=event).delete()
    sql("DELETE FROM cases_caseevent WHERE id = %s", event.pk)


def _flip_digest(event: CaseEvent) -> None:
    sql("UPDATE cases_caseevent SET digest = %s WHERE id = %s", "0" * 64, event.pk)


@pytest.mark.parametrize("tamper", [_flip_label, _flip_time, _flip_facts, _drop, _flip_digest])
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_every_tampering_is_found(
    office: Unit, clerk: Person, tamper: Callable[[CaseEvent], None], seq: int
) -> None:
    case = handled(office, clerk)
    guards.remove_guards()
    tamper(case.events.get(seq=seq))
    guards.install_guards()
    assert [finding.case for finding in ledger.verify_cases()] == [case.number]


def test_changed_due_date_is_found(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    sql("UPDATE cases_case SET due_on = '2030-01-02' WHERE id = %s", case.pk)
    assert [finding.reason[:5] for finding in ledger.verify_cases()] == ["到期日缓存"]


def test_changed_state_is_found(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    sql("UPDATE cases_case SET state = 'answered' WHERE id = %s", case.pk)
    assert [finding.reason for finding in ledger.verify_cases()] == ["现状态与事件不符"]


def test_removed_tail_is_found_through_anchor(office: Unit, clerk: Person) -> None:
    """A tail cut off together with the head passes the chain; the anchor shows it."""
    case = handled(office, clerk)
    ledger.add_anchor(at=timezone.now(), settling=timedelta(seconds=-5))
    guards.remove_guards()
    tail = case.events.get(seq=3)
    before = case.events.get(seq=2)
    tail.delete()
    Case.objects.filter(pk=case.pk).update(title="x")
    sql(
        "UPDATE cases_case SET last_seq = 2, last_digest = %s, state = %s WHERE id = %s",
        before.digest,
        before.to_state,
        case.pk,
    )
    guards.install_guards()
    assert list(ledger.verify_cases()) == []
    assert [finding.reason for finding in ledger.verify_anchors()] == ["办件或事件被删改（根摘要不符）"]


def test_forged_anchor_is_found(office: Unit, clerk: Person) -> None:
    handled(office, clerk)
    anchor = ledger.add_anchor(at=timezone.now(), settling=timedelta(seconds=-5))
    assert anchor is not None
    guards.remove_guards()
    LedgerAnchor.objects.filter(pk=anchor.pk).update(root="f" * 64)
    guards.install_guards()
    assert next(iter(ledger.verify_anchors())).reason == "签名无效"


@pytest.mark.parametrize("signature", ["", "zz" * 64, "ab" * 64, "abc"])
def test_anchor_whose_signature_is_no_signature_is_found(office: Unit, clerk: Person, signature: str) -> None:
    handled(office, clerk)
    anchor = ledger.add_anchor(at=timezone.now(), settling=timedelta(seconds=-5))
    assert anchor is not None
    anchor.signature = signature
    assert [finding.reason for finding in ledger.verify_anchor(anchor)] == ["签名无效"]


def test_anchor_of_nothing_new_is_not_made(office: Unit, clerk: Person) -> None:
    handled(office, clerk)
    now = timezone.now()
    assert ledger.add_anchor(at=now, settling=timedelta(seconds=-5)) is not None
    assert ledger.add_anchor(at=now, settling=timedelta(seconds=-5)) is None


def test_verify_ledger_exits_one_and_names_the_case(office: Unit, clerk: Person, capsys: Any) -> None:
    case = handled(office, clerk)
    call_command("verify_ledger")
    assert "台账完整：1件办件" in capsys.readouterr().out
    sql("UPDATE cases_case SET state = 'answered' WHERE id = %s", case.pk)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger")
    assert stopped.value.code == 1
    assert str(case.number) in capsys.readouterr().out


def test_random_bit_flips_are_all_found(office: Unit, clerk: Person) -> None:
    """Two hundred random changes of one character in one column: none goes unseen."""
    case = handled(office, clerk)
    rows = list(case.events.order_by("seq"))
    chooser = random.Random(7)
    guards.remove_guards()
    for _ in range(200):
        row = chooser.choice(rows)
        column = chooser.choice(
            ["kind", "actor_kind", "actor_label", "from_state", "to_state", "prev", "digest"]
        )
        old = getattr(row, column)
        place = chooser.randrange(min(len(old) + 1, 64))
        CaseEvent.objects.filter(pk=row.pk).update(**{column: (old[:place] + "~" + old[place + 1 :])[:64]})
        assert next(ledger.verify_cases(), None) is not None, (row.seq, column)
        CaseEvent.objects.filter(pk=row.pk).update(**{column: old})
    guards.install_guards()
    assert list(ledger.verify_cases()) == []

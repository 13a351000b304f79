"""Whoever changes, moves, takes away or puts in a row behind the portal's back is found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from consultations.actions import dispose
from mailbox.models import Letter
from mailbox.responses.actions import order_response
from portal.cases import guards, proving
from portal.cases.models import Case
from portal.ledger import rows
from portal.ledger.binding import bind_all, not_bound
from portal.ledger.checking import check_seals
from portal.ledger.models import CaseOpening, RowSeal
from portal.ledger.tables import Table, bound_tables, own_models
from portal.ledger.unbound import COLUMNS, TABLES
from portal.units.models import Account, Unit
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories import consultations, notices, polls
from tests.factories.mailbox import (
    Hands,
    answered,
    staffed,  # noqa: F401 (the fixture hands)
    submitted,
)
from tests.factories.requests_app import answered as request_answered
from tests.integrity.test_ledger import sql

Team = dict[str, Person]
pytestmark = pytest.mark.django_db

# What anybody may be answered, counted or told by, and the column that says it.
SIGNED = (
    ("cases_case", "number", "'玉府办公开〔2026〕99号'"),
    ("cases_case", "unit_id", "(SELECT MAX(id) FROM units_unit)"),
    ("cases_case", "title", "'另一标题'"),
    ("cases_case", "created_at", "'2020-01-01 00:00:00+00'"),
    ("requests_app_replyitem", "reason", "'另一理由'"),
    ("requests_app_disclosurerequest", "information_name", "'另一信息'"),
    ("publishing_signoff", "account_id", "(SELECT MAX(id) FROM units_account)"),
    ("publishing_review", "content_sha256", "'0'"),
    ("polls_ballot", "answers", """'{"q1": "o2"}'"""),
    ("polls_tally", "data", "'{}'"),
    ("consultations_comment", "text", "'完全赞成'"),
    ("consultations_disposition", "reason", "'另一理由'"),
    ("consultations_clause", "text", "'另一条'"),
    ("notices_articleversion", "body", "'另一正文'"),
    ("notices_article", "doc_number", "'玉政发〔2026〕99号'"),
    ("mailbox_letter", "place", "'别处'"),
    ("mailbox_assignment", "unit_id", "(SELECT MAX(id) FROM units_unit)"),
    ("documents_officialdocument", "number", "'玉府办公开〔2026〕98号'"),
    ("units_appointment", "starts_on", "'2000-01-01'"),
    ("units_account", "display_name", "'别人'"),
    ("cases_clockentry", "days", "99"),
)


@pytest.fixture
def world(office: Unit, hands: Hands, team: Team) -> DisclosureRequest:
    """A request and a letter answered, a poll counted, a comment dealt with, an item published."""
    answered(hands)
    polls.counted(office, team)
    case = consultations.announced(office, team)
    consultations.said(case, "停水应当至少提前两天告知用户。", key="k1")
    consultations.actions.close(case=case, actor=team["clerk"].actor, at=moment("2026-04-01", 9))
    dispose(
        case=case,
        comments=list(case.comments.all()),
        outcome="rejected",
        reason="改为一天",
        target=None,
        actor=team["clerk"].actor,
        at=moment("2026-04-02"),
    )
    notices.published(office, team)
    return request_answered(office, team)


def found() -> list[str]:
    """What the whole proof finds."""
    return [finding.reason for finding in proving.everything()]


def test_each_signed_published_counted_and_answered_column_is_found(world: DisclosureRequest) -> None:
    assert (found(), not_bound()) == ([], [])
    guards.remove_guards()
    seen = 0
    for table, column, value in SIGNED:
        with transaction.atomic():
            key = bound_tables()[table].keys[0]
            one = f"SELECT MIN(CAST({key} AS TEXT)) FROM {table}"
            sql(f"UPDATE {table} SET {column} = {value} WHERE CAST({key} AS TEXT) = ({one})")
            reasons = [
                reason
                for entry in check_seals(list(RowSeal.objects.filter(table=table))).values()
                for reason in entry
            ]
            assert [reason.split("行")[-1] for reason in reasons] == [f"{column}被改动"], (table, reasons)
            seen += 1
            transaction.set_rollback(True)
    assert seen == 21


def test_verify_ledger_names_the_row(world: DisclosureRequest, capsys: Any) -> None:
    sql("UPDATE cases_case SET title = '另一标题' WHERE id = %s", world.pk)
    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    assert f"办件（cases_case）第{world.pk}行title被改动" in capsys.readouterr().out


def test_a_sealed_value_of_another_row_is_found(office: Unit) -> None:
    first, second = submitted(name="王小明"), submitted(name="李四")
    sql(
        "UPDATE mailbox_letter SET name = (SELECT name FROM mailbox_letter WHERE case_ptr_id = %s) WHERE case_ptr_id = %s",
        first.pk,
        second.pk,
    )
    assert Letter.objects.get(pk=second.pk).name == "王小明"
    assert found() == [f"来信（mailbox_letter）第{second.pk}行name被改动"]


def test_a_lawful_step_does_not_wash_an_altered_row(office: Unit, hands: Hands) -> None:
    case = submitted()
    sql("UPDATE mailbox_letter SET place = '别处' WHERE case_ptr_id = %s", case.pk)
    letter = Letter.objects.get(pk=case.pk)
    letter.residence = "红塔区"
    letter.save()
    assert found() == [f"来信（mailbox_letter）第{case.pk}行place被改动"]
    letter.place = "玉兴路"  # said anew, by the portal
    letter.save()
    assert found() == []


def test_a_case_deleted_between_anchors_is_found(office: Unit, hands: Hands) -> None:
    gone, later = submitted(), submitted()
    public_id = gone.public_id
    opening = CaseOpening.objects.get(case=public_id).pk
    guards.remove_guards()
    _delete(gone)
    assert f"办件（cases_case）第{gone.pk}行被删除" in found()
    sql("DELETE FROM ledger_rowseal")  # whoever knows of the seals takes those too
    bind_all(names=tuple(bound_tables()))
    assert found() == ["办件已收件登记，现在没有了"]
    sql("DELETE FROM ledger_caseopening WHERE id = %s", opening)
    sql("DELETE FROM ledger_rowseal WHERE 'table' = 'ledger_caseopening'")
    assert f"此前的第{opening}号收件登记没有了" in found()
    assert CaseOpening.objects.get(case=later.public_id).seen == [opening]


def _delete(case: Letter) -> None:
    """The case and whatever points at it, by plain SQL."""
    events = "SELECT id FROM cases_caseevent WHERE case_id = %s"
    for statement in (
        f"DELETE FROM cases_eventpayload WHERE event_id IN ({events})",
        "DELETE FROM cases_clockentry WHERE case_id = %s",
        "DELETE FROM cases_caseevent WHERE case_id = %s",
        "DELETE FROM cases_submission WHERE case_id = %s",
        "DELETE FROM documents_officialdocument WHERE case_id = %s",
        "DELETE FROM mailbox_letter WHERE case_ptr_id = %s",
        "DELETE FROM cases_case WHERE id = %s",
    ):
        sql(statement, case.pk)


def test_a_row_put_in_by_hand_is_found(office: Unit) -> None:
    sql(
        "INSERT INTO units_appointment (account_id, unit_id, role, starts_on) SELECT %s, %s, 'reviewer', '2026-01-01'",
        Account.objects.create_user("x@test.invalid", "x" * 12).pk,
        office.pk,
    )
    (reason,) = found()
    assert reason.startswith("任职（units_appointment）第") and reason.endswith("行不是由系统写入")


def test_every_way_of_writing_keeps_rows_whole(office: Unit) -> None:
    case = submitted()
    Letter.objects.filter(pk=case.pk).update(place="玉江路")
    Letter.objects.filter(case_ptr__title=case.title).update(residence="红塔区")
    units = list(Unit.objects.all()[:3])
    for unit in units:
        unit.sort = 9
    Unit.objects.bulk_update(units, ["sort"])
    Account.objects.bulk_create([Account(email=f"{n}@test.invalid") for n in range(3)])
    Account.objects.filter(email="1@test.invalid").delete()
    try:
        with transaction.atomic():
            Letter.objects.filter(pk=case.pk).update(place="不算")
            raise RuntimeError
    except RuntimeError:
        pass
    assert found() == []


def _made_up(table: Table) -> str:
    """A row of that table as nobody would write it, with checks off; its name."""
    kinds = {field.column: field.get_internal_type() for field in table.model._meta.local_concrete_fields}
    key = tuple("a" * 32 if kinds[column] == "UUIDField" else 900001 for column in table.keys)
    meta = table.model._meta
    left_out = [
        c.column
        for c in meta.local_concrete_fields
        if c.column and c.column not in (*table.keys, *table.columns)
    ]
    columns = [*table.keys, *table.columns, *left_out]
    sql(
        f'INSERT INTO "{table.name}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in columns)}) '
        f"VALUES ({', '.join(['%s'] * len(columns))})",
        *key,
        *[f"{column}-1" for column in (*table.columns, *left_out)],
    )
    return rows.name_of(key)


@pytest.mark.skipif(
    "postgresql" in connection.settings_dict["ENGINE"], reason="checks cannot be put off there"
)
def test_each_column_of_each_bound_table_is_found() -> None:
    told: dict[str, tuple[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    with transaction.atomic():
        guards.remove_guards()
        for table in bound_tables().values():
            name = _made_up(table)
            bind_all(names=(table.name,))
            seal = RowSeal.objects.get(table=table.name, row=name)
            assert check_seals([seal]) == {}
            where = " AND ".join(f'"{column}" = %s' for column in table.keys)
            found = [_is_found(table, seal, name.split(","), where, column) for column in table.columns]
            told[table.name] = (len(found), sum(found))
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    _tell(told)
    assert [name for name, (altered, found_) in told.items() if altered != found_] == []
    assert sum(altered for altered, _ in told.values()) > 800


def _is_found(table: Table, seal: RowSeal, key: list[str], where: str, column: str) -> bool:
    set_to = f'UPDATE "{table.name}" SET "{column}" = %s WHERE {where}'
    sql(set_to, f"{column}-2", *key)
    reasons = check_seals([seal]).get(seal.pk, [])
    sql(set_to, f"{column}-1", *key)
    return reasons == [f"{table.title}（{table.name}）第{seal.row}行{column}被改动"]


def _tell(told: dict[str, tuple[int, int]]) -> None:
    """For `make drill`: columns altered and found, by table, and what is left out with its reason."""
    if "PORTAL_DRILL" not in os.environ:
        return
    lines = [f"{name}: {found} of {altered}" for name, (altered, found) in told.items()]
    lines.append(f"in all: {sum(f for _, f in told.values())} of {sum(a for a, _ in told.values())}")
    lines += [f"not covered: {name}: {reason}" for name, reason in TABLES.items()]
    lines += [f"not covered: {label}.{column}: {reason}" for (label, column), reason in COLUMNS.items()]
    Path(os.environ["PORTAL_DRILL"], "tampering.txt").write_text("\n".join(lines), encoding="utf-8")


def test_what_is_left_out_is_named_with_its_reason() -> None:
    labels = {model._meta.label for model in own_models()}
    assert set(TABLES) <= labels
    assert {label for label, _ in COLUMNS} <= labels
    assert len(labels) == len(bound_tables()) + len(TABLES)
    assert all(len(reason) > 8 for reason in (*TABLES.values(), *COLUMNS.values()))
    assert Case._meta.label not in TABLES


def test_letters_added_to_a_response_are_sealed_and_an_altered_one_is_not_washed(
    office: Unit, housing: Unit, clerk: Person
) -> None:
    first, second, third = submitted(), submitted(), submitted()
    case = order_response(
        topic="路灯不亮",
        brief="请说明。",
        letters=[first],
        unit=housing,
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )
    case.letters.add(first, second)
    assert (found(), not_bound()) == ([], [])
    table = bound_tables()["responses_responsetask_letters"]
    assert RowSeal.objects.filter(table=table.name).count() == case.letters.count() == 2
    sql(f"UPDATE {table.name} SET letter_id = %s WHERE letter_id = %s", third.pk, second.pk)
    case.letters.add(third)
    assert len(found()) == 1
    case.letters.remove(first)
    assert RowSeal.objects.filter(table=table.name).count() == 1

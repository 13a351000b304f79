"""No two papers carry one number, no two kinds of case one prefix."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from consultations.courses.choices import KIND as COURSE
from portal.cases.numbers import take_case_number
from portal.cases.registry import KINDS as CASE_KINDS
from portal.cases.registry import CaseKind, register_kind
from portal.documents.actions import issue
from portal.documents.kinds import KINDS, SERIES, number_word, register_series
from portal.documents.models import OfficialDocument
from portal.documents.queries import doubled_numbers
from portal.supervision import health
from portal.supervision.actions import issue_order
from portal.supervision.choices import PANEL, Sort
from portal.supervision.models import Panel
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.mailbox import Hands, answered, staffed  # noqa: F401  fixtures
from tests.factories.requests_app import handled

AT = moment("2026-03-03")


def paper(case: Any, kind: str, unit: Unit, actor: Any) -> OfficialDocument:
    """A paper of that kind with the facts of its sample."""
    return issue(case, kind, unit=unit, actor=actor, at=AT, facts=dict(KINDS[kind].sample))


def test_papers_of_one_office_never_carry_the_same_number(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, on="2026-02-10")
    kinds = [code for code, kind in KINDS.items() if kind.numbered]
    for _ in range(2):
        for code in kinds:
            paper(case, code, office, clerk.actor)
    numbers = list(OfficialDocument.objects.exclude(number="").values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) >= 2 * len(kinds)
    assert doubled_numbers() == []
    words = {code: number_word("玉政办公开", code) for code in SERIES}
    assert words == {
        "disclosure": "玉政办公开",
        "mailbox": "玉政办信",
        "mailbox_urge": "玉政办督",
        "supervision": "玉政办监",
        "circular": "玉政办通",
        "course": "玉政办培",
        "duty_log": "玉政办读",
    }


def test_number_that_another_series_gave_is_left_out_and_told(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk, on="2026-02-10")
    known = OfficialDocument.objects.filter(unit=office, series="disclosure").count()
    old = paper(case, "correction_order", office, clerk.actor)
    older = paper(case, "correction_order", office, clerk.actor)
    OfficialDocument.objects.filter(pk=old.pk).update(number=f"玉政办公开〔2026〕{known + 1}号")
    OfficialDocument.objects.filter(pk=older.pk).update(number=f"玉政办公开〔2026〕第{known + 2}号")
    new = paper(case, "receipt", office, clerk.actor)
    assert new.number == f"玉政办公开〔2026〕{known + 3}号"
    OfficialDocument.objects.filter(pk=older.pk).update(number=new.number)
    assert doubled_numbers() == [(new.number, 2)]
    reading = next(row for row in health.readings(AT) if row.title == "文书文号")
    assert (reading.good, reading.value) == (False, "1个文号用于多份文书")
    assert new.number in reading.hint


def test_series_with_the_word_of_another_stops_the_start() -> None:
    with pytest.raises(ValueError, match="registered already"):
        register_series("second", "另一种", "督")
    assert "second" not in SERIES


def test_prefix_of_another_kind_stops_the_start() -> None:
    known = CASE_KINDS[PANEL]
    second = CaseKind("second", "另一种", known.model, (), known.staff_url, known.citizen_url, prefix="C")
    with pytest.raises(ValueError, match="registered for panel already"):
        register_kind(second)
    CASE_KINDS.pop("second", None)


def test_every_kind_takes_its_numbers_under_its_own_prefix(office: Unit) -> None:
    taken = [kind.prefix for kind in CASE_KINDS.values() if kind.prefix]
    assert len(taken) == len(set(taken)) == 14
    with transaction.atomic(), pytest.raises(ValueError, match="is not that of panel"):
        take_case_number("P", PANEL, 2026)


def test_course_after_old_panels_takes_the_next_free_number(hands: Hands) -> None:
    for ordinal in (1, 2):
        case = handled(hands.unit, hands.clerk, on="2026-02-10")
        type(case).objects.filter(pk=case.pk).update(number=f"P2026-{ordinal:05d}")
    with transaction.atomic():
        assert take_case_number("P", COURSE, 2026) == "P2026-00003"


def test_panel_is_opened_from_its_page_beside_a_course(hands: Hands) -> None:
    answered(hands)
    with transaction.atomic():
        assert take_case_number("P", COURSE, 2026) == "P2026-00001"
    watching = person("watching", hands.office, Role.SUPERVISOR)
    members = [person("one", hands.office, Role.CLERK), person("two", hands.office, Role.CLERK)]
    sent = watching.client().post(
        reverse("supervision:panels"),
        {
            "first": "2026-02",
            "last": "2026-02",
            "per_unit": "3",
            "members": "\n".join(row.account.email for row in members),
        },
    )
    assert sent.status_code == 302
    assert Panel.objects.get().number == f"C{date.today().year}-00001"


def test_order_is_numbered_apart_from_receipts(office: Unit, housing: Unit, clerk: Person) -> None:
    handled(office, clerk, on="2026-02-10")
    watching = person("watching", office, Role.SUPERVISOR)
    order = issue_order(sort=Sort.SUPERVISE, demand="请立即办理", actor=watching.actor, at=AT, unit=housing)
    assert order.documents.get().number == "玉政办监〔2026〕1号"

"""Case numbers that run over the whole city never meet, whichever unit opens the case."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from notices import actions as notices
from notices.models import Column
from portal.cases.numbers import take_case_number
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person


def test_two_units_get_different_numbers_in_one_series(office: Unit, housing: Unit) -> None:
    with transaction.atomic():
        numbers = [take_case_number("F", "article", 2026) for _ in range(3)]
    assert numbers == ["F2026-00001", "F2026-00002", "F2026-00003"]


def test_two_units_may_both_write_an_item(office: Unit, housing: Unit, clerk: Person) -> None:
    notices.load_catalogue()
    other = person("other", housing, Role.CLERK)
    made: list[Any] = []
    for unit, who in ((office, clerk), (housing, other)):
        column = Column.objects.filter(unit=unit, entry="notices").first()
        assert column is not None
        answers = {
            "column": column,
            "title": "通告",
            "route": "general",
            "subject": "governance",
            "body": "正文。",
            "doc_number": "",
            "issuer": unit.name,
            "made_on": moment("2026-03-16").date(),
            "openness": "proactive",
            "summary": "",
            "source": "",
            "source_url": "",
            "interprets": None,
            "outlets": ["board"],
        }
        made.append(notices.open_item(answers=answers, actor=who.actor, at=moment("2026-03-16")))
    assert [case.number for case in made] == ["F2026-00001", "F2026-00002"]

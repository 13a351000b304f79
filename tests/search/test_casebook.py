"""Finding cases by who asked and what was said; and that no personal word is where everyone can search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from portal.cases.models import Case
from portal.privacy.fields import SealedTextField
from portal.search import following
from portal.search.actions import index
from portal.search.casebook import find_cases, follow
from portal.search.models import CaseWord, SearchEntry
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.requests_app import answered, handled, registered

Team = dict[str, Person]
FIND = "workbench:find"


@pytest.fixture(autouse=True)
def own_index(db: None) -> Iterator[None]:
    following.forget()
    yield
    following.forget()


def numbers(person: Person, typed: str) -> list[str]:
    page = person.client().post(reverse(FIND), {"words": typed})
    assert page.status_code == 200
    return [str(case.number) for case in page.context["page"]["rows"]]


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_a_clerk_finds_a_case_by_number_name_telephone_and_words(
    office: Unit, clerk: Person, team: Team, outsider: Person
) -> None:
    case = answered(office, team)
    reply = case.answer.items.first()
    assert reply is not None
    for typed in (
        case.number,
        case.name,
        case.phone,
        f" {case.name} ",
        case.description[:12],
        reply.body[:12],
    ):
        if typed:
            assert case.number in numbers(clerk, typed), typed
            assert numbers(outsider, typed) == [], typed


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_a_case_is_taken_up_once_for_each_event(office: Unit, clerk: Person) -> None:
    case = registered(office, clerk, on="2026-03-03")
    assert find_cases(Case.objects.filter(pk=case.pk), case.name).count() == 1
    assert follow(Case.objects.all()) == 0


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_words_are_kept_as_digests_only(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    numbers(clerk, case.name)
    kept = list(CaseWord.objects.values_list("digest", flat=True))
    assert kept and all(len(digest) == 24 and set(digest) <= set("0123456789abcdef") for digest in kept)


def test_only_staff_may_find(client: object, citizen: Person) -> None:
    answer = citizen.client().post(reverse(FIND), {"words": "王"})
    assert answer.status_code in (302, 403, 404)


def sealed_values() -> set[str]:
    """Every sealed text of every table, two signs or longer."""
    found = set()
    for model in apps.get_models():
        names = [field.name for field in model._meta.get_fields() if isinstance(field, SealedTextField)]
        if names:
            for row in model._default_manager.values_list(*names):
                found |= {value for value in row if isinstance(value, str) and len(value) >= 2}
    return found


@time_machine.travel(moment("2026-03-12"), tick=False)
def test_no_sealed_value_is_in_the_open_index(office: Unit, clerk: Person, team: Team) -> None:
    answered(office, team)
    handled(office, clerk)
    index(
        kind="article",
        key="a",
        title="公开的通知",
        body="正文",
        unit=office,
        published_on=date(2026, 3, 1),
        url="/a/",
    )
    values = sealed_values()
    assert len(values) >= 5
    for value in values:
        assert not SearchEntry.objects.filter(folded__contains=value.lower()).exists(), value
        assert not search(f'"{value}"').hits, value

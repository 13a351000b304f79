"""The administrator's table of plain words, and the searches that led to nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from portal.administration.models import AdminRecord
from portal.search.models import AskedQuery, PlainWord
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Unit
from tests.cast import Person

PAGE = "administration:words"


@pytest.fixture
def admin(office: Unit, clerk: Person) -> Person:
    """A system administrator."""
    from portal.units.access import actor_for

    account = Account.objects.create_user("system@example.org", None, display_name="系统管理员")
    appoint(account=account, unit=office, role=Role.SYSTEM_ADMIN, starts_on=date(2020, 1, 1))
    return type(clerk)(account=account, actor=actor_for(account, date(2026, 3, 2)))


def test_the_table_comes_with_the_portal(db: None) -> None:
    assert PlainWord.objects.count() >= 300
    assert PlainWord.objects.get(plain="低保").official.split()[0] == "最低生活保障"


def test_a_word_is_added_with_a_record_and_the_search_is_settled(admin: Person) -> None:
    AskedQuery.objects.create(text="随手拍", asked=4, found=0, last_on=date(2026, 3, 1))
    page = admin.client().get(reverse(PAGE)).content.decode()
    assert "随手拍" in page and "增加通俗说法" in page
    done = admin.client().post(reverse(PAGE), {"plain": "随手拍", "official": "投诉 举报", "source": "编辑"})
    assert done.status_code == 302
    assert PlainWord.objects.get(plain="随手拍").official == "投诉 举报"
    assert AdminRecord.objects.get().after == {"plain": "随手拍", "official": "投诉 举报"}
    assert "增加通俗说法<span" not in admin.client().get(reverse(PAGE)).content.decode()


def test_a_word_that_is_there_already_is_refused(admin: Person) -> None:
    answer = admin.client().post(reverse(PAGE), {"plain": "低保", "official": "别的", "source": ""})
    assert answer.status_code == 400
    assert PlainWord.objects.filter(plain="低保").count() == 1


def test_a_row_is_changed_on_the_page_of_rules(admin: Person) -> None:
    row = PlainWord.objects.get(plain="低保")
    address = reverse("administration:rule", args=["plain_words", row.pk])
    assert admin.client().get(address).status_code == 200
    done = admin.client().post(address, {"official": "最低生活保障", "source": "民政", "in_use": "on"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.official, row.source) == ("最低生活保障", "民政")
    assert AdminRecord.objects.count() == 1


def test_only_a_system_administrator_may(clerk: Person) -> None:
    assert clerk.client().get(reverse(PAGE)).status_code in (302, 403, 404)
    assert PlainWord.objects.filter(plain="新词").count() == 0

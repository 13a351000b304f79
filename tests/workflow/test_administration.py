"""The administrators' room: three roles, each act on record; a holiday notice with a look at what it moves."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from mailbox.models import Term
from portal.administration import actions, queries
from portal.administration.choices import Act
from portal.administration.models import AdminRecord
from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import YearNotice
from portal.documents.kinds import KINDS
from portal.holidays.calendars import calendar, forget
from portal.jobs.outbox import run_due
from portal.units.access import actor_for
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from tests.cast import Person, moment, person
from tests.factories.requests_app import handled

NOTICE = YearNotice(
    2027,
    "国办发明电〔2026〕6号",
    ((date(2027, 1, 1), date(2027, 1, 3), "元旦"), (date(2027, 1, 4), date(2027, 1, 8), "试验")),
    ((date(2027, 1, 9), "试验"),),
)
AT = moment("2026-12-21")


@pytest.fixture
def admin(office: Unit) -> Person:
    """系统管理员."""
    return person("admin", office, Role.SYSTEM_ADMIN)


@pytest.fixture
def security(office: Unit) -> Person:
    """安全管理员."""
    return person("security", office, Role.SECURITY_ADMIN)


@pytest.fixture
def audit(office: Unit) -> Person:
    """审计管理员."""
    return person("audit", office, Role.AUDIT_ADMIN)


def test_preview_shows_every_date_that_moves_and_writes_nothing(office: Unit, clerk: Person) -> None:
    near = handled(office, clerk, on="2026-12-01")
    far = handled(office, clerk, on="2026-12-15")
    found = queries.preview(NOTICE, date(2026, 12, 21))
    assert [(entry.case.pk, entry.before, entry.after) for entry in found.moved] == [
        (far.pk, date(2027, 1, 13), date(2027, 1, 19))
    ]
    assert (found.later, found.earlier, found.by_unit) == (1, 0, [(office.short_name, 1)])
    assert near.due_on == date(2026, 12, 29)
    far.refresh_from_db()
    assert far.due_on == date(2027, 1, 13)
    assert calendar().is_workday(date(2027, 1, 5))


def test_entering_a_notice_moves_the_dates_with_an_event_each(
    office: Unit, clerk: Person, admin: Person, security: Person
) -> None:
    case = handled(office, clerk, on="2026-12-15")
    before = queries.preview(NOTICE, date(2026, 12, 21)).moved
    with pytest.raises(StepRefused):
        actions.enter_year(notice=NOTICE, issued_on=None, actor=security.actor, at=AT)
    actions.enter_year(notice=NOTICE, issued_on=date(2026, 11, 1), actor=admin.actor, at=AT)
    forget()
    run_due()
    case.refresh_from_db()
    assert case.due_on == before[0].after
    assert case.events.order_by("-seq").first().kind == "recompute"
    assert AdminRecord.objects.get().act == Act.NOTICE
    assert queries.preview(NOTICE, date(2026, 12, 21)).moved == []
    assert list(verify_cases()) == []
    forget()


def test_a_case_that_becomes_overdue_is_named(office: Unit, clerk: Person, admin: Person) -> None:
    case = handled(office, clerk, on="2026-12-15")
    actions.enter_year(notice=NOTICE, issued_on=None, actor=admin.actor, at=AT)
    forget()
    run_due()
    plain = YearNotice(2027, "更正", ((date(2027, 1, 1), date(2027, 1, 1), "元旦"),), ())
    found = queries.preview(plain, date(2027, 1, 14))
    assert [entry.case.pk for entry in found.newly_overdue] == [case.pk]
    assert found.earlier == 1
    forget()


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("days_off", "元旦 2027-01-01", "第1行应为“名称 首日 末日”"),
        ("days_off", "元旦 2027-13-01 2027-01-03", "不是日期"),
        ("days_off", "元旦 2027-01-03 2027-01-01", "结束日期早于开始日期"),
        ("days_off", "元旦 2028-05-01 2028-05-02", "不属于2027年度"),
        ("work_on", "元旦 2027-01-02", "既是放假日又是上班日"),
        ("document", "", "请填写文号"),
    ],
)
def test_a_wrong_notice_is_refused_beside_its_field_and_kept(
    admin: Person, monkeypatch: Any, field: str, text: str, sentence: str
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    words = {
        "document": "国办发明电〔2026〕6号",
        "issued_on": "2026-11-01",
        "days_off": "元旦 2027-01-01 2027-01-03",
        "work_on": "",
    }
    answer = admin.client().post(reverse("administration:year", args=[2027]), {**words, field: text})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert sentence in page
    assert "国办发明电" in page or field == "document"


def test_notice_page_asks_before_it_enters(
    office: Unit, clerk: Person, admin: Person, monkeypatch: Any
) -> None:
    handled(office, clerk, on="2026-12-15")
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    page, browser = reverse("administration:year", args=[2027]), admin.client()
    words = {
        "document": "国办发明电〔2026〕6号",
        "issued_on": "2026-11-01",
        "days_off": "元旦 2027-01-01 2027-01-03\n试验 2027-01-04 2027-01-08",
        "work_on": "试验 2027-01-09",
    }
    shown = browser.post(page, words)
    assert "2027年1月19日" in shown.content.decode()
    assert not AdminRecord.objects.exists()
    again = browser.post(page, {**words, "seen": "0" * 64})
    assert not AdminRecord.objects.exists(), "what is confirmed is what was seen"
    done = browser.post(page, {**words, "seen": again.context["seen"]})
    assert done.status_code == 302
    assert AdminRecord.objects.get().after["work"] == ["试验 2027-01-09"]
    assert "国办发明电〔2026〕6号" in browser.get(reverse("administration:holidays")).content.decode()
    assert browser.get(reverse("administration:year", args=[1999])).status_code == 404
    forget()


def test_a_rule_is_changed_with_its_old_value_on_record(admin: Person, security: Person) -> None:
    term = Term.objects.order_by("pk").first()
    assert term is not None
    page = reverse("administration:rule", args=["letter_terms", term.pk])
    browser = admin.client()
    assert security.client().get(page).status_code == 403
    assert browser.post(page, {"days": "abc", "source": term.source}).status_code == 400
    wrong = browser.post(page, {"days": "61", "source": term.source})
    assert wrong.status_code == 400
    assert "数值不在允许的范围内" in wrong.content.decode()
    was = term.days
    assert browser.post(page, {"days": was + 1, "source": "市政府办公室通知"}).status_code == 302
    record = AdminRecord.objects.get()
    assert record.before["days"] == was
    assert record.after == {"days": was + 1, "source": "市政府办公室通知"}
    term.refresh_from_db()
    assert term.days == was + 1
    assert browser.post(page, {"days": was + 1, "source": "市政府办公室通知"}).status_code == 302
    assert AdminRecord.objects.count() == 1
    assert browser.get(reverse("administration:rule", args=["no", 1])).status_code == 404


def test_every_limit_and_rule_shows_its_source(admin: Person) -> None:
    page = admin.client().get(reverse("administration:rules")).content.decode()
    for words in (
        "20个工作日",
        "第三十三条",
        "2019年5月15日",
        "书记市长信箱期限",
        "考核指标和权重",
        "复议前置情形",
    ):
        assert words in page


def test_somebody_is_appointed_and_ends(
    security: Person, admin: Person, housing: Unit, citizen: Person
) -> None:
    page, browser = reverse("administration:people"), security.client()
    asked = {"email": "new@test.invalid", "unit": housing.pk, "role": Role.CLERK, "starts_on": "2026-03-02"}
    assert admin.client().post(page, asked).status_code == 403
    wrong = browser.post(page, asked)
    assert wrong.status_code == 400
    assert "新账号须填写姓名" in wrong.content.decode()
    assert browser.post(page, {**asked, "name": "新来"}).status_code == 302
    made = Appointment.objects.get(account__email="new@test.invalid")
    assert not made.account.has_usable_password()
    assert actor_for(made.account, date(2026, 3, 1)).roles == frozenset()
    assert actor_for(made.account, date(2026, 3, 2)).has_role(housing.pk, Role.CLERK)
    end = reverse("administration:end", args=[made.pk])
    assert browser.post(end, {"ends_on": "2026-02-01"}).status_code == 400
    assert browser.post(end, {"ends_on": "2026-06-30"}).status_code == 302
    made.refresh_from_db()
    assert not actor_for(made.account, date(2026, 7, 1)).has_role(housing.pk, Role.CLERK)
    assert browser.post(page, {**asked, "starts_on": "2026-09-01"}).status_code == 302
    assert actor_for(made.account, date(2026, 9, 1)).has_role(housing.pk, Role.CLERK)
    assert list(AdminRecord.objects.order_by("pk").values_list("act", flat=True)) == [
        Act.APPOINT,
        Act.END,
        Act.APPOINT,
    ]


def test_nobody_appoints_oneself_or_holds_two_administrator_roles(
    security: Person, admin: Person, office: Unit
) -> None:
    asked: dict[str, Any] = {
        "name": "",
        "unit": office,
        "starts_on": date(2026, 3, 2),
        "ends_on": None,
        "actor": security.actor,
        "at": AT,
    }
    with pytest.raises(StepRefused, match="自己"):
        actions.appoint(email=security.account.email, role=Role.CLERK, **asked)
    with pytest.raises(StepRefused, match="兼任"):
        actions.appoint(email=admin.account.email, role=Role.AUDIT_ADMIN, **asked)
    with pytest.raises(InvalidInput, match="已经存在"):
        actions.appoint(email=admin.account.email, role=Role.SYSTEM_ADMIN, **asked)


def test_records_cannot_be_changed(security: Person, admin: Person) -> None:
    term = Term.objects.first()
    assert term is not None
    actions.change_row(row=term, values={"days": term.days + 1}, act=Act.RULE, actor=admin.actor, at=AT)
    for statement in (
        "UPDATE administration_adminrecord SET subject = 'x'",
        "DELETE FROM administration_adminrecord",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AdminRecord.objects.count() == 1


def test_each_role_sees_its_own_rooms(
    admin: Person, security: Person, audit: Person, supervisor: Person, citizen: Person, clerk: Person
) -> None:
    rooms = {
        "home": "asu",
        "holidays": "a",
        "rules": "a",
        "units": "a",
        "papers": "a",
        "retention": "a",
        "people": "s",
        "records": "su",
    }
    who = {"a": admin, "s": security, "u": audit}
    for name, letters in rooms.items():
        page = reverse(f"administration:{name}")
        for letter, entry in who.items():
            assert entry.client().get(page).status_code == (200 if letter in letters else 403), (name, letter)
        for other in (supervisor, citizen, clerk):
            assert other.client().get(page).status_code == 403
    assert audit.client().get(reverse("supervision:seen")).status_code == 200
    assert admin.client().get(reverse("supervision:seen")).status_code == 403
    assert admin.client().get(reverse("supervision:system")).status_code == 200


def test_every_paper_has_its_sample(admin: Person) -> None:
    browser = admin.client()
    page = browser.get(reverse("administration:papers")).content.decode()
    for code in KINDS:
        assert reverse("administration:sample", args=[code]) in page
    sample = browser.get(reverse("administration:sample", args=["supervision_order"]))
    assert sample.getvalue().startswith(b"%PDF")
    assert browser.get(reverse("administration:sample", args=["no"])).status_code == 404


@pytest.mark.parametrize("field", ["review_body", "court", "review_channel"])
def test_unit_that_answers_requests_keeps_its_bodies_of_remedy(
    admin: Person, housing: Unit, field: str
) -> None:
    """行政复议法第二十二条第二款、第二十四条; 行政诉讼法第十五条: papers name them, so blanks are refused."""
    page, browser = reverse("administration:unit", args=[housing.code]), admin.client()
    form = browser.get(page).context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, False)}
    refused = browser.post(page, {**data, field: " "})
    assert refused.status_code == 400
    assert refused.context["form"].errors[field] == ["受理依申请公开的机构必须填写，文书要写明救济途径"]
    quiet = {name: value for name, value in data.items() if name != "takes_requests"}
    assert browser.post(page, {**quiet, field: ""}).status_code == 302, (
        "one that does not answer may be blank"
    )
    assert browser.post(page, {**data, field: ""}).status_code == 400, "nor may it begin to answer so"


def test_incomplete_units_are_named(admin: Person, housing: Unit) -> None:
    page, browser = reverse("administration:units"), admin.client()
    assert "没有填全" not in browser.get(page).content.decode()
    Unit.objects.filter(pk=housing.pk).update(court="", review_channel=" ")
    told = browser.get(page).content.decode()
    assert "1 个机构的救济途径没有填全，不能签发答复" in told
    assert "未填：管辖法院、行政复议互联网渠道" in told


def test_unit_data_is_changed(admin: Person, housing: Unit) -> None:
    page, browser = reverse("administration:unit", args=[housing.code]), admin.client()
    form = browser.get(page).context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, False)}
    assert browser.post(page, {**data, "email": "nonsense"}).status_code == 400
    assert browser.post(page, {**data, "phone": "0877-2021111"}).status_code == 302
    housing.refresh_from_db()
    assert housing.phone == "0877-2021111"
    assert Case.objects.count() == 0


def test_unconfirmed_sources_are_a_list_that_gets_shorter(admin: Person) -> None:
    browser = admin.client()
    address = f"{reverse('administration:rules')}?table=open"
    page = browser.get(address).content.decode()
    row = Term.objects.filter(source__contains="待核").first()
    assert row is not None
    count = int(re.findall(r"待核（(\d+)）", page)[0])
    assert page.count("<tr>") - 1 == count
    change = reverse("administration:rule", args=["letter_terms", row.pk])
    assert change in page
    browser.post(change, {"title": row.title, "days": row.days, "source": "市政府办公室通知"})
    assert int(re.findall(r"待核（(\d+)）", browser.get(address).content.decode())[0]) == count - 1
    assert "待核（" in browser.get(reverse("administration:rules")).content.decode()

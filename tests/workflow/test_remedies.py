"""What the papers and the applicant's page say about remedies (行政复议法、行政诉讼法; 法释〔2025〕8号)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from portal.cases.intake import hash_code
from portal.core.errors import StepRefused
from portal.documents.models import OfficialDocument
from portal.holidays.calendars import calendar
from portal.units.models import Unit
from requests_app import actions, queries
from requests_app.actions.reply import ReplyText
from requests_app.choices import ReplyKind, State
from requests_app.models import DisclosureRequest, ReviewFirst
from requests_app.queries.remedies import supervising_office, venue_of
from requests_app.remedies import Contest, Venue, contests, last_days, remedy
from tests.cast import Person, moment
from tests.factories.requests_app import answered, handled
from tests.workflow.test_items import LEDGER, LIST, MINUTES, drafted, send_out

Team = dict[str, Person]
FIRST = frozenset({ReplyKind.REFUSE, ReplyKind.PARTIAL})
VENUE = Venue(("玉溪市人民政府",), "玉溪市红塔区人民法院")


@pytest.mark.parametrize(
    ("kind", "first", "article"),
    [
        # art. 1(二): 对条例第十四条、第十五条、第十六条规定的不予公开行为作出行政复议决定的
        (ReplyKind.REFUSE, True, "第二项"),
        (ReplyKind.PARTIAL, True, "第二项"),
        # art. 1(一): 告知政府信息无法提供或者不予处理的
        (ReplyKind.NOT_HELD, False, "第一项（无法提供）"),
        (ReplyKind.NEEDS_CREATION, False, "第一项（无法提供）"),
        (ReplyKind.UNCLEAR, False, "第一项（无法提供）"),
        (ReplyKind.NOT_OURS, False, "第一项（无法提供）"),
        (ReplyKind.NOT_PROCESSED, False, "第一项（不予处理）"),
        ("abandoned", False, "第一项（不予处理）"),
        ("unpaid", False, "第一项（不予处理）"),
        # 条例第三十六条第（七）项 is none of arts. 14, 15, 16
        (ReplyKind.INQUIRY, False, "限于条例第十四条至第十六条"),
        # art. 1(三): 认为行政机关提供的政府信息不符合其申请内容的
        (ReplyKind.DISCLOSE, False, "第三项"),
        (ReplyKind.ALREADY_PUBLIC, False, "第三项"),
        ("fix", False, "第五项"),
    ],
)
def test_only_what_is_withheld_goes_to_reconsideration_first(
    db: None, kind: str, first: bool, article: str
) -> None:
    """法释〔2025〕8号第一条, in force 2025-06-01; 行政复议法第二十三条第一款第四项."""
    row = ReviewFirst.objects.get(reply_kind=kind)
    assert row.review_first is first
    assert "法释〔2025〕8号" in row.source and article in row.source
    assert "待核" not in row.source


def test_every_kind_of_reply_has_its_row(db: None) -> None:
    kinds = set(ReviewFirst.objects.values_list("reply_kind", flat=True))
    assert kinds == {*ReplyKind.values, "abandoned", "unpaid", "fix"}


@pytest.mark.parametrize(
    ("code", "supervisor"),
    [
        ("housing", "玉溪市人民政府办公室"),
        ("city-office", "云南省人民政府办公厅"),
        ("hongta-office", "玉溪市人民政府办公室"),
    ],
)
def test_complaint_goes_to_the_office_above(organisation: None, code: str, supervisor: str) -> None:
    """条例第三条: 县级以上地方人民政府办公厅（室）是本行政区域的政府信息公开工作主管部门."""
    assert supervising_office(Unit.objects.get(code=code)) == supervisor


@pytest.mark.parametrize(
    ("received", "due", "last", "provisional"),
    [
        # due 16 March 2026; 60 days are 15 May 2026, a Friday
        ("2026-02-10", date(2026, 3, 16), date(2026, 5, 15), False),
        # due 3 November 2026; 60 days are 2 January 2027, a Saturday of a year without a notice
        ("2026-09-30", date(2026, 11, 3), date(2027, 1, 4), True),
    ],
)
def test_unanswered_request_goes_to_reconsideration_first(
    office: Unit, clerk: Person, received: str, due: date, last: date, provisional: bool
) -> None:
    """行政复议法第二十三条第一款第三项: 认为行政机关存在本法第十一条规定的未履行法定职责情形; 第二十条: 60日."""
    case = handled(office, clerk, on=received)
    assert case.due_on == due
    assert queries.citizen_view(case, due).unanswered is None, "the last day is still in time"
    found = queries.citizen_view(case, due + timedelta(days=1))
    assert found.unanswered is not None
    assert (found.unanswered.last.day, found.unanswered.last.provisional) == (last, provisional)
    assert [row.way for row in found.remedies] == ["申请行政复议"]


@time_machine.travel(moment("2026-03-17"), tick=False)
def test_page_of_an_overdue_request_names_remedies(office: Unit, clerk: Person, citizen: Person) -> None:
    case = handled(office, clerk)
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "答复期限已于 2026年3月16日届满" in page
    assert "向 云南省人民政府办公厅反映" in page and "条例第四十七条" in page and "条例第五十一条" in page
    assert (
        "先向 玉溪市人民政府申请（行政复议法第二十三条第一款第三项），最晚 <strong>2026年5月15日</strong>"
        in page
    )
    assert f"可以通过 {CHANNEL}在线提交" in page and "15日内向 玉溪市红塔区人民法院提起行政诉讼" in page


def test_answered_or_waiting_request_is_not_unanswered(office: Unit, team: Team, clerk: Person) -> None:
    done, waiting = answered(office, team), handled(office, clerk)
    actions.request_correction(
        case=waiting, unclear="年度", correct_by=date(2026, 3, 2), actor=clerk.actor, at=moment("2026-02-12")
    )
    for case in (done, waiting):
        assert queries.citizen_view(case, date(2026, 6, 1)).unanswered is None


CHANNEL = "全国行政复议服务平台（https://xzfy.moj.gov.cn）"
ONLINE_TOO = f"也可以通过{CHANNEL}在线提交行政复议申请书"


def remedy_of(case: DisclosureRequest, kind: str) -> str:
    """What a paper says of remedies."""
    return str(OfficialDocument.objects.get(case=case, kind=kind).facts["remedy"])


@pytest.mark.parametrize(("delivery", "named"), [("online", True), ("email", True), ("post", False)])
def test_decision_delivered_online_names_the_internet_channel(
    office: Unit, team: Team, delivery: str, named: bool
) -> None:
    """行政复议法第二十二条第二款: 通过互联网渠道送达行政行为决定书的，应当同时提供提交行政复议申请书的互联网渠道."""
    case = handled(office, team["clerk"], delivery=delivery, email="liang@example.org")
    drafted(case, team["clerk"], ReplyText(ReplyKind.DISCLOSE, "清单共12项。"))
    send_out(case, team)
    assert (ONLINE_TOO in remedy_of(case, "disclose_reply")) is named


def test_notice_of_lapse_names_the_internet_channel(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    actions.request_correction(
        case=case, unclear="年度", correct_by=date(2026, 3, 2), actor=clerk.actor, at=moment("2026-02-12")
    )
    actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-03"))
    told = remedy_of(case, "lapse_notice")
    assert ONLINE_TOO in told and "应当先向" not in told and "6个月内" in told


def test_justice_bureau_names_both_bodies(organisation: None) -> None:
    """行政复议法第二十八条: 可以向本级人民政府，也可以向上一级司法行政部门."""
    venue = venue_of(Unit.objects.get(code="justice"), online=False)
    assert "向玉溪市人民政府或者云南省司法厅申请行政复议" in remedy(
        venue, [Contest("", False)], on=date(2026, 3, 2)
    )


def test_every_unit_that_answers_is_loaded_complete(organisation: None) -> None:
    units = Unit.objects.filter(takes_requests=True)
    assert units.count() > 40
    assert not [unit.name for unit in units if unit.lacking]
    assert {unit.review_also for unit in units.exclude(code="justice")} == {""}


@pytest.mark.parametrize(
    ("field", "words"),
    [("review_body", "行政复议机关"), ("court", "管辖法院"), ("review_channel", "行政复议互联网渠道")],
)
def test_signing_is_refused_while_the_unit_lacks_a_body(
    office: Unit, team: Team, field: str, words: str
) -> None:
    case = handled(office, team["clerk"])
    drafted(case, team["clerk"], ReplyText(ReplyKind.DISCLOSE, "清单共12项。"))
    actions.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    actions.clear_reply(case=case, actor=team["secrecy"].actor, at=moment("2026-03-04"))
    Unit.objects.filter(pk=office.pk).update(**{field: ""})
    case = DisclosureRequest.objects.get(pk=case.pk)
    with pytest.raises(StepRefused, match=f"没有登记{words}"):
        actions.sign_reply(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))
    assert (case.state, case.documents.filter(kind__endswith="_reply").count()) == (State.SIGNING, 0)


def test_no_paper_goes_out_without_its_bodies_of_remedy(office: Unit, clerk: Person) -> None:
    """A lapse needs no signature; it is refused all the same."""
    case = handled(office, clerk)
    actions.request_correction(
        case=case, unclear="年度", correct_by=date(2026, 3, 2), actor=clerk.actor, at=moment("2026-02-12")
    )
    Unit.objects.filter(pk=office.pk).update(court="")
    case = DisclosureRequest.objects.get(pk=case.pk)
    with pytest.raises(StepRefused, match="没有登记管辖法院"):
        actions.lapse(case=case, actor=clerk.actor, at=moment("2026-03-03"))
    assert DisclosureRequest.objects.get(pk=case.pk).state == State.AWAITING_CORRECTION


@pytest.mark.parametrize(
    ("kinds", "ways"),
    [
        (["refuse"], [("", True)]),
        (["not_held"], [("", False)]),
        (["inquiry"], [("", False)]),
        (["partial"], [("不予公开的部分", True), ("予以公开的部分", False)]),
        (["disclose", "not_ours"], [("", False)]),
        (["refuse", "refuse"], [("", True)]),
        (["disclose", "refuse", "not_held"], [("第二项", True), ("第一项、第三项", False)]),
        (
            ["not_processed", "partial", "refuse"],
            [("第二项中不予公开的部分、第三项", True), ("第一项、第二项中予以公开的部分", False)],
        ),
    ],
)
def test_ways_are_named_for_each_matter(kinds: list[str], ways: list[tuple[str, bool]]) -> None:
    """法释〔2025〕8号第一条: (一) 无法提供、不予处理, (二) 第十四条至第十六条的不予公开, (三) 提供的信息不符合申请内容."""
    assert contests(kinds, FIRST) == [Contest(*way) for way in ways]


def test_eleventh_matter_is_counted_in_words() -> None:
    assert contests(["disclose"] * 10 + ["refuse"], FIRST)[0].matter == "第十一项"


def test_paragraphs_name_body_court_and_periods() -> None:
    first, at_once = remedy(VENUE, contests(["partial"], FIRST), on=date(2026, 3, 2)).splitlines()
    assert first.startswith(
        "对不予公开的部分不服的，根据《中华人民共和国行政复议法》第二十三条第一款第四项规定，"
    )
    assert "应当先向玉溪市人民政府申请行政复议，期限为自知道本决定之日起60日内" in first
    assert "逾期不作决定的" in first and "15日内向玉溪市红塔区人民法院提起行政诉讼" in first
    assert "或者自知道本答复之日起6个月内向玉溪市红塔区人民法院提起行政诉讼" in at_once


def combined(office: Unit, team: Team) -> DisclosureRequest:
    """Disclosed, refused, not ours; answered online on 6 March 2026."""
    case = handled(office, team["clerk"])
    drafted(case, team["clerk"], LIST, MINUTES, LEDGER)
    send_out(case, team)
    return case


def test_page_counts_what_the_paper_names(office: Unit, team: Team) -> None:
    """Delivered 6 March 2026: 60 days are 5 May, a holiday, so 6 May; 6 months are 6 September, a Sunday, so 7 September."""
    case = combined(office, team)
    rows = queries.citizen_view(case, date(2026, 3, 9)).remedies
    assert [(row.matter, row.way, row.day) for row in rows] == [
        ("第二项", "申请行政复议", date(2026, 5, 6)),
        ("第一项、第三项", "申请行政复议", date(2026, 5, 6)),
        ("第一项、第三项", "提起行政诉讼", date(2026, 9, 7)),
    ]
    paper = OfficialDocument.objects.get(case=case, kind="combined_reply").facts["remedy"]
    assert all(f"对{row.matter}不服的" in paper for row in rows)


@time_machine.travel(moment("2026-03-09"), tick=False)
def test_page_shows_each_matter_with_its_last_days(office: Unit, team: Team, citizen: Person) -> None:
    case = combined(office, team)
    DisclosureRequest.objects.filter(pk=case.pk).update(applicant=citizen.account)
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "对第二项，申请行政复议：最晚 <strong>2026年5月6日</strong>" in page
    assert "对第一项、第三项，提起行政诉讼：最晚 <strong>2026年9月7日</strong>" in page
    assert "对第二项，提起行政诉讼" not in page
    assert "暂定" not in page


def test_last_days_past_the_last_notice_are_provisional() -> None:
    """Served 22 December 2026: 20 February 2027 is a Saturday, of which the notice of 2027 may make a working day."""
    rows = last_days(date(2026, 12, 22), contests(["disclose"], FIRST), calendar())
    assert [(row.day, row.provisional) for row in rows] == [
        (date(2027, 2, 22), True),
        (date(2027, 6, 22), True),
    ]
    assert not any(
        row.provisional for row in last_days(date(2026, 6, 1), contests(["disclose"], FIRST), calendar())
    )


@time_machine.travel(moment("2026-11-30"), tick=False)
def test_page_and_api_say_provisional(office: Unit, team: Team, client: Client, citizen: Person) -> None:
    """Delivered 27 November 2026: 60 days are 26 January 2027, a year without a notice."""
    case = answered(office, team)
    case.deliveries.update(delivered_on=date(2026, 11, 27))
    DisclosureRequest.objects.filter(pk=case.pk).update(
        applicant=citizen.account, code_hash=hash_code("ABCDEFGHJKLM")
    )
    page = citizen.client().get(f"/requests/{case.public_id}/").content.decode()
    assert "申请行政复议：最晚 <strong>2027年1月26日</strong>（暂定，放假安排公布后可能调整）" in page
    asked = {"number": case.number, "code": "ABCDEFGHJKLM"}
    told = client.post("/api/v1/requests/status/", asked, content_type="application/json").json()
    assert told["remedies"] == [
        {"way": "申请行政复议", "matter": "", "day": "2027-01-26", "provisional": True},
        {"way": "提起行政诉讼", "matter": "", "day": "2027-05-27", "provisional": True},
    ]

"""The reply and its records: proposed, contradicted, signed as one, handed over, printed, erased."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from typing import Any

import pikepdf
import pytest

from portal.cases.intake import TooManyTries
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.privacy.retention import RULES
from portal.records import actions, queries
from portal.records.choices import Disposition
from portal.records.models import Fetch, Record, RecordCopy
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app import letters
from requests_app.actions.reply import ReplyText
from requests_app.choices import ProtectedInterest, RefusalGround, ReplyKind, State
from requests_app.models import DisclosureRequest, Reply
from requests_app.queries.proposals import Proposal, proposal
from requests_app.verbs import VERBS
from tests.cast import Person, moment
from tests.factories.records import BOXES, box, kept, proven
from tests.factories.requests_app import handled

Team = dict[str, Person]


@pytest.fixture
def case(office: Unit, clerk: Person) -> DisclosureRequest:
    """A request in a clerk's hands."""
    return handled(office, clerk)


@pytest.fixture
def in_part(case: DisclosureRequest, clerk: Person) -> DisclosureRequest:
    """With one record given in part, its copy proven."""
    record = kept(case, clerk, "part", marks=BOXES)
    proven(record, [2, "个人隐私", 12, False], [3, "内部事务信息", 7, False], [3, "内部事务信息", 4, False])
    return case


PARTLY = ReplyText(
    ReplyKind.PARTIAL,
    "清单见附件。",
    ground=RefusalGround.THIRD_PARTY,
    interest=ProtectedInterest.PRIVACY,
    withheld="住户姓名和电话。",
)


def signed(case: DisclosureRequest, team: Team, text: ReplyText = PARTLY) -> DisclosureRequest:
    """Drafted and signed by four people."""
    requests.draft_reply(case=case, text=text, actor=team["clerk"].actor, at=moment("2026-03-02"))
    requests.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    requests.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    requests.clear_reply(case=case, actor=team["secrecy"].actor, at=moment("2026-03-04"))
    requests.sign_reply(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))
    return case


# proposed and contradicted -----------------------------------------------------------------------------


def test_partial_reply_is_proposed_with_pages_places_and_articles(in_part: DisclosureRequest) -> None:
    assert proposal(in_part) == Proposal(
        kind=ReplyKind.PARTIAL,
        body="现提供下列信息（见附件）：\n1．《项目清单》（玉政办发〔2025〕7号），共5页。",
        ground=RefusalGround.THIRD_PARTY,
        interest=ProtectedInterest.PRIVACY,
        withheld="《项目清单》（玉政办发〔2025〕7号）第2页中隐去的1处，涉及个人隐私，根据条例第十五条不予公开。\n"
        "《项目清单》（玉政办发〔2025〕7号）第3页中隐去的2处，涉及内部事务信息，根据条例第十六条第一款不予公开。",
    )
    initial = VERBS["draft_reply"].initial(in_part, {})
    assert (initial["kind"], initial["ground"]) == ("partial", "third_party")


@pytest.mark.parametrize(
    ("dispositions", "kind"),
    [
        (["whole"], "disclose"),
        (["withhold"], "refuse"),
        (["whole", "withhold"], "partial"),
        (["whole", "not_responsive"], "disclose"),
        (["not_responsive"], None),
        (["whole", ""], None),
    ],
)
def test_kind_of_reply_follows_the_records(
    case: DisclosureRequest, clerk: Person, dispositions: list[str], kind: str | None
) -> None:
    for disposition in dispositions:
        kept(case, clerk, disposition, ground="process" if disposition == "withhold" else "")
    found = proposal(case)
    assert (found.kind if found is not None else None) == kind


def test_records_already_public_propose_already_public(case: DisclosureRequest, clerk: Person) -> None:
    record = kept(case, clerk, "whole", url="/notices/items/1/")
    Record.objects.filter(pk=record.pk).update(origin="published")
    found = proposal(case)
    assert found is not None
    assert (found.kind, "/notices/items/1/" in found.body) == ("already_public", True)


@pytest.mark.parametrize(
    ("dispositions", "text", "sentence"),
    [
        (["whole"], PARTLY, "没有一处遮盖"),
        (["withhold"], PARTLY, "没有一份信息提供给申请人"),
        (["whole"], ReplyText(ReplyKind.REFUSE, "不公开。", ground="process"), "第1份信息确定为提供"),
        (["whole", "withhold"], ReplyText(ReplyKind.DISCLOSE, "见附件。"), "请改为部分公开"),
        (["whole"], ReplyText(ReplyKind.NEEDS_CREATION, "没有。"), "已经检索到申请的信息"),
    ],
)
def test_reply_that_contradicts_its_records_is_refused_with_a_sentence(
    case: DisclosureRequest, clerk: Person, dispositions: list[str], text: ReplyText, sentence: str
) -> None:
    for disposition in dispositions:
        kept(case, clerk, disposition, ground="process" if disposition == "withhold" else "")
    with pytest.raises(InvalidInput, match=sentence) as refused:
        requests.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
    assert refused.value.field == "kind"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"disposition": ""}, "第1份信息尚未确定如何提供"),
        ({"disposition": "part"}, "没有任何遮盖"),
        ({"disposition": "part", "marks": BOXES}, "副本尚未制作"),
        ({"disposition": "whole", "matter": 2}, "对应第2项，答复没有这一项"),
    ],
)
def test_reply_does_not_go_to_review_before_its_records_are_done(
    case: DisclosureRequest, team: Team, values: dict[str, Any], sentence: str
) -> None:
    requests.draft_reply(case=case, text=PARTLY, actor=team["clerk"].actor, at=moment("2026-03-02"))
    record = kept(case, team["clerk"], **values)
    if record.matter == 2:
        proven(record)
    with pytest.raises(StepRefused, match=sentence):
        requests.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-02"))


def test_another_telephone_number_asks_for_the_proof_again(in_part: DisclosureRequest, clerk: Person) -> None:
    DisclosureRequest.objects.filter(pk=in_part.pk).update(phone="13987654321")
    in_part.refresh_from_db()
    assert queries.problems_of(queries.entries_of(in_part)) == [
        "制作第1份信息的副本以后，本件的个人信息有变动，请重新制作核验"
    ]


# signed as one -----------------------------------------------------------------------------------------


def test_records_change_only_before_review_and_after_a_return_all_sign_again(
    in_part: DisclosureRequest, team: Team
) -> None:
    clerk, at = team["clerk"].actor, moment("2026-03-02")
    record = queries.records_of(in_part).get()
    record.case = in_part
    requests.draft_reply(case=in_part, text=PARTLY, actor=clerk, at=at)
    requests.submit_reply(case=in_part, actor=clerk, at=at)
    requests.review_reply(case=in_part, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    with pytest.raises(StepRefused, match="须先退回修改"):
        actions.save_marks(record=record, marks={"boxes": [box()]}, seen=0, actor=clerk, at=at)
    requests.return_reply(
        case=in_part, comment="漏了一处", actor=team["secrecy"].actor, at=moment("2026-03-03", 14)
    )
    before = Reply.objects.get(request=in_part).content_sha256
    more = {"boxes": [*BOXES["boxes"], box(1)]}
    actions.save_marks(record=record, marks=more, seen=0, actor=clerk, at=moment("2026-03-03", 15))
    with pytest.raises(StepRefused, match="副本尚未制作，或者制作后又有改动"):
        requests.submit_reply(case=in_part, actor=clerk, at=moment("2026-03-03", 16))
    proven(record, [1, "个人隐私", 3, False])
    assert Reply.objects.get(request=in_part).content_sha256 != before
    requests.submit_reply(case=in_part, actor=clerk, at=moment("2026-03-03", 16))
    assert in_part.state == State.REVIEWING
    assert [round.sign_offs.count() for round in in_part.reviews.order_by("round")] == [3, 1]


@pytest.mark.parametrize("what", ["marks", "copy", "title"])
def test_signature_covers_letter_copies_and_table(in_part: DisclosureRequest, team: Team, what: str) -> None:
    requests.draft_reply(case=in_part, text=PARTLY, actor=team["clerk"].actor, at=moment("2026-03-02"))
    requests.submit_reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    record = queries.records_of(in_part).get()
    if what == "copy":
        RecordCopy.objects.filter(record=record).update(withheld=[])
    elif what == "title":
        record.title = "另一份"
        record.save()
    else:
        record.marks = {**BOXES, "words": [{"text": "李某", "ground": "privacy"}]}
        record.save()
    with pytest.raises(StepRefused, match="送审内容已有改动，须重新送审"):
        requests.review_reply(case=in_part, actor=team["reviewer"].actor, at=moment("2026-03-03"))


def test_whoever_marked_a_record_signs_nothing(in_part: DisclosureRequest, team: Team, office: Unit) -> None:
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role

    second = team["reviewer"].account
    appoint(account=second, unit=office, role=Role.CLERK, starts_on=date(2020, 1, 1))
    record = queries.records_of(in_part).get()
    record.case = in_part
    marker = actor_for(second, date(2026, 3, 1))
    actions.save_marks(record=record, marks=BOXES, seen=0, actor=marker, at=moment("2026-03-01"))
    requests.draft_reply(case=in_part, text=PARTLY, actor=team["clerk"].actor, at=moment("2026-03-02"))
    with pytest.raises(StepRefused, match="参与了拟稿"):
        requests.submit_reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-02", 11))


def test_digest_of_a_reply_without_records_is_what_it_was(case: DisclosureRequest, clerk: Person) -> None:
    assert queries.digest_parts(case) == ()


# the letter --------------------------------------------------------------------------------------------


def test_letter_lists_its_attachments_and_the_table_of_what_is_withheld(
    in_part: DisclosureRequest, team: Team
) -> None:
    kept(in_part, team["clerk"], "withhold", ground="process")
    signed(in_part, team)
    kind, facts = letters.reply(in_part, Reply.objects.get(request=in_part))
    copy = RecordCopy.objects.get()
    name = "项目清单（玉政办发〔2025〕7号）"
    assert kind == "partial_reply"
    assert facts["attachments"] == [name, "政府信息提供情况一览表"]
    given, withheld = facts["annex"]["tables"]
    assert given["rows"] == [["1", name, "5页", copy.sha256]]
    assert withheld["rows"] == [
        [name, "第2页，1处", "个人隐私", "条例第十五条"],
        [name, "第3页，2处", "内部事务信息", "条例第十六条第一款"],
        [name, "全文", "过程性信息", "条例第十六条第二款"],
    ]
    requests.reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-06"))
    run_due()
    paper = OfficialDocument.objects.get(kind="partial_reply")
    assert paper.file is not None
    with pikepdf.open(io.BytesIO(paper.file.read())) as document:
        assert len(document.pages) >= 3


# handed over -------------------------------------------------------------------------------------------


def test_nothing_is_handed_over_before_the_answer_is_out(in_part: DisclosureRequest, team: Team) -> None:
    signed(in_part, team)
    copy = RecordCopy.objects.get()
    with pytest.raises(NotFound, match="答复尚未发出"):
        actions.hand_over(case=in_part, copy=copy, by="applicant", at=moment("2026-03-05", 12))
    assert queries.handed_over(copy.sha256) is None
    requests.reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-06"))
    handed = actions.hand_over(case=in_part, copy=copy, by="applicant", at=moment("2026-03-06", 12))
    assert handed.name == "附件1 项目清单.pdf"
    assert hashlib.sha256(handed.data).hexdigest() == copy.sha256
    assert queries.handed_over(copy.sha256) == copy
    archive = actions.hand_over(case=in_part, copy=None, by="applicant", at=moment("2026-03-06", 13))
    assert zipfile.ZipFile(io.BytesIO(archive.data)).namelist() == ["附件1 项目清单.pdf"]
    assert [(row.copy_id, row.by) for row in Fetch.objects.all()] == [
        (copy.pk, "applicant"),
        (None, "applicant"),
    ]


def test_downloads_are_limited_to_sixty_an_hour(in_part: DisclosureRequest, team: Team) -> None:
    signed(in_part, team)
    requests.reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-06"))
    at = moment("2026-03-06", 12)
    Fetch.objects.bulk_create([Fetch(case_id=in_part.pk, by="applicant", at=at) for _ in range(60)])
    with pytest.raises(TooManyTries, match="一小时后再试"):
        actions.hand_over(case=in_part, copy=None, by="applicant", at=at)
    actions.hand_over(case=in_part, copy=None, by="applicant", at=moment("2026-03-06", 13))


def test_a_number_that_changes_later_takes_nothing_back(in_part: DisclosureRequest, team: Team) -> None:
    """The answer that went out stays provable, and what it gave can still be fetched."""
    signed(in_part, team)
    requests.reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-06"))
    before = Reply.objects.get(request=in_part).content_sha256
    DisclosureRequest.objects.filter(pk=in_part.pk).update(phone="")
    assert Reply.objects.get(request=in_part).content_sha256 == before
    assert len(queries.handed(DisclosureRequest.objects.get(pk=in_part.pk))) == 1


# fee, paper, erasing -----------------------------------------------------------------------------------


def test_given_pages_are_the_pages_of_the_fee(case: DisclosureRequest, clerk: Person) -> None:
    record = kept(case, clerk, "part", marks={**BOXES, "pages": [{"page": 4, "ground": "privacy"}]})
    Record.objects.filter(pk=record.pk).update(pages=251)
    kept(case, clerk, "withhold", ground="process")
    initial = VERBS["charge_fee"].initial(case, {})
    assert (initial["tariff"], initial["count"], initial["reason"]) == (
        "by_page",
        250,
        "您申请的信息共250页",
    )
    notice = requests.charge_fee(
        case=case,
        tariff="by_page",
        count=250,
        earlier=0,
        reason=initial["reason"],
        ways="窗口缴纳",
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )
    assert notice.amount == 4700
    assert notice.document is not None
    assert notice.document.facts["papers"] == [["项目清单", "250"]]


def test_erasing_takes_words_files_and_places_and_leaves_the_signed_digest(
    in_part: DisclosureRequest, team: Team
) -> None:
    signed(in_part, team)
    requests.reply(case=in_part, actor=team["clerk"].actor, at=moment("2026-03-06"))
    before = Reply.objects.get(request=in_part).content_sha256
    rule = RULES["request_records"]
    assert rule.overdue(moment("2026-03-07")).count() == 0
    rows = rule.overdue(moment("2034-03-07"))
    assert rule.erase(rows, moment("2034-03-07")) == 1
    record = Record.objects.get()
    copy = RecordCopy.objects.get()
    assert (record.title, record.file, record.pdf, record.mark_count, copy.file) == (
        "（已按规定清除）",
        None,
        None,
        0,
        None,
    )
    assert Reply.objects.get(request=in_part).content_sha256 == before


def test_disposition_without_its_ground_is_refused(case: DisclosureRequest, clerk: Person) -> None:
    record = kept(case, clerk)
    with pytest.raises(InvalidInput, match="请选择法定理由"):
        actions.judge_record(
            record=record, disposition=Disposition.WITHHOLD, actor=clerk.actor, at=moment("2026-02-25")
        )

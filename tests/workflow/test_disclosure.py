"""Disclosure on application in the law's order, on dates that can be checked by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.cases.models import NumberCounter
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StaleCase, StepRefused
from portal.documents.models import OfficialDocument
from portal.messaging.models import Message
from portal.publishing.models import SignOff
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, NotProcessedReason, RefusalGround, ReplyKind, State
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import (
    answered,
    answers,
    handled,
    in_review,
    registered,
    signed,
    submitted,
)

Team = dict[str, Person]


def test_submit_by_guest_opens_numbered_case_with_query_code(office: Unit) -> None:
    result = actions.submit(
        unit=office, answers=answers(), key="a-key-of-sixteen-signs", actor=GUEST, at=moment("2026-02-09")
    )
    assert result.case.number == f"G{office.pk:03d}-2026-00001"
    assert len(result.code) == 12
    assert result.case.state == State.SUBMITTED
    assert result.case.due_on is None


def test_submit_with_same_key_gives_same_receipt_once(office: Unit) -> None:
    key = "a-key-of-sixteen-signs"
    first = actions.submit(unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-09"))
    second = actions.submit(unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-10"))
    assert (second.case.pk, second.code, second.repeated) == (first.case.pk, first.code, True)
    assert DisclosureRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("received", "due"),
    [("2026-02-10", "2026-03-16"), ("2026-09-30", "2026-11-03"), ("2025-01-24", "2025-02-27")],
)
def test_register_starts_clock_of_twenty_workdays(
    office: Unit, clerk: Person, received: str, due: str
) -> None:
    """Worked examples of the rule book, around 春节 and 国庆."""
    case = registered(office, clerk, on=received)
    assert case.due_on == date.fromisoformat(due)
    assert case.due_provisional is False


def test_register_past_announced_year_is_provisional(office: Unit, clerk: Person) -> None:
    case = registered(office, clerk, on="2026-12-14")
    assert case.due_on is not None
    assert case.due_on.year == 2027
    assert case.due_provisional is True


def test_register_online_before_submission_day_is_refused(office: Unit, clerk: Person) -> None:
    case = submitted(office, on="2026-02-09")
    with pytest.raises(InvalidInput, match="不能早于提交之日"):
        actions.register(
            case=case,
            received_on=date(2026, 2, 8),
            channel=Channel.ONLINE,
            evidence="确认",
            actor=clerk.actor,
            at=moment("2026-02-10"),
        )


def test_register_without_evidence_is_refused(office: Unit, clerk: Person) -> None:
    case = submitted(office)
    with pytest.raises(InvalidInput, match="凭据"):
        actions.register(
            case=case,
            received_on=date(2026, 2, 10),
            channel=Channel.ONLINE,
            evidence=" ",
            actor=clerk.actor,
            at=moment("2026-02-10"),
        )


def test_register_by_other_unit_is_refused_with_sentence(office: Unit, outsider: Person) -> None:
    case = submitted(office)
    with pytest.raises(StepRefused, match="需由市政府办公室的经办人办理"):
        actions.register(
            case=case,
            received_on=date(2026, 2, 10),
            channel=Channel.ONLINE,
            evidence="确认",
            actor=outsider.actor,
            at=moment("2026-02-10"),
        )


def test_register_twice_says_who_did_it_first(office: Unit, clerk: Person) -> None:
    case = registered(office, clerk)
    with pytest.raises(StepRefused, match="clerk已于2月10日 11:00办理“登记”"):
        actions.register(
            case=case,
            received_on=date(2026, 2, 10),
            channel=Channel.ONLINE,
            evidence="确认",
            actor=clerk.actor,
            at=moment("2026-02-11"),
        )


def test_step_on_stale_page_is_refused(office: Unit, clerk: Person) -> None:
    case = submitted(office)
    seen = case.version
    registered_case = DisclosureRequest.objects.get(pk=case.pk)
    actions.register(
        case=registered_case,
        received_on=date(2026, 2, 10),
        channel=Channel.ONLINE,
        evidence="确认",
        actor=clerk.actor,
        at=moment("2026-02-10"),
    )
    with pytest.raises(StaleCase, match="请刷新页面"):
        actions.assign(
            case=case,
            officer=clerk.account,
            actor=clerk.actor,
            at=moment("2026-02-10", 14),
            seen_version=seen,
        )


def test_assign_to_person_of_other_unit_is_refused(office: Unit, clerk: Person, outsider: Person) -> None:
    case = registered(office, clerk)
    with pytest.raises(InvalidInput, match="本机关"):
        actions.assign(case=case, officer=outsider.account, actor=clerk.actor, at=moment("2026-02-10"))


def test_extend_adds_workdays_and_tells_applicant(
    office: Unit, clerk: Person, approver: Person, citizen: Person
) -> None:
    case = handled(office, clerk, actor=citizen.actor)
    actions.request_extension(
        case=case, days=20, reason="需调取档案", actor=clerk.actor, at=moment("2026-03-11")
    )
    actions.extend(case=case, actor=approver.actor, at=moment("2026-03-12"))
    assert case.due_on == date(2026, 4, 14)
    notice = OfficialDocument.objects.get(case=case, kind="extension_notice")
    assert notice.facts["due_on"] == "2026年4月14日"
    assert (
        Message.objects.filter(account=citizen.account, channel="site", subject__contains="延长").count() == 1
    )


def test_extend_twice_is_refused(office: Unit, clerk: Person, approver: Person) -> None:
    case = handled(office, clerk)
    actions.request_extension(
        case=case, days=5, reason="需调取档案", actor=clerk.actor, at=moment("2026-03-11")
    )
    actions.extend(case=case, actor=approver.actor, at=moment("2026-03-12"))
    with pytest.raises(InvalidInput, match="只能延长一次"):
        actions.request_extension(
            case=case, days=5, reason="又要", actor=clerk.actor, at=moment("2026-03-13")
        )


def test_extend_after_limit_is_refused(office: Unit, clerk: Person, approver: Person) -> None:
    case = handled(office, clerk)
    actions.request_extension(
        case=case, days=5, reason="需调取档案", actor=clerk.actor, at=moment("2026-03-16")
    )
    with pytest.raises(InvalidInput, match="原答复期限已过"):
        actions.extend(case=case, actor=approver.actor, at=moment("2026-03-17"))


def test_extend_by_more_than_twenty_workdays_is_refused(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput, match="1至20个工作日"):
        actions.request_extension(
            case=case, days=21, reason="需调取档案", actor=clerk.actor, at=moment("2026-03-11")
        )


def test_refuse_extension_keeps_due_date(office: Unit, clerk: Person, approver: Person) -> None:
    case = handled(office, clerk)
    actions.request_extension(
        case=case, days=5, reason="需调取档案", actor=clerk.actor, at=moment("2026-03-11")
    )
    actions.refuse_extension(case=case, actor=approver.actor, at=moment("2026-03-12"))
    assert case.due_on == date(2026, 3, 16)


def test_reply_stops_clock_and_issues_numbered_document(office: Unit, team: Team) -> None:
    case = answered(office, team)
    assert (case.state, case.phase, case.closed_on) == (State.ANSWERED, "closed", date(2026, 3, 6))
    paper = OfficialDocument.objects.get(case=case, kind="disclose_reply")
    assert paper.number == "玉政办公开〔2026〕2号"
    assert case.events.order_by("-seq").first().facts["late"] is False


def test_reply_after_due_date_is_recorded_as_late(office: Unit, team: Team) -> None:
    case = signed(office, team)
    actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-17"))
    assert case.events.order_by("-seq").first().facts["late"] is True


def test_review_by_drafter_is_refused_in_model_and_database(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role

    both = team["clerk"].account
    appoint(account=both, unit=office, role=Role.REVIEWER, starts_on=date(2020, 1, 1))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.review_reply(case=case, actor=actor_for(both, date(2026, 3, 3)), at=moment("2026-03-03"))
    drafted = SignOff.objects.get(review__case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(
            review=drafted.review,
            step="review",
            account=both,
            verdict="pass",
            content_sha256="x",
            at=moment("2026-03-03"),
        )


def test_return_reply_opens_new_round_with_reason(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    actions.return_reply(case=case, comment="依据不足", actor=team["reviewer"].actor, at=moment("2026-03-03"))
    assert case.state == State.HANDLING
    words = ReplyText(ReplyKind.DISCLOSE, "清单共12项，依据已补充。")
    actions.draft_reply(case=case, text=words, actor=team["clerk"].actor, at=moment("2026-03-04"))
    actions.submit_reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-04", 11))
    assert [review.round for review in case.reviews.order_by("round")] == [1, 2]
    assert SignOff.objects.get(review__case=case, verdict="return").comment == "依据不足"


def test_return_without_reason_is_refused(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    with pytest.raises(InvalidInput, match="退回理由"):
        actions.return_reply(case=case, comment=" ", actor=team["reviewer"].actor, at=moment("2026-03-03"))


def test_reply_changed_after_signing_is_refused(office: Unit, team: Team) -> None:
    case = signed(office, team)
    item = case.answer.items.get()
    item.body = "偷换的内容"
    item.save()
    with pytest.raises(StepRefused, match="与签发的不一致"):
        actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (ReplyText(ReplyKind.REFUSE, "不予公开"), "ground"),
        (ReplyText(ReplyKind.NOT_HELD, "不存在"), "kind"),
        (ReplyText(ReplyKind.NOT_PROCESSED, "过多", reason=NotProcessedReason.EXCESSIVE), "reason"),
        (ReplyText(ReplyKind.DISCLOSE, "  "), "body"),
        (ReplyText("invented", "内容"), "kind"),
        (ReplyText(ReplyKind.PARTIAL, "公开的部分", withheld="隐去姓名"), "ground"),
        (ReplyText(ReplyKind.PARTIAL, "公开的部分", ground=RefusalGround.INTERNAL), "withheld"),
        (ReplyText(ReplyKind.NOT_PROCESSED, "理由"), "reason"),
        (ReplyText(ReplyKind.UNCLEAR, "未经补正"), "kind"),
    ],
)
def test_draft_reply_incomplete_is_refused(office: Unit, clerk: Person, text: ReplyText, field: str) -> None:
    case = handled(office, clerk)
    with pytest.raises(InvalidInput) as refused:
        actions.draft_reply(case=case, text=text, actor=clerk.actor, at=moment("2026-03-02"))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (ReplyText(ReplyKind.REFUSE, "理由", ground=RefusalGround.STATE_SECRET), "refuse_reply", "第十四条"),
        (ReplyText(ReplyKind.NOT_OURS, "说明", agency="玉溪市水利局"), "not_ours_reply", "玉溪市水利局"),
        (ReplyText(ReplyKind.ALREADY_PUBLIC, "见政府网站"), "already_public_reply", "见政府网站"),
        (ReplyText(ReplyKind.NEEDS_CREATION, "需要汇总"), "needs_creation_reply", "需要汇总"),
        (
            ReplyText(ReplyKind.INQUIRY, "到登记窗口"),
            "inquiry_reply",
            "或者自知道本答复之日起6个月内向玉溪市红塔区人民法院提起行政诉讼",
        ),
        (
            ReplyText(ReplyKind.PARTIAL, "公开", ground=RefusalGround.INTERNAL, withheld="隐去姓名"),
            "partial_reply",
            "隐去姓名",
        ),
        *(
            (ReplyText(ReplyKind.NOT_PROCESSED, "说明", reason=reason), "not_processed_reply", words)
            for reason, words in (
                (NotProcessedReason.PETITION, "第三十九条第一款"),
                (NotProcessedReason.DUPLICATE, "第三十六条第（六）项"),
                (NotProcessedReason.PUBLICATION, "第三十九条第二款"),
                (NotProcessedReason.CONFIRMATION, "重新出具"),
            )
        ),
    ],
)
def test_reply_of_each_kind_issues_its_document(
    office: Unit, team: Team, text: ReplyText, kind: str, words: str
) -> None:
    if text.reason == NotProcessedReason.DUPLICATE:
        answered(office, team)
    case = answered(office, team, text=text)
    paper = OfficialDocument.objects.get(case=case, kind=kind)
    assert words in str(paper.facts)
    assert case.outcome == text.kind


def test_refusal_names_reconsideration_first(office: Unit, team: Team) -> None:
    case = answered(office, team, text=ReplyText(ReplyKind.REFUSE, "理由", ground=RefusalGround.INTERNAL))
    remedy = OfficialDocument.objects.get(case=case, kind="refuse_reply").facts["remedy"]
    assert "应当先向玉溪市人民政府申请行政复议" in remedy
    assert "60日" in remedy


def test_withdraw_by_applicant_closes_case_and_review(office: Unit, team: Team, citizen: Person) -> None:
    case = in_review(office, team["clerk"])
    case.applicant = citizen.account
    case.save()
    actions.withdraw(case=case, reason="已查到", actor=citizen.actor, at=moment("2026-03-03"))
    assert (case.state, case.outcome) == (State.WITHDRAWN, "withdrawn")
    assert case.reviews.filter(closed_at__isnull=True).count() == 0


def test_withdraw_by_stranger_is_refused(office: Unit, citizen: Person) -> None:
    case = submitted(office)
    with pytest.raises(StepRefused, match="申请人本人"):
        actions.withdraw(case=case, reason="", actor=citizen.actor, at=moment("2026-02-10"))


def test_withdraw_after_answer_is_refused(office: Unit, team: Team) -> None:
    case = answered(office, team)
    with pytest.raises(StepRefused, match="现为“已答复”"):
        actions.withdraw(case=case, reason="", actor=GUEST, at=moment("2026-03-07"))


def test_refused_step_takes_no_number(office: Unit, team: Team) -> None:
    case = signed(office, team)
    before = NumberCounter.objects.get(unit=office, series="disclosure", year=2026).last
    item = case.answer.items.get()
    item.body = "偷换的内容"
    item.save()
    with pytest.raises(StepRefused):
        actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    assert NumberCounter.objects.get(unit=office, series="disclosure", year=2026).last == before

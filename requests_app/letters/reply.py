"""Facts of the reply and of the sheets that go into the file with it."""

from __future__ import annotations

from typing import Any

from portal.core.wording import cn_date, cn_moment, cn_number
from portal.publishing.choices import ReviewStep
from portal.records.attaching import attachments
from requests_app.choices import (
    ConsultKind,
    Decision,
    NotProcessedReason,
    RefusalGround,
    ReplyKind,
)
from requests_app.letters.opening import asked, day, information_of, remedy_against
from requests_app.models import DisclosureRequest, Reply, ReplyItem
from requests_app.rules import GROUND_ARTICLES, NOT_PROCESSED_TEXTS, ground_phrase


def decision(case: DisclosureRequest, item: ReplyItem) -> dict[str, Any]:
    """What is decided about one matter; `decision` names the template of its paragraph."""
    facts: dict[str, Any] = {"decision": item.kind, "body": item.body}
    if item.kind == ReplyKind.DISCLOSE:
        facts |= {"form_wanted": case.get_form_wanted_display(), "delivery": case.get_delivery_display()}
    if item.kind == ReplyKind.PARTIAL:
        facts["withheld"] = item.withheld
    if item.kind == ReplyKind.NOT_PROCESSED:
        facts["finding"] = NOT_PROCESSED_TEXTS[NotProcessedReason(item.reason)].format(you=case.addressed_as)
    if item.kind in (ReplyKind.REFUSE, ReplyKind.PARTIAL):
        ground = RefusalGround(item.ground)
        facts |= {"ground": ground_phrase(ground, item.interest), "article": GROUND_ARTICLES[ground]}
    if item.kind == ReplyKind.NOT_HELD:
        facts["search_record"] = search_summary(case)
    if item.kind == ReplyKind.NOT_OURS:
        facts |= {"agency": item.agency, "agency_contact": item.agency_contact.rstrip("。")}
    return facts


def search_summary(case: DisclosureRequest) -> str:
    """Where, when, with which words and with what result, in one sentence."""
    return "；".join(
        f"{cn_date(row.searched_on)}以“{row.words.strip('“”')}”检索{row.place}，{row.result.rstrip('。')}"
        for row in case.searches.all()
    )


def reply(case: DisclosureRequest, answer: Reply) -> tuple[str, dict[str, Any]]:
    """The document kind of a reply and its facts; several matters go into one paper, part by part."""
    items = list(answer.items.all())
    facts: dict[str, Any] = {
        **asked(case),
        "extended": case.extensions.filter(decision=Decision.APPROVED).exists(),
        "consulted": case.consultations.filter(kind=ConsultKind.THIRD_PARTY).exists(),
        "remedy": remedy_against(case, *(item.kind for item in items)),
        **attachments(case),
    }
    if len(items) == 1:
        return f"{items[0].kind}_reply", facts | decision(case, items[0])
    parts = [
        decision(case, item)
        | {"matter": item.matter, "nested": True, "heading": f"{cn_number(number)}、关于"}
        for number, item in enumerate(items, 1)
    ]
    return "combined_reply", facts | {"parts": parts}


def approval_sheet(case: DisclosureRequest, answer: Reply) -> dict[str, Any]:
    """Who drafted, reviewed, cleared for secrecy and signed (答复呈批单)."""
    review = case.reviews.filter(purpose="reply").order_by("-round").first()
    signed = []
    for sign in review.sign_offs.select_related("account").order_by("id") if review is not None else ():
        moment = cn_moment(sign.at)
        words = f"{sign.get_verdict_display()}{f'：{sign.comment}' if sign.comment else ''}"
        signed.append([ReviewStep(sign.step).label, sign.account.get_full_name(), words, moment])
    return {
        "case_number": case.number,
        "rows": [
            ["申请内容", information_of(case)],
            ["收到申请之日", day(case.received_on)],
            ["法定到期日", day(case.due_on)],
            ["答复类型", answer.get_kind_display()],
            *[
                [
                    f"第{item.position}项" if item.matter else "答复内容",
                    f"{item.matter} {item.body}".strip()[:1500],
                ]
                for item in answer.items.all()
            ],
            ["拟稿", answer.drafted_by.get_full_name()],
        ],
        "tables": [{"title": "审核签署", "head": ["环节", "签署人", "意见", "时间"], "rows": signed}],
        "note": f"签署的内容摘要（SHA-256）：{answer.content_sha256}",
    }


def search_sheet(case: DisclosureRequest) -> dict[str, Any]:
    """Every search for the information (检索记录单)."""
    rows = [
        [
            cn_date(row.searched_on),
            row.place,
            row.words,
            f"{'查到：' if row.found else '未查到：'}{row.result}",
            row.searched_by.get_full_name(),
        ]
        for row in case.searches.select_related("searched_by")
    ]
    return {
        "case_number": case.number,
        "rows": [["申请内容", information_of(case)], ["收到申请之日", day(case.received_on)]],
        "tables": [
            {"title": "检索情况", "head": ["日期", "范围", "检索词、方法", "结果", "检索人"], "rows": rows}
        ],
    }

"""The reply: where was searched, what is drafted about each matter, sent to review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.publishing import actions as desk
from portal.publishing.handing_on import tell_next
from portal.records.choices import WRITES
from portal.records.queries import entries_of, problems_of
from portal.units.choices import Role
from requests_app import rules
from requests_app.actions.naming import refuse_parties_named
from requests_app.choices import (
    ConsultKind,
    ConsultState,
    NotProcessedReason,
    ProtectedInterest,
    RefusalGround,
    ReplyKind,
    State,
    Verdict,
)
from requests_app.models import (
    Consultation,
    CorrectionNotice,
    DisclosureRequest,
    ReasonsInquiry,
    Reply,
    ReplyItem,
    SearchRecord,
)
from requests_app.queries import unmet_marks
from requests_app.queries.proposals import contradiction

PURPOSE = "reply"
WITHHOLDING = (ReplyKind.REFUSE, ReplyKind.PARTIAL)
MOST_TEXT = 10_000
MOST_ITEMS = 20


@dataclass(frozen=True)
class ReplyText:
    """What a clerk drafts about one matter of the request.

    `parties` are the positions (from 1) of the consultations for whose sake the matter withholds.
    """

    kind: str
    body: str
    ground: str = ""
    interest: str = ""
    agency: str = ""
    agency_contact: str = ""
    reason: str = ""
    withheld: str = ""
    position: int = 1
    matter: str = ""
    parties: tuple[int, ...] = ()


def check_text(text: ReplyText) -> None:
    """Raise InvalidInput where the kind of reply lacks what the law asks of it (条例第三十六条)."""
    if text.kind not in ReplyKind.values:
        raise InvalidInput("请选择答复类型", "kind")
    if not text.body.strip():
        raise InvalidInput("请填写答复内容", "body")
    if len(text.body) > MOST_TEXT:
        raise InvalidInput(f"答复内容不能超过{MOST_TEXT}字", "body")
    if text.kind in WITHHOLDING and not text.ground:
        raise InvalidInput("不予公开或者部分公开的，须选择法定理由", "ground")
    if _protects(text) and text.interest not in ProtectedInterest.values:
        raise InvalidInput("保护第三方合法权益的，须选择是商业秘密还是个人隐私（条例第十五条）", "interest")
    if text.kind == ReplyKind.PARTIAL and not text.withheld.strip():
        raise InvalidInput("部分公开的，须说明不予公开的部分（条例第三十七条）", "withheld")
    if text.kind == ReplyKind.NOT_PROCESSED and not text.reason:
        raise InvalidInput("不予处理的，须选择情形", "reason")
    if text.kind == ReplyKind.NOT_OURS and text.agency_contact.strip() and not text.agency.strip():
        raise InvalidInput("填写了联系方式的，须填写负责公开的机关", "agency")


def _protects(text: ReplyText) -> bool:
    return text.kind in WITHHOLDING and text.ground == RefusalGround.THIRD_PARTY


def _check_ground_work(case: DisclosureRequest, text: ReplyText) -> None:
    """Some replies may only follow something else: a correction, a search, reasons that were asked for."""
    corrected = CorrectionNotice.objects.filter(request=case, corrected_on__isnull=False).exists()
    if text.kind == ReplyKind.UNCLEAR and not corrected:
        raise InvalidInput("只有经过补正、内容仍不明确的，才能作此答复", "kind")
    if text.kind == ReplyKind.NOT_HELD:
        _check_searched(case)
    if text.reason == NotProcessedReason.DUPLICATE and not _answered_before(case):
        raise InvalidInput(
            "没有查到该申请人此前向本机关提出并已答复的申请，不能以重复申请为由不予处理（条例第三十六条第（六）项）",
            "reason",
        )
    if (
        text.reason == NotProcessedReason.EXCESSIVE
        and not ReasonsInquiry.objects.filter(
            request=case, verdict__in=[Verdict.UNREASONABLE, Verdict.SILENT]
        ).exists()
    ):
        raise InvalidInput(
            "以大量、反复申请为由不予处理的，须先要求说明理由并认定不合理（条例第三十五条）", "reason"
        )


def _check_searched(case: DisclosureRequest) -> None:
    """Information is not held after a search that found nothing; what was found once is held (条例第三十六条第（四）项)."""
    results = list(case.searches.order_by("-searched_on", "-id").values_list("found", flat=True))
    if not results:
        raise InvalidInput("信息不存在的，须先记录检索范围、方法和结果（办理“记录检索”）", "kind")
    if results[0]:
        raise InvalidInput("最近一次检索记录为已经查到该信息，不能答复信息不存在", "kind")


def _answered_before(case: DisclosureRequest) -> bool:
    """True if the same person's earlier request to this unit was answered."""
    same: Any = {"identity_index": case.identity_index}
    if not case.identity_number:
        same = {"name_index": case.name_index}
    earlier: Any = DisclosureRequest.objects.filter(unit_id=case.unit_id, state=State.ANSWERED, **same)
    return bool(earlier.exclude(pk=case.pk).exists())


def reply_of(case: DisclosureRequest) -> Reply:
    """The case's reply; StepRefused if none has been drafted."""
    found = Reply.objects.filter(request=case).first()
    if found is None:
        raise StepRefused("尚未拟写答复。")
    return found


@transaction.atomic
def record_search(
    *,
    case: DisclosureRequest,
    searched_on: date,
    place: str,
    words: str,
    result: str,
    found: bool,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> SearchRecord:
    """Write down one search for the information; the 检索记录单 lists them all."""
    if actor.account_id is None:
        raise StepRefused("须由本机关经办人记录。")
    take_step(
        case,
        "record_search",
        actor=actor,
        at=at,
        seen_version=seen_version,
        searched_on=searched_on,
        place=place,
        words=words,
        result=result,
    )
    return SearchRecord.objects.create(
        request=case,
        searched_on=searched_on,
        place=place.strip(),
        words=words.strip(),
        result=result.strip(),
        found=found,
        searched_by_id=actor.account_id,
    )


@transaction.atomic
def draft_reply(
    *, case: DisclosureRequest, text: ReplyText, actor: Actor, at: datetime, seen_version: int | None = None
) -> Reply:
    """Write the reply to one matter, or write it anew; a position one past the last adds a matter."""
    check_text(text)
    _check_ground_work(case, text)
    against = contradiction(entries_of(case), text.position, text.kind)
    if against:
        raise InvalidInput(against, "kind")
    refuse_parties_named(case, matter=text.matter, body=text.body, withheld=text.withheld)
    if actor.account_id is None:
        raise StepRefused("须由本机关经办人拟稿。")
    lock(case)
    reply = Reply.objects.filter(request=case).first()
    count = reply.items.count() if reply is not None else 0
    if not 1 <= text.position <= count + 1 or text.position > MOST_ITEMS:
        raise InvalidInput("没有这一项答复", "position")
    if (text.position > 1 or count > 1) and not text.matter.strip():
        raise InvalidInput("分项答复的，请写明所答事项", "matter")
    reply = reply or Reply(request=case, kind=text.kind)
    reply.drafted_by_id, reply.drafted_at = actor.account_id, at
    reply.save()
    item = reply.items.filter(position=text.position).first() or ReplyItem(
        reply=reply, position=text.position
    )
    _fill(item, text)
    item.save()
    return _settle(case, reply, "draft_reply", text.position, actor, at, seen_version)


def _fill(item: ReplyItem, text: ReplyText) -> None:
    item.kind, item.matter, item.body = text.kind, text.matter.strip(), text.body.strip()
    item.ground = text.ground if text.kind in WITHHOLDING else ""
    item.interest = text.interest if _protects(text) else ""
    item.parties = sorted(set(text.parties)) if text.kind in WITHHOLDING else []
    item.reason = text.reason if text.kind == ReplyKind.NOT_PROCESSED else ""
    item.withheld = text.withheld.strip() if text.kind == ReplyKind.PARTIAL else ""
    item.agency = text.agency.strip() if text.kind == ReplyKind.NOT_OURS else ""
    item.agency_contact = text.agency_contact.strip() if text.kind == ReplyKind.NOT_OURS else ""


def _settle(
    case: DisclosureRequest,
    reply: Reply,
    verb: str,
    position: int,
    actor: Actor,
    at: datetime,
    seen_version: int | None,
) -> Reply:
    """What the reply counts as, and the step with its digest."""
    reply.kind = rules.overall_kind([item.kind for item in reply.items.all()])
    take_step(
        case,
        verb,
        actor=actor,
        at=at,
        seen_version=seen_version,
        position=position,
        reply_kind=reply.kind,
        content_sha256=reply.content_sha256,
    )
    reply.save(update_fields=["kind"])
    return reply


@transaction.atomic
def drop_item(
    *, case: DisclosureRequest, position: int, actor: Actor, at: datetime, seen_version: int | None = None
) -> Reply:
    """Take one matter out of the reply; those after it move up."""
    lock(case)
    reply = reply_of(case)
    items = list(reply.items.all())
    if len(items) < 2:
        raise StepRefused("答复只有一项，不能删除；可以修改。")
    if not 1 <= position <= len(items):
        raise InvalidInput("没有这一项答复", "position")
    if actor.account_id is None:
        raise StepRefused("须由本机关经办人办理。")
    items[position - 1].delete()
    for item in items[position:]:
        item.position -= 1
        item.save(update_fields=["position"])
    reply.drafted_by_id, reply.drafted_at = actor.account_id, at
    reply.save(update_fields=["drafted_by", "drafted_at"])
    return _settle(case, reply, "drop_item", position, actor, at, seen_version)


GIVES = (ReplyKind.DISCLOSE, ReplyKind.PARTIAL)


def _passed_over(case: DisclosureRequest, reply: Reply) -> int:
    """Those asked whose objection this reply would pass over without a decision to do so.

    An objection is honoured by a matter that withholds for that party: one that names it, or that names nobody in a reply of
    a single matter. A joint maker's objection counts alike (条例第三十二条、第三十四条).
    """
    items = list(reply.items.all())
    if not any(item.kind in GIVES for item in items):
        return 0
    objecting = _objecting(case)
    if len(items) == 1 and not items[0].parties and _honours(items[0], objecting):
        return 0
    honoured = {position for item in items if item.kind in WITHHOLDING for position in item.parties}
    return sum(position not in honoured for position in objecting)


def _objecting(case: DisclosureRequest) -> dict[int, Consultation]:
    """Those whose objection stands, by position."""
    asked = enumerate(case.consultations.order_by("pk"), 1)
    return {position: entry for position, entry in asked if entry.objection_stands}


def _honours(item: ReplyItem, objecting: dict[int, Consultation]) -> bool:
    """True if what the single matter withholds is what those who object wish to be withheld."""
    parties = any(entry.kind == ConsultKind.THIRD_PARTY for entry in objecting.values())
    return item.ground == RefusalGround.THIRD_PARTY or (bool(item.ground) and not parties)


def _check_decisions(case: DisclosureRequest, reply: Reply) -> None:
    """A party was told in writing that its information is disclosed: so it is, or the decision is revoked first."""
    gives = any(item.kind in GIVES for item in reply.items.all())
    if not gives and case.consultations.filter(overridden_on__isnull=False).exists():
        raise StepRefused(
            "已经书面告知第三方决定公开，答复却全部不予公开：请修改答复，或者先撤销公开的决定并告知第三方。"
        )


def _check_records(case: DisclosureRequest, items: list[ReplyItem]) -> None:
    """Every record is decided, its copy proven, and no matter says the contrary. Raises StepRefused."""
    entries = entries_of(case)
    found = problems_of(entries)
    known = {item.position for item in items}
    found += [
        f"第{entry.number}份信息对应第{number}项，答复没有这一项"
        for entry in entries
        for number in entry.record.matters
        if number not in known
    ]
    found += [said for item in items if (said := contradiction(entries, item.position, item.kind))]
    found += unmet_marks(case)
    if found:
        raise StepRefused(f"{'；'.join(found[:3])}。", tuple(found))


def drafters(case: DisclosureRequest) -> frozenset[int]:
    """Everybody who ever wrote any matter of the text or anything of the records that go with it: what is kept of it stays theirs, also after a reopening."""
    events = case.events.filter(kind__in=["draft_reply", "drop_item", *WRITES], actor_id__isnull=False)
    return frozenset(actor for actor in events.values_list("actor_id", flat=True) if actor is not None)


@transaction.atomic
def submit_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the draft to review; whoever sends it stands as its drafter, and must have written it."""
    reply = reply_of(case)
    if reply.drafted_by_id != actor.account_id:
        raise StepRefused("须由拟稿人本人送审；他人修改的，应先保存为自己的拟稿。")
    items = list(reply.items.all())
    if len(items) > 1 and not all(item.matter for item in items):
        raise StepRefused("分项答复的，每一项都须写明所答事项。")
    _check_decisions(case, reply)
    _check_records(case, items)
    for item in items:
        refuse_parties_named(case, matter=item.matter, body=item.body, withheld=item.withheld)
    take_step(
        case,
        "submit_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=reply.content_sha256,
        waiting=case.consultations.filter(state=ConsultState.WAITING).count(),
        objections=_passed_over(case, reply),
    )
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=reply.content_sha256, actor=actor, at=at)
    tell_next(case, Role.REVIEWER, "答复待审核", at)

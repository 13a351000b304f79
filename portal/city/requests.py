"""The stories of disclosure requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from portal.city import words
from portal.city.stage import City
from portal.core.actors import GUEST, Actor
from portal.core.limits import limit
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.actions.release import suggested_text
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, NotProcessedReason, RefusalGround, RemedyResult, ReplyKind
from requests_app.models import DisclosureRequest

KINDS = (
    (ReplyKind.DISCLOSE, 46),
    (ReplyKind.ALREADY_PUBLIC, 14),
    (ReplyKind.PARTIAL, 8),
    (ReplyKind.REFUSE, 9),
    (ReplyKind.NOT_OURS, 9),
    (ReplyKind.NOT_HELD, 6),
    (ReplyKind.INQUIRY, 3),
    (ReplyKind.NEEDS_CREATION, 3),
    (ReplyKind.NOT_PROCESSED, 2),
)
BODIES = {
    ReplyKind.DISCLOSE: "您申请的信息予以公开，内容见附表，可以在网上下载。",
    ReplyKind.ALREADY_PUBLIC: "您申请的信息已经主动公开，请在市政府网站“政策文件”栏目查看。",
    ReplyKind.PARTIAL: "您申请的信息予以部分公开，可以公开的内容见附表。",
    ReplyKind.REFUSE: "您申请的信息依法不予公开，理由如下。",
    ReplyKind.NOT_OURS: "您申请的信息不由本机关负责公开，可向负责的机关提出。",
    ReplyKind.NOT_HELD: "经检索，本机关没有制作、也没有保存您申请的信息。",
    ReplyKind.INQUIRY: "您提出的内容属于行政查询事项，请按照有关规定查询。",
    ReplyKind.NEEDS_CREATION: "本机关没有现成信息，需要另行加工、分析，不予提供。",
    ReplyKind.NOT_PROCESSED: "您提出的内容属于投诉、举报事项，请通过相应渠道提出。",
}
RATED, RELEASED, REJECTED, SUED = 0.4, 0.25, 0.6, 0.012


def story(city: City, day: date) -> Iterator[datetime]:
    """One request from its submission to what comes after its reply; each yield is the moment of what follows."""
    rng, unit = city.rng, city.unit()
    asker: Actor = rng.choice(city.citizens) if rng.random() < 0.5 else GUEST
    where, what = words.place(rng), words.matter(rng, unit.code)
    yield city.moment(day, 8, 22)
    case = actions.submit(
        unit=unit, answers=_answers(city, where, what), key=city.next_key(), actor=asker, at=city.now
    ).case
    cast = city.cast(unit)
    registered = city.days.add(day, 1) if rng.random() < 0.7 else city.days.add(day, 2)
    yield city.moment(registered, 9, 11)
    actions.register(
        case=case,
        received_on=registered,
        channel=Channel.ONLINE,
        evidence="平台确认",
        actor=cast["clerk"],
        at=city.now,
    )
    yield city.moment(registered, 11, 12)
    actions.assign(case=case, officer=city.officers[unit.pk], actor=cast["clerk"], at=city.now)
    if rng.random() < 0.04:
        yield city.work(registered, rng.randint(1, 5))
        actions.withdraw(case=case, reason="已经从其他途径获得", actor=asker, at=city.now)
        return
    begun = registered
    if rng.random() < 0.09:
        yield from _correction(city, case, asker, cast, registered)
        if case.closed_on is not None:
            return
        begun = case.received_on or registered
    yield from _answer(city, case, unit, begun)
    yield from _afterwards(city, case, unit, asker)


def _answers(city: City, where: str, what: str) -> dict[str, Any]:
    rng = city.rng
    firm = rng.random() < 0.18
    name = words.person(rng)
    return {
        "applicant_kind": "organisation" if firm else "citizen",
        "organisation_kind": "business" if firm else "",
        "name": f"玉溪{name}商贸有限公司" if firm else name,
        "identity_kind": "" if firm else "passport",
        "identity_number": f"91530400{rng.randrange(10**10):010d}"
        if firm
        else f"E{rng.randrange(10**8):08d}",
        "representative": name if firm else "",
        "contact_person": name if firm else "",
        "phone": city.phone(),
        "email": f"asker{rng.randrange(10**6):06d}@example.org",
        "address": f"云南省玉溪市{where}示例路{rng.randint(1, 200)}号",
        "postcode": "653100",
        "information_name": f"{where}{what}{rng.choice(words.WANTED)}",
        "information_number": "",
        "description": f"希望获取{rng.randint(2021, 2026)}年度{where}{what}的有关信息。",
        "form_wanted": "electronic",
        "delivery": "online",
    }


def _correction(
    city: City, case: DisclosureRequest, asker: Actor, cast: dict[str, Actor], registered: date
) -> Iterator[datetime]:
    rng = city.rng
    yield city.work(registered, rng.randint(2, 6))
    told = timezone.localdate(city.now)
    correct_by = city.days.add(told, limit("disclosure.correction_term", on=case.law_day).days)
    actions.request_correction(
        case=case,
        unclear="请明确所需信息的年度和项目名称。",
        correct_by=correct_by,
        actor=cast["clerk"],
        at=city.now,
    )
    if rng.random() < 0.85:
        yield city.moment(city.days.add(told, rng.randint(2, 12)), 8, 21)
        actions.correct(case=case, text="需要最近一个年度的信息。", actor=asker, at=city.now)
    else:
        yield city.work(correct_by, 2)
        actions.lapse(case=case, actor=cast["clerk"], at=city.now)


def _answer(city: City, case: DisclosureRequest, unit: Unit, begun: date) -> Iterator[datetime]:
    rng, cast, habits = city.rng, city.cast(unit), city.habits[unit.pk]
    late = rng.random() < habits.late
    takes = 21 + rng.randint(0, 9) if late else min(19, max(5, round(rng.gauss(habits.pace, 3))))
    if not late and rng.random() < 0.05:
        yield city.work(begun, rng.randint(8, 14))
        actions.request_extension(
            case=case, days=20, reason="需要向有关县（市、区）调取资料", actor=cast["clerk"], at=city.now
        )
        yield city.work(timezone.localdate(city.now), 1)
        actions.extend(case=case, actor=cast["approver"], at=city.now)
        takes = rng.randint(24, 36)
    kind = rng.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
    if kind == ReplyKind.PARTIAL and rng.random() < 0.4 and takes > 9:
        yield from _third_party(city, case, cast, begun)
        begun = timezone.localdate(city.now)
        takes = min(takes, 9)
    if kind == ReplyKind.NOT_HELD:
        yield city.work(begun, max(1, takes - 5))
        actions.record_search(
            case=case,
            searched_on=timezone.localdate(city.now),
            place="公文系统、档案室近三年卷宗",
            words="事项名称",
            result="未查到",
            found=False,
            actor=cast["drafter"],
            at=city.now,
        )
    drafted = max(city.work(begun, max(1, takes - 3)), city.now)
    yield drafted
    text = ReplyText(
        kind,
        BODIES[kind],
        ground=RefusalGround.PROCESS if kind in (ReplyKind.REFUSE, ReplyKind.PARTIAL) else "",
        withheld="涉及第三方的合同条款。" if kind == ReplyKind.PARTIAL else "",
        agency="玉溪市档案馆" if kind == ReplyKind.NOT_OURS else "",
        agency_contact="0877-2010000" if kind == ReplyKind.NOT_OURS else "",
        reason=NotProcessedReason.PETITION if kind == ReplyKind.NOT_PROCESSED else "",
    )
    actions.draft_reply(case=case, text=text, actor=cast["drafter"], at=city.now)
    day = timezone.localdate(city.now)
    actions.submit_reply(case=case, actor=cast["drafter"], at=city.now)
    yield city.moment(city.days.add(day, 1), 9, 12)
    actions.review_reply(case=case, actor=cast["reviewer"], at=city.now)
    yield city.moment(city.days.add(day, 1), 14, 17)
    actions.clear_reply(case=case, actor=cast["secrecy"], at=city.now)
    yield city.moment(city.days.add(day, 2), 9, 12)
    actions.sign_reply(case=case, actor=cast["approver"], at=city.now)
    yield city.moment(city.days.add(day, 3), 9, 17)
    actions.reply(case=case, actor=cast["clerk"], at=city.now)


def _third_party(
    city: City, case: DisclosureRequest, cast: dict[str, Actor], begun: date
) -> Iterator[datetime]:
    yield city.work(begun, city.rng.randint(2, 4))
    party = Party(
        "third_party",
        f"玉溪{words.person(city.rng)}建设有限公司",
        "该公司承建项目的合同价款和付款条款。",
        "post",
        address="玉溪市红塔区示例路1号",
        tracking=f"XA{city.rng.randrange(10**11):011d}",
    )
    actions.consult(case=case, party=party, actor=cast["clerk"], at=city.now)
    yield city.work(timezone.localdate(city.now), city.rng.randint(4, 12))
    actions.take_opinion(
        case=case,
        consultation=case.consultations.get(),
        opinion="agree",
        reason="",
        actor=cast["clerk"],
        at=city.now,
    )


def _afterwards(city: City, case: DisclosureRequest, unit: Unit, asker: Actor) -> Iterator[datetime]:
    rng, cast = city.rng, city.cast(unit)
    answered = timezone.localdate(city.now)
    if rng.random() < RATED:
        yield city.moment(city.days.add(answered, 1), 18, 22)
        actions.rate(case=case, mark=city.mark(unit), words="", actor=asker, at=city.now)
    chance = rng.random()
    if chance < RELEASED + REJECTED:
        yield city.work(answered, rng.randint(3, 6))
        actions.propose_release(case=case, text=suggested_text(case), actor=cast["clerk"], at=city.now)
        if chance >= RELEASED:
            yield city.work(timezone.localdate(city.now), 1)
            actions.reject_release(case=case, comment="只涉及申请人本人", actor=cast["secrecy"], at=city.now)
        else:
            yield city.work(timezone.localdate(city.now), 1)
            actions.clear_release(case=case, actor=cast["secrecy"], at=city.now)
            yield city.work(timezone.localdate(city.now), 1)
            actions.release(case=case, actor=cast["publisher"], at=city.now)
    if rng.random() < SUED:
        filed = city.days.add(answered, rng.randint(10, 30))
        yield max(city.moment(filed), city.now)
        remedy = actions.record_remedy(
            case=case,
            kind="reconsideration",
            body=unit.review_body,
            number=f"玉政复〔{filed.year}〕{city.key}号",
            filed_on=filed,
            actor=cast["clerk"],
            at=city.now,
        )
        yield city.work(filed, rng.randint(30, 45))
        result = rng.choices((RemedyResult.UPHELD, RemedyResult.CORRECTED, RemedyResult.OTHER), (6, 3, 2))[0]
        actions.close_remedy(
            case=case,
            remedy=remedy,
            result=result,
            ended_on=timezone.localdate(city.now),
            actor=cast["clerk"],
            at=city.now,
        )

"""The seats: signed up for, drawn, given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.hearings import rules
from consultations.hearings.choices import Place, State
from consultations.hearings.models import Hearing, SignUp
from consultations.hearings.queries import token_digest
from portal.cases.numbers import take_number
from portal.cases.steps import lock, take_step
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.telephone import mobile, normal_telephone
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import blind_index, keyed_digest
from portal.privacy.personal import names_among
from portal.publishing.screening import refuse_personal
from portal.publishing.takedown import refuse_down
from portal.units.queries import address_is_of

GRACE = timedelta(minutes=5)
NOT_NOW = "现在不能报名：尚未开始、已经截止或者已经取消。"
SAID = ("group_id", "name", "phone", "email", "view")


@dataclass(frozen=True)
class SignedUp:
    """The answer to a sign-up: the row and the token of its own page, the same for the same key."""

    row: SignUp
    token: str


def sign_up(
    *,
    case: Hearing,
    group: int,
    name: str,
    phone: str,
    email: str,
    view: str,
    key: str,
    actor: Actor,
    at: datetime,
) -> SignedUp:
    """Sign somebody up for one interest group, a person (by telephone) once; the same key gives the same row.

    Raises StepRefused outside the days or for a second sign-up, InvalidInput for an unknown group.
    """
    today = timezone.localdate(at)
    if not case.takes_sign_ups(today):
        raise StepRefused(NOT_NOW)
    refuse_down(case)
    chosen = case.groups.filter(pk=group).first()
    if chosen is None:
        raise InvalidInput("请选择以哪一方参加", "group")
    token = keyed_digest(f"{case.public_id}\n{key}", "hearing-sign-up")[:40]
    phone = normal_telephone(phone)
    sent = SignUp(group=chosen, name=name.strip(), phone=phone, email=email.strip(), view=view.strip())
    earlier = SignUp.objects.filter(token_hash=token_digest(token)).first()
    if earlier is not None:
        return _again(earlier, sent, token)
    person = blind_index(f"{case.public_id}{mobile(phone) or phone}", "phone")
    if SignUp.objects.filter(hearing=case, person_index=person).exists():
        raise StepRefused("这个电话号码已经报过名，每人只能报名一次。")
    try:
        with transaction.atomic():
            _hold_open(case, today)
            row = SignUp.objects.create(
                hearing=case,
                group=chosen,
                number=take_number(case.unit, f"sign-up:{case.pk}", case.held_on.year),
                name=name.strip(),
                phone=phone,
                email=email.strip(),
                person_index=person,
                view=view.strip(),
                account_id=actor.account_id,
                token_hash=token_digest(token),
                at=at,
            )
            tell(row, "signed_up", "您已报名听证会", f"报名序号{row.number}，报名截止后公开抽选。", token, at)
            return SignedUp(row, token)
    except IntegrityError as error:
        raise StepRefused("这个电话号码已经报过名，每人只能报名一次。") from error


def _hold_open(case: Hearing, today: date) -> None:
    """Keep the list from being fixed until this sign-up is written; refuse it if it was fixed meanwhile."""
    held: Any = Hearing.objects.select_for_update().get(pk=case.pk)
    if not held.takes_sign_ups(today) or held.events.filter(kind="fix_list").exists():
        raise StepRefused(NOT_NOW)


def _again(earlier: SignUp, sent: SignUp, token: str) -> SignedUp:
    """The sign-up that the same key made before; StepRefused if anything else is sent now."""
    if any(getattr(earlier, name) != getattr(sent, name) for name in SAID):
        raise StepRefused(
            f"这一页已经报过名（序号{earlier.number}），同一提交标识对应了不同内容。需要更改的，请先退出再重新报名。"
        )
    return SignedUp(earlier, token)


def closing_day(at: datetime) -> date:
    """The day up to which every sign-up has surely been written."""
    return timezone.localdate(at - GRACE)


@transaction.atomic
def fix_list(*, case: Hearing, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Record the numbers that will be drawn from, before the seed is shown; from now on the draw is bound to them."""
    lock(case)
    rows = list(case.sign_ups.select_related("group").order_by("number"))
    standing = [row for row in rows if row.place != Place.WITHDRAWN]
    take_step(
        case,
        "fix_list",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=closing_day(at),
        numbers={
            group.title: [row.number for row in standing if row.group_id == group.pk]
            for group in case.groups.order_by("id")
        },
        withdrawn=[row.number for row in rows if row.place == Place.WITHDRAWN],
        fixed=case.events.filter(kind="fix_list").exists(),
    )


def fix_ended(*, at: datetime) -> int:
    """Fix the list of every hearing whose sign-up has ended; gives how many."""
    ended = Hearing.objects.filter(state=State.ANNOUNCED, sign_up_until__lt=closing_day(at)).exclude(
        events__kind="fix_list"
    )
    cases: list[Any] = list(ended.select_related("unit").order_by("pk"))
    for case in cases:
        fix_list(case=case, actor=SYSTEM, at=at)
    return len(cases)


def tell(row: SignUp, what: str, subject: str, body: str, token: str, at: datetime) -> None:
    """Notify who signed up; the link of its own page is kept sealed."""
    case = row.hearing
    link = (
        reverse("hearings:own", args=[token]) if token else reverse("hearings:detail", args=[case.public_id])
    )
    notify(
        recipient=Recipient(account_id=row.account_id, email=row.email, phone=mobile(row.phone)),
        key=f"sign-up:{row.public_id}:{what}",
        subject=f"{subject}（{case.title[:40]}）",
        body=body,
        link=link,
        at=at,
        secret=bool(token),
        first=bool(token) and not address_is_of(row.account_id, row.email),
    )


@transaction.atomic
def draw_seats(*, case: Hearing, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Show the seed and draw from the list that was fixed; everybody who signed up is told.

    The hearing is held from before its rows are read, so that whoever withdraws meanwhile is either out or draws and leaves.
    """
    lock(case)
    if closing_day(at) > case.sign_up_until and not case.events.filter(kind="fix_list").exists():
        fix_list(case=case, actor=SYSTEM, at=at)
        seen_version = seen_version + 1 if seen_version is not None else None
    rows = list(
        case.sign_ups.select_for_update(of=("self",)).exclude(place=Place.WITHDRAWN).select_related("group")
    )
    groups = {
        group.title: (group.seats, [row.number for row in rows if row.group_id == group.pk])
        for group in case.groups.all()
    }
    found = rules.draw(case.seed, groups)
    seats = {number for taken, _ in found.values() for number in taken}
    take_step(
        case,
        "draw_seats",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=closing_day(at),
        seed=case.seed,
        result={title: taken for title, (taken, _) in found.items()},
    )
    for row in rows:
        row.place = Place.SEAT if row.number in seats else Place.SUBSTITUTE
        row.save(update_fields=["place"])
        said = (
            "您被抽选为听证参加人，请按时参加。"
            if row.place == Place.SEAT
            else "您为候补，有人退出时依次递补。"
        )
        tell(row, "drawn", "听证会抽选结果", said, "", at)


def own_values(case: Hearing) -> list[str]:
    """Everything that names or reaches somebody who signed up; none of it is published."""
    return list(names_among(case.sign_ups.all()))


@transaction.atomic
def send_papers(
    *, case: Hearing, papers: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Give those who take part the papers of the hearing; they stand on its page too."""
    refuse_personal({"papers": papers}, own_values=own_values(case), allowed=(case.contact_phone,))
    lock(case)
    rows = list(case.sign_ups.filter(place=Place.SEAT))
    take_step(
        case,
        "send_papers",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=timezone.localdate(at),
        papers=papers,
        told=len(rows),
    )
    for row in rows:
        tell(row, "papers", "听证会材料", papers.strip()[:1000], "", at)


@transaction.atomic
def withdraw_sign_up(*, sign_up_id: int, at: datetime) -> None:
    """Take one's sign-up back; after the draw the first substitute of the group moves up and is told."""
    lock(SignUp.objects.select_related("hearing").get(pk=sign_up_id).hearing)
    row = SignUp.objects.select_for_update(of=("self",)).select_related("hearing", "group").get(pk=sign_up_id)
    case = row.hearing
    if row.place == Place.WITHDRAWN:
        return
    if case.state not in ("announced", "drawn") or timezone.localdate(at) >= case.held_on:
        raise StepRefused("听证会已经举行或者取消，不能再退出。")
    had_seat = row.place == Place.SEAT
    row.place = Place.WITHDRAWN
    row.save(update_fields=["place"])
    if not had_seat:
        return
    waiting = {
        other.number: other for other in SignUp.objects.filter(group=row.group, place=Place.SUBSTITUTE)
    }
    order = rules.order_of(case.seed, list(waiting))
    if order:
        following = waiting[order[0]]
        following.place = Place.SEAT
        following.save(update_fields=["place"])
        said = f"请按时参加。{'听证会材料见听证会页面。' if case.papers_on is not None else ''}"
        tell(following, "moved_up", "您已递补为听证参加人", said, "", at)

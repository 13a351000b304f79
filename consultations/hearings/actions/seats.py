"""The seats: signed up for, drawn, given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.hearings import rules
from consultations.hearings.choices import Place
from consultations.hearings.models import Hearing, SignUp
from consultations.hearings.queries import token_digest
from portal.cases.numbers import take_number
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.telephone import mobile, normal_telephone
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import blind_index, keyed_digest


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
    if not case.takes_sign_ups(timezone.localdate(at)):
        raise StepRefused("现在不能报名：尚未开始、已经截止或者已经取消。")
    chosen = case.groups.filter(pk=group).first()
    if chosen is None:
        raise InvalidInput("请选择以哪一方参加", "group")
    token = keyed_digest(f"{case.public_id}\n{key}", "hearing-sign-up")[:40]
    earlier = SignUp.objects.filter(token_hash=token_digest(token)).first()
    if earlier is not None:
        return SignedUp(earlier, token)
    phone = normal_telephone(phone)
    person = blind_index(f"{case.public_id}{phone}", "phone")
    if SignUp.objects.filter(hearing=case, person_index=person).exists():
        raise StepRefused("这个电话号码已经报过名，每人只能报名一次。")
    try:
        with transaction.atomic():
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
    )


@transaction.atomic
def draw_seats(*, case: Hearing, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Show the seed and draw; everybody who signed up is told."""
    rows = list(case.sign_ups.exclude(place=Place.WITHDRAWN).select_related("group"))
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
        today=timezone.localdate(at),
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


@transaction.atomic
def send_papers(
    *, case: Hearing, papers: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Give those who take part the papers of the hearing; they stand on its page too."""
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
    row = SignUp.objects.select_for_update().select_related("hearing", "group").get(pk=sign_up_id)
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

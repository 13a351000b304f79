"""The stories of letters to the Secretary and the Mayor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from mailbox import actions
from mailbox.models import Letter, RatingInvitation
from portal.city import words
from portal.city.stage import City
from portal.core.actors import GUEST, Actor
from portal.units.models import Unit

DECLINED = (
    ("in_court", "您反映的纠纷已由人民法院受理，请按照诉讼程序主张权利。"),
    ("not_government", "您反映的事项不属于政府职责范围，请与有关单位协商解决。"),
    ("no_matter", "来信没有写明具体事项，请补充后重新来信。"),
)
RATED = 0.45


def story(city: City, day: date) -> Iterator[datetime]:
    """One letter; each yield is the moment of what follows."""
    rng, unit = city.rng, city.unit()
    where, what = words.place(rng), words.matter(rng, unit.code)
    kind, topic, text = rng.choices(words.WISHES, (30, 28, 24, 14, 4))[0]
    asker: Actor = rng.choice(city.citizens) if rng.random() < 0.5 else GUEST
    yield city.moment(day, 7, 23)
    case = actions.submit(
        answers={
            "addressee": rng.choice(("mayor", "mayor", "secretary")),
            "addressed_unit": "",
            "letter_kind": kind,
            "place": words.county(where),
            "topic": topic.format(place=where, matter=what),
            "text": text.format(place=where, matter=what),
            "name": words.person(rng),
            "phone": city.phone(),
            "email": "",
            "residence": "",
            "confidential": kind == "report",
            "consent_to_publish": kind != "report" and rng.random() < 0.6,
        },
        key=city.next_key(),
        actor=asker,
        at=city.now,
    ).case
    clerk = city.cast(city.office)["clerk"]
    screened = city.days.add(day, 1)
    yield city.moment(screened, 9, 11)
    if rng.random() < 0.06:
        reason, note = rng.choice(DECLINED)
        actions.decline(case=case, reason=reason, note=note, actor=clerk, at=city.now)
        return
    simple = rng.random() < 0.4
    actions.accept(
        case=case, complexity="reply_simple" if simple else "reply_complex", actor=clerk, at=city.now
    )
    yield city.moment(screened, 14, 17)
    actions.assign(case=case, unit=unit, actor=clerk, at=city.now)
    cast = city.cast(unit)
    yield city.moment(city.days.add(screened, 1), 9, 12)
    actions.sign_for(case=case, actor=cast["clerk"], at=city.now)
    yield from _answer(city, case, unit, screened, simple, (where, what))
    yield from _afterwards(city, case, unit)


def _answer(
    city: City, case: Letter, unit: Unit, begun: date, simple: bool, about: tuple[str, str]
) -> Iterator[datetime]:
    rng, cast, habits = city.rng, city.cast(unit), city.habits[unit.pk]
    if rng.random() < habits.late:
        takes = (6 if simple else 11) + rng.randint(0, 6)
    else:
        takes = rng.randint(3, 5) if simple else min(10, max(4, round(habits.pace * 0.8 + rng.gauss(0, 1.5))))
    yield max(city.work(begun, max(2, takes - 1)), city.now)
    place, matter = about
    body = rng.choice(words.ANSWERS).format(place=place, matter=matter)
    actions.draft_reply(case=case, body=body, actor=cast["drafter"], at=city.now)
    actions.submit_reply(case=case, actor=cast["drafter"], at=city.now)
    day = timezone.localdate(city.now)
    yield city.moment(day, 16, 17)
    actions.review_reply(case=case, actor=cast["reviewer"], at=city.now)
    yield city.moment(city.days.add(day, 1), 9, 11)
    actions.sign_reply(case=case, actor=cast["approver"], at=city.now)
    yield city.moment(city.days.add(day, 1), 14, 17)
    actions.answer(case=case, actor=city.cast(city.office)["clerk"], at=city.now)


def _afterwards(city: City, case: Letter, unit: Unit) -> Iterator[datetime]:
    rng = city.rng
    answered = timezone.localdate(city.now)
    if rng.random() < RATED:
        yield city.moment(city.days.add(answered, 1), 18, 22)
        invitation = RatingInvitation.objects.get(letter=case, round=case.round)
        actions.rate(invitation=invitation, solved=city.mark(unit), attitude=city.mark(unit), at=city.now)
    if case.consent_to_publish and rng.random() < 0.3:
        cast = city.cast(unit)
        yield city.work(answered, 2)
        text = actions.suggested_text(case)
        actions.propose_release(
            case=case,
            actor=cast["clerk"],
            at=city.now,
            title=text.title,
            question=text.question,
            answer=text.answer,
        )
        yield city.work(answered, 3)
        actions.clear_release(case=case, actor=cast["secrecy"], at=city.now)
        yield city.work(answered, 4)
        actions.release(case=case, actor=cast["publisher"], at=city.now)

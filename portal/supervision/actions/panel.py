"""Writers of a panel: drawn, marked, closed."""

from __future__ import annotations

import json
import random
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.numbers import take_case_number
from portal.cases.registry import KINDS, ReplyWords
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.actions import Recipient, notify
from portal.publishing.actions import digest_of
from portal.supervision.actions.assessment import span_name
from portal.supervision.actions.lending import OFFICE, lent
from portal.supervision.choices import PANEL, PanelState
from portal.supervision.figures import month_after
from portal.supervision.models import Mark, Panel, Sample
from portal.supervision.models.panel import FEWEST_MARKS, MOST_POINTS
from portal.units.access import is_supervisor
from portal.units.choices import HANDLING_ROLES
from portal.units.models import Account, Appointment, Unit

PREFIX = "C"
MOST_PER_UNIT = 10
Drawn = tuple[Case, ReplyWords]


@transaction.atomic
def open_panel(
    *,
    first: date,
    last: date,
    per_unit: int,
    members: Sequence[Account],
    actor: Actor,
    at: datetime,
    seed: str = "",
) -> Panel:
    """Draw that many replies of each unit from those closed in the months; the members are told.

    Raises StepRefused for anybody but a supervisor, InvalidInput for months that are not over, too few members, or
    nothing to draw.
    """
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    today = timezone.localdate(at)
    if first > last or first.day != 1 or last.day != 1:
        raise InvalidInput("请选择首月和末月", "last")
    if month_after(last) > today:
        raise InvalidInput("所选期间尚未结束", "last")
    if not 1 <= per_unit <= MOST_PER_UNIT:
        raise InvalidInput(f"每个机关抽取1至{MOST_PER_UNIT}件", "per_unit")
    if len(members) < FEWEST_MARKS:
        raise InvalidInput(f"至少{FEWEST_MARKS}名评分人", "members")
    office = Unit.objects.get(code=OFFICE)
    case = Panel(
        unit=office,
        title=f"{span_name(first, last)}答复抽查",
        first_month=first,
        last_month=last,
        seed=seed or secrets.token_hex(8),
        number=take_case_number(PREFIX, PANEL, today.year),
    )
    candidates, drawn = _draw(first, month_after(last), per_unit, case.seed)
    if not drawn:
        raise InvalidInput("所选期间没有可以抽查的答复", "last")
    _refuse_unjudged(drawn, members, today)
    open_case(
        case,
        "open_panel",
        actor=lent(actor, office.pk),
        at=at,
        seed=case.seed,
        candidates=candidates,
        samples=len(drawn),
    )
    case.members.set(members)
    Sample.objects.bulk_create(
        Sample(
            panel=case,
            target_id=target.pk,
            unit_id=target.unit_id,
            title=words.title,
            question=words.question,
            answer=words.answer,
        )
        for target, words in drawn
    )
    for account in members:
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"panel:{case.public_id}:{account.pk}",
            subject=f"请为答复评分（{case.number}）",
            body=case.title,
            link=reverse("supervision:panel", args=[case.public_id]),
            at=at,
        )
    return case


def _draw(first: date, end: date, per_unit: int, seed: str) -> tuple[int, list[Drawn]]:
    """How many could be drawn, and those drawn: of each unit the same for the same seed and the same cases."""
    judged = [code for code, kind in KINDS.items() if kind.reply_words is not None]
    by_unit: dict[int, list[int]] = defaultdict(list)
    rows = Case.objects.filter(kind__in=judged, closed_on__gte=first, closed_on__lt=end).order_by("pk")
    for pk, unit_id in rows.values_list("pk", "unit_id"):
        by_unit[unit_id].append(pk)
    drawn: list[Drawn] = []
    for unit_id, keys in sorted(by_unit.items()):
        order = random.Random(f"{seed}:{unit_id}").sample(keys, len(keys))  # noqa: S311  # nosec B311: a public draw
        found = 0
        for pk in order:
            words = _words_of(pk)
            if words is not None:
                drawn.append(words)
                found += 1
            if found == per_unit:
                break
    return sum(map(len, by_unit.values())), drawn


def _words_of(pk: int) -> Drawn | None:
    kind = KINDS[Case.objects.values_list("kind", flat=True).get(pk=pk)]
    case = kind.model._base_manager.get(pk=pk)
    words = kind.reply_words(case) if kind.reply_words is not None else None
    return (case, words) if words is not None else None


def _refuse_unjudged(drawn: Iterable[Drawn], members: Sequence[Account], today: date) -> None:
    working: dict[int, set[int]] = defaultdict(set)
    rows = Appointment.objects.filter(account__in=members, role__in=HANDLING_ROLES)
    for account_id, unit_id in rows.values_list("account_id", "unit_id"):
        working[unit_id].add(account_id)
    for unit_id in {target.unit_id for target, _ in drawn}:
        if len({account.pk for account in members} - working[unit_id]) < FEWEST_MARKS:
            name = Unit.objects.get(pk=unit_id).short_name
            raise InvalidInput(f"{name}的答复至少须有{FEWEST_MARKS}名外单位的评分人", "members")


@transaction.atomic
def mark_sample(*, sample: Sample, points: int, remark: str, actor: Actor, at: datetime) -> Mark:
    """A member gives 0 to 100; may be changed until the panel is closed.

    Raises StepRefused for anybody else, for the own unit's reply, or after the end; InvalidInput for other points.
    """
    panel: Any = Panel.objects.select_for_update().get(pk=sample.panel_id)
    if panel.state != PanelState.MARKING:
        raise StepRefused("评分已经结束。")
    if not panel.members.filter(pk=actor.account_id).exists():
        raise StepRefused("您不是本次抽查的评分人。")
    if any(actor.has_role(sample.unit_id, role) for role in HANDLING_ROLES):
        raise StepRefused("不能为本单位的答复评分。")
    if not 0 <= points <= MOST_POINTS:
        raise InvalidInput(f"请填写0至{MOST_POINTS}的整数", "points")
    mark, _ = Mark.objects.update_or_create(
        sample=sample,
        by_id=actor.account_id,
        defaults={"points": points, "remark": remark.strip()[:300], "at": at},
    )
    return mark


@transaction.atomic
def close_panel(*, case: Panel, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """End the marking once every sample has its marks."""
    Panel.objects.select_for_update().get(pk=case.pk)
    samples = case.samples.annotate(number=Count("marks")).order_by()
    marks = list(
        Mark.objects.filter(sample__panel=case).order_by("pk").values_list("sample_id", "by_id", "points")
    )
    take_step(
        case,
        "close_panel",
        actor=lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        missing=samples.filter(number__lt=FEWEST_MARKS).count(),
        marks=len(marks),
        sha256=digest_of(json.dumps(marks)),
        today=timezone.localdate(at),
    )

"""The catalogue: loaded from the city's own lists for every unit; topics opened by an approved request."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from notices.catalogue.rows import catalogue
from notices.choices import OFFICE, SITES, Holds
from notices.models import AliveRule, Column
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Unit


@transaction.atomic
def load_catalogue() -> int:
    """Give every active unit the columns that the rules prescribe; gives how many are new. Nothing is overwritten."""
    rules = {rule.code: rule for rule in AliveRule.objects.all()}
    made = 0
    for unit in Unit.objects.filter(is_active=True).order_by("sort", "id"):
        known = {column.entry: column for column in Column.objects.filter(unit=unit)}
        for position, row in enumerate(catalogue(), 1):
            if unit.kind not in row.kinds or row.code in known:
                continue
            known[row.code] = Column.objects.create(
                unit=unit,
                entry=row.code,
                title=row.title,
                parent=known.get(row.parent),
                holds=row.holds,
                obligatory=row.obligatory,
                alive_rule=rules.get(row.alive),
                source=row.source,
                position=position,
            )
            made += 1
    return made


@transaction.atomic
def open_topic(*, unit: Unit, title: str, entry: str, actor: Actor) -> Column:
    """Open a 专题专栏 of a unit (办法第十六条): a leader of the government office decides for the city's site,
    the unit's own leader for its own.

    Raises StepRefused for anybody else, InvalidInput for a title or code that is taken.
    """
    office = Unit.objects.get(code=OFFICE)
    deciding = office if unit.kind in ("government", "office") else unit
    if not actor.has_role(deciding.pk, Role.APPROVER):
        raise StepRefused(f"开设专题专栏须由{deciding.short_name}签发人批准。")
    if not title.strip():
        raise InvalidInput("请填写专题名称", "title")
    code = slugify(entry)
    if not code or Column.objects.filter(unit=unit, entry=f"topic-{code}").exists():
        raise InvalidInput("专题代码须为字母、数字，且不能重复", "entry")
    return Column.objects.create(
        unit=unit,
        entry=f"topic-{code}",
        title=title.strip(),
        parent=Column.objects.filter(unit=unit, entry="topics").first(),
        holds=Holds.TOPIC,
        source=f"{SITES}第十六条",
        position=900,
    )

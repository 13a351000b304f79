"""Which steps of a kind of case write the text that a round of review signs, and who must sign it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import permutations

from django.db.models import Max
from django.utils import timezone

from portal.cases.models import Case, CaseEvent
from portal.core.actors import ActorKind
from portal.core.errors import StepRefused
from portal.publishing.choices import ReviewStep, Verdict
from portal.publishing.models import SignOff
from portal.publishing.models.takedown import FOUR_EYES
from portal.publishing.registry import Desk, desk_of
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import people_with

Text = tuple[int, str, str]  # the case's id, its kind, the purpose under which it is reviewed


def writers(case: Case, purpose: str) -> frozenset[int]:
    """Accounts of the staff who wrote any of what is reviewed under that purpose, whoever pressed 送审.

    Read from the case's log. Where every round has a text of its own, what an earlier round approved counts no more.
    """
    text = (case.pk, case.kind, purpose)
    return writers_of([text])[text]


def writers_of(texts: Sequence[Text]) -> dict[Text, frozenset[int]]:
    """`writers` of many texts at once, in as many queries as of one."""
    desks = {text: desk_of(text[1], text[2]) for text in texts}
    since = _approved(text for text, desk in desks.items() if desk.new_text)
    events = CaseEvent.objects.filter(
        case_id__in={case for case, _, _ in texts},
        kind__in={verb for desk in desks.values() for verb in desk.writes},
        actor_kind=ActorKind.STAFF,
        actor_id__isnull=False,
    )
    taken: dict[int, list[tuple[str, int, datetime]]] = defaultdict(list)
    for case, kind, actor, at in events.values_list("case_id", "kind", "actor_id", "at"):
        taken[case].append((kind, actor or 0, at))
    return {
        text: frozenset(
            actor
            for kind, actor, at in taken[text[0]]
            if kind in desk.writes and (text not in since or at > since[text])
        )
        for text, desk in desks.items()
    }


def _approved(texts: Iterable[Text]) -> dict[Text, datetime]:
    """When the newest round of each of these texts was approved; nothing for one that never was."""
    wanted = {(case, purpose): (case, kind, purpose) for case, kind, purpose in texts}
    if not wanted:
        return {}
    done = SignOff.objects.filter(
        review__case_id__in={case for case, _ in wanted}, step=ReviewStep.APPROVE, verdict=Verdict.PASS
    )
    rows = done.order_by().values_list("review__case_id", "review__purpose").annotate(last=Max("at"))
    return {wanted[case, purpose]: last for case, purpose, last in rows if (case, purpose) in wanted}


def check_signers(
    *,
    case: Case,
    purpose: str,
    at: datetime,
    submitter: int | None = None,
    needs: Sequence[Role] | None = None,
    unit: Unit | None = None,
) -> None:
    """Raise StepRefused unless the unit has, for each signature, somebody else who may give it.

    `needs` are the roles that must sign (by default those of the kind's desk); each of them by another person, none of whom wrote.
    """
    wanted = tuple(needs) if needs is not None else desk_of(case.kind, purpose).needs
    here = unit or case.unit
    wrote = writers(case, purpose) | ({submitter} if submitter is not None else set())
    problem = signers_problem(here, wanted, wrote, at)
    if problem:
        raise StepRefused(problem)


def signers_problem(unit: Unit, wanted: Sequence[Role], wrote: Iterable[int], at: datetime) -> str:
    """ "" if the roles can be filled by different people who did not write, else a sentence that names whom to ask."""
    out, on = frozenset(wrote), timezone.localdate(at)
    held = {role: frozenset(people_with(unit, role, on=on).values_list("pk", flat=True)) for role in wanted}
    whom = "请联系安全管理员任命后再送审。"
    empty = [role for role in wanted if not held[role]]
    if empty:
        return f"{unit.name}没有{_names(empty)}，送审后无人办理；{whom}"
    only = [role for role in wanted if not held[role] - out]
    if only:
        return f"{unit.name}的{_names(only)}都参与了拟稿，不能再由其办理；{whom}"
    if not _different([held[role] - out for role in wanted]):
        return f"{unit.name}的{_names(wanted)}须由不同人员担任，现有人员不够；{whom}"
    return ""


def _names(roles: Sequence[Role]) -> str:
    return "、".join(Role(role).label for role in roles)


def _different(groups: Sequence[frozenset[int]]) -> bool:
    """True if one person of each group can be chosen, all different; a handful of roles, so by trying."""
    few = [sorted(group)[: len(groups)] for group in groups]
    people = sorted({who for group in few for who in group})
    chosen = (zip(order, few, strict=True) for order in permutations(people, len(few)))
    return any(all(who in group for who, group in pairs) for pairs in chosen)


__all__ = ["FOUR_EYES", "Desk", "check_signers", "signers_problem", "writers", "writers_of"]

"""The text: its versions and clauses."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from consultations.choices import Change, Stage
from consultations.models import Clause, ClauseChange, DraftVersion, PublicConsultation
from portal.core.errors import NotFound
from portal.publishing.actions import digest_of


def versions_of(case: PublicConsultation) -> list[DraftVersion]:
    """All versions of the text, oldest first."""
    return list(DraftVersion.objects.filter(consultation=case))


def commented_version(case: PublicConsultation) -> DraftVersion | None:
    """The version on which the public comments: the last one of the stage 征求意见稿."""
    return DraftVersion.objects.filter(consultation=case, stage=Stage.COMMENT).order_by("-number").first()


def current_version(case: PublicConsultation) -> DraftVersion | None:
    """The newest version, whatever its stage."""
    return DraftVersion.objects.filter(consultation=case).order_by("-number").first()


def find_version(case: PublicConsultation, number: int) -> DraftVersion:
    """The version of that number; NotFound if there is none."""
    found = DraftVersion.objects.filter(consultation=case, number=number).first()
    if found is None:
        raise NotFound("没有找到该版本的文本。")
    return found


def clauses_of(version: DraftVersion | None) -> list[Clause]:
    """The clauses of a version, in the order of the text."""
    return list(Clause.objects.filter(version=version)) if version is not None else []


def find_clause(version: DraftVersion | None, ref: str) -> Clause | None:
    """The clause of that id in the version."""
    return Clause.objects.filter(version=version, ref=ref).first() if version is not None else None


def content_digest(case: PublicConsultation) -> str:
    """What the review is bound to: everything that the public will be shown."""
    version = commented_version(case)
    return digest_of(
        case.title,
        case.policy_kind,
        case.background,
        case.contact_name,
        case.contact_phone,
        case.contact_email,
        case.contact_address,
        case.opens_on.isoformat(),
        case.closes_on.isoformat(),
        case.shorter_reason,
        case.access,
        case.display,
        version.sha256 if version is not None else "",
    )


def may_be_target(case: PublicConsultation, clause: Clause) -> bool:
    """True if an adopted comment may point to this clause: of a revised version, or taken out by one."""
    if clause.version.consultation_id != case.pk:
        return False
    if clause.version.stage == Stage.REVISED:
        return True
    return ClauseChange.objects.filter(old=clause, change=Change.REMOVED).exists()


def target_choices(case: PublicConsultation) -> QuerySet[Clause]:
    """The clauses that an adopted comment may point to, those of the newest version first."""
    removed = ClauseChange.objects.filter(
        later__consultation=case, change=Change.REMOVED, old__isnull=False
    ).values("old")
    chosen: Any = Clause.objects.filter(version__consultation=case).filter(
        Q(version__stage=Stage.REVISED) | Q(pk__in=removed)
    )
    ordered: QuerySet[Clause] = chosen.select_related("version").order_by("-version__number", "position")
    return ordered

"""The text: its versions and clauses."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from consultations import rules
from consultations.choices import Change, Stage, State
from consultations.comparing import map_of
from consultations.models import Clause, Disposition, DraftVersion, PublicConsultation
from portal.cases.choices import FileStatus
from portal.cases.models import CaseFile
from portal.core.chain import canonical
from portal.core.errors import NotFound
from portal.publishing.actions import digest_of
from portal.publishing.filechecks import copy_of, is_left_out, signed_file
from portal.records.queries import digest_parts


def versions_of(case: PublicConsultation) -> list[DraftVersion]:
    """All versions of the text, oldest first."""
    return list(DraftVersion.objects.filter(consultation=case))


def commented_version(case: PublicConsultation) -> DraftVersion | None:
    """The version on which the public comments: the last one of the stage 征求意见稿."""
    return DraftVersion.objects.filter(consultation=case, stage=Stage.COMMENT).order_by("-number").first()


def current_version(case: PublicConsultation) -> DraftVersion | None:
    """The newest version, whatever its stage."""
    return DraftVersion.objects.filter(consultation=case).order_by("-number").first()


def revised_version(case: PublicConsultation) -> DraftVersion | None:
    """The revised text that stands: the newest one; a revised text before it is superseded."""
    return DraftVersion.objects.filter(consultation=case, stage=Stage.REVISED).order_by("-number").first()


def public_versions(case: PublicConsultation) -> list[DraftVersion]:
    """What everyone may read and compare: the text that was announced and, with the feedback, the revised one signed with it."""
    found = [commented_version(case), revised_version(case) if case.state == State.FED_BACK else None]
    return [version for version in found if version is not None]


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
        version.title if version is not None else "",
        *(canonical(signed_file(entry)) for entry in papers_of(case)),
        *digest_parts(case),
    )


def papers_of(case: PublicConsultation) -> list[CaseFile]:
    """The papers beside the draft of which everyone gets a copy, or will: all but those that failed their check."""
    rows = case.files.select_related("stored", "check_result__copy", "check_result__confirmed_by").order_by(
        "id"
    )
    return [entry for entry in rows if not is_left_out(entry)]


def public_files(case: PublicConsultation) -> list[CaseFile]:
    """The papers of which there is a copy for everyone; never the papers themselves."""
    return [
        entry for entry in papers_of(case) if copy_of(entry) is not None and entry.status == FileStatus.CLEAN
    ]


def revised_digest(case: PublicConsultation) -> str:
    """What the feedback's signatures say of the revised text: its title and words; "" without one."""
    version = revised_version(case)
    return digest_of(version.title, version.sha256) if version is not None else ""


def version_warnings(case: PublicConsultation) -> list[str]:
    """What somebody should look at before it is signed: a revised text that hardly shares a line with the one announced."""
    announced, revised = commented_version(case), revised_version(case)
    if announced is None or revised is None or rules.same_text(announced.text, revised.text):
        return []
    return [
        f"第{revised.number}版（修改稿）“{revised.title}”与征求意见稿“{announced.title}”的文字几乎没有相同之处，"
        "请核对是否录错文本；录错的，由经办人删去后重新录入。"
    ]


def may_be_target(case: PublicConsultation, clause: Clause) -> bool:
    """True if an adopted comment may point to this clause: of the revised text that stands, or taken out by it."""
    return target_choices(case).filter(pk=clause.pk).exists()


def superseded_targets(case: PublicConsultation) -> list[int]:
    """The numbers of comments said to be adopted in a clause that the last text no longer has."""
    adopted = Disposition.objects.filter(
        comment__consultation=case, comment__withdrawn_at__isnull=True, target__isnull=False
    )
    stale = adopted.exclude(target__in=target_choices(case).order_by().values("pk"))
    return list(stale.order_by("comment__number").values_list("comment__number", flat=True))


@lru_cache(maxsize=16)
def _gone(old: str, new: str) -> tuple[str, ...]:
    """The ids of the clauses of one text that another no longer has."""
    return tuple(ref for ref, _, change in map_of(old, new) if ref and change == Change.REMOVED)


def target_choices(case: PublicConsultation) -> QuerySet[Clause]:
    """The clauses that an adopted comment may point to: those of the revised text that stands, and those of the text for
    comment that it took out."""
    announced, revised = commented_version(case), revised_version(case)
    if announced is None or revised is None:
        return Clause.objects.none()
    gone = _gone(announced.text, revised.text)
    chosen: Any = Clause.objects.filter(
        Q(version=revised) | Q(version=announced, ref__in=gone), version__consultation=case
    )
    ordered: QuerySet[Clause] = chosen.select_related("version").order_by("-version__number", "position")
    return ordered

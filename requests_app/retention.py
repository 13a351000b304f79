"""What disclosure requests keep for a time only: as long as somebody may still turn to reconsideration or to court.

That counts from delivery, not from closing: six months, the longest of the periods (行政诉讼法第四十六条第一款), five years where
the day of delivery is not known (第二款), then a margin.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.cases.models import CaseEvent
from portal.cases.retention import declare_needed, not_held
from portal.core.limits import LIMITS, limit
from portal.documents.actions import promise
from portal.documents.erasing import blank_in_papers
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import enqueue
from portal.privacy.personal import contacts, filled
from portal.privacy.retention import RetentionRule, declare
from portal.records.actions import erase_records
from portal.records.models import Record
from requests_app.choices import DECIDED_UNANSWERED, FixDecision, RemedyResult, State
from requests_app.choices import Delivery as DeliveryWanted
from requests_app.models import (
    CaseArchive,
    Consultation,
    Delivery,
    DisclosureRequest,
    FormerApplicant,
    RecordFix,
    Remedy,
)
from requests_app.models.sending_steps import CLOSED_STATES
from requests_app.remedies import months_later

PARTY = contacts(Consultation)
CONTACT = (*contacts(DisclosureRequest), "postcode")
FORMER = (*contacts(FormerApplicant), "postcode")
SOURCE = (
    "《中华人民共和国个人信息保护法》第四十七条；《中华人民共和国行政诉讼法》第四十五条、第四十六条，日数待核"
)
MARGIN, LAWSUIT, OUTER = (
    LIMITS[code][-1] for code in ("retention.contacts", "remedy.lawsuit", "remedy.outer")
)
KEEP = (
    f"送达之日起{LAWSUIT.text}（送达之日不明的，办结之日起{OUTER.text}）届满后"
    f"{MARGIN.text}；复议、诉讼未结，或者等待重新答复的不清除，审结后保留至起诉期限届满后{MARGIN.text}"
)
CONTESTED = Q(document__kind__endswith="_reply") | Q(document__kind__in=DECIDED_UNANSWERED)


def _past_remedies(at: datetime) -> QuerySet[Any]:
    """Closed requests against which nothing can be brought any more, those under a legal hold left out."""
    today = timezone.localdate(at)
    end = today - timedelta(days=limit("retention.contacts", on=today).days)
    longest = months_later(end, -limit("remedy.lawsuit", on=today).days)
    outer = months_later(end, -limit("remedy.outer", on=today).days)
    served = Delivery.objects.filter(request=OuterRef("pk"))
    known = served.filter(CONTESTED, delivered_on__isnull=False)
    on_paper = Q(
        state__in=[State.ANSWERED, State.ABANDONED],
        delivery__in=[DeliveryWanted.POST, DeliveryWanted.IN_PERSON],
    )
    unread = Q(Exists(served.filter(CONTESTED, delivered_on__isnull=True)))
    closed = not_held(DisclosureRequest._base_manager.filter(closed_on__lt=longest))
    return closed.filter(
        ~Exists(served.filter(delivered_on__gte=longest)),
        ~(on_paper | unread) | Exists(known) | Q(closed_on__lt=outer),
    ).exclude(pk__in=still_needed(today).values("pk"))


def still_needed(today: date) -> QuerySet[Any]:
    """The closed requests that are not at rest: disputed, to be answered anew, or with a wish for correction undecided."""
    end = today - timedelta(days=limit("retention.contacts", on=today).days)
    asked = RecordFix.objects.filter(request=OuterRef("pk"), decision=FixDecision.PENDING)
    closed = DisclosureRequest._base_manager.filter(closed_on__isnull=False)
    return closed.filter(_disputed(end) | _awaits_answer() | Exists(asked))


def _disputed(end: date) -> Q:
    """A remedy has not ended, or its decision may still be taken further: from its receipt, which is not known and
    at the latest the day on which it was recorded here."""
    sued_by = end - timedelta(days=limit("remedy.lawsuit_after_review", on=end).days)
    rows = Remedy.objects.filter(request=OuterRef("pk"))
    told = CaseEvent.objects.filter(case=OuterRef("pk"), kind="close_remedy", at__gte=_begin(sued_by))
    return Q(Exists(rows.filter(Q(result=RemedyResult.PENDING) | Q(ended_on__gte=sued_by)))) | Q(Exists(told))


def _awaits_answer() -> Q:
    """A decision or judgment corrected the answer, and no new ending has come after it."""
    closings = CaseEvent.objects.filter(to_state__in=CLOSED_STATES).exclude(from_state__in=CLOSED_STATES)
    ended_since = closings.filter(case=OuterRef("case"), seq__gt=OuterRef("seq"))
    told = CaseEvent.objects.filter(
        case=OuterRef("pk"), kind="close_remedy", facts__result=RemedyResult.CORRECTED.value
    )
    rows = Remedy.objects.filter(
        request=OuterRef("pk"), result=RemedyResult.CORRECTED, ended_on__gt=OuterRef("closed_on")
    )
    return Q(Exists(told.filter(~Exists(ended_since)))) | Q(Exists(rows))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _contacts(at: datetime) -> QuerySet[Any]:
    return _past_remedies(at).filter(filled(*CONTACT))


def _bind_anew(case_id: int, at: datetime) -> None:
    """The volumes of a case are made again from the cleared papers: they held the old ones."""
    rows = list(CaseArchive.objects.filter(request=case_id, file__isnull=False).order_by("number"))
    if not rows:
        return
    for paper in OfficialDocument.objects.filter(case_id=case_id, file__isnull=True):
        promise(paper)
    for row in rows:
        row.file, row.sha256 = None, ""
        row.save(update_fields=["file", "sha256"])
        enqueue("requests.case_file", key=f"case-file:{row.pk}:{at:%Y%m%d}", archive=row.pk)


def _parties(at: datetime) -> QuerySet[Any]:
    return Consultation.objects.filter(filled(*PARTY), request__in=_past_remedies(at))


def _former(at: datetime) -> QuerySet[Any]:
    return FormerApplicant.objects.filter(filled(*FORMER), request__in=_past_remedies(at))


def _records(at: datetime) -> QuerySet[Any]:
    rows = Record.objects.filter(erased_at__isnull=True)
    return rows.filter(case__in=_past_remedies(at).values("pk"))


declare_needed(still_needed)
declare(
    RetentionRule(
        code="request_records",
        title="检索到的信息、遮盖的内容和提供的副本（归档按档案规定另行办理）",
        keep=KEEP,
        source="《中华人民共和国个人信息保护法》第十九条、第四十七条，日数待核",
        overdue=_records,
        erase=erase_records,
    ),
    RetentionRule(
        code="former_contacts",
        title="变更前申请人的电话、邮箱、地址、联系人",
        keep=KEEP,
        source=SOURCE,
        overdue=_former,
        erase=blank_in_papers(lambda row: row.request_id, after=_bind_anew, **dict.fromkeys(FORMER, "")),
    ),
    RetentionRule(
        code="party_contacts",
        title="被征求意见方的电话、邮箱、地址",
        keep=KEEP,
        source=SOURCE,
        overdue=_parties,
        erase=blank_in_papers(lambda row: row.request_id, after=_bind_anew, **dict.fromkeys(PARTY, "")),
    ),
    RetentionRule(
        code="request_contacts",
        title="申请人的电话、邮箱、地址、联系人",
        keep=KEEP,
        source=SOURCE,
        overdue=_contacts,
        erase=blank_in_papers(lambda row: row.pk, after=_bind_anew, **dict.fromkeys(CONTACT, "")),
    ),
)

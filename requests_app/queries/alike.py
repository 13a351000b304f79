"""Earlier answers of the same unit to much the same."""

from __future__ import annotations

from dataclasses import dataclass

from portal.cases.models import Case
from portal.search.casebook import alike
from requests_app.choices import KIND
from requests_app.models import DisclosureRequest, Reply

LEAST = 35
EXCERPT = 400


@dataclass(frozen=True)
class Earlier:
    """One answer that went out: the request, how alike it is in %, what was answered."""

    case: DisclosureRequest
    likeness: int
    kind: str
    text: str


def answers_alike(case: DisclosureRequest) -> list[Earlier]:
    """The unit's answered requests that ask for much the same, the likest first."""
    among = Case.objects.filter(unit_id=case.unit_id, kind=KIND, closed_on__isnull=False).exclude(pk=case.pk)
    found = alike(Case.objects.get(pk=case.pk), among, least=LEAST, most=3)
    replies = Reply.objects.filter(request__in=found, document__isnull=False).select_related("request")
    rows = [
        Earlier(
            row.request,
            found[row.request_id],
            row.get_kind_display(),
            "\n".join(item.body for item in row.items.all())[:EXCERPT],
        )
        for row in replies.prefetch_related("items")
    ]
    return sorted(rows, key=lambda row: -row.likeness)

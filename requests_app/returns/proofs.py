"""Every annual report that was handed in or merged is still what was signed."""

from __future__ import annotations

from collections.abc import Iterator

from portal.cases.ledger import Finding
from portal.cases.models import CaseEvent
from portal.cases.proving import Proof, declare
from requests_app.annual.snapshot import of_json
from requests_app.returns.models import CityReport, ReturnVersion
from requests_app.returns.queries import digest

HANDED_IN = ("submit_return", "submit_again")
ADDED_UP = ("merge_report", "merge_again")


def _version(version: ReturnVersion) -> Iterator[Finding]:
    events = list(CaseEvent.objects.filter(case_id=version.of_id, kind__in=HANDED_IN).order_by("seq"))
    told = events[version.number - 1] if version.number <= len(events) else None
    found = digest(of_json(version.data))
    if told is None or not found == version.sha256 == told.facts["sha256"]:
        yield Finding(
            str(version.of), told.seq if told else 0, f"第{version.number}次报送内容与报送时的摘要不符"
        )


def _city(report: CityReport) -> Iterator[Finding]:
    told = CaseEvent.objects.filter(case_id=report.pk, kind__in=ADDED_UP).order_by("-seq").first()
    found = digest(of_json(report.data))
    if told is None or not found == report.sha256 == told.facts["sha256"]:
        yield Finding(str(report), told.seq if told else 0, "汇总报告与汇总时的摘要不符")


declare(
    Proof("returns", "份报送的年度报告", lambda _: ReturnVersion.objects.select_related("of"), _version),
    Proof("city_reports", "份全市年度报告", lambda _: CityReport._base_manager.all(), _city),
)

"""Every annual report that was handed in or merged is still what was signed."""

from __future__ import annotations

from collections.abc import Iterator

from portal.cases.ledger import Finding
from portal.cases.models import CaseEvent
from portal.cases.proving import Proof, declare
from requests_app.annual.snapshot import of_json
from requests_app.returns.models import CityReport, CityVersion, ReturnVersion
from requests_app.returns.queries import digest

HANDED_IN = ("submit_return", "submit_again", "correct_return")
ADDED_UP = ("merge_report", "merge_again", "correct_report")


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


def _former(version: CityVersion) -> Iterator[Finding]:
    told = CaseEvent.objects.filter(case_id=version.of_id, kind="correct_report").order_by("seq")
    events = list(told)
    event = events[version.number - 1] if version.number <= len(events) else None
    found = digest(of_json(version.data))
    if event is None or not found == version.sha256 == event.facts["former"]:
        yield Finding(str(version.of), event.seq if event else 0, f"第{version.number}版与更正时的摘要不符")


declare(
    Proof("returns", "份报送的年度报告", lambda _: ReturnVersion.objects.select_related("of"), _version),
    Proof(
        "former_reports", "份更正前的全市报告", lambda _: CityVersion.objects.select_related("of"), _former
    ),
    Proof("city_reports", "份全市年度报告", lambda _: CityReport._base_manager.all(), _city),
)

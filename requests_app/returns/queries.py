"""What is in, what is missing, what does not hold."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.limits import REGULATION_DAY
from portal.core.wording import cn_date
from portal.publishing.actions import digest_of
from portal.units.access import is_supervisor, units_of
from portal.units.models import Unit
from requests_app.annual import checks
from requests_app.annual.figures import moved_over
from requests_app.annual.report import report
from requests_app.annual.scope import reporting_units
from requests_app.annual.snapshot import Difference, Snapshot, differences, of_json, taken
from requests_app.returns.choices import CLOSED, CityState, State, due_of
from requests_app.returns.models import AnnualReturn, CityReport, ReturnVersion

RANK = {"": 0, State.RETURNED: 1, State.SUBMITTED: 2, State.ACCEPTED: 3, State.PUBLISHED: 4}


@dataclass(frozen=True)
class Line:
    """One unit of a year: its return if there is one, the sentences that do not hold, how late it is in days."""

    unit: Unit
    case: AnnualReturn | None
    version: ReturnVersion | None
    broken: int
    late_days: int
    due: date

    @property
    def state_label(self) -> str:
        """Where it stands."""
        return self.case.state_label() if self.case is not None else State.NEW.label

    @property
    def waits(self) -> bool:
        """True while the unit has to do something."""
        return self.case is None or self.case.state == State.RETURNED


def _returns() -> Any:
    """All returns; the docket's manager is typed for its own model only."""
    return AnnualReturn.objects.all()


def _cities() -> Any:
    """All reports of the city."""
    return CityReport.objects.all()


def years(today: date) -> range:
    """The years that are over and are reported on, the latest first."""
    return range(today.year - 1, REGULATION_DAY.year - 1, -1)


def year_of(text: str, today: date) -> int:
    """The year that was asked for, if it is over; last year for anything else."""
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) in years(today) else today.year - 1


def collection(year: int, today: date) -> list[Line]:
    """Every unit that has to report, those that are waited for first."""
    versions = Prefetch("versions", ReturnVersion.objects.order_by("-number"))
    rows = _returns().filter(year=year).select_related("reporter").prefetch_related(versions)
    found = {row.reporter_id: row for row in rows}
    lines = [_line(unit, found.get(unit.pk), year, today) for unit in reporting_units(year)]
    return sorted(lines, key=lambda line: RANK[line.case.state if line.case is not None else ""])


def _line(unit: Unit, case: AnnualReturn | None, year: int, today: date) -> Line:
    version: Any = next(iter(case.versions.all()), None) if case is not None else None
    due = due_of(year)
    if case is not None and case.state == State.RETURNED and case.internal_due_on is not None:
        due = case.internal_due_on
    waits = case is None or case.state == State.RETURNED
    late = max(0, (today - due).days) if waits else 0
    return Line(unit, case, version, len(version.data["broken"]) if version is not None else 0, late, due)


def waiting_to_check(today: date) -> int:
    """How many reports of last year are in and neither accepted nor sent back."""
    found: int = _returns().filter(year=today.year - 1, state=State.SUBMITTED).count()
    return found


def drifted(lines: list[Line]) -> dict[int, int]:
    """In how many cells the log gives something else today than what was handed in, by unit; reads every unit's log."""
    return {line.unit.pk: len(differences_of(line.case)) for line in lines if line.case is not None}


def missing(year: int) -> list[Unit]:
    """The units without an accepted report, handed in or not, those closed since among them; in the official order."""
    rows = _returns().filter(year=year, state__in=[State.ACCEPTED, State.PUBLISHED])
    done = set(rows.values_list("reporter_id", flat=True))
    return [unit for unit in reporting_units(year) if unit.pk not in done]


def own_units(actor: Actor) -> QuerySet[Unit]:
    """The units for which the actor works and which report; for a supervisor also those that were closed."""
    own = Q(pk__in=units_of(actor), takes_requests=True)
    if is_supervisor(actor):
        own |= Q(is_active=False)
    return Unit.objects.filter(own).order_by("sort", "id")


def own_unit(actor: Actor, code: str) -> Unit:
    """One of them, the first without a code; NotFound for any other."""
    rows = own_units(actor)
    found = (rows.filter(code=code) if code else rows).first()
    if found is None:
        raise NotFound("没有找到该机关。")
    return found


def return_of(unit: Unit, year: int) -> AnnualReturn | None:
    """The unit's return of a year."""
    found: AnnualReturn | None = _returns().filter(reporter=unit, year=year).first()
    return found


def find_return(actor: Actor, public_id: uuid.UUID) -> AnnualReturn:
    """A return that the actor may see: a supervisor's all, a unit's its own; NotFound for any other."""
    rows = _returns().select_related("reporter")
    if not is_supervisor(actor):
        rows = rows.filter(reporter_id__in=units_of(actor))
    found: AnnualReturn | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该报送。")
    return found


def digest(snapshot: Snapshot) -> str:
    """What stands in the log for a report."""
    return digest_of(json.dumps(snapshot.as_json(), ensure_ascii=False, sort_keys=True))


def snapshot_of(case: AnnualReturn) -> Snapshot:
    """What was handed in last."""
    version = case.versions.order_by("-number").first()
    if version is None:
        raise NotFound("还没有报送内容。")
    return of_json(version.data)


def now_of(unit: Unit, year: int) -> Snapshot:
    """The unit's report as the log and what was entered give it now; last year is what was handed in for it."""
    found = report(year, unit)
    snapshot = taken(found)
    before = return_of(unit, year - 1)
    if before is None:
        return snapshot
    last = snapshot_of(before).table2
    moved = moved_over(found.figures)
    sentences = checks.broken(snapshot.table2, last, snapshot.table3, moved)
    return replace(snapshot, broken=tuple(sentences))


def differences_of(case: AnnualReturn) -> list[Difference]:
    """Where the log gives something else today than what was handed in."""
    return differences(snapshot_of(case), now_of(case.reporter, case.year))


def city_of(year: int) -> CityReport | None:
    """The city's report of a year."""
    found: CityReport | None = _cities().filter(year=year).first()
    return found


def find_city(actor: Actor, public_id: uuid.UUID) -> CityReport:
    """The city's report for a supervisor or the government office; NotFound for anybody else."""
    found: CityReport | None = _cities().filter(public_id=public_id).first()
    if found is None or not (is_supervisor(actor) or found.unit_id in units_of(actor)):
        raise NotFound("没有找到该报告。")
    return found


def published_years() -> list[CityReport]:
    """The city's published reports, the latest year first."""
    return list(_cities().filter(state=CityState.PUBLISHED).order_by("-year"))


def published_city(year: int) -> CityReport:
    """The city's published report of a year; NotFound if there is none."""
    found: CityReport | None = _cities().filter(state=CityState.PUBLISHED, year=year).first()
    if found is None:
        raise NotFound("没有公布该年度的报告。")
    return found


def published_returns(year: int) -> list[AnnualReturn]:
    """The units' published reports of a year in the official order."""
    rows = _returns().filter(year=year, state=State.PUBLISHED).select_related("reporter")
    return list(rows.order_by("reporter__sort", "reporter_id"))


def published_return(year: int, code: str) -> AnnualReturn:
    """A unit's published report; NotFound if there is none."""
    rows = _returns().filter(year=year, state=State.PUBLISHED, reporter__code=code)
    found: AnnualReturn | None = rows.select_related("reporter").first()
    if found is None:
        raise NotFound("没有公布该机关的报告。")
    return found


def published_day(case: CityReport) -> date:
    """The day on which a published report came out; NotFound for one that is not out."""
    if case.published_on is None:
        raise NotFound("没有公布该年度的报告。")
    return case.published_on


def reason_of(case: AnnualReturn) -> str:
    """Why something does not hold in what was handed in last; "" where everything holds."""
    version = case.versions.order_by("-number").first()
    return version.reason if version is not None and version.data["broken"] else ""


def corrections_of(case: AnnualReturn | CityReport) -> str:
    """When and why a published report was corrected, in sentences; "" for one that was not."""
    rows = case.versions.exclude(correction="").order_by("number")
    return "".join(
        f"本报告于{cn_date(timezone.localdate(row.at))}更正：{row.correction.rstrip('。')}。" for row in rows
    )


def absent_words(case: CityReport) -> str:
    """Which units are not in the city's report, and which were closed and are in it by the log alone; "" for none."""
    counted = [name.removesuffix(CLOSED) for name in case.missing if name.endswith(CLOSED)]
    absent = [name for name in case.missing if not name.endswith(CLOSED)]
    said = f"本报告未包括：{'、'.join(absent)}。" if absent else ""
    if counted:
        said += f"已撤销的机关没有报送，其申请件数由平台计入：{'、'.join(counted)}。"
    return said

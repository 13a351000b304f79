"""Corrections of published annual reports: a new version with a reason, the former one kept, the page says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from requests_app.annual.entered import Texts
from requests_app.annual.snapshot import of_json
from requests_app.returns import queries
from requests_app.returns.actions import (
    CITY_KEY,
    _locked_city,
    added_up,
    index,
    index_return,
    refuse_personal,
    signing_for,
)
from requests_app.returns.models import AnnualReturn, CityReport, CityVersion, ReturnVersion

MOST_REASON = 300


def _checked(reason: str) -> str:
    """The reason, which is published: no personal numbers, not too long."""
    if len(reason.strip()) > MOST_REASON:
        raise InvalidInput(f"更正理由不能超过{MOST_REASON}字", "reason")
    refuse_personal(Texts(overview=reason))
    return reason.strip()


@transaction.atomic
def correct_return(
    *, case: AnnualReturn, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> ReturnVersion:
    """Correct a unit's published report: what the log and the unit's entries give now becomes its next version.

    By the unit's approver (a supervisor for a unit that was closed). Raises StepRefused where nothing differs,
    InvalidInput without a reason or with personal numbers in it.
    """
    _locked_city(case.year)
    snapshot = queries.now_of(case.reporter, case.year)
    refuse_personal(snapshot.texts)
    digest, former = queries.digest(snapshot), queries.digest(queries.snapshot_of(case))
    take_step(
        case,
        "correct_return",
        actor=signing_for(actor, case.reporter),
        at=at,
        seen_version=seen_version,
        sha256=digest,
        former=former,
        reason=_checked(reason),
    )
    before = case.versions.order_by("-number")[0]
    version = ReturnVersion.objects.create(
        of=case,
        number=before.number + 1,
        data=snapshot.as_json(),
        sha256=digest,
        reason=before.reason if snapshot.broken else "",
        correction=reason.strip(),
        at=at,
    )
    index_return(case, at)
    return version


@transaction.atomic
def correct_report(
    *, case: CityReport, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> CityVersion:
    """Correct the city's published report: the accepted reports are added up anew, the former version is kept.

    By an approver of the government office; its texts stay. Raises as `correct_return`.
    """
    _locked_city(case.year)
    snapshot, _, absent = added_up(case.year, of_json(case.data).texts)
    digest = queries.digest(snapshot)
    take_step(
        case,
        "correct_report",
        actor=actor,
        at=at,
        seen_version=seen_version,
        sha256=digest,
        former=case.sha256,
        missing=absent,
        reason=_checked(reason),
    )
    kept = CityVersion.objects.create(
        of=case,
        number=case.versions.count() + 1,
        data=case.data,
        sha256=case.sha256,
        correction=reason.strip(),
        at=at,
    )
    case.data, case.sha256, case.missing = snapshot.as_json(), digest, absent
    case.save(update_fields=["data", "sha256", "missing"])
    index(case, CITY_KEY, snapshot, reverse("annual_reports:city", args=[case.year]), at)
    return kept

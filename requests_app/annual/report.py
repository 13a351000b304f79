"""One year's report with everything in it, and the PDF of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings

from portal.documents.render.worker import render_pdf
from portal.units.models import Unit
from requests_app.annual import checks, printed
from requests_app.annual.entered import Entered, entered
from requests_app.annual.fees import Fees, fees
from requests_app.annual.figures import Figures, figures, moved_over
from requests_app.annual.workbook import workbook


@dataclass(frozen=True)
class Report:
    """The report of a unit, or of the whole city (`unit` None)."""

    year: int
    unit: Unit | None
    figures: Figures
    entered: Entered
    fees: Fees

    @property
    def name(self) -> str:
        """Whose report it is."""
        return self.unit.name if self.unit is not None else str(settings.PORTAL_CITY_NAME)

    @property
    def filename(self) -> str:
        """The file's name, without its ending."""
        return f"{self.name}{self.year}年政府信息公开工作年度报告"

    @cached_property
    def broken(self) -> list[str]:
        """The identities that do not hold, a sentence each."""
        last = figures(self.year - 1, self.unit)
        return checks.broken(self.figures.table2, last.table2, self.figures.table3, moved_over(self.figures))

    def xlsx(self) -> bytes:
        """The tables and ledgers as a workbook."""
        return workbook(self.name, self.figures, self.entered, self.fees)

    def pdf(self, issued_on: date) -> bytes:
        """The report as a paper of that day. Raises RenderFailed if it cannot be made."""
        return render_pdf(self.html(issued_on))

    def html(self, issued_on: date) -> str:
        """The paper's page."""
        given = self.entered
        return printed.html(self.name, self.figures, given.values, given.texts, issued_on, fees=self.fees)


def report(year: int, unit: Unit | None = None) -> Report:
    """The year's report as it stands now."""
    return Report(year, unit, figures(year, unit), entered(year, unit), fees(year, unit))

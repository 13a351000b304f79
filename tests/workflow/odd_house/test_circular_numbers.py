"""A circular's number comes from the office's sequence, once for a period, and stands on its paper."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.supervision import actions
from portal.supervision.models import Circular
from portal.units.models import Unit
from tests.cast import Person, moment, post_step


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """20 April 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-04-20"))


def numbered(period: str, last: date, who: Person, on: str = "2026-04-20") -> str:
    return actions.number_circular(period=period, ends_on=last, actor=who.actor, at=moment(on)).number


def test_numbers_follow_each_other_and_are_given_once(
    office: Unit, supervisor: Person, clerk: Person
) -> None:
    march, quarter = date.fromisoformat("2026-03-31"), date.fromisoformat("2026-03-31")
    assert numbered("2026-03", march, supervisor) == "玉政办通〔2026〕1号"
    assert numbered("2026-Q1", quarter, supervisor) == "玉政办通〔2026〕2号"
    assert numbered("2026-03", march, supervisor, "2026-05-06") == "玉政办通〔2026〕1号"
    with pytest.raises(StepRefused):
        numbered("2026-02", date.fromisoformat("2026-02-28"), clerk)
    with pytest.raises(InvalidInput):
        numbered("2026-04", date.fromisoformat("2026-04-30"), supervisor)
    assert Circular.objects.count() == 2


def test_page_gives_the_number_and_the_paper_carries_it(office: Unit, supervisor: Person) -> None:
    client, url = supervisor.client(), reverse("supervision:circular")
    assert "编号印发" in client.get(url, {"period": "2026-Q1"}).content.decode()
    assert "编号印发" not in client.get(url, {"period": "2026-04"}).content.decode()
    assert post_step(client, f"{url}?period=2026-Q1").status_code == 302
    assert post_step(client, f"{url}?period=2026-Q1").status_code == 302
    shown = client.get(url, {"period": "2026-Q1"}).content.decode()
    assert ("文号：玉政办通〔2026〕1号" in shown, "编号印发" in shown) == (True, False)
    assert post_step(client, f"{url}?period=2026-04").status_code == 302
    assert list(Circular.objects.values_list("period", "number")) == [("2026-Q1", "玉政办通〔2026〕1号")]

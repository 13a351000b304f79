"""Pages of a record shown to somebody who is consulted: only its own, blackened as they would be given, proven."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from portal.core.errors import InvalidInput, NotFound
from portal.jobs.outbox import run_due
from portal.records import actions, queries
from portal.records.models import Fetch
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.actions.parties import Party
from requests_app.models import Consultation, DisclosureRequest
from tests.cast import Person, moment
from tests.factories.records import mark, upload
from tests.factories.requests_app import handled
from tests.redaction.papers import drawn, texts

PAGES = [
    [(50, 300, "Page one of Alpha Ltd"), (50, 200, "Call 13987701234")],
    [(50, 300, "Page two of Beta Ltd"), (50, 200, "Call 13987705678")],
    [(50, 300, "Page three of Alpha Ltd"), (50, 200, "Price 860")],
]
BOX = {"page": 3, "box": [48.0, 196.0, 240.0, 214.0], "ground": "trade_secret"}


def asked(case: DisclosureRequest, clerk: Person, name: str, mail: str) -> Consultation:
    """A third party that is asked."""
    party = Party("third_party", name, "合同内容", "online", mail)
    requests.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-02-24"))
    found = case.consultations.order_by("-pk").first()
    assert found is not None
    return found


def show(record: Any, clerk: Person, party: int, *pages: int) -> Any:
    """Have the copy made."""
    made = actions.show_pages(
        record=record, party=party, pages=pages, actor=clerk.actor, at=moment("2026-02-25")
    )
    run_due()
    made.refresh_from_db()
    return made


def test_party_sees_its_pages_alone_and_what_would_be_withheld_is_withheld(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk)
    alpha = asked(case, clerk, "Alpha Ltd", "a@alpha.invalid")
    beta = asked(case, clerk, "Beta Ltd", "b@beta.invalid")
    record = upload(case, clerk, ("合同.pdf", drawn(PAGES)), title="合同").records[0]
    run_due()
    record.refresh_from_db()
    record.case = case
    mark(record, clerk, BOX)
    made = show(record, clerk, alpha.pk, 1, 3)
    assert (made.state, made.pages, made.problem) == ("proven", 2, "")
    assert [copy.pk for copy in queries.shown_to(case, alpha.pk)] == [made.pk]
    assert queries.shown_to(case, beta.pk) == []
    handed = actions.show_to_party(case=case, party=alpha.pk, copy=made, at=moment("2026-02-26"))
    with pikepdf.open(io.BytesIO(handed.data)) as document:
        assert len(document.pages) == 2
    shown = "\n".join(texts(handed.data))
    assert ("Page one" in shown, "Page three" in shown) == (True, True)
    assert ("Page two" in shown, "Price" in shown) == (False, False)
    with pytest.raises(NotFound):
        actions.show_to_party(case=case, party=beta.pk, copy=made, at=moment("2026-02-26"))
    assert [row.by for row in Fetch.objects.all()] == ["party"]
    other = show(record, clerk, alpha.pk, 2)
    assert (other.state, "第1页" in other.problem) == ("failed", True)

    path = requests.renew_link(case=case, consultation=alpha, actor=clerk.actor, at=moment("2026-02-26"))
    client = Client()
    client.get(path)
    again = show(record, clerk, alpha.pk, 1)
    page = client.get(reverse("opinions:page", args=[alpha.public_id])).content.decode()
    address = reverse("opinions:record", args=[alpha.public_id, again.public_id])
    assert address in page
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("words", "pages"),
    [("1", [1]), ("1、3-5", [1, 3, 4, 5]), ("5，2", [2, 5]), (" 3 - 3 ", [3])],
)
def test_pages_are_read_as_people_write_them(words: str, pages: list[int]) -> None:
    assert actions.pages_named(words, 5) == pages


@pytest.mark.parametrize("words", ["", "0", "6", "1-9", "两页", "1-", "-3", "3-1"])
def test_pages_that_are_none_are_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="页码"):
        actions.pages_named(words, 5)

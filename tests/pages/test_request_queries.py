"""Looking at a request asks the database no more than it did before the odd days were mended (measured at a1f3e6d)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.units.models import Unit
from requests_app.models import DisclosureRequest
from tests.cast import Person
from tests.factories.requests_app import answered, handled, in_review, submitted

MOST = {
    ("inbox", "clerk"): 8,  # what waits for her is counted too
    ("handled", "clerk"): 30,
    ("handled", "citizen"): 14,
    ("review", "clerk"): 33,
    ("review", "citizen"): 14,
    ("answered", "clerk"): 33,
    ("answered", "citizen"): 16,
}


def asked(client: Client, url: str) -> int:
    """Queries of the second look."""
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200, url
    return len(seen)


@pytest.mark.django_db
def test_pages_of_a_request_ask_no_more_than_before(
    office: Unit, team: dict[str, Person], citizen: Person
) -> None:
    for _ in range(5):
        submitted(office)
    cases = {
        "handled": handled(office, team["clerk"]),
        "review": in_review(office, team["clerk"]),
        "answered": answered(office, team),
    }
    DisclosureRequest.objects.filter(pk__in=[case.pk for case in cases.values()]).update(
        applicant=citizen.account
    )
    clerk, reader = team["clerk"].client(), citizen.client()
    found = {("inbox", "clerk"): asked(clerk, "/workbench/")}
    for name, case in cases.items():
        found[name, "clerk"] = asked(clerk, f"/workbench/requests/{case.public_id}/")
        found[name, "citizen"] = asked(reader, f"/requests/{case.public_id}/")
    assert {key: count for key, count in found.items() if count > MOST[key]} == {}, found

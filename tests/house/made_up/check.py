"""Run by tests/house/test_personal.py: the made-up field is blocked, masked, revealed and erased."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.core.errors import InvalidInput
from portal.privacy import retention
from portal.privacy.models import PersonalDataAccess
from portal.publishing.actions import PublicText
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import answered
from tests.house.made_up.plugin import COLUMN

VALUE, SHOWN = "0877-2098765", "****765"


def test_made_up_field(office: Unit, team: dict[str, Person], client: Client) -> None:
    table = DisclosureRequest._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN {COLUMN} text NOT NULL DEFAULT ''")
    case = answered(office, team)
    setattr(case, COLUMN, VALUE)
    case.save(update_fields=[COLUMN])
    with pytest.raises(InvalidInput, match="本件当事人信息（20…5）"):
        text = PublicText(title="名称", question="申请内容", answer="请拨打2098765。")
        actions.propose_release(case=case, text=text, actor=team["clerk"].actor, at=moment("2026-03-09"))
    client.force_login(team["clerk"].account)
    page = client.get(reverse("workbench_requests:detail", args=[case.public_id])).content.decode()
    assert "另一个电话" in page
    assert VALUE not in page
    address = reverse("workbench_requests:reveal", args=[case.public_id])
    shown = client.post(address, {"field": COLUMN, "reason": "电话告知补正事项"}).content.decode()
    assert VALUE in shown
    assert PersonalDataAccess.objects.filter(subject=str(case.public_id)).exists()
    retention.apply(at=moment("2027-12-01"))
    case = DisclosureRequest.objects.get(pk=case.pk)
    assert getattr(case, COLUMN) == ""

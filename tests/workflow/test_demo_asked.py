"""The demo of hearings, topics and courses: made once, open to the public on the day it is made."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations.courses import queries as courses
from consultations.hearings.models import Hearing
from consultations.proposals.models import ProposalTopic
from portal.cases.ledger import verify_cases


@pytest.mark.django_db
def test_demo_is_made_once_and_may_be_used_today(settings: Any) -> None:
    settings.PORTAL_DEMO = True
    call_command("load_organisation", stdout=StringIO())
    said, again = StringIO(), StringIO()
    call_command("seed_demo", stdout=said)
    call_command("seed_demo", stdout=again)
    assert "听证会 1 场，议题 2 个，网上培训 1 门" in said.getvalue()
    assert "听证会 0 场，议题 0 个，网上培训 0 门" in again.getvalue()
    today = timezone.localdate()
    assert [case.is_running(today) for case in courses.listed(today)] == [True]
    assert Hearing.objects.get().sign_up_from <= today <= Hearing.objects.get().sign_up_until
    assert ProposalTopic.objects.filter(opened_at__isnull=False).count() == 2
    assert list(verify_cases()) == []

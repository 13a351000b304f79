"""The demo shows a living public list, made by the real actions."""

from __future__ import annotations

from datetime import date

import pytest

from mailbox import demo as letters
from mailbox.models import Letter, PublishedLetter, Rating
from requests_app import demo as requests

pytestmark = pytest.mark.django_db


def test_demo_has_published_answered_and_rated_letters(organisation: None) -> None:
    requests.seed(date(2026, 11, 23))
    assert letters.seed(date(2026, 11, 23)) == len(letters.STORIES)
    assert PublishedLetter.objects.count() == 2
    assert Letter.objects.filter(state="answered").count() == 3
    assert Rating.objects.count() == 3
    assert letters.seed(date(2026, 11, 23)) == 0, "a second time makes nothing"

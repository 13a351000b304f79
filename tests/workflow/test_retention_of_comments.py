"""How those who took part can be reached is erased a year after the closing; what they said and who they are stays."""

from __future__ import annotations

from datetime import timedelta

from consultations import actions
from consultations.models import Comment
from portal.privacy import retention
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.consultations import announced, said


def test_mail_addresses_of_comments_go_after_a_year(office: Unit, team: dict[str, Person]) -> None:
    case = announced(office, team)
    said(
        case, "停水应当至少提前两天告知用户。", key="k1", clause="t3.x2", name="李某", email="one@example.org"
    )
    row = case.comments.exclude(email="").first()
    assert row is not None, "a comment that left an address"
    name, text = row.name, row.text
    assert retention.due(moment("2036-01-01"))["comment_contacts"] == 0, "not closed yet"
    why = "上位法修订，不再制定"
    actions.cancel(case=case, reason=why, actor=team["approver"].actor, at=moment("2026-05-06"))
    assert retention.due(moment("2027-05-06"))["comment_contacts"] == 0
    at = moment("2027-05-06") + timedelta(days=1)
    assert retention.apply(at=at)["comment_contacts"] >= 1
    row = Comment.objects.get(pk=row.pk)
    assert (row.email, row.name, row.text) == ("", name, text)

"""Papers beside a draft that are blackened for everyone: signed with the draft, public with it, down with it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consultations import actions as consultations
from consultations.models import PublicConsultation
from consultations.queries import content_digest
from portal.core.errors import NotFound, StepRefused
from portal.publishing.takedown import take_down
from portal.records import actions
from portal.records.models import Record
from portal.records.public import public_entries
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.consultations import drafted
from tests.factories.records import box, judge, kept, proven
from tests.redaction.papers import drawn

MARKS = {"boxes": [box(1)], "words": [], "pages": []}


def submit(case: PublicConsultation, clerk: Person) -> None:
    """To review."""
    consultations.submit_draft(case=case, actor=clerk.actor, at=moment("2026-02-25"))


def with_paper(office: Unit, clerk: Person, words: str = "Price list") -> tuple[Any, Record]:
    """A draft with a paper given in part, its copy proven."""
    case = drafted(office, clerk)
    record = kept(case, clerk, "part", marks=MARKS, title="成本监审报告")
    proven(record, [1, "商业秘密", 8, False], data=drawn([[(50, 300, words)]]))
    return case, record


def test_paper_is_signed_and_public_with_the_draft(office: Unit, team: dict[str, Person]) -> None:
    case, record = with_paper(office, team["clerk"])
    before = content_digest(case)
    Record.objects.filter(pk=record.pk).update(title="另一份")
    assert content_digest(case) != before
    Record.objects.filter(pk=record.pk).update(title="成本监审报告")
    submit(case, team["clerk"])
    with pytest.raises(StepRefused, match="检索到的信息不能改动"):
        judge(record, team["clerk"], "withhold", ground="privacy")
    address = reverse("consultations:material", args=[case.public_id, 1])
    at = moment("2026-02-25", 12)
    consultations.review_draft(case=case, actor=team["reviewer"].actor, at=at)
    consultations.clear_draft(case=case, actor=team["secrecy"].actor, at=at)
    with time_machine.travel(moment("2026-03-03")):
        assert Client().get(address).status_code == 404
    consultations.announce(case=case, actor=team["approver"].actor, at=at)
    with time_machine.travel(moment("2026-03-03")):
        page = Client().get(reverse("consultations:detail", args=[case.public_id])).content.decode()
        assert [
            words in page for words in (address, "成本监审报告（PDF，5页）", "隐去：商业秘密，第1页，1处")
        ] == [True] * 3
        sent = Client().get(address)
        copy = record.copies.get()
        assert (hashlib.sha256(sent.content).hexdigest(), sent["Content-Type"]) == (
            copy.sha256,
            "application/pdf",
        )
        assert Client().get(reverse("consultations:material", args=[case.public_id, 2])).status_code == 404
        take_down(case=case, reason="材料有误", actor=team["approver"].actor, at=moment("2026-03-03"))
        assert Client().get(address).status_code == 404


def test_draft_waits_for_its_papers_and_for_nobodys_number_in_them(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk)
    record = kept(case, clerk)
    with pytest.raises(StepRefused, match="第1份信息尚未确定如何提供"):
        submit(case, clerk)
    judge(record, clerk, "whole")
    proven(record, data=drawn([[(50, 300, "Call Li Na 13987701234")]]))
    with pytest.raises(StepRefused, match="第1份信息中有手机号码（13…4）"):
        submit(case, clerk)


def test_papers_of_a_draft_have_no_copy_of_their_own(office: Unit, clerk: Person) -> None:
    case, record = with_paper(office, clerk)
    with pytest.raises(StepRefused, match="没有单独的公开副本"):
        actions.share_record(record=record, wanted=True, actor=clerk.actor, at=moment("2026-03-09"))
    assert public_entries(case) == []
    with pytest.raises(NotFound):
        actions.hand_over(case=case, copy=record.copies.get(), by="applicant", at=moment("2026-02-24"))
    index = reverse("records:index", args=[case.kind, case.public_id])
    assert "签发以后，公众在公开页面下载" in clerk.client().get(index).content.decode()
    page = clerk.client().get(reverse("workbench_consultations:detail", args=[case.public_id]))
    assert index in page.content.decode()

"""Papers handed over with the answer to a letter: signed with it, listed in it, on the writer's page, beside its public copy."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from mailbox import actions as mailbox
from mailbox import records as room
from mailbox.models import Letter, Reply
from portal.core.errors import NotFound, StepRefused
from portal.privacy.retention import RULES
from portal.records import actions, queries
from portal.records.models import Fetch, Record
from portal.records.public import public_entries
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  # fixtures among them
    PHONE,
    Desk,
    Hands,
    handled,
    in_review,
    proposed,
    publishing_desk,
    report,
    signed,
    staffed,
    submitted,
)
from tests.factories.records import box, judge, kept, mark, proven

MARKS = {"boxes": [box(2)], "words": [], "pages": []}


def with_paper(hands: Hands) -> tuple[Letter, Record]:
    """A letter in hand with a paper given in part, its copy proven."""
    case = handled(hands)
    record = kept(case, hands.clerk, "part", marks=MARKS)
    proven(record, [2, "个人隐私", 12, False])
    return case, record


def test_paper_goes_out_with_the_answer_to_the_writers_page(hands: Hands, citizen: Person) -> None:
    case = handled(hands, case=submitted(actor=citizen.actor))
    record = kept(case, hands.clerk)
    with pytest.raises(StepRefused, match="第1份信息尚未确定如何提供"):
        in_review(hands, case=case)
    mark(record, hands.clerk, box(2))
    judge(record, hands.clerk, "part")
    with pytest.raises(StepRefused, match="第1份信息的副本尚未制作"):
        mailbox.submit_reply(case=case, actor=hands.clerk.actor, at=moment("2026-02-24", 11))
    copy = proven(record, [2, "个人隐私", 12, False])
    signed(hands, case=case, at="2026-02-25")
    client, own = citizen.client(), reverse("mailbox:detail", args=[case.public_id])
    address = reverse("own_records:copy", args=[case.kind, case.public_id, copy.public_id])
    assert (address in client.get(own).content.decode(), client.get(address).status_code) == (False, 404)
    mailbox.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-26"))
    paper = Reply.objects.get(letter=case).document
    assert paper is not None
    assert paper.facts["attachments"] == ["项目清单（玉政办发〔2025〕7号）", "随答复提供材料一览表"]
    withheld = paper.facts["annex"]["tables"][1]["rows"]
    assert [row[1:] for row in withheld] == [["第2页，1处", "个人隐私", "条例第十五条"]]
    assert address in client.get(own).content.decode()
    sent = client.get(address)
    assert hashlib.sha256(sent.content).hexdigest() == copy.sha256
    assert (Fetch.objects.get().by, Client().get(address).status_code) == ("applicant", 404)


def test_answer_is_signed_with_its_papers(hands: Hands) -> None:
    case, record = with_paper(hands)
    before = Reply(letter=case, round=case.round, body="x").content_sha256
    Record.objects.filter(pk=record.pk).update(marks={"boxes": [box(3)], "words": [], "pages": []})
    assert Reply(letter=case, round=case.round, body="x").content_sha256 != before
    Record.objects.filter(pk=record.pk).update(marks=MARKS)
    signed(hands, case=case)
    with pytest.raises(StepRefused, match="由市政府办公室的经办人"):
        judge(record, hands.clerk, "withhold", ground="privacy")
    Record.objects.filter(pk=record.pk).update(title="另一份清单")
    with pytest.raises(StepRefused, match="答复内容与签发的不一致"):
        mailbox.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-26"))


def test_whoever_worked_on_the_papers_signs_nothing(hands: Hands) -> None:
    from portal.publishing.desks import writers

    case, _ = with_paper(hands)
    assert writers(case, "letter") == {hands.clerk.account.pk}


def test_merged_letters_get_no_papers(hands: Hands) -> None:
    case, _ = with_paper(hands)
    other = handled(hands)
    mailbox.merge(case=case, members=[other], actor=hands.clerk.actor, at=moment("2026-02-23"))
    with pytest.raises(StepRefused, match="合并答复的来信不随答复提供材料"):
        in_review(hands, case=case)


def test_confidential_reports_papers_are_for_those_who_may_know(hands: Hands) -> None:
    case = report()
    with pytest.raises(NotFound):
        room.find(hands.office_clerk.actor, case.public_id)


def test_public_copy_of_a_letter_carries_its_papers(hands: Hands, desk: Desk) -> None:
    case, record = with_paper(hands)
    signed(hands, case=case)
    mailbox.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-24", 16))
    assert queries.sealed_for(record, "public") == queries.sealed_for(record, "applicant")
    assert PHONE in queries.sealed_for(record, "public")
    actions.share_record(record=record, wanted=True, actor=hands.clerk.actor, at=moment("2026-02-25"))
    proven(record, [2, "个人隐私", 12, False], audience="public")
    assert [entry.problem for entry in public_entries(case)] == [""]
    proposed(hands, case=case)
    mailbox.clear_release(case=case, actor=desk.secrecy.actor, at=moment("2026-02-25", 11))
    release = mailbox.release(case=case, actor=desk.publisher.actor, at=moment("2026-02-25", 12))
    page = Client().get(reverse("releases:detail", args=[release.public_id])).content.decode()
    assert reverse("releases:file", args=[release.public_id, 1]) in page


def test_papers_of_a_letter_are_erased_with_the_writers_contacts(hands: Hands) -> None:
    case, record = with_paper(hands)
    signed(hands, case=case)
    mailbox.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-24", 16))
    rule = RULES["letter_records"]
    assert [list(rule.overdue(moment(day))) for day in ("2026-09-22", "2026-09-24")] == [[], [record]]

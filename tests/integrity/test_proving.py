"""Everything that the log holds a digest of is proven every night, in slices; each alteration is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mailbox.models import Reply as LetterReply
from portal.cases import guards, ledger, proving
from portal.cases.models import Case, CaseEvent, ClockEntry, EventPayload, LedgerAnchor, ProofRound
from portal.documents.models import DocumentStatus, OfficialDocument
from portal.files.actions import store_bytes
from portal.files.models import StoredFile
from portal.files.vault import path_of
from portal.messaging.models import Message
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app.annual.entered import Texts
from requests_app.models import DisclosureRequest
from requests_app.returns import actions as returns
from requests_app.returns.models import CityReport, ReturnVersion
from tests.cast import Person, moment, person
from tests.factories.mailbox import (
    Hands,
    staffed,  # noqa: F401 (the fixture hands)
)
from tests.factories.mailbox import answered as letter_answered
from tests.factories.requests_app import answered
from tests.integrity.test_ledger import sql
from tests.workflow.test_annual_returns import filled

Team = dict[str, Person]
pytestmark = pytest.mark.django_db


@pytest.fixture
def city(office: Unit, hands: Hands, team: Team, supervisor: Person) -> DisclosureRequest:
    """A request and a letter answered, a report handed in and merged, a file kept, all of it signed for."""
    case = answered(office, team)
    letter_answered(hands)
    filled(office, team["clerk"])
    at = moment("2026-01-21")
    returned = returns.submit(unit=office, year=2025, reason="试运行", actor=team["approver"].actor, at=at)
    returns.accept_return(case=returned, actor=supervisor.actor, at=at)
    returns.merge(year=2025, texts=Texts("全市情况。", "问题。", ""), actor=supervisor.actor, at=at)
    store_bytes("图纸".encode(), media_type="text/plain")
    ledger.add_anchor(at=timezone.now(), settling=timedelta(seconds=-5))
    return case


def rounds(budget: float = 60.0) -> ProofRound:
    """A whole round."""
    now = timezone.now()
    proving.begin(at=now)
    for _ in range(1000):
        found = proving.go_on(at=now, budget=budget)
        assert found is not None
        if found.finished_at is not None:
            return found
    raise AssertionError("the round does not end")


def _reply() -> None:
    case = DisclosureRequest.objects.exclude(answer=None).get()
    item = case.answer.items.get()
    item.body = item.body + "（改）"
    item.save()


def _letter() -> None:
    reply = LetterReply.objects.get()
    reply.body = "另一个答复。"
    reply.save()


def _paper() -> None:
    paper = OfficialDocument.objects.order_by("pk")[0]
    paper.facts = {**paper.facts, "forged": "1"}
    paper.save()


def _lost_paper() -> None:
    OfficialDocument.objects.filter(pk=OfficialDocument.objects.order_by("pk")[0].pk).update(
        status=DocumentStatus.READY, file=None
    )


def _bit() -> None:
    path = path_of(StoredFile.objects.get(media_type="text/plain").sha256)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))


def _lost_file() -> None:
    path_of(StoredFile.objects.get(media_type="text/plain").sha256).unlink()


def _return() -> None:
    version = ReturnVersion.objects.get()
    version.data = {**version.data, "texts": {**version.data["texts"], "overview": "改过的文字"}}
    version.save()


def _return_and_its_digest() -> None:
    from requests_app.annual.snapshot import of_json
    from requests_app.returns.queries import digest

    _return()
    version = ReturnVersion.objects.get()
    version.sha256 = digest(of_json(version.data))
    version.save()


def _city() -> None:
    report = CityReport._base_manager.get()
    report.data = {**report.data, "texts": {**report.data["texts"], "overview": "改过的文字"}}
    CityReport._base_manager.filter(pk=report.pk).update(data=report.data)


def _event() -> None:
    guards.remove_guards()
    CaseEvent.objects.filter(kind="reply").update(facts={"forged": True})
    guards.install_guards()


def _broken_seal() -> None:
    sql("UPDATE mailbox_reply SET body = 'x'")


def _anchor() -> None:
    guards.remove_guards()
    LedgerAnchor.objects.update(root="f" * 64)
    guards.install_guards()


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (_reply, "答复内容与发出时的摘要不符"),
        (_letter, "答复内容与发出时的摘要不符"),
        (_paper, "要素与制发时的摘要不符"),
        (_lost_paper, "已制作的文书没有文件"),
        (_bit, "丢失或者损坏，与登记的摘要不符"),
        (_lost_file, "丢失或者损坏，与登记的摘要不符"),
        (_return, "第1次报送内容与报送时的摘要不符"),
        (_return_and_its_digest, "第1次报送内容与报送时的摘要不符"),
        (_city, "汇总报告与汇总时的摘要不符"),
        (_anchor, "签名无效"),
        (_broken_seal, "无法核验（"),
    ],
)
def test_each_alteration_is_found(city: DisclosureRequest, tamper: Callable[[], None], reason: str) -> None:
    assert rounds().findings == 0
    tamper()
    found = rounds()
    assert [entry["reason"][: len(reason)] for entry in found.first] == [reason]
    assert [entry.reason for entry in proving.everything()] == [entry["reason"] for entry in found.first]


def test_a_changed_event_is_found(city: DisclosureRequest) -> None:
    _event()
    assert city.number in {entry["case"] for entry in rounds().first}


def test_a_tail_cut_off_between_two_rounds_is_found_by_the_anchor_of_the_first(
    city: DisclosureRequest,
) -> None:
    """A newer anchor, signed after the cut, agrees with what is left; the older one does not."""
    proven = rounds()
    assert proven.findings == 0
    assert proven.last_anchor > 0
    letter = Case.objects.get(kind="letter")
    tail, before = letter.events.order_by("-seq")[:2]
    guards.remove_guards()
    ClockEntry.objects.filter(event=tail).delete()
    EventPayload.objects.filter(event=tail).delete()
    tail.delete()
    sql(
        "UPDATE cases_case SET last_seq = %s, last_digest = %s, state = %s WHERE id = %s",
        before.seq,
        before.digest,
        before.to_state,
        letter.pk,
    )
    guards.install_guards()
    ledger.add_anchor(at=timezone.now(), settling=timedelta(seconds=-5))
    assert "办件或事件被删改（根摘要不符）" in {entry["reason"] for entry in rounds().first}


def test_slices_of_one_row_find_and_count_the_same(city: DisclosureRequest) -> None:
    _reply()
    _bit()
    whole, sliced = rounds(), rounds(budget=0.0)
    assert (sliced.findings, sliced.first, sliced.done) == (whole.findings, whole.first, whole.done)
    assert sliced.findings == 2
    assert sliced.done == {title: number for title, number in proving.counts().items() if number}


def test_one_at_a_time_and_a_killed_one_is_taken_up_again(city: DisclosureRequest) -> None:
    now = timezone.now()
    proving.begin(at=now)
    ProofRound.objects.update(claimed_until=now + proving.CLAIM)
    assert proving.go_on(at=now) is None
    found = proving.go_on(at=now + proving.CLAIM + timedelta(seconds=1))
    assert found is not None
    assert found.finished_at is not None
    assert proving.go_on(at=now) is None, "a round that is over is not gone on with"


def test_a_finding_is_told_once_and_shown(
    city: DisclosureRequest, office: Unit, supervisor: Person, client: Client
) -> None:
    auditor = person("auditor", office, Role.AUDIT_ADMIN)
    client.force_login(supervisor.account)
    assert "还没有核验过" in client.get("/supervision/system/").content.decode()
    assert rounds().findings == 0
    assert "全部相符" in client.get("/supervision/system/").content.decode()
    _reply()
    rounds()
    told = Message.objects.filter(key__startswith="proof:", channel="site")
    assert set(told.values_list("account_id", flat=True)) == {supervisor.account.pk, auditor.account.pk}
    page = client.get("/supervision/system/").content.decode()
    assert "1处不符" in page
    assert "答复内容与发出时的摘要不符" in page

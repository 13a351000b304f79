"""The public copy carries what was handed over: blackened for everyone, proven, cleared, published, taken down with it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.publishing.actions import PublicText
from portal.publishing.desks import writers
from portal.publishing.models import Release
from portal.records import actions, queries
from portal.records.public import public_entries
from portal.search.queries import search
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.records import judge, kept, mark, proven, upload
from tests.factories.requests_app import PHONE, handled
from tests.redaction.papers import drawn, texts
from tests.workflow.test_records_reply import PARTLY, signed

Team = dict[str, Person]
WORDS = PublicText("项目清单", "申请公开项目清单。", "予以部分公开，见附件。")
# Two pages: a secret line on the first, the applicant's own telephone on the second.
PAGES = [
    [(50, 300, "Project list of 2025"), (50, 200, "Zhang Wei 13987701234")],
    [(50, 300, "Sent to the applicant"), (50, 200, f"Call {PHONE}")],
]
SECRET = {"page": 1, "box": [48.0, 196.0, 240.0, 214.0], "ground": "privacy"}
OWN = {"page": 2, "box": [48.0, 196.0, 240.0, 214.0], "ground": "privacy"}


def out(case: DisclosureRequest, team: Team) -> DisclosureRequest:
    """Answered in part on 2026-03-06."""
    signed(case, team, PARTLY)
    requests.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    return case


def drawn_case(office: Unit, team: Team) -> DisclosureRequest:
    """Answered with a record whose secret line is blackened and which holds the applicant's own telephone."""
    case = handled(office, team["clerk"])
    added = upload(
        case, team["clerk"], ("list.pdf", drawn(PAGES)), title="项目清单", made_on=date(2025, 3, 4)
    )
    run_due()
    record = added.records[0]
    record.refresh_from_db()
    record.case = case
    mark(record, team["clerk"], SECRET)
    judge(record, team["clerk"], "part", own_data=True)
    actions.make_copy(record=record, actor=team["clerk"].actor, at=moment("2026-02-26"))
    run_due()
    return out(case, team)


def quick_case(office: Unit, team: Team, data: bytes = b"") -> DisclosureRequest:
    """Answered with a record that is chosen for everyone and proven, without the engine."""
    case = handled(office, team["clerk"])
    record = kept(case, team["clerk"], "part", marks={"boxes": [SECRET], "words": [], "pages": []})
    proven(record, [1, "个人隐私", 12, False])
    out(case, team)
    actions.share_record(record=record, wanted=True, actor=team["clerk"].actor, at=moment("2026-03-09"))
    proven(record, [1, "个人隐私", 12, False], audience="public", data=data)
    return case


def shared(case: DisclosureRequest, clerk: Person, *boxes: dict[str, Any]) -> Any:
    """Its record chosen for everyone, with these boxes more; gives its entry."""
    record = public_entries(case)[0].record
    at = moment("2026-03-09")
    actions.share_record(record=record, wanted=True, actor=clerk.actor, at=at)
    actions.save_marks(
        record=record,
        marks={"boxes": list(boxes)},
        seen=queries.marked_for(record, "public").marks_version,
        actor=clerk.actor,
        at=at,
        audience="public",
    )
    actions.make_public_copy(record=record, actor=clerk.actor, at=at)
    run_due()
    return public_entries(case)[0]


def propose(case: DisclosureRequest, clerk: Person) -> Release:
    """The public copy as the clerk proposes it."""
    return requests.propose_release(case=case, text=WORDS, actor=clerk.actor, at=moment("2026-03-09"))


def published(case: DisclosureRequest, team: Team) -> Release:
    """Proposed, cleared and published."""
    propose(case, team["clerk"])
    requests.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09", 11))
    done = requests.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09", 12))
    run_due()
    return done


def test_what_the_public_may_not_see_is_proven_and_goes_up_and_down_with_the_release(
    office: Unit, team: Team
) -> None:
    case = drawn_case(office, team)
    entry = shared(case, team["clerk"])
    assert (entry.copy.state, "第2页" in entry.problem) == ("failed", True)
    with pytest.raises(StepRefused, match="附件1的公众副本未通过核验"):
        propose(case, team["clerk"])
    entry = shared(case, team["clerk"], OWN)
    assert (entry.copy.state, entry.problem) == ("proven", "")
    read = "\n".join(texts(entry.copy.file.read()))
    assert ("Project list" in read, "13987701234" in read, PHONE in read) == (True, False, False)

    release = published(case, team)
    client, page = Client(), reverse("releases:detail", args=[release.public_id])
    address = reverse("releases:file", args=[release.public_id, 1])
    shown = client.get(page).content.decode()
    told = (address, "2025年3月4日", "隐去：个人隐私，第1、2页，2处")
    assert [words in shown for words in told] == [True, True, True]
    sent = client.get(address)
    assert (sent["Content-Type"], sent["Cache-Control"]) == ("application/pdf", "private, no-store")
    found = client.get(f"/api/v1/releases/{release.public_id}/").json()["files"]
    assert [(row["number"], row["pages"], row["url"]) for row in found] == [(1, 2, address)]
    assert found[0]["sha256"] == hashlib.sha256(sent.content).hexdigest()
    assert [hit.entry.url for hit in search("Sent to the applicant").hits] == [page]

    requests.retract_release(
        case=case, comment="内容有误", actor=team["publisher"].actor, at=moment("2026-03-10")
    )
    assert (client.get(address).status_code, client.get(page).status_code) == (404, 410)
    assert address not in client.get(page).content.decode()
    assert search("Sent to the applicant").hits == []


def test_files_are_bound_by_the_review_and_stand_still_in_it(office: Unit, team: Team) -> None:
    case = quick_case(office, team)
    record = public_entries(case)[0].record
    release = propose(case, team["clerk"])
    assert release.content_sha256 != WORDS.sha256
    at, actor = moment("2026-03-09", 11), team["clerk"].actor
    for change in (
        lambda: actions.share_record(record=record, wanted=False, actor=actor, at=at),
        lambda: actions.make_public_copy(record=record, actor=actor, at=at),
        lambda: actions.save_marks(record=record, marks={}, seen=0, actor=actor, at=at, audience="public"),
    ):
        with pytest.raises(StepRefused, match="公开副本已经提出"):
            change()
    release.files.update(title="另一个题目")
    with pytest.raises(StepRefused, match="内容已有改动"):
        requests.clear_release(case=case, actor=team["secrecy"].actor, at=at)


def test_somebody_elses_number_in_a_file_blocks_the_release(office: Unit, team: Team) -> None:
    case = quick_case(office, team, drawn([[(50, 300, "Call Li Na 13987701234")]]))
    with pytest.raises(InvalidInput, match="附件1中的手机号码（13…4）"):
        propose(case, team["clerk"])


def test_applicants_blackening_cannot_be_taken_away_for_the_public(office: Unit, team: Team) -> None:
    case = quick_case(office, team)
    record = public_entries(case)[0].record
    actor = team["clerk"].actor
    marks = {"boxes": [OWN], "words": [], "pages": []}
    left = actions.save_marks(
        record=record, marks=marks, seen=0, actor=actor, at=moment("2026-03-09"), audience="public"
    )
    assert [row["page"] for row in left["boxes"]] == [1, 2]
    assert writers(case, "release") == {team["clerk"].account.pk}
    assert public_entries(case)[0].problem == "附件1的公众副本尚未制作，或者制作后又有改动"
    record.refresh_from_db()
    assert [row["page"] for row in record.marks["boxes"]] == [1]


def test_record_is_shared_on_its_pages_and_by_nobody_else(office: Unit, team: Team, outsider: Person) -> None:
    case = quick_case(office, team)
    record = public_entries(case)[0].record
    address = reverse("records:public_desk", args=[case.kind, case.public_id, record.public_id])
    clerk = team["clerk"].client()
    page = clerk.get(address).content.decode()
    assert ["公众副本：项目清单" in page, "对公众一律隐去" in page, "制作公众副本" in page] == [True] * 3
    share = reverse("records:share", args=[case.kind, case.public_id, record.public_id])
    clerk.post(share, {"title": "项目清单（公开）"})
    assert (public_entries(case)[0].share.is_wanted, public_entries(case)[0].share.title) == (
        False,
        "项目清单（公开）",
    )
    assert clerk.get(share).status_code == 405
    clerk.post(share, {"wanted": "on", "title": "项目清单（公开）"})
    index = reverse("records:index", args=[case.kind, case.public_id])
    assert "随公开副本公开" in clerk.get(index).content.decode()
    step = reverse("workbench_requests:step", args=[case.public_id, "propose-release"])
    assert "公开，公众副本已核验" in clerk.get(step).content.decode()
    assert outsider.client().get(address).status_code == 404
    assert "保存遮盖的地方" not in team["reviewer"].client().get(address).content.decode()
    propose(case, team["clerk"])
    file = reverse("records:proposed", args=[case.kind, case.public_id, 1])
    assert team["publisher"].client().get(file)["Content-Type"] == "application/pdf"
    assert outsider.client().get(file).status_code == 404
    step = reverse("workbench_requests:step", args=[case.public_id, "clear-release"])
    assert file in team["secrecy"].client().get(step).content.decode()

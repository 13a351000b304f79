"""Pages of the records: who may see them, the list of places without script, marks as JSON, handing over."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.core.actors import Actor, ActorKind
from portal.files.actions import store_bytes
from portal.privacy.models import PersonalDataAccess
from portal.records import queries
from portal.records.forms import marks_of, place_of, share_of
from portal.records.models import Fetch, Record, RecordCopy, RecordPage
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.records import BOXES, kept, paper, proven
from tests.factories.requests_app import handled, submitted
from tests.workflow.test_records_reply import PARTLY, signed

Team = dict[str, Person]
# A page of 400 by 300 points, as a picture of 800 by 600 dots; the second one is turned by a quarter.
SPACE, TURNED = [0, 300, 400, 0, 0, -300], [0, 0, 0, 300, 400, 0]


@pytest.fixture
def case(office: Unit, clerk: Person) -> DisclosureRequest:
    """A request in a clerk's hands."""
    return handled(office, clerk)


@pytest.fixture
def record(case: DisclosureRequest, clerk: Person) -> Record:
    """A record of two pages whose pictures are made."""
    made = kept(case, clerk, "part", marks=BOXES)
    picture = store_bytes(b"\xff\xd8\xffpicture", media_type="image/jpeg")
    for number, space in ((1, SPACE), (2, TURNED), (3, SPACE)):
        RecordPage.objects.create(
            record=made, number=number, picture=picture, width=800, height=600, space=space, text="住户 王芳"
        )
    return made


def at(name: str, record: Record, *more: Any) -> str:
    """An address of the record."""
    return reverse(f"records:{name}", args=["disclosure", record.case.public_id, record.public_id, *more])


def listed(case: DisclosureRequest, name: str = "index") -> str:
    """An address of the case's records."""
    return reverse(f"records:{name}", args=["disclosure", case.public_id])


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("reviewer", 200), ("secrecy", 200), ("approver", 200), ("publisher", 404),
     ("outsider", 404), ("supervisor", 404), ("citizen", 403)],
)  # fmt: skip
def test_only_those_who_handle_the_reply_see_its_records(
    record: Record, request: pytest.FixtureRequest, who: str, status: int
) -> None:
    client = request.getfixturevalue(who).client()
    assert client.get(listed(record.case)).status_code == status
    assert client.get(at("desk", record)).status_code == status
    assert client.get(at("compare", record)).status_code == status
    assert client.get(at("marks", record)).status_code == status
    assert Client().get(at("desk", record)).status_code == 302


def test_official_sees_no_record_of_an_own_request(office: Unit, clerk: Person) -> None:
    own = submitted(office, actor=Actor(ActorKind.CITIZEN, "申请人", clerk.account.pk))
    assert clerk.client().get(listed(own)).status_code == 409


def test_opening_the_desk_is_a_look_on_record_and_pictures_ask_for_it(record: Record, clerk: Person) -> None:
    client = clerk.client()
    assert client.get(at("picture", record, 1)).status_code == 404
    assert client.get(at("desk", record)).status_code == 200
    assert client.get(at("desk", record)).status_code == 200
    looks = PersonalDataAccess.objects.filter(account=clerk.account)
    assert [(row.field, row.reason) for row in looks] == [(f"record:{record.pk}", "办理：查看检索到的信息")]
    picture = client.get(at("picture", record, 1))
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert client.get(at("picture", record, 9)).status_code == 404


def test_upload_of_several_files_keeps_good_ones_and_shows_a_sentence_beside_the_field(
    case: DisclosureRequest, clerk: Person
) -> None:
    files = [
        SimpleUploadedFile("清单.pdf", paper(), "application/pdf"),
        SimpleUploadedFile("批复.ofd", b"OFD", "application/ofd"),
    ]
    response = clerk.client().post(listed(case), {"files": files, "maker": "市政府办公室"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "“批复.ofd”不能直接添加（OFD 版式文件请另存为 PDF 后上传）" in page
    assert "已添加1份信息，正在检查" in page
    assert 'value="市政府办公室"' in page
    assert Record.objects.get().title == "清单"


def test_list_says_what_is_to_be_done_and_finds_words(record: Record, clerk: Person) -> None:
    page = clerk.client().get(listed(record.case), {"find": "王 芳"}).content.decode()
    assert "第1份信息的副本尚未制作，或者制作后又有改动。" in page
    assert page.count("第1份 项目清单 第") == 3


def test_list_asks_the_database_as_often_for_three_records_as_for_one(
    record: Record, clerk: Person, django_assert_max_num_queries: Any
) -> None:
    client = clerk.client()
    proven(record, [2, "个人隐私", 3, False])
    client.get(listed(record.case))
    with django_assert_max_num_queries(60) as first:
        client.get(listed(record.case))
    for _ in range(2):
        proven(kept(record.case, clerk, "part", marks=BOXES), [2, "个人隐私", 3, False])
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(listed(record.case))


def test_list_of_places_works_without_script(record: Record, clerk: Person) -> None:
    client = clerk.client()
    page = client.get(at("desk", record)).content.decode()
    assert 'name="place-0-page" value="2"' in page
    form = {
        "seen": "0",
        "place-TOTAL_FORMS": "3",
        "place-INITIAL_FORMS": "0",
        "place-0-page": "1",
        "place-0-left": "10",
        "place-0-top": "20",
        "place-0-right": "60",
        "place-0-bottom": "30",
        "place-0-ground": "privacy",
        "place-1-page": "3",
        "place-1-ground": "trade_secret",
    }
    refused = client.post(at("desk", record), form | {"place-1-ground": ""})
    assert refused.status_code == 400
    assert "请选择理由" in refused.content.decode()
    assert client.post(at("desk", record), form).status_code == 302
    record.refresh_from_db()
    assert [(row["page"], row["box"]) for row in record.marks["boxes"]] == [(1, [40.0, 210.0, 240.0, 240.0])]
    assert record.marks["pages"] == [{"page": 3, "ground": "trade_secret"}]
    stale = client.post(at("desk", record), form)
    assert stale.status_code == 409
    assert "刚刚改动了遮盖的内容" in stale.content.decode()


def test_marks_are_kept_as_json_and_a_second_saver_gets_the_present_ones(
    record: Record, clerk: Person
) -> None:
    client = clerk.client()
    assert client.get(at("marks", record)).json()["version"] == 0

    def send(seen: Any, marks: Any) -> Any:
        body = json.dumps({"seen": seen, "marks": marks})
        return client.post(at("marks", record), body, content_type="application/json")

    saved = send(0, {"boxes": [{"id": "a", "page": 1, "box": [10, 20, 30, 40], "ground": "privacy"}]})
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    second = send(0, {"boxes": []})
    assert (second.status_code, second.json()["marks"]["boxes"][0]["id"]) == (409, "a")
    assert send(1, {"boxes": [{"page": 7}]}).status_code == 400
    assert send("x", {}).json() == {"sentence": "请求格式不对"}
    assert client.post(at("marks", record), "no json", content_type="application/json").status_code == 400


@pytest.mark.parametrize("who", ["reviewer", "secrecy", "approver"])
def test_whoever_signs_may_look_and_not_change(
    record: Record, request: pytest.FixtureRequest, who: str
) -> None:
    client = request.getfixturevalue(who).client()
    page = client.get(at("desk", record)).content.decode()
    assert "保存遮盖的地方" not in page
    body = json.dumps({"seen": 0, "marks": {}})
    assert client.post(at("marks", record), body, content_type="application/json").status_code == 409
    assert client.post(at("judge", record), {"disposition": "whole"}).status_code == 409
    assert client.post(at("remove", record)).status_code == 302
    assert queries.records_of(record.case).count() == 1


def test_judge_describe_and_remove_from_the_desk(record: Record, clerk: Person) -> None:
    client = clerk.client()
    refused = client.post(at("judge", record), {"disposition": "withhold"})
    assert (refused.status_code, "请选择法定理由" in refused.content.decode()) == (400, True)
    assert (
        client.post(at("judge", record), {"disposition": "withhold", "ground": "process"}).status_code == 302
    )
    assert (
        client.post(at("describe", record), {"title": "新题目", "made_on": "2025-03-04"}).status_code == 302
    )
    record.refresh_from_db()
    assert (record.disposition, record.title) == ("withhold", "新题目")
    assert client.post(at("remove", record)).status_code == 302
    assert client.get(at("desk", record)).status_code == 404


def test_foreign_record_is_as_unknown_as_any(record: Record, clerk: Person, office: Unit) -> None:
    other = handled(office, clerk)
    address = reverse("records:desk", args=["disclosure", other.public_id, record.public_id])
    assert clerk.client().get(address).status_code == 404
    assert clerk.client().get(f"/workbench/records/nothing/{other.public_id}/").status_code == 404


# the applicant -----------------------------------------------------------------------------------------


@pytest.fixture
def answered(case: DisclosureRequest, team: Team) -> DisclosureRequest:
    """Answered with one record given in part."""
    proven(kept(case, team["clerk"], "part", marks=BOXES), [2, "个人隐私", 3, False])
    signed(case, team, PARTLY)
    requests.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    return case


def test_applicant_downloads_from_the_own_page(office: Unit, team: Team, citizen: Person) -> None:
    case = handled(office, team["clerk"], actor=citizen.actor)
    proven(kept(case, team["clerk"], "part", marks=BOXES), [2, "个人隐私", 3, False])
    signed(case, team, PARTLY)
    client = citizen.client()
    copy = RecordCopy.objects.get()
    single = reverse("own_records:copy", args=["disclosure", case.public_id, copy.public_id])
    together = reverse("own_records:archive", args=["disclosure", case.public_id])
    assert client.get(single).status_code == 404
    requests.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    page = client.get(reverse("requests:detail", args=[case.public_id])).content.decode()
    assert single in page
    assert copy.sha256 in page
    got = client.get(single)
    assert (got.status_code, got["Cache-Control"]) == (200, "private, no-store")
    assert hashlib.sha256(got.content).hexdigest() == copy.sha256
    assert client.get(together)["Content-Type"] == "application/zip"
    assert Fetch.objects.count() == 2
    assert Client().get(single).status_code == 404
    assert team["clerk"].client().get(single).status_code == 404


def test_verify_page_knows_a_copy_by_its_digest(answered: DisclosureRequest) -> None:
    copy = RecordCopy.objects.select_related("file").get()
    assert copy.file is not None
    upload = SimpleUploadedFile("附件1.pdf", copy.file.read(), "application/pdf")
    page = Client().post(reverse("verify"), {"code": "", "file": upload}).content.decode()
    assert "本站确实提供过这份文件" in page
    assert "5 页" in page
    other = SimpleUploadedFile("附件1.pdf", b"%PDF-other", "application/pdf")
    page = Client().post(reverse("verify"), {"code": "", "file": other}).content.decode()
    assert "没有找到这份文件" in page


def test_api_gives_the_list_single_files_and_all_by_number_and_code(office: Unit, team: Team) -> None:
    from portal.core.actors import GUEST
    from tests.factories.requests_app import answers

    opened_now = requests.submit(
        unit=office, answers=answers(), key="a-key-of-sixteen-signs", actor=GUEST, at=moment("2026-02-10")
    )
    case, asked = opened_now.case, {"number": opened_now.case.number, "code": opened_now.code}
    clerk = team["clerk"]
    requests.register(
        case=case, received_on=moment("2026-02-10").date(), channel="online", evidence="平台确认",
        actor=clerk.actor, at=moment("2026-02-10", 11),
    )  # fmt: skip
    requests.assign(case=case, officer=clerk.account, actor=clerk.actor, at=moment("2026-02-10", 12))
    proven(kept(case, clerk, "part", marks=BOXES), [2, "个人隐私", 3, False])
    signed(case, team, PARTLY)
    client = Client()
    assert client.post("/api/v1/requests/records/", asked, "application/json").json() == []
    requests.reply(case=case, actor=clerk.actor, at=moment("2026-03-06"))
    copy = RecordCopy.objects.get()
    assert client.post("/api/v1/requests/records/", asked, "application/json").json() == [
        {
            "id": str(copy.public_id),
            "number": 1,
            "title": "项目清单",
            "document_number": "玉政办发〔2025〕7号",
            "pages": 5,
            "sha256": copy.sha256,
            "in_part": True,
        }
    ]
    got = client.post(f"/api/v1/requests/records/{copy.public_id}/", asked, "application/json")
    assert hashlib.sha256(got.content).hexdigest() == copy.sha256
    assert (
        client.post("/api/v1/requests/records/all/", asked, "application/json")["Content-Type"]
        == "application/zip"
    )
    wrong = client.post(
        f"/api/v1/requests/records/{copy.public_id}/", asked | {"code": "AAAABBBBCCCC"}, "application/json"
    )
    assert wrong.status_code == 404


# places ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", [SPACE, TURNED])
def test_place_and_share_are_inverse_on_turned_pages(space: list[float]) -> None:
    shares = [0.1, 0.2, 0.6, 0.3]
    assert share_of(space, place_of(space, shares)) == pytest.approx(shares)


def test_row_marked_for_deletion_is_dropped(record: Record) -> None:
    rows = [{"page": 1, "left": 1, "top": 1, "right": 9, "bottom": 9, "ground": "privacy", "drop": True}]
    assert marks_of(record, rows)["boxes"] == []

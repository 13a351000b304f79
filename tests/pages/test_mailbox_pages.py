"""The pages of the letter box: who may see what, nothing lost on bad input, looking changes nothing."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mailbox import actions
from mailbox.choices import State
from mailbox.models import Letter, Rating
from portal.cases.models import CaseEvent
from portal.core.actors import GUEST
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from portal.web.caching import PUBLIC
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    GOOD,
    NAME,
    PHONE,
    Hands,
    answered,
    answers,
    day,
    handled,
    invitation,
    rating_path,
    staffed,
    submitted,
)

# the writer ------------------------------------------------------------------------------------------------------


def test_front_page_is_public_and_names_the_terms(client: Client, db: None) -> None:
    response = client.get(reverse("mailbox:home"))
    page = response.content.decode()
    assert response["Cache-Control"] == PUBLIC
    assert "简单事项 5个工作日、复杂事项 10个工作日内答复" in page
    assert client.post(reverse("mailbox:home")).status_code == 405


def test_guest_writes_and_gets_number_and_code(office: Unit, client: Client) -> None:
    response = client.post(reverse("mailbox:write"), GOOD)
    case = Letter.objects.get()
    assert response.url == reverse("mailbox:receipt", args=[case.public_id])
    page = client.get(response.url).content.decode()
    code = re.search(r'class="code">([A-Z0-9-]{14})<', page)
    assert code is not None and str(case.number) in page
    again = client.post(reverse("mailbox:write"), GOOD)
    assert (again.url, Letter.objects.count()) == (response.url, 1)
    other = Client()
    assert other.get(response.url).status_code == 404
    detail = reverse("mailbox:detail", args=[case.public_id])
    assert other.get(detail).status_code == 404
    opened = other.post(
        reverse("mailbox:track"), {"number": f" {case.number} ".lower(), "code": code[1].lower()}
    )
    assert opened.url == detail
    assert "某路口夜间照明不足" in other.get(detail).content.decode()
    assert "查询码在提交后15分钟内显示" in other.get(response.url).content.decode(), (
        "the code itself is not shown"
    )


def test_track_with_a_wrong_code_is_400_with_one_sentence(office: Unit, client: Client) -> None:
    case = submitted()
    for number in (str(case.number), "X2026-99999"):
        response = client.post(reverse("mailbox:track"), {"number": number, "code": "AAAABBBBCCCC"})
        assert response.status_code == 400
        assert "编号或查询码不正确" in response.content.decode()
        assert f'value="{number}"' in response.content.decode()


def test_track_leads_to_the_page_of_another_service(office: Unit, client: Client) -> None:
    from requests_app.actions import submit
    from tests.factories.requests_app import answers as asked

    done = submit(unit=office, answers=asked(), key="other-service-key", actor=GUEST, at=moment("2026-02-10"))
    response = client.post(reverse("mailbox:track"), {"number": done.case.number, "code": done.code})
    assert response.url == reverse("requests:detail", args=[done.case.public_id])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"addressee": ""}, "请选择收信人"),
        ({"addressee": "head"}, "请选择写给哪个单位的负责人"),
        ({"addressee": "head", "addressed_unit": "nowhere"}, "请从列表中选择单位"),
        ({"letter_kind": "gossip"}, "请选择来信类型"),
        ({"place": ""}, "请选择事项发生地"),
        ({"topic": " "}, "请填写标题"),
        ({"topic": "长" * 61}, "标题不能超过60字"),
        ({"text": "太短了"}, "内容太短"),
        ({"name": ""}, "请填写姓名"),
        ({"phone": "12"}, "联系电话格式不正确"),
        ({"email": "nobody"}, "电子邮箱格式不正确"),
        ({"confidential": "yes", "consent_to_publish": "on"}, "要求保密的来信不公开"),
    ],
)
def test_bad_letter_is_400_with_sentence_and_keeps_what_was_typed(
    office: Unit, client: Client, change: dict[str, str], sentence: str
) -> None:
    response = client.post(reverse("mailbox:write"), GOOD | change)
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    sent = GOOD | change
    for name in ("topic", "text", "name", "phone"):
        assert sent[name] in page
    assert f'value="{GOOD["key"]}"' in page
    assert Letter.objects.count() == 0


def test_bad_file_is_400_and_leaves_no_letter(office: Unit, client: Client) -> None:
    bad = SimpleUploadedFile("照片.jpg", b"<html>not a picture</html>")
    response = client.post(reverse("mailbox:write"), GOOD | {"files": bad})
    assert response.status_code == 400
    assert "内容与文件类型不符" in response.content.decode()
    assert GOOD["text"] in response.content.decode()
    assert Letter.objects.count() == 0


def test_file_is_handed_out_once_checked_to_the_writer_alone(office: Unit, client: Client) -> None:
    client.post(reverse("mailbox:write"), GOOD | {"files": SimpleUploadedFile("说明.txt", "位置图".encode())})
    case = Letter.objects.get()
    url = reverse("mailbox:file", args=[case.public_id, case.files.get().public_id])
    assert client.get(url).status_code == 404, "still in quarantine"
    run_due()
    assert client.get(url).content.decode() == "位置图"
    assert Client().get(url).status_code == 404


def test_own_letters_are_the_accounts_alone(hands: Hands, citizen: Person, client: Client) -> None:
    case = submitted(actor=citizen.actor)
    browser = citizen.client()
    assert case.topic in browser.get(reverse("mailbox:mine")).content.decode()
    assert browser.get(reverse("mailbox:detail", args=[case.public_id])).status_code == 200
    assert client.get(reverse("mailbox:mine")).status_code == 302
    assert client.get(reverse("mailbox:detail", args=[case.public_id])).status_code == 404


def test_detail_shows_no_names_of_staff_and_no_internal_papers(hands: Hands, citizen: Person) -> None:
    case = handled(hands, case=submitted(actor=citizen.actor), simple=True)
    actions.send_reminders(at=moment("2026-03-04"))
    page = citizen.client().get(reverse("mailbox:detail", args=[case.public_id])).content.decode()
    assert "来信受理告知书" in page
    for internal in ("催办", "督办", "housing-clerk", "mailbox-clerk"):
        assert internal not in page
    assert "承办单位：玉溪市住房和城乡建设局。" in page
    urge = OfficialDocument.objects.get(case=case, kind="mailbox_urge")
    url = reverse("mailbox:document", args=[case.public_id, urge.public_id])
    assert citizen.client().get(url).status_code == 404


def test_handed_over_letter_shows_the_way_to_disclosure(hands: Hands, citizen: Person) -> None:
    case = submitted(actor=citizen.actor)
    actions.hand_over(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    page = citizen.client().get(reverse("mailbox:detail", args=[case.public_id])).content.decode()
    assert "已转为政府信息公开申请" in page
    request = DisclosureRequest.objects.get()
    assert request.number in page
    assert request.applicant == citizen.account
    staff = hands.office_clerk.client().get(f"/workbench/requests/{request.public_id}/").content.decode()
    assert case.number in staff


def test_supplement_page_keeps_bad_input_and_takes_in_good(hands: Hands, citizen: Person) -> None:
    case = handled(hands, case=submitted(actor=citizen.actor))
    actions.ask_supplement(
        case=case,
        asked="具体位置",
        answer_by=day("2026-02-26"),
        actor=hands.clerk.actor,
        at=moment("2026-02-11"),
    )
    url = reverse("mailbox:supplement", args=[case.public_id])
    browser = citizen.client()
    assert "具体位置" in browser.get(url).content.decode()
    assert Client().post(url, {"text": "x", "version": 1}).status_code == 404
    empty = browser.post(url, {"text": " ", "version": case.version})
    assert empty.status_code == 400 and "请填写补充内容" in empty.content.decode()
    stale = browser.post(url, {"text": "某路口东北角", "version": case.version - 1})
    assert stale.status_code == 409 and "某路口东北角" in stale.content.decode()
    with time_machine.travel(moment("2026-02-24"), tick=False):
        assert browser.post(url, {"text": "某路口东北角", "version": case.version}).status_code == 302
    assert Letter.objects.get(pk=case.pk).state == State.HANDLING


def test_guest_with_the_code_adds_what_is_asked_even_when_logged_in(hands: Hands, citizen: Person) -> None:
    done = actions.submit(answers=answers(), key="guest-key-0001", actor=GUEST, at=moment("2026-02-10"))
    case = handled(hands, case=done.case)
    actions.ask_supplement(
        case=case, asked="照片", answer_by=day("2026-02-26"), actor=hands.clerk.actor, at=moment("2026-02-11")
    )
    browser = citizen.client()
    browser.post(reverse("mailbox:track"), {"number": case.number, "code": done.code})
    url = reverse("mailbox:supplement", args=[case.public_id])
    with time_machine.travel(moment("2026-02-12"), tick=False):
        assert browser.post(url, {"text": "见附件", "version": case.version}).status_code == 302
    assert Letter.objects.get(pk=case.pk).state == State.HANDLING


# the link --------------------------------------------------------------------------------------------------------


def test_looking_at_the_rating_link_changes_nothing(hands: Hands) -> None:
    case = answered(hands)
    before = (CaseEvent.objects.count(), Letter.objects.get(pk=case.pk).version)
    for _ in range(2):
        response = Client().get(rating_path(case))
    assert response.status_code == 200
    assert (CaseEvent.objects.count(), Letter.objects.get(pk=case.pk).version) == before
    assert Rating.objects.count() == 0
    page = response.content.decode()
    for private in (NAME, PHONE, case.topic):
        assert private not in page
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"] and "no-store" in response["Cache-Control"]


def test_rating_by_link_then_handled_again_by_right(hands: Hands) -> None:
    case = answered(hands)
    path = rating_path(case)
    browser = Client()
    assert browser.get(f"{path}object/").status_code == 405
    bad = browser.post(path, {"solved": "9", "attitude": "3", "why": "灯还是不亮"})
    assert bad.status_code == 400
    assert "灯还是不亮" in bad.content.decode() and "请选择1至5分" in bad.content.decode()
    assert browser.post(f"{path}object/", {"reason": "没修好"}).status_code == 409, "not rated yet"
    assert browser.post(path, {"solved": "1", "attitude": "3", "why": "灯还是不亮"}).status_code == 302
    assert browser.post(path, {"solved": "5", "attitude": "5"}).status_code == 409
    assert "要求重新办理" in browser.get(path).content.decode()
    empty = browser.post(f"{path}object/", {"reason": ""})
    assert empty.status_code == 400 and "请填写不满意的理由" in empty.content.decode()
    assert browser.post(f"{path}object/", {"reason": "两盏灯仍然不亮"}).status_code == 302
    again = Letter.objects.get(pk=case.pk)
    assert (again.state, again.round) == (State.HANDLING, 2)
    assert "正在重新办理" in browser.get(path).content.decode()


def test_wrong_link_is_not_found(hands: Hands) -> None:
    path = rating_path(answered(hands))
    assert Client().get(path[:-2] + ("A/" if path[-2] != "A" else "B/")).status_code == 404
    assert Client().get("/mailbox/rate/x/").status_code == 404


def test_own_rating_is_for_the_writer_after_the_answer(hands: Hands, citizen: Person) -> None:
    case = handled(hands, case=submitted(actor=citizen.actor))
    url = reverse("mailbox:own_rate", args=[case.public_id])
    assert citizen.client().get(url).status_code == 404
    answered(hands, case=case)
    assert hands.clerk.client().get(url).status_code == 404
    assert citizen.client().post(url, {"solved": "2", "attitude": "4"}).status_code == 302
    object_url = reverse("mailbox:own_object", args=[case.public_id])
    done = citizen.client().post(object_url, {"reason": "没修好"})
    assert done.url == reverse("mailbox:detail", args=[case.public_id])


def test_unit_sees_no_rating_on_the_letters_page(hands: Hands) -> None:
    case = answered(hands)
    actions.rate(invitation=invitation(case), solved=1, attitude=2, why="敷衍了事", at=moment("2026-02-25"))
    page = (
        hands.clerk.client().get(reverse("workbench_mailbox:detail", args=[case.public_id])).content.decode()
    )
    assert "敷衍了事" not in page and "评价" not in page

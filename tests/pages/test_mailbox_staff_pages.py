"""The units' pages of the letter box: who may see what, confidential reports, every verb's page."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mailbox import actions
from mailbox.models import AnswerTemplate, Letter
from mailbox.queries.routing import unit_hint
from mailbox.verbs import VERBS
from portal.core.wording import cn_date
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.privacy.models import PersonalDataAccess
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    BODY,
    GOOD,
    NAME,
    PHONE,
    Hands,
    accepted,
    answered,
    assigned,
    day,
    dissatisfied,
    handled,
    in_review,
    report,
    signed,
    staffed,
    submitted,
)


def staff_url(case: Letter, verb: str = "") -> str:
    """The staff page of a letter, or of one verb."""
    if verb:
        return reverse("workbench_mailbox:step", args=[case.public_id, verb])
    return reverse("workbench_mailbox:detail", args=[case.public_id])


def test_letter_of_another_unit_is_404(hands: Hands, supervisor: Person) -> None:
    case = submitted()
    browser = hands.clerk.client()
    urls = [staff_url(case), staff_url(case, "sign-for"), staff_url(case, "contribute")]
    assert [browser.get(url).status_code for url in urls] == [404, 404, 404]
    assert [browser.post(url, {}).status_code for url in urls[1:]] == [404, 404]
    peek = reverse("workbench_mailbox:reveal", args=[case.public_id])
    assert browser.post(peek, {"field": "all", "reason": "想看看是谁"}).status_code == 404
    assert Client().get(staff_url(case)).status_code == 302
    assert supervisor.client().get(staff_url(case)).status_code == 200


def test_staff_page_masks_the_writer_and_reveal_leaves_a_row(hands: Hands) -> None:
    case = handled(hands)
    browser = hands.clerk.client()
    page = browser.get(staff_url(case)).content.decode()
    assert "梁*" in page and PHONE not in page
    url = reverse("workbench_mailbox:reveal", args=[case.public_id])
    browser.post(url, {"field": "all", "reason": " "})
    assert PersonalDataAccess.objects.count() == 0
    assert NAME in browser.post(url, {"field": "name", "reason": "电话联系来信人"}).content.decode()
    assert PersonalDataAccess.objects.get().field == "name"


def test_confidential_report_is_hidden_on_every_page(hands: Hands, supervisor: Person) -> None:
    case = handled(hands, case=report())
    run_due()
    paper = OfficialDocument.objects.get(case=case, kind="mailbox_receipt")
    for reader in (hands.office_clerk, hands.office_head, hands.clerk, supervisor):
        browser = reader.client()
        pages = [staff_url(case), reverse("workbench:inbox"), reverse("workbench_mailbox:letters")]
        for url in pages:
            text = browser.get(url, follow=True).content.decode()
            assert NAME not in text and "梁*" not in text and PHONE not in text, url
        reveal = reverse("workbench_mailbox:reveal", args=[case.public_id])
        assert browser.post(reveal, {"field": "all", "reason": "想知道是谁"}).status_code == 403
        docx = reverse("workbench_mailbox:docx", args=[case.public_id, paper.public_id])
        assert browser.get(docx).status_code == 200
    assert PersonalDataAccess.objects.count() == 0
    actions.name_reader(
        case=case,
        reader=hands.clerk.account,
        reason="核查需要",
        actor=hands.office_head.actor,
        at=moment("2026-02-11"),
    )
    seen = hands.clerk.client().post(reveal, {"field": "all", "reason": "联系举报人核实"})
    assert NAME in seen.content.decode()
    assert hands.reviewer.client().post(reveal, {"field": "all", "reason": "想知道是谁"}).status_code == 403


def test_files_of_a_confidential_report_are_for_named_readers(hands: Hands) -> None:
    from django.db import transaction

    from portal.cases.actions import attach

    case = handled(hands, case=report())
    with transaction.atomic():
        entry = attach(case=case, name="身份证.txt", data="证件".encode(), at=moment("2026-02-10"))
    run_due()
    url = reverse("workbench_mailbox:file", args=[case.public_id, entry.public_id])
    assert hands.clerk.client().get(url).status_code == 404
    assert "身份证.txt" not in hands.clerk.client().get(staff_url(case)).content.decode()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_a_page(hands: Hands, verb: str) -> None:
    case = handled(hands)
    response = hands.clerk.client().get(staff_url(case, VERBS[verb].slug))
    assert response.status_code == 200
    assert VERBS[verb].label in response.content.decode()


def test_unknown_verb_is_404(hands: Hands) -> None:
    case = handled(hands)
    assert hands.clerk.client().get(staff_url(case, "explode")).status_code == 404


def test_step_by_the_wrong_role_wrong_state_or_a_stale_page_is_409(hands: Hands) -> None:
    case = in_review(hands)
    browser = hands.clerk.client()
    wrong_role = browser.post(staff_url(case, "review-reply"), {"version": case.version})
    assert wrong_role.status_code == 409 and "您不能办理" in wrong_role.content.decode()
    wrong_state = browser.post(staff_url(case, "sign-for"), {"version": case.version})
    assert wrong_state.status_code == 409
    stale = hands.reviewer.client().post(
        staff_url(case, "return-reply"), {"version": case.version - 1, "comment": "事实不清"}
    )
    assert stale.status_code == 409
    assert "已填写的内容保留在下方" in stale.content.decode() and "事实不清" in stale.content.decode()


def test_draft_page_starts_from_a_template_and_refuses_blanks(hands: Hands) -> None:
    case = handled(hands)
    browser = hands.clerk.client()
    url = staff_url(case, "draft-reply")
    template = AnswerTemplate.objects.get(title="求助答复")
    page = browser.get(url, {"template": template.pk}).content.decode()
    assert "{{核实情况}}" in page
    bad = browser.post(url, {"body": "一、{{核实情况}}。我写的字", "version": case.version})
    assert bad.status_code == 400
    assert "没有填写的空白：核实情况" in bad.content.decode() and "我写的字" in bad.content.decode()
    assert browser.post(url, {"body": BODY, "version": case.version}).status_code == 302


def test_steps_without_csrf_token_are_refused(hands: Hands) -> None:
    case = assigned(hands)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(hands.clerk.account, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(staff_url(case, "sign-for"), {}).status_code == 403
    assert Client(enforce_csrf_checks=True).post(reverse("mailbox:write"), GOOD).status_code == 403


def test_after_a_return_the_unit_is_sent_to_its_inbox(hands: Hands) -> None:
    case = assigned(hands)
    with time_machine.travel(moment("2026-02-11"), tick=False):
        response = hands.clerk.client().post(
            staff_url(case, "return-letter"), {"reason": "属于城管职责", "version": case.version}
        )
    assert response.url == reverse("workbench:inbox")


def test_merge_page_names_what_is_not_there_and_keeps_it(hands: Hands) -> None:
    leader, member = handled(hands), accepted(hands)
    browser = hands.office_clerk.client()
    url = staff_url(leader, "merge")
    bad = browser.post(url, {"numbers": f"{member.number}\nX2026-77777", "version": leader.version})
    assert bad.status_code == 400
    assert "没有找到编号为X2026-77777的来信" in bad.content.decode()
    assert str(member.number) in bad.content.decode()
    assert browser.post(url, {"numbers": str(member.number), "version": leader.version}).status_code == 302
    assert Letter.objects.get(pk=member.pk).leader == leader


def test_entry_page_is_for_the_offices_clerks(hands: Hands) -> None:
    url = reverse("workbench_mailbox:enter")
    assert hands.clerk.client().get(url).status_code == 403
    assert hands.office_head.client().get(url).status_code == 403
    assert Client().get(url).status_code == 302
    browser = hands.office_clerk.client()
    bad = browser.post(url, GOOD | {"channel": "web", "evidence": "来电"})
    assert bad.status_code == 400 and GOOD["text"] in bad.content.decode()
    done = browser.post(url, GOOD | {"channel": "phone", "evidence": "2026年2月10日来电"}, follow=True)
    assert "查询码（只显示这一次，请告知来信人）" in done.content.decode()
    assert Letter.objects.get().channel == "phone"


def test_lists_show_what_each_may_see(hands: Hands, supervisor: Person, outsider: Person) -> None:
    own, foreign = assigned(hands), submitted(topic="别的单位的来信")
    page = hands.clerk.client().get(reverse("workbench_mailbox:letters")).content.decode()
    assert str(own.number) in page and str(foreign.number) not in page
    assert (
        str(foreign.number)
        in hands.office_clerk.client().get(reverse("workbench_mailbox:letters")).content.decode()
    )
    case = answered(hands, case=handled(hands))
    dissatisfied(case, on="2026-02-25")
    answered(hands, case=case, at="2026-02-27")
    dissatisfied(case, on="2026-03-02")
    flagged = supervisor.client().get(reverse("workbench_mailbox:letters"), {"list": "supervised"})
    assert str(case.number) in flagged.content.decode()
    assert str(own.number) not in flagged.content.decode()
    assert (
        hands.clerk.client().get(reverse("workbench_mailbox:letters"), {"list": "assist"}).status_code == 200
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_number_of_queries(
    hands: Hands, django_assert_max_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        handled(hands)
    browser = hands.clerk.client()
    for url in (reverse("workbench_mailbox:letters"), reverse("workbench:inbox")):
        with django_assert_max_num_queries(8):
            assert browser.get(url).status_code == 200


def test_inbox_and_board_show_letters(hands: Hands, supervisor: Person) -> None:
    case = handled(hands)
    assert str(case.number) in hands.clerk.client().get(reverse("workbench:inbox")).content.decode()
    board = supervisor.client().get(reverse("supervision:board"), {"due": ""}).content.decode()
    assert str(case.number) in board and "书记市长信箱" in board


def test_staff_pages_of_every_stage_show_the_stage(hands: Hands) -> None:
    case = signed(hands)
    for reader in (hands.office_clerk, hands.clerk, hands.approver):
        page = reader.client().get(staff_url(case)).content.decode()
        assert "已签发，待信箱办公室核查" in page
    assert cn_date(day("2026-02-25")) in page, "the check is due a working day later"


def test_head_takes_the_sight_of_the_writer_back_on_the_page(hands: Hands, client: Client) -> None:
    case = handled(hands, case=report())
    head, at = hands.office_head, moment("2026-02-11")
    actions.name_reader(case=case, reader=hands.clerk.account, reason="核查需要", actor=head.actor, at=at)
    client.force_login(head.account)
    url = staff_url(case, "revoke-reader")
    assert "撤销知悉人员" in client.get(staff_url(case)).content.decode()
    assert client.get(url).status_code == 200
    told = {"reader": hands.clerk.account.pk, "reason": "", "version": case.version}
    assert client.post(url, told).status_code >= 400
    assert client.post(url, told | {"reason": "已调离"}).status_code == 302
    assert not case.named_readers.exists()


def test_guess_of_the_unit_names_its_basis_and_no_share(hands: Hands) -> None:
    case = accepted(hands)
    hint = unit_hint(case)
    assert "职责用语（以往来信不多）" in hint
    assert "%" not in hint
    assert "仅供参考" in hint

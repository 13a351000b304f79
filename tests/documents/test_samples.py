"""Every kind of document: its sample holds what it must say, and keeps the layout."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from portal.documents.kinds import KINDS
from portal.documents.models import OfficialDocument
from portal.documents.render.pages import page
from portal.documents.render.worker import render_pdf
from portal.documents.samples import sample_page
from portal.units.models import Unit
from tests.cast import Person
from tests.factories.requests_app import handled

SAID = {
    "supervision_order": ["督办通知书", "老旧小区改造施工合同", "2026年3月23日前报告", "特此通知"],
    "correction_order": ["责令改正通知书", "2026年3月23日前报告", "特此通知"],
    "duty_log": [
        "政府网站值班读网日志",
        "2026年3月16日",
        "打不开的链接1个",
        "一个外部链接打不开",
        "特此记录",
    ],
    "course_certificate": ["网上培训结业证书", "《政府信息公开基础知识》", "成绩90分", "特此证明"],
    "hearing_notice": [
        "听证会公告",
        "2026年4月10日09:30",
        "消费者6名，经营者3名，专家2名",
        "9f86d081884c7d65",
        "特此公告",
    ],
    "hearing_report": ["听证报告", "消费者6名", "减免标准的意见已采纳", "特此报告"],
    "consultation_notice": [
        "公开征求意见公告",
        "《玉溪市城市供水管理办法（征求意见稿）》",
        "自2026年3月2日起至2026年4月1日止",
        "逐条研究所有意见",
        "特此公告",
    ],
    "consultation_feedback": [
        "公开征求意见采纳情况",
        "共收到意见4条",
        "采纳2条，部分采纳0条，未采纳1条",
        "停水应当至少提前两天告知。（相同意见2条）",
        "修改稿（第2版）第八条",
    ],
    "mailbox_receipt": [
        "来信受理告知书",
        "X2026-00012",
        "10个工作日内答复",
        "2026年3月3日前（含当日）",
        "查询码",
    ],
    "mailbox_decline": ["来信不予受理告知书", "诉讼、仲裁、行政复议", "本信箱不予受理", "依法提起上诉"],
    "mailbox_extension": ["来信延期答复告知书", "会同供电部门现场勘查", "延长5个工作日", "2026年3月10日"],
    "mailbox_reply": ["来信答复书", "写给市长的来信", "增设路灯1盏", "要求重新办理一次", "特此答复"],
    "mailbox_urge": ["来信办理催办单", "已逾期1个工作日", "2026年3月3日前答复", "特此催办"],
    "mailbox_supervise": ["来信办理督办单", "经催办", "逾期5个工作日", "特此督办"],
    "register_sheet": ["登记表", "收到凭据", "2026年3月16日（20个工作日）", "登记人"],
    "reasons_notice": ["说明理由告知书", "第三十五条", "46件", "2026年3月4日前（含当日）", "不予处理"],
    "postponement_notice": ["延迟答复告知书", "第三十五条", "30个工作日", "2026年4月28日前（含当日）"],
    "withdrawal_note": ["撤回确认书", "通过查询页面撤回该申请", "可以重新提出申请", "特此确认"],
    "fee_notice": [
        "收费通知书",
        "第四十二条",
        "国办函〔2020〕109号",
        "4700元",
        "2000",
        "20个工作日内",
        "视为放弃申请",
        "扫描非税收入缴款码缴纳",
        "不能单独就该决定申请行政复议",
    ],
    "unpaid_notice": [
        "逾期未缴费不再处理告知书",
        "4700元",
        "视为您放弃申请",
        "第五十一条",
        "投诉、举报",
        "60日内",
    ],
    "combined_reply": [
        "答复告知书",
        "分项答复",
        "一、关于项目清单",
        "二、关于住户名单",
        "（一）予以公开",
        "三、关于方案讨论记录",
        "第三十七条",
        "应当先向",
    ],
    "third_party_letter": ["征求第三方意见书", "第三十二条", "15个工作日内", "建设有限公司", "回执"],
    "opinion_slip": ["第三方意见回执", "部分同意公开", "付款方式涉及商业秘密"],
    "third_party_notice": ["征求第三方意见告知书", "第三十二条", "第三十三条第三款", "不计算在答复期限内"],
    "third_party_decision": [
        "决定公开告知第三方书",
        "不同意公开",
        "公共利益造成重大影响",
        "第三十二条",
        "60日内",
    ],
    "joint_maker_letter": [
        "征求共同制作机关意见函",
        "第三十四条",
        "15个工作日内",
        "视为同意公开",
        "专此函达",
    ],
    "assistance_letter": ["协办函", "2026年3月9日前", "答复期限为2026年3月16日"],
    "search_sheet": ["检索记录单", "公文系统", "未查到", "李经办"],
    "approval_sheet": ["答复呈批单", "审核", "保密审查", "签发", "陈签发"],
    "delivery_receipt": ["送达回证", "邮寄送达", "XA12345678953", "自送达之日起"],
    "fix_notice": ["更正信息告知书", "第四十一条", "86平方米", "已更正"],
    "case_cover": ["政府信息公开申请卷宗", "卷号", "立卷人"],
    "case_contents": ["卷内目录", "页次", "3-4", "SHA-256"],
    "application_form": [
        "政府信息公开申请表",
        "G002-2026-00012",
        "梁䶮",
        "11010519491231002X",
        "老旧小区改造项目清单",
        "第二十九条",
    ],
    "receipt": [
        "政府信息公开申请登记回执",
        "自收到申请之日起20个工作日内",
        "2026年3月16日前（含当日）",
        "次日起算",
    ],
    "extension_notice": [
        "延期答复告知书",
        "延长20个工作日",
        "2026年4月14日",
        "第三十三条第二款",
        "机构负责人同意",
    ],
    "correction_notice": [
        "补正告知书",
        "第三十条",
        "一次性告知",
        "2026年3月20日前（含当日）",
        "地域范围",
        "重新计算",
    ],
    "termination_notice": [
        "终止办理告知书",
        "申请人死亡，无人承继",
        "终止办理该申请",
        "第五十一条",
        "60日内",
    ],
    "lapse_notice": [
        "逾期不补正不再处理告知书",
        "第三十条",
        "视为您放弃申请",
        "第五十一条",
        "投诉、举报",
        "60日内",
    ],
    "already_public_reply": ["已主动公开告知书", "第三十六条第（一）项", "重点领域信息公开", "6个月内"],
    "partial_reply": [
        "部分公开告知书",
        "第三十七条",
        "第十五条",
        "住户姓名",
        "应当先向玉溪市人民政府申请行政复议",
    ],
    "needs_creation_reply": ["需另行制作无法提供告知书", "第三十八条", "加工、分析"],
    "unclear_reply": ["补正后仍不明确告知书", "第三十条", "仍不明确"],
    "inquiry_reply": ["行政查询事项告知书", "第三十六条第（七）项", "不动产登记资料"],
    "not_processed_reply": ["不予处理告知书", "第三十六条第（六）项", "不予重复处理"],
    "disclose_reply": [
        "政府信息公开告知书",
        "第三十六条第（二）项",
        "予以公开",
        "老旧小区改造项目12个",
        "60日内",
        "6个月内",
    ],
    "refuse_reply": [
        "不予公开告知书",
        "第十六条第二款",
        "第三十六条第（三）项",
        "应当先向玉溪市人民政府申请行政复议",
        "15日内",
    ],
    "not_held_reply": ["信息不存在告知书", "第三十六条第（四）项", "检索本机关公文系统", "该信息不存在"],
    "not_ours_reply": [
        "非本机关政府信息公开告知书",
        "第三十六条第（五）项",
        "玉溪市住房和城乡建设局负责公开",
    ],
}


def text_of(data: bytes) -> str:
    """The text of a PDF without line ends and blanks."""
    document = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    """Each kind's sample as PDF."""
    return {code: render_pdf(sample_page(kind)) for code, kind in KINDS.items()}


def test_every_kind_has_its_words_listed_here() -> None:
    assert set(SAID) == set(KINDS)


@pytest.mark.parametrize("code", sorted(SAID))
def test_sample_says_what_it_must(papers: dict[str, bytes], code: str) -> None:
    text = text_of(papers[code])
    missing = [words for words in SAID[code] if bare(words) not in text]
    assert missing == []
    if KINDS[code].numbered:
        for words in (
            "玉政办公开〔2026〕12号",
            f"{KINDS[code].addressee}：" if KINDS[code].addressee else "",
            "玉溪市人民政府办公室",
            "2026年3月16日",
            "ABCD-EFGH-JKLM",
        ):
            assert bare(words) in text, words


@pytest.mark.parametrize("code", sorted(SAID))
def test_sample_claims_pdf_ua_with_language_and_title(papers: dict[str, bytes], code: str) -> None:
    with pikepdf.open(io.BytesIO(papers[code])) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert KINDS[code].title in meta["dc:title"]


def test_render_sample_lists_kinds_and_writes_a_file(tmp_path: Path, capsys: Any) -> None:
    call_command("render_sample", "--list")
    assert capsys.readouterr().out.split() == sorted(KINDS)
    out = tmp_path / "receipt.pdf"
    call_command("render_sample", "receipt", str(out))
    assert out.read_bytes().startswith(b"%PDF-")


def test_render_sample_of_unknown_kind_exits_two(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("render_sample", "invented", str(tmp_path / "x.pdf"))
    assert stopped.value.code == 2


PARTS_OF_A_FILE = {"case_cover", "case_contents"}


@pytest.mark.parametrize("code", sorted(set(SAID) - PARTS_OF_A_FILE))
def test_qr_code_leads_to_the_verify_page(papers: dict[str, bytes], code: str) -> None:
    """Read at 200 dpi, as a telephone would see a printed page."""
    last = list(pypdfium2.PdfDocument(papers[code]))[-1]
    picture = last.render(scale=200 / 72).to_numpy()
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(picture[:, :, :3].copy())
    assert text == settings.SITE_URL + reverse("verify_code", args=["ABCDEFGHJKLM"])


def test_application_form_fits_one_page(papers: dict[str, bytes]) -> None:
    assert len(pypdfium2.PdfDocument(papers["application_form"])) == 1


def addressed(code: str, you: str, *, said: str = "") -> str:
    """A kind's page to somebody who is addressed like that; `said` is how the sample's own words do it."""
    kind = KINDS[code]
    sample = json.loads(json.dumps(dict(kind.sample), ensure_ascii=False).replace("您", said or "您"))
    return page(
        kind,
        facts={**sample, "you": you},
        number="",
        addressee="",
        unit="玉溪市人民政府办公室",
        contact={},
        issued_on=date(2026, 3, 16),
        verify_code="ABCDEFGHJKLM",
    )


@pytest.mark.parametrize("code", sorted(code for code in KINDS if "＠" in addressed(code, "＠")))
def test_nobody_is_addressed_as_person_and_organisation_at_once(code: str) -> None:
    assert "贵单位" not in addressed(code, "您", said="您")
    assert "您" not in addressed(code, "贵单位", said="贵单位")


def test_letters_to_applicants_say_who_they_are(office: Unit, clerk: Person) -> None:
    person = OfficialDocument.objects.get(case=handled(office, clerk), kind="receipt")
    assert person.facts["you"] == "您"
    firm = handled(
        office,
        clerk,
        applicant_kind="organisation",
        organisation_kind="business",
        name="玉溪某建设有限公司",
        identity_kind="",
        identity_number="91530402MA6ABCDE1X",
        representative="李某",
        contact_person="张某",
    )
    assert OfficialDocument.objects.get(case=firm, kind="receipt").facts["you"] == "贵单位"

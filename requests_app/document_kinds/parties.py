"""Papers to and about those who are consulted (条例第三十二条、第三十四条)."""

from portal.core.limits import REGULATION
from portal.documents.kinds import DocumentKind, register
from requests_app.document_kinds.sample_case import CASE, CASE_FACTS, REMEDY, SERIES, THIRD_PARTY

ASKED = "玉溪某建设有限公司承建的老旧小区改造项目合同，包括合同价款、付款方式和工期条款。"
NUMBER = {"case_number": CASE["case_number"]}

register(
    DocumentKind(
        code="third_party_letter",
        title="征求第三方意见书",
        series=SERIES,
        template="third_party_letter",
        facts=("case_number", "asked", "limit"),
        statute=f"{REGULATION}第三十二条",
        confidential=True,
        sample={**NUMBER, "asked": ASKED, "limit": THIRD_PARTY},
    ),
    DocumentKind(
        code="opinion_slip",
        title="第三方意见回执",
        series="",
        template="sheet",
        facts=("case_number", "rows"),
        statute=f"{REGULATION}第三十二条、第三十四条",
        confidential=True,
        sample={
            **NUMBER,
            "rows": [
                ["征求对象", "第三方（条例第三十二条）"],
                ["名称", "玉溪某建设有限公司"],
                ["征求意见的内容", ASKED],
                ["收到之日", "2026年2月25日"],
                ["意见", "部分同意公开"],
                ["理由", "付款方式涉及商业秘密，其余内容同意公开。"],
                ["附件", "无"],
                ["提出意见之日", "2026年3月3日"],
            ],
        },
    ),
    DocumentKind(
        code="third_party_notice",
        title="征求第三方意见告知书",
        series=SERIES,
        template="third_party_notice",
        facts=(*CASE_FACTS, "sent_on"),
        statute=f"{REGULATION}第三十二条、第三十三条第三款",
        sample={**CASE, "sent_on": "2026年2月24日"},
    ),
    DocumentKind(
        code="third_party_decision",
        title="决定公开告知第三方书",
        series=SERIES,
        template="third_party_decision",
        facts=("case_number", "sent_on", "asked", "answered_on", "opinion", "reason", "remedy"),
        statute=f"{REGULATION}第十五条、第三十二条",
        confidential=True,
        sample={
            **NUMBER,
            "sent_on": "2026年2月24日",
            "asked": ASKED,
            "answered_on": "2026年3月3日",
            "opinion": "不同意公开",
            "reason": "该项目使用财政资金，合同价款和工期关系住户的安全和公共资金的使用，不公开将妨碍公众监督。",
            "remedy": REMEDY,
        },
    ),
    DocumentKind(
        code="joint_maker_letter",
        title="征求共同制作机关意见函",
        series=SERIES,
        template="joint_maker_letter",
        facts=("case_number", "asked", "limit"),
        statute=f"{REGULATION}第三十四条",
        confidential=True,
        sample={
            **NUMBER,
            "asked": "《玉溪市中心城区老旧小区改造实施方案》（联合印发）。",
            "limit": THIRD_PARTY,
        },
    ),
    DocumentKind(
        code="assistance_letter",
        title="政府信息公开申请协办函",
        series=SERIES,
        template="assistance_letter",
        facts=("case_number", "asked", "answer_by", "due_on"),
        statute=f"{REGULATION}第三十三条",
        confidential=True,
        sample={
            **NUMBER,
            "asked": "请提供2025年度老旧小区改造项目的资金拨付情况，并就能否公开提出意见。",
            "answer_by": "2026年3月9日",
            "due_on": "2026年3月16日",
        },
    ),
)

"""The papers of public comment, each with its source and a sample."""

from consultations.choices import DECISIONS
from portal.core.limits import YUXI_SITES
from portal.documents.kinds import DocumentKind, register

SOURCE = f"{DECISIONS}第十五条；{YUXI_SITES}第十三条"
TOPIC = {
    "topic": "玉溪市城市供水管理办法（征求意见稿）",
    "opens_on": "2026年3月2日",
    "closes_on": "2026年4月1日",
}

register(
    DocumentKind(
        code="consultation_notice",
        title="公开征求意见公告",
        series="",
        template="consultation_notice",
        facts=(
            "topic",
            "policy_kind",
            "background",
            "opens_on",
            "closes_on",
            "shorter_reason",
            "page",
            "contact_name",
            "contact_phone",
            "contact_email",
            "contact_address",
        ),
        statute=SOURCE,
        sample={
            **TOPIC,
            "policy_kind": "行政规范性文件",
            "background": "现行办法已施行十年，与供水一体化管理的实际不再适应，有必要修订。\n修订重点是水质公示、停水告知和老旧小区改造责任。",
            "shorter_reason": "",
            "page": "https://www.example.org/consultations/",
            "contact_name": "供水管理科",
            "contact_phone": "0877-12345",
            "contact_email": "water@example.org",
            "contact_address": "玉溪市红塔区",
        },
    ),
    DocumentKind(
        code="consultation_feedback",
        title="公开征求意见采纳情况",
        series="",
        template="consultation_feedback",
        facts=("topic", "opens_on", "closes_on", "summary", "received", "totals", "rows"),
        statute=f"{DECISIONS}第十五条、第十六条",
        sample={
            **TOPIC,
            "summary": "意见集中在停水告知的提前时间和老旧小区改造费用两个方面，我局逐条研究后对三处条文作了修改。",
            "received": 4,
            "totals": [["采纳", 2], ["部分采纳", 0], ["未采纳", 1], ["已有规定", 1], ["与本次征集无关", 0]],
            "rows": [
                [1, "第八条", "停水应当至少提前两天告知。（相同意见2条）", "采纳", "修改稿（第2版）第八条"],
                [
                    2,
                    "第十二条",
                    "改造费用应全部由供水企业承担。",
                    "未采纳",
                    "费用分担由国家有关规定确定，本办法不得另行规定。",
                ],
                [3, "整体", "应当公布每月水质。", "已有规定", "《生活饮用水卫生监督管理办法》已有规定。"],
            ],
        },
    ),
)

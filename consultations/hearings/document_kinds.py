"""The papers of hearings, each with its source and a sample."""

from consultations.hearings.choices import DECISIONS
from portal.documents.kinds import DocumentKind, register

TOPIC = {
    "topic": "玉溪市城市供水价格调整",
    "when": "2026年4月10日09:30",
    "place": "玉溪市红塔区某会议室",
    "seats": [["消费者", 6], ["经营者", 3], ["专家", 2]],
}

register(
    DocumentKind(
        code="hearing_notice",
        title="听证会公告",
        series="",
        template="hearing_notice",
        facts=(
            "topic",
            "basis",
            "matter",
            "when",
            "place",
            "sign_up_from",
            "sign_up_until",
            "seats",
            "commitment",
            "contact_phone",
        ),
        statute=f"{DECISIONS}第十六条",
        sample={
            **TOPIC,
            "basis": f"{DECISIONS}第十六条",
            "matter": "拟将居民生活用水价格由每立方米2.6元调整为2.9元，配套出台困难家庭减免办法。",
            "sign_up_from": "2026年3月16日",
            "sign_up_until": "2026年3月27日",
            "commitment": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "contact_phone": "0877-12345",
        },
    ),
    DocumentKind(
        code="hearing_report",
        title="听证报告",
        series="",
        template="hearing_report",
        facts=("topic", "when", "place", "seats", "report"),
        statute=f"{DECISIONS}第十七条",
        sample={
            **TOPIC,
            "report": "多数参加人赞成调整，主要意见是提高困难家庭减免标准。\n减免标准的意见已采纳；分三年调整的意见未采纳，理由是管网改造资金需在两年内到位。",
        },
    ),
)

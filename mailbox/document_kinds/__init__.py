"""The papers of the letter box, each with its source and a sample."""

from mailbox.choices import PRACTICE
from mailbox.rules import DECLINE_TEXTS
from portal.core.limits import YUXI_SITES
from portal.documents.kinds import DocumentKind, register, register_series

SERIES = "mailbox"
URGING = "mailbox_urge"
SOURCE = f"{YUXI_SITES}第十三条；信箱办理期限为{PRACTICE}"
OPENING = ("case_number", "submitted_on", "addressed_to", "topic")
LETTER = {
    "case_number": "X2026-00012",
    "submitted_on": "2026年2月10日",
    "addressed_to": "市长",
    "topic": "红塔区某路口夜间照明不足",
}
LATE_FACTS = ("case_number", "topic", "kind", "accepted_on", "due_on", "today", "late")

register_series(SERIES, "书记市长信箱", "信")
register_series(URGING, "信箱催办、督办", "督")
register(
    DocumentKind(
        code="mailbox_receipt",
        title="来信受理告知书",
        series=SERIES,
        template="mailbox_receipt",
        facts=(*OPENING, "complexity", "days", "due_on", "provisional"),
        statute=SOURCE,
        sample={
            **LETTER,
            "complexity": "复杂事项",
            "days": 10,
            "due_on": "2026年3月3日",
            "provisional": False,
        },
    ),
    DocumentKind(
        code="mailbox_decline",
        title="来信不予受理告知书",
        series=SERIES,
        template="mailbox_decline",
        facts=(*OPENING, "finding", "note"),
        statute=SOURCE,
        sample={
            **LETTER,
            "topic": "对一审判决不服",
            "finding": DECLINE_TEXTS["in_court"],  # type: ignore[index]  # TextChoices are their values
            "note": "您反映的纠纷已由玉溪市红塔区人民法院立案审理，对裁判不服的，可以依法提起上诉。",
        },
    ),
    DocumentKind(
        code="mailbox_extension",
        title="来信延期答复告知书",
        series=SERIES,
        template="mailbox_extension",
        facts=(*OPENING, "reason", "days", "due_before", "due_on", "provisional"),
        statute=SOURCE,
        sample={
            **LETTER,
            "reason": "需要会同供电部门现场勘查",
            "days": 5,
            "due_before": "2026年3月3日",
            "due_on": "2026年3月10日",
            "provisional": False,
        },
    ),
    DocumentKind(
        code="mailbox_reply",
        title="来信答复书",
        series=SERIES,
        template="mailbox_reply",
        facts=(*OPENING, "body", "again", "contact"),
        statute=SOURCE,
        sample={
            **LETTER,
            "body": "一、核实情况：该路口现有路灯6盏，其中2盏因线路故障不亮。\n二、处理情况：已于2026年2月27日修复，并增设路灯1盏。",
            "again": False,
            "contact": "玉溪市住房和城乡建设局，电话：0877-12345",
        },
    ),
    DocumentKind(
        code="mailbox_urge",
        title="来信办理催办单",
        series=URGING,
        template="mailbox_urge",
        facts=LATE_FACTS,
        statute=SOURCE,
        internal=True,
        addressee="玉溪市住房和城乡建设局",
        sample={
            "case_number": LETTER["case_number"],
            "topic": LETTER["topic"],
            "kind": "求助",
            "accepted_on": "2026年2月11日",
            "due_on": "2026年3月3日",
            "today": "2026年3月4日",
            "late": 1,
        },
    ),
    DocumentKind(
        code="mailbox_supervise",
        title="来信办理督办单",
        series=URGING,
        template="mailbox_supervise",
        facts=LATE_FACTS,
        statute=SOURCE,
        internal=True,
        addressee="玉溪市住房和城乡建设局",
        sample={
            "case_number": LETTER["case_number"],
            "topic": LETTER["topic"],
            "kind": "求助",
            "accepted_on": "2026年2月11日",
            "due_on": "2026年3月3日",
            "today": "2026年3月10日",
            "late": 5,
        },
    ),
)

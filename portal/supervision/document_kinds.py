"""The papers of supervision."""

from portal.documents.kinds import DocumentKind, register, register_series
from portal.supervision.choices import BASIS

SAMPLE = {
    "about": "关于“老旧小区改造施工合同”的信息公开申请（G2026-00012）",
    "demand": "该件已经超过法定期限，请立即办理并答复申请人，说明逾期的原因。",
    "due_on": "2026年3月23日",
    "supervised": "玉溪市住房和城乡建设局",
}
FACTS = ("about", "demand", "due_on", "supervised")

CIRCULARS = "circular"
register_series("supervision", "监督", "监")
register_series(CIRCULARS, "通报", "通")
register(
    DocumentKind(
        code="supervision_order",
        title="督办通知书",
        series="supervision",
        template="supervision_order",
        facts=FACTS,
        statute=BASIS,
        confidential=True,
        addressee="玉溪市住房和城乡建设局",
        sample=SAMPLE,
    ),
    DocumentKind(
        code="correction_order",
        title="责令改正通知书",
        series="supervision",
        template="supervision_order",
        facts=FACTS,
        statute=BASIS,
        confidential=True,
        addressee="玉溪市住房和城乡建设局",
        sample=SAMPLE,
    ),
)

"""The papers of disclosure on application (依申请公开文书), each with its statute and a sample."""

from portal.core.limits import REGULATION
from portal.documents.kinds import DocumentKind, register
from requests_app.remedies import remedy

SERIES = "disclosure"
REVIEW_BODY = "玉溪市人民政府"
COURT = "玉溪市红塔区人民法院"

_CASE = {
    "case_number": "G002-2026-00012",
    "received_on": "2026年2月10日",
    "information": "2025年度玉溪市中心城区老旧小区改造项目清单",
}
_REPLY = {
    **_CASE,
    "extended": False,
    "form_wanted": "电子",
    "delivery": "网上获取",
    "remedy": remedy("disclose", REVIEW_BODY, COURT),
}
_REPLY_FACTS = ("case_number", "received_on", "information", "extended", "body", "remedy")

register(
    DocumentKind(
        code="application_form",
        title="政府信息公开申请表",
        series="",
        template="application_form",
        facts=("case_number", "submitted_at", "channel", "applicant", "information", "digest"),
        statute=f"{REGULATION}第二十九条",
        sample={
            "case_number": "G002-2026-00012",
            "submitted_at": "2026年02月09日 10:30",
            "channel": "网上提交",
            "applicant": [
                ["申请人类型", "公民"],
                ["姓名", "梁䶮"],
                ["证件类型", "居民身份证"],
                ["证件号码", "11010519491231002X"],
                ["联系电话", "13800000000"],
                ["电子邮箱", "liang@example.org"],
                ["通信地址", "云南省玉溪市红塔区示例路1号"],
                ["邮政编码", "653100"],
            ],
            "information": [
                ["信息名称", "2025年度玉溪市中心城区老旧小区改造项目清单"],
                ["文号", "玉政办发〔2025〕18号"],
                ["其他特征描述", "包括项目名称、所在社区、改造内容、投资金额和完工时间。"],
                ["信息形式", "电子"],
                ["获取方式", "网上获取"],
            ],
            "digest": "0f" * 32,
        },
    ),
    DocumentKind(
        code="receipt",
        title="政府信息公开申请登记回执",
        series=SERIES,
        template="receipt",
        facts=(
            "case_number",
            "submitted_on",
            "channel",
            "information",
            "received_on",
            "limit",
            "due_on",
            "provisional",
        ),
        statute=f"{REGULATION}第三十一条、第三十三条",
        sample={
            **_CASE,
            "submitted_on": "2026年2月9日",
            "channel": "网上提交",
            "limit": "20个工作日",
            "due_on": "2026年3月16日",
            "provisional": False,
        },
    ),
    DocumentKind(
        code="extension_notice",
        title="政府信息公开延期答复告知书",
        series=SERIES,
        template="extension_notice",
        facts=(
            "case_number",
            "received_on",
            "information",
            "reason",
            "days",
            "due_before",
            "due_on",
            "provisional",
        ),
        statute=f"{REGULATION}第三十三条第二款",
        sample={
            **_CASE,
            "reason": "需要向九个县（市、区）调取并核对项目资料",
            "days": 20,
            "due_before": "2026年3月16日",
            "due_on": "2026年4月14日",
            "provisional": False,
        },
    ),
    DocumentKind(
        code="disclose_reply",
        title="政府信息公开告知书",
        series=SERIES,
        template="disclose_reply",
        facts=(*_REPLY_FACTS, "form_wanted", "delivery"),
        statute=f"{REGULATION}第三十六条第（二）项",
        sample={
            **_REPLY,
            "body": "2025年度，玉溪市中心城区共实施老旧小区改造项目12个，涉及住户3460户，总投资1.86亿元。\n"
            "项目名称、所在社区、改造内容、投资金额和完工时间见所附清单。",
        },
    ),
    DocumentKind(
        code="refuse_reply",
        title="政府信息不予公开告知书",
        series=SERIES,
        template="refuse_reply",
        facts=(*_REPLY_FACTS, "ground", "article"),
        statute=f"{REGULATION}第三十六条第（三）项",
        sample={
            **_REPLY,
            "ground": "属于讨论记录、过程稿、磋商信函、请示报告等过程性信息",
            "article": "第十六条第二款",
            "body": "该信息为本机关在履行行政管理职能过程中形成的讨论记录，决定尚未作出，公开后可能影响正常的讨论和决策。",
            "remedy": remedy("refuse", REVIEW_BODY, COURT),
        },
    ),
    DocumentKind(
        code="not_held_reply",
        title="政府信息不存在告知书",
        series=SERIES,
        template="not_held_reply",
        facts=(*_REPLY_FACTS, "search_record"),
        statute=f"{REGULATION}第三十六条第（四）项",
        sample={
            **_REPLY,
            "search_record": "2026年3月2日，以“老旧小区”“改造”“清单”为检索词，查找了本机关公文系统和档案室2025年全部卷宗，未查到",
            "body": "如您（贵单位）掌握该信息的文号等线索，可以补充后重新提出申请。",
        },
    ),
    DocumentKind(
        code="not_ours_reply",
        title="非本机关政府信息公开告知书",
        series=SERIES,
        template="not_ours_reply",
        facts=(*_REPLY_FACTS, "agency", "agency_contact"),
        statute=f"{REGULATION}第三十六条第（五）项",
        sample={
            **_REPLY,
            "body": "老旧小区改造项目由住房和城乡建设主管部门组织实施，相关信息由其制作和保存。",
            "agency": "玉溪市住房和城乡建设局",
            "agency_contact": "云南省玉溪市红塔区，邮编653100",
        },
    ),
    DocumentKind(
        code="correction_notice",
        title="政府信息公开申请补正告知书",
        series=SERIES,
        template="correction_notice",
        facts=("case_number", "received_on", "information", "unclear", "correct_by"),
        statute=f"{REGULATION}第三十条",
        sample={
            **_CASE,
            "unclear": "一、请明确所需清单的地域范围（全市或者中心城区）。\n二、请明确改造项目的审批部门或者文号。",
            "correct_by": "2026年3月20日",
        },
    ),
    DocumentKind(
        code="lapse_notice",
        title="逾期不补正不再处理告知书",
        series=SERIES,
        template="lapse_notice",
        facts=("case_number", "received_on", "information", "told_on", "correct_by", "remedy"),
        statute=f"{REGULATION}第三十条",
        sample={
            **_CASE,
            "told_on": "2026年2月26日",
            "correct_by": "2026年3月20日",
            "remedy": remedy("abandoned", REVIEW_BODY, COURT),
        },
    ),
    DocumentKind(
        code="already_public_reply",
        title="政府信息已主动公开告知书",
        series=SERIES,
        template="already_public_reply",
        facts=_REPLY_FACTS,
        statute=f"{REGULATION}第三十六条第（一）项",
        sample={
            **_REPLY,
            "body": "该清单已于2026年1月20日在玉溪市人民政府网站“重点领域信息公开—住房保障”栏目公布，可以直接查阅、下载。",
        },
    ),
    DocumentKind(
        code="partial_reply",
        title="政府信息部分公开告知书",
        series=SERIES,
        template="partial_reply",
        facts=(*_REPLY_FACTS, "ground", "article", "withheld"),
        statute=f"{REGULATION}第三十七条",
        sample={
            **_REPLY,
            "body": "项目名称、所在社区、改造内容和完工时间见所附清单。",
            "ground": "涉及商业秘密、个人隐私，公开会对第三方合法权益造成损害",
            "article": "第十五条",
            "withheld": "清单中的住户姓名、联系电话和房屋门牌号涉及个人隐私，已作隐去处理。",
            "remedy": remedy("partial", REVIEW_BODY, COURT),
        },
    ),
    DocumentKind(
        code="needs_creation_reply",
        title="需另行制作无法提供告知书",
        series=SERIES,
        template="needs_creation_reply",
        facts=_REPLY_FACTS,
        statute=f"{REGULATION}第三十八条",
        sample={
            **_REPLY,
            "body": "本机关未按社区汇总各项目的逐月支出，汇总需要重新统计、加工。",
        },
    ),
    DocumentKind(
        code="unclear_reply",
        title="补正后仍不明确告知书",
        series=SERIES,
        template="unclear_reply",
        facts=_REPLY_FACTS,
        statute=f"{REGULATION}第二十九条、第三十条",
        sample={
            **_REPLY,
            "body": "补正材料未说明所需清单的年度和地域范围。",
        },
    ),
    DocumentKind(
        code="inquiry_reply",
        title="行政查询事项告知书",
        series=SERIES,
        template="inquiry_reply",
        facts=_REPLY_FACTS,
        statute=f"{REGULATION}第三十六条第（七）项",
        sample={
            **_REPLY,
            "body": "不动产登记资料请持有效身份证件到不动产登记机构查询窗口办理。",
            "remedy": remedy("inquiry", REVIEW_BODY, COURT),
        },
    ),
    DocumentKind(
        code="not_processed_reply",
        title="政府信息公开申请不予处理告知书",
        series=SERIES,
        template="not_processed_reply",
        facts=(*_REPLY_FACTS, "finding"),
        statute=f"{REGULATION}第三十五条、第三十六条第（六）项、第三十九条",
        sample={
            **_REPLY,
            "body": "本机关已于2026年1月12日以玉政办公开〔2026〕第3号作出答复，请查阅该答复。",
            "finding": "本机关此前已就您（贵单位）提出的同一政府信息公开申请作出答复。根据《中华人民共和国政府信息公开条例》第三十六条第（六）项规定，本机关不予重复处理",
        },
    ),
)

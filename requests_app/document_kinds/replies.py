"""The replies (条例第三十五条至第三十九条): one kind of paper for each kind of reply, one for several matters."""

from typing import Any

from portal.core.limits import REGULATION
from portal.documents.kinds import DocumentKind, register
from requests_app.document_kinds.sample_case import CASE, CASE_FACTS, SERIES, remedy_against

FACTS = (*CASE_FACTS, "extended", "consulted", "remedy")
GROUND_PROCESS = {
    "ground": "属于讨论记录、过程稿、磋商信函、请示报告等过程性信息",
    "article": "第十六条第二款",
}
GROUND_PRIVACY = {"ground": "涉及个人隐私，公开会对第三方合法权益造成损害", "article": "第十五条"}
DISCLOSED = {
    "decision": "disclose",
    "body": "2025年度，玉溪市中心城区共实施老旧小区改造项目12个，涉及住户3460户，总投资1.86亿元。\n"
    "项目名称、所在社区、改造内容、投资金额和完工时间见所附清单。",
    "form_wanted": "电子",
    "delivery": "网上获取",
}
REFUSED = {
    "decision": "refuse",
    "body": "该信息为本机关在履行行政管理职能过程中形成的讨论记录，决定尚未作出，公开后可能影响正常的讨论和决策。",
    **GROUND_PROCESS,
}
PARTLY = {
    "decision": "partial",
    "body": "项目名称、所在社区、改造内容和完工时间见所附清单。",
    "withheld": "清单中的住户姓名、联系电话和房屋门牌号涉及个人隐私，已作隐去处理。",
    **GROUND_PRIVACY,
}


def _reply(title: str, article: str, sample: dict[str, Any]) -> DocumentKind:
    """A reply to one matter; `sample` is its decision."""
    remedy = remedy_against(sample["decision"])
    common = {**CASE, "extended": False, "consulted": False, "remedy": remedy}
    return DocumentKind(
        code=f"{sample['decision']}_reply",
        title=title,
        series=SERIES,
        template="reply",
        facts=(*FACTS, *sample),
        statute=f"{REGULATION}{article}",
        sample={**common, **sample},
    )


register(
    _reply("政府信息公开告知书", "第三十六条第（二）项", DISCLOSED),
    _reply(
        "政府信息已主动公开告知书",
        "第三十六条第（一）项",
        {
            "decision": "already_public",
            "body": "该清单已于2026年1月20日在玉溪市人民政府网站“重点领域信息公开—住房保障”栏目公布，可以直接查阅、下载。",
        },
    ),
    _reply("政府信息部分公开告知书", "第三十七条", PARTLY),
    _reply("政府信息不予公开告知书", "第三十六条第（三）项", REFUSED),
    _reply(
        "政府信息不存在告知书",
        "第三十六条第（四）项",
        {
            "decision": "not_held",
            "search_record": "2026年3月2日以“老旧小区改造清单”检索本机关公文系统和档案室2025年全部卷宗，未查到",
            "body": "如您掌握该信息的文号等线索，可以补充后重新提出申请。",
        },
    ),
    _reply(
        "非本机关政府信息公开告知书",
        "第三十六条第（五）项",
        {
            "decision": "not_ours",
            "body": "老旧小区改造项目由住房和城乡建设主管部门组织实施，相关信息由其制作和保存。",
            "agency": "玉溪市住房和城乡建设局",
            "agency_contact": "云南省玉溪市红塔区，邮编653100",
        },
    ),
    _reply(
        "需另行制作无法提供告知书",
        "第三十八条",
        {
            "decision": "needs_creation",
            "body": "本机关未按社区汇总各项目的逐月支出，汇总需要重新统计、加工。",
        },
    ),
    _reply(
        "补正后仍不明确告知书",
        "第二十九条、第三十条",
        {"decision": "unclear", "body": "补正材料未说明所需清单的年度和地域范围。"},
    ),
    _reply(
        "行政查询事项告知书",
        "第三十六条第（七）项",
        {"decision": "inquiry", "body": "不动产登记资料请持有效身份证件到不动产登记机构查询窗口办理。"},
    ),
    _reply(
        "政府信息公开申请不予处理告知书",
        "第三十五条、第三十六条第（六）项、第三十九条",
        {
            "decision": "not_processed",
            "body": "本机关已于2026年1月12日以玉政办公开〔2026〕3号作出答复，请查阅该答复。",
            "finding": "本机关此前已就您提出的同一政府信息公开申请作出答复。根据《中华人民共和国政府信息公开条例》"
            "第三十六条第（六）项规定，本机关不予重复处理",
        },
    ),
    DocumentKind(
        code="combined_reply",
        title="政府信息公开申请答复告知书",
        series=SERIES,
        template="reply",
        facts=(*FACTS, "parts"),
        statute=f"{REGULATION}第三十六条、第三十七条",
        sample={
            **CASE,
            "extended": True,
            "consulted": True,
            "remedy": remedy_against("disclose", "partial", "refuse"),
            "parts": [
                DISCLOSED | {"matter": "项目清单", "heading": "一、关于", "nested": True},
                PARTLY | {"matter": "住户名单", "heading": "二、关于", "nested": True},
                REFUSED | {"matter": "方案讨论记录", "heading": "三、关于", "nested": True},
            ],
        },
    ),
)

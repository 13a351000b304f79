"""Papers of delivery, of what comes after the answer, and of the file."""

from portal.core.limits import REGULATION
from portal.documents.kinds import DocumentKind, register
from requests_app.document_kinds.sample_case import CASE, REMEDY, SERIES

NUMBER = {"case_number": CASE["case_number"]}
ARCHIVE = "《玉溪市政府信息公开发布制度》（玉政办发〔2019〕20号）第十五条"

register(
    DocumentKind(
        code="search_sheet",
        title="政府信息检索记录单",
        series="",
        template="sheet",
        facts=("case_number", "rows", "tables"),
        statute=f"{REGULATION}第三十六条第（四）项",
        internal=True,
        sample={
            **NUMBER,
            "rows": [["申请内容", CASE["information"]], ["收到申请之日", CASE["received_on"]]],
            "tables": [
                {
                    "title": "检索情况",
                    "head": ["日期", "范围", "检索词、方法", "结果", "检索人"],
                    "rows": [
                        [
                            "2026年3月2日",
                            "本机关公文系统、档案室2025年全部卷宗",
                            "老旧小区、改造、清单",
                            "未查到：无相关文件",
                            "李经办",
                        ]
                    ],
                }
            ],
        },
    ),
    DocumentKind(
        code="approval_sheet",
        title="政府信息公开申请答复呈批单",
        series="",
        template="sheet",
        facts=("case_number", "rows", "tables", "note"),
        statute="《玉溪市政府网站群管理办法（试行）》（玉政办发〔2019〕20号）第五条、第六条",
        internal=True,
        sample={
            **NUMBER,
            "rows": [
                ["申请内容", CASE["information"]],
                ["答复类型", "予以公开"],
                ["答复内容", "清单共12项，见附表。"],
                ["拟稿", "李经办"],
            ],
            "tables": [
                {
                    "title": "审核签署",
                    "head": ["环节", "签署人", "意见", "时间"],
                    "rows": [
                        ["审核", "王审核", "同意", "2026年3月11日 10:00"],
                        ["保密审查", "赵保密", "同意", "2026年3月12日 10:00"],
                        ["签发", "陈签发", "同意", "2026年3月13日 10:00"],
                    ],
                }
            ],
            "note": f"签署的内容摘要（SHA-256）：{'0f' * 32}",
        },
    ),
    DocumentKind(
        code="delivery_receipt",
        title="政府信息公开文书送达回证",
        series="",
        template="sheet",
        facts=("case_number", "rows", "note"),
        statute="国办公开办函〔2016〕235号",
        internal=True,
        sample={
            **NUMBER,
            "rows": [
                ["送达文书", "政府信息公开告知书 玉政办公开〔2026〕12号"],
                ["受送达人", "梁䶮"],
                ["送达方式", "邮寄送达（邮政企业）"],
                ["交邮之日", "2026年3月16日"],
                ["送达之日", "2026年3月18日"],
                ["邮件号", "XA12345678953"],
                ["签收人", "梁䶮"],
                ["备注", "无"],
            ],
            "note": "邮寄送达的，答复期限以交邮之日计算。申请行政复议、提起行政诉讼的期限自送达之日起计算。",
        },
    ),
    DocumentKind(
        code="fix_notice",
        title="更正信息告知书",
        series=SERIES,
        template="fix_notice",
        facts=("case_number", "asked_on", "wrong", "decision", "answer", "remedy"),
        statute=f"{REGULATION}第四十一条",
        sample={
            **NUMBER,
            "asked_on": "2026年3月20日",
            "wrong": "清单中本人房屋的建筑面积记为68平方米，应为86平方米。",
            "decision": "已更正",
            "answer": "经核对房屋所有权登记，记录有误，本机关已于2026年3月25日更正。",
            "remedy": REMEDY,
        },
    ),
    DocumentKind(
        code="case_cover",
        title="卷宗封面",
        series="",
        template="case_cover",
        facts=("case_number", "rows"),
        statute=ARCHIVE,
        internal=True,
        sample={
            **NUMBER,
            "rows": [
                ["卷号", CASE["case_number"]],
                ["申请人", "梁䶮"],
                ["申请内容", CASE["information"]],
                ["收到日期", CASE["received_on"]],
                ["办结日期", "2026年3月16日"],
                ["办理结果", "予以公开"],
                ["件数、页数", "8件，共14页"],
                ["立卷人", "李经办"],
                ["立卷日期", "2026年4月1日"],
            ],
        },
    ),
    DocumentKind(
        code="case_contents",
        title="卷内目录",
        series="",
        template="case_contents",
        facts=("case_number", "rows", "hashes", "note"),
        statute=ARCHIVE,
        internal=True,
        sample={
            **NUMBER,
            "rows": [
                ["1", "政府信息公开申请表", "", "2026-02-09", "1"],
                ["2", "政府信息公开申请登记回执", "玉政办公开〔2026〕11号", "2026-02-10", "2"],
                ["3", "政府信息公开告知书", "玉政办公开〔2026〕12号", "2026-03-16", "3-4"],
            ],
            "hashes": [["1", "0f" * 32], ["2", "1e" * 32], ["3", "2d" * 32]],
            "note": "页次为本卷连续编号；摘要为各文件制作时的SHA-256值，可用于核对。",
        },
    ),
)

# Written by hand: data only.

from typing import Any

from django.db import migrations

PRACTICE = "通行做法，待核"
TERMS = (
    ("screening", "审核并交办来信", 1, PRACTICE),
    ("sign_for", "承办单位签收", 1, PRACTICE),
    ("return", "承办单位退办", 1, PRACTICE),
    ("reply_simple", "简单事项答复", 5, PRACTICE),
    ("reply_complex", "复杂事项答复", 10, PRACTICE),
    ("reply_most", "答复期限合计（含延期）最长", 15, PRACTICE),
    ("check", "信箱办公室核查答复", 1, f"内部管理要求，{PRACTICE}"),
    ("assist", "协办单位反馈（建议值，由主办单位确定）", 3, f"内部管理要求，{PRACTICE}"),
    ("supplement", "来信人补充（建议值，由主办单位确定）", 5, f"内部管理要求，{PRACTICE}"),
    ("remind_yellow", "到期前黄色提醒", 3, PRACTICE),
    ("remind_orange", "到期前橙色提醒", 1, PRACTICE),
    ("remind_red", "逾期后发催办单", 1, PRACTICE),
    ("remind_leader", "逾期后发督办单", 5, PRACTICE),
)
OPENING = "感谢您对我市工作的关心和支持。您反映的{{事项}}，我们高度重视，现答复如下："
TEMPLATES = (
    (
        "咨询答复",
        "inquiry",
        f"{OPENING}\n一、关于您咨询的问题：{{{{答复内容}}}}。\n二、政策依据：{{{{依据}}}}。\n如需进一步了解，请与{{{{承办单位}}}}联系，联系电话：{{{{联系电话}}}}。",
    ),
    (
        "求助答复",
        "help",
        f"{OPENING}\n一、核实情况：{{{{核实情况}}}}。\n二、解决办法：{{{{解决办法}}}}。\n三、办理时限：{{{{时限}}}}。\n如有问题，请与{{{{承办单位}}}}联系，联系电话：{{{{联系电话}}}}。",
    ),
    (
        "投诉答复",
        "complaint",
        f"{OPENING}\n一、调查核实情况：{{{{核实情况}}}}。\n二、处理情况：{{{{处理情况}}}}。\n三、下一步措施：{{{{措施}}}}。\n联系单位：{{{{承办单位}}}}，联系电话：{{{{联系电话}}}}。",
    ),
    (
        "举报答复",
        "report",
        "您反映的情况收悉，现将办理情况告知如下：\n一、核查情况：{{核查情况}}。\n二、处理结果：{{处理结果}}。\n我们将依法对您的信息予以保密。",
    ),
    (
        "建议答复",
        "suggestion",
        f"{OPENING}\n一、采纳情况：{{{{采纳情况}}}}。\n二、理由和下一步打算：{{{{理由}}}}。\n欢迎您继续提出意见和建议。",
    ),
    (
        "感谢回复",
        "thanks",
        "您的来信收悉。我们已将您的感谢转达{{被感谢的单位或者个人}}。感谢您的鼓励和支持！",
    ),
)


def fill(apps: Any, schema_editor: Any) -> None:
    """The terms of rules.md section 5 and a template for each kind of letter; an administrator may change them."""
    Term = apps.get_model("mailbox", "Term")
    AnswerTemplate = apps.get_model("mailbox", "AnswerTemplate")
    for code, title, days, source in TERMS:
        Term.objects.get_or_create(code=code, defaults={"title": title, "days": days, "source": source})
    for title, kind, body in TEMPLATES:
        AnswerTemplate.objects.get_or_create(title=title, defaults={"letter_kind": kind, "body": body})


class Migration(migrations.Migration):
    dependencies = [("mailbox", "0001_letters")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

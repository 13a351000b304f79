# Written by hand: data only. Which replies go to reconsideration first, by 法释〔2025〕8号 (in force 2025-06-01).

from typing import Any

from django.db import migrations

LAW = "行政复议法第二十三条第一款第四项"
COURT = "法释〔2025〕8号第一条"
OPEN = "是否属于“不予公开”待核"
PLAIN = "行政复议法第二十条"

# kind, reconsideration first and source before, and after
ROWS = (
    ("refuse", True, LAW, True, f"{LAW}；{COURT}第二项（条例第十四条至第十六条）"),
    (
        "partial",
        True,
        f"{LAW}；{OPEN}",
        True,
        f"不予公开的部分：{LAW}、{COURT}第二项；其余部分：{COURT}第三项",
    ),
    ("inquiry", True, f"{LAW}；{OPEN}", False, f"{COURT}：复议前置限于条例第十四条至第十六条的不予公开"),
    ("disclose", False, PLAIN, False, f"{COURT}第三项"),
    ("already_public", False, PLAIN, False, f"{COURT}第三项"),
    ("not_held", False, OPEN, False, f"{COURT}第一项（无法提供）"),
    ("not_ours", False, OPEN, False, f"{COURT}第一项（无法提供）"),
    ("needs_creation", False, OPEN, False, f"{COURT}第一项（无法提供）"),
    ("unclear", False, OPEN, False, f"{COURT}第一项（无法提供）"),
    ("not_processed", False, OPEN, False, f"{COURT}第一项（不予处理）"),
    ("abandoned", False, PLAIN, False, f"{COURT}第一项（不予处理）"),
    ("unpaid", False, PLAIN, False, f"{COURT}第一项（不予处理）；国办函〔2020〕109号"),
    ("fix", False, PLAIN, False, f"{COURT}第五项"),
)


def correct(apps: Any, schema_editor: Any) -> None:
    """Rows as 0005 wrote them; what an administrator has changed since stays."""
    ReviewFirst = apps.get_model("requests_app", "ReviewFirst")
    for kind, first, source, now_first, now_source in ROWS:
        ReviewFirst.objects.filter(reply_kind=kind, review_first=first, source=source).update(
            review_first=now_first, source=now_source
        )


def back(apps: Any, schema_editor: Any) -> None:
    """The rows as they were."""
    ReviewFirst = apps.get_model("requests_app", "ReviewFirst")
    for kind, first, source, now_first, now_source in ROWS:
        ReviewFirst.objects.filter(reply_kind=kind, review_first=now_first, source=now_source).update(
            review_first=first, source=source
        )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0006_reply_columns")]

    operations = [migrations.RunPython(correct, back)]

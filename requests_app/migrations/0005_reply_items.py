# Written by hand: data only.

from typing import Any

from django.db import migrations

FIELDS = ("ground", "reason", "body", "withheld", "agency", "agency_contact")


def items_from_replies(apps: Any, schema_editor: Any) -> None:
    """Each reply's text becomes its first item; its search becomes a record."""
    Reply = apps.get_model("requests_app", "Reply")
    ReplyItem = apps.get_model("requests_app", "ReplyItem")
    SearchRecord = apps.get_model("requests_app", "SearchRecord")
    for reply in Reply.objects.all():
        texts = {name: getattr(reply, name) for name in FIELDS}
        ReplyItem.objects.create(reply=reply, position=1, kind=reply.kind, **texts)
        if reply.search_record:
            SearchRecord.objects.create(
                request_id=reply.request_id,
                searched_on=reply.drafted_at.date(),
                place="见检索结果",
                words="见检索结果",
                result=reply.search_record,
                searched_by_id=reply.drafted_by_id,
            )


def replies_from_items(apps: Any, schema_editor: Any) -> None:
    """The way back: the first item's text."""
    Reply = apps.get_model("requests_app", "Reply")
    SearchRecord = apps.get_model("requests_app", "SearchRecord")
    for reply in Reply.objects.all():
        item = reply.items.order_by("position").first()
        for name in FIELDS if item is not None else ():
            setattr(reply, name, getattr(item, name))
        search = SearchRecord.objects.filter(request_id=reply.request_id).order_by("id").first()
        reply.search_record = search.result if search is not None else ""
        reply.save()


REVIEW_FIRST = (
    ("refuse", "不予公开", True, "行政复议法第二十三条第一款第四项"),
    ("partial", "部分公开", True, "行政复议法第二十三条第一款第四项；是否属于“不予公开”待核"),
    ("inquiry", "属于行政查询事项", True, "行政复议法第二十三条第一款第四项；是否属于“不予公开”待核"),
    ("disclose", "予以公开", False, "行政复议法第二十条"),
    ("already_public", "已主动公开", False, "行政复议法第二十条"),
    ("not_held", "政府信息不存在", False, "是否属于“不予公开”待核"),
    ("not_ours", "非本机关公开", False, "是否属于“不予公开”待核"),
    ("needs_creation", "没有现成信息，需另行制作", False, "是否属于“不予公开”待核"),
    ("unclear", "补正后申请内容仍不明确", False, "是否属于“不予公开”待核"),
    ("not_processed", "不予处理", False, "是否属于“不予公开”待核"),
    ("abandoned", "逾期不补正", False, "行政复议法第二十条"),
    ("unpaid", "逾期未缴费", False, "行政复议法第二十条"),
    ("fix", "更正记录的处理", False, "行政复议法第二十条"),
)


def fill_review_first(apps: Any, schema_editor: Any) -> None:
    """The table an administrator may change."""
    ReviewFirst = apps.get_model("requests_app", "ReviewFirst")
    for kind, title, first, source in REVIEW_FIRST:
        ReviewFirst.objects.get_or_create(
            reply_kind=kind, defaults={"title": title, "review_first": first, "source": source}
        )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0004_complete")]

    operations = [
        migrations.RunPython(fill_review_first, migrations.RunPython.noop),
        migrations.RunPython(items_from_replies, replies_from_items),
    ]

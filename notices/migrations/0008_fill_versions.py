"""Fill the new columns of the versions: from what each version kept, and from the log of its item."""

from django.db import migrations
from django.utils import timezone

SUBJECTS = [
    ("governance", "综合政务"),
    ("economy", "国民经济管理"),
    ("finance", "财政、金融、审计"),
    ("land", "国土资源、能源"),
    ("agriculture", "农业、林业、水利"),
    ("industry", "工业、交通"),
    ("commerce", "商贸、海关、旅游"),
    ("market", "市场监管、安全生产监管"),
    ("construction", "城乡建设、环境保护"),
    ("science", "科技、教育"),
    ("culture", "文化、广电、新闻出版"),
    ("health", "卫生、体育"),
    ("population", "人口与计划生育"),
    ("labour", "劳动、人事、监察"),
    ("security", "公安、安全、司法"),
    ("civil", "民政、扶贫、救灾"),
    ("ethnic", "民族、宗教"),
    ("other", "其他"),
]


def fill(apps, schema_editor):
    """What a version kept as words becomes its columns; the column itself was not kept, so the item's stands in."""
    version_model = apps.get_model("notices", "ArticleVersion")
    event_model = apps.get_model("cases", "CaseEvent")
    codes = {label: code for code, label in SUBJECTS}
    first, gone = {}, {}
    for version in (
        version_model.objects.select_related("article").order_by("article_id", "number").iterator()
    ):
        case = version.article
        version.first_at = first.setdefault(case.pk, version.publish_at)
        version.column_id, version.interprets_id = case.column_id, case.interprets_id
        version.made_on = case.made_on
        version.doc_number = version.fields.get("doc_number", "")
        version.subject = codes.get(version.fields.get("subject", ""), case.subject)
        if case.state == "withdrawn":
            if case.pk not in gone:
                event = (
                    event_model.objects.filter(case_id=case.pk, kind="withdraw_item").order_by("-seq").first()
                )
                gone[case.pk] = event.at if event is not None else timezone.now()
            version.withdrawn_at = gone[case.pk]
        version.save(
            update_fields=[
                "first_at",
                "column",
                "interprets",
                "made_on",
                "doc_number",
                "subject",
                "withdrawn_at",
            ]
        )


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_versions"), ("cases", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def filed_through(apps: Any, schema_editor: Any) -> None:
    """What was filed before knows every event up to its own."""
    archives = apps.get_model("requests_app", "CaseArchive").objects.all()
    events = apps.get_model("cases", "CaseEvent").objects.filter(kind="archive")
    for row in archives.iterator():
        event = events.filter(case_id=row.request_id).order_by("-seq").first()
        if event is not None:
            row.through = event.seq
            row.save(update_fields=["through"])


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0017_draft_key_digests"),
        ("cases", "0008_internal_terms"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="casearchive",
            options={"ordering": ["number"], "verbose_name": "卷宗", "verbose_name_plural": "卷宗"},
        ),
        migrations.AlterField(
            model_name="casearchive",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="archive_files",
                to="requests_app.disclosurerequest",
                verbose_name="申请",
            ),
        ),
        migrations.AddField(
            model_name="casearchive",
            name="number",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="卷次"),
        ),
        migrations.AddField(
            model_name="casearchive",
            name="through",
            field=models.PositiveIntegerField(default=0, verbose_name="截至事件"),
        ),
        migrations.AddField(
            model_name="casearchive",
            name="holds",
            field=models.JSONField(default=dict, verbose_name="卷内"),
        ),
        migrations.AddConstraint(
            model_name="casearchive",
            constraint=models.UniqueConstraint(
                fields=["request", "number"], name="requests_case_file_volume_once"
            ),
        ),
        migrations.RunPython(filed_through, migrations.RunPython.noop),
    ]

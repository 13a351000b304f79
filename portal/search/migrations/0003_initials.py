"""Titles as initials."""

from django.db import migrations, models

from portal.search.spelling import initials


def renew(apps, schema_editor):
    entry_model = apps.get_model("search", "SearchEntry")
    for entry in entry_model.objects.iterator(chunk_size=500):
        entry.initials = initials(entry.title)[:200]
        entry.save(update_fields=["initials"])


class Migration(migrations.Migration):
    dependencies = [("search", "0002_tokens")]
    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="initials",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="标题拼音首字母"),
            preserve_default=False,
        ),
        migrations.RunPython(renew, migrations.RunPython.noop),
    ]

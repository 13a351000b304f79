# The internet channel of reconsideration (行政复议法第二十二条第二款) and a second body (第二十八条).

from typing import Any

from django.db import migrations, models

CHANNEL = "全国行政复议服务平台（https://xzfy.moj.gov.cn）"
ALSO = {"justice": "云南省司法厅"}


def fill(apps: Any, schema_editor: Any) -> None:
    """Units loaded before get what the organisation data now says."""
    Unit = apps.get_model("units", "Unit")
    Unit.objects.filter(review_channel="").exclude(review_body="").update(review_channel=CHANNEL)
    for code, body in ALSO.items():
        Unit.objects.filter(code=code, review_also="").update(review_also=body)


class Migration(migrations.Migration):
    dependencies = [("units", "0003_full_names")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="review_also",
            field=models.CharField(blank=True, max_length=80, verbose_name="可选的另一行政复议机关"),
        ),
        migrations.AddField(
            model_name="unit",
            name="review_channel",
            field=models.CharField(blank=True, max_length=200, verbose_name="行政复议互联网渠道"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

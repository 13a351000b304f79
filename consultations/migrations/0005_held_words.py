"""The words that the office looks at before a comment is shown."""

from django.db import migrations, models

WORDS = (
    "加微信\n加QQ\n扫码\n兼职\n刷单\n贷款\n代开发票\n博彩\n赌场\n色情\n去死\n傻逼\n他妈的\n王八蛋\n狗官\n贪官"
)


def fill(apps, schema_editor):
    apps.get_model("consultations", "HeldWords").objects.create(
        code="comments", title="意见中须人工查看的词语", words=WORDS, source="内部管理要求，待核"
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_proposal_terms")]

    operations = [
        migrations.CreateModel(
            name="HeldWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                ("words", models.TextField(blank=True, verbose_name="词语")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
            ],
            options={"verbose_name": "须人工查看的词语", "verbose_name_plural": "须人工查看的词语"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

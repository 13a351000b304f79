"""Versions carry what lists and filters ask; what was withdrawn is marked on the version."""

import django.db.models.deletion
from django.db import migrations, models

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


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_filecheck")]

    operations = [
        migrations.AlterField(
            "article",
            "withdrawn_reason",
            models.CharField(blank=True, max_length=300, verbose_name="撤下的理由"),
        ),
        migrations.AddField(
            "article",
            "change_note",
            models.CharField(blank=True, default="", max_length=300, verbose_name="更正说明"),
        ),
        migrations.AddField(
            "article",
            "set_aside",
            models.JSONField(blank=True, default=list, verbose_name="已移除的附件"),
        ),
        migrations.AddField(
            "articleversion",
            "column",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="notices.column",
                verbose_name="栏目",
            ),
        ),
        migrations.AddField(
            "articleversion",
            "doc_number",
            models.CharField(blank=True, default="", max_length=40, verbose_name="文号"),
        ),
        migrations.AddField(
            "articleversion", "made_on", models.DateField(null=True, verbose_name="成文日期")
        ),
        migrations.AddField(
            "articleversion",
            "subject",
            models.CharField(choices=SUBJECTS, default="other", max_length=14, verbose_name="主题分类"),
        ),
        migrations.AddField(
            "articleversion",
            "interprets",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notices.article",
                verbose_name="解读的文件",
            ),
        ),
        migrations.AddField(
            "articleversion", "first_at", models.DateTimeField(null=True, verbose_name="首次发布时间")
        ),
        migrations.AddField(
            "articleversion", "withdrawn_at", models.DateTimeField(null=True, verbose_name="撤下时间")
        ),
    ]

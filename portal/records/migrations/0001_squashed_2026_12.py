"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.migrating
import portal.privacy.fields
import portal.records.models.marks


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_records"),
        ("records", "0002_publicshare"),
        ("records", "0003_party_marks"),
        ("records", "0004_record_also"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("files", "0001_initial"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "marks",
                            portal.privacy.fields.SealedJSONField(
                                default=portal.records.models.marks.no_marks, verbose_name="遮盖的内容"
                            ),
                        ),
                        ("marks_version", models.PositiveIntegerField(default=0, verbose_name="遮盖的版本")),
                        (
                            "public_id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="公开标识"
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("upload", "上传"),
                                    ("published", "已主动公开"),
                                    ("text", "录入文字"),
                                ],
                                max_length=10,
                                verbose_name="来历",
                            ),
                        ),
                        ("title", portal.privacy.fields.SealedTextField(verbose_name="题目")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("made_on", models.DateField(null=True, verbose_name="成文日期")),
                        ("maker", models.CharField(blank=True, max_length=80, verbose_name="制作机关")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="出处")),
                        ("search", models.PositiveBigIntegerField(null=True, verbose_name="检索记录")),
                        ("url", models.CharField(blank=True, max_length=300, verbose_name="公开页面")),
                        ("name", portal.privacy.fields.SealedTextField(blank=True, verbose_name="文件名")),
                        (
                            "words",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="录入的文字"),
                        ),
                        ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "正在检查"),
                                    ("ready", "可以处理"),
                                    ("refused", "不能使用"),
                                ],
                                default="preparing",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=200, verbose_name="问题")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="提示")),
                        ("matter", models.PositiveSmallIntegerField(default=1, verbose_name="所答事项")),
                        ("also", models.JSONField(default=list, verbose_name="同时所答的其他事项")),
                        (
                            "disposition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "尚未确定"),
                                    ("whole", "全部提供"),
                                    ("part", "遮盖后提供（区分处理）"),
                                    ("withhold", "不予公开"),
                                    ("not_responsive", "与申请无关"),
                                ],
                                max_length=16,
                                verbose_name="处理",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("privacy", "个人隐私"),
                                    ("trade_secret", "商业秘密"),
                                    ("internal", "内部事务信息"),
                                    ("process", "过程性信息"),
                                    ("enforcement_file", "行政执法案卷"),
                                    ("state_secret", "国家秘密"),
                                    ("forbidden", "法律、行政法规禁止公开"),
                                    ("security", "三安全一稳定"),
                                ],
                                max_length=20,
                                verbose_name="不予公开的理由",
                            ),
                        ),
                        ("reason", portal.privacy.fields.SealedTextField(blank=True, verbose_name="说明")),
                        (
                            "own_data",
                            models.BooleanField(
                                default=False, verbose_name="含申请人本人的信息，可以提供给申请人"
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="添加时间")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="移除时间")),
                        ("erased_at", models.DateTimeField(null=True, verbose_name="清除时间")),
                        (
                            "kept_digest",
                            models.CharField(blank=True, max_length=64, verbose_name="清除前的摘要"),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="添加人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="收到的文件",
                            ),
                        ),
                        (
                            "marked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="标记人",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="页面",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检索到的信息",
                        "verbose_name_plural": "检索到的信息",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("disposition", "withhold"), _negated=True),
                                    models.Q(("ground", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_withheld_has_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin__in", ["upload", "published", "text"])),
                                name="records_origin_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["preparing", "ready", "refused"])),
                                name="records_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "marks",
                            portal.privacy.fields.SealedJSONField(
                                default=portal.records.models.marks.no_marks, verbose_name="遮盖的内容"
                            ),
                        ),
                        ("marks_version", models.PositiveIntegerField(default=0, verbose_name="遮盖的版本")),
                        ("is_wanted", models.BooleanField(default=False, verbose_name="随公开副本公开")),
                        (
                            "title",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="公开的题目"),
                        ),
                        (
                            "marked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="标记人",
                            ),
                        ),
                        (
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="public_share",
                                to="records.record",
                                verbose_name="检索到的信息",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "随公开副本公开的信息",
                        "verbose_name_plural": "随公开副本公开的信息",
                        "ordering": ["record"],
                    },
                ),
                migrations.CreateModel(
                    name="PartyMarks",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "marks",
                            portal.privacy.fields.SealedJSONField(
                                default=portal.records.models.marks.no_marks, verbose_name="遮盖的内容"
                            ),
                        ),
                        ("marks_version", models.PositiveIntegerField(default=0, verbose_name="遮盖的版本")),
                        ("party", models.PositiveBigIntegerField(verbose_name="被征求方")),
                        (
                            "marked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="标记人",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="objections",
                                to="records.record",
                                verbose_name="检索到的信息",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "不同意公开的内容",
                        "verbose_name_plural": "不同意公开的内容",
                        "ordering": ["record", "party"],
                        "constraints": [
                            models.UniqueConstraint(fields=("record", "party"), name="records_objection_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="公开标识"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("applicant", "申请人"),
                                    ("party", "被征求意见方"),
                                    ("public", "公众"),
                                ],
                                max_length=10,
                                verbose_name="给谁",
                            ),
                        ),
                        ("party", models.PositiveBigIntegerField(null=True, verbose_name="被征求方")),
                        ("only", models.JSONField(default=list, verbose_name="只含的页")),
                        ("orders", models.CharField(max_length=64, verbose_name="依据")),
                        ("proven_for", models.CharField(max_length=64, verbose_name="核验的个人信息")),
                        (
                            "sha256",
                            models.CharField(blank=True, db_index=True, max_length=64, verbose_name="摘要"),
                        ),
                        ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                        ("withheld", models.JSONField(default=list, verbose_name="不予公开的部分")),
                        ("readers", models.JSONField(default=list, verbose_name="核验所用")),
                        ("read_pages", models.PositiveIntegerField(default=0, verbose_name="机器识别的页数")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("making", "正在制作"),
                                    ("proven", "已制作并核验"),
                                    ("failed", "未通过"),
                                ],
                                default="making",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=300, verbose_name="问题")),
                        ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                        ("asked_at", models.DateTimeField(verbose_name="制作时间")),
                        ("made_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="制作人",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="副本",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="records.record",
                                verbose_name="检索到的信息",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "副本",
                        "verbose_name_plural": "副本",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "proven"), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="records_proven_has_digest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["making", "proven", "failed"])),
                                name="records_copy_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fetch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by", models.CharField(max_length=10, verbose_name="谁")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fetches",
                                to="records.recordcopy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "下载记录",
                        "verbose_name_plural": "下载记录",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["case", "at"], name="records_fetch_case")],
                    },
                ),
                migrations.CreateModel(
                    name="RecordPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="页码")),
                        ("width", models.PositiveIntegerField(verbose_name="宽")),
                        ("height", models.PositiveIntegerField(verbose_name="高")),
                        ("space", models.JSONField(verbose_name="位置")),
                        ("text", portal.privacy.fields.SealedTextField(blank=True, verbose_name="文字")),
                        ("by_machine", models.BooleanField(default=False, verbose_name="机器识别")),
                        (
                            "picture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="图像",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sheets",
                                to="records.record",
                                verbose_name="检索到的信息",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "页",
                        "verbose_name_plural": "页",
                        "ordering": ["record", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("record", "number"), name="records_page_once")
                        ],
                    },
                ),
            ],
        ),
    ]

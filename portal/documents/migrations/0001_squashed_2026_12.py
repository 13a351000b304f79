"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.migrating
import portal.privacy.fields


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_issuer_and_template"),
        ("documents", "0003_corrected_renderings"),
        ("documents", "0004_erased_papers"),
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
                    name="OfficialDocument",
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
                        ("kind", models.CharField(max_length=40, verbose_name="文种")),
                        ("title", models.CharField(max_length=80, verbose_name="标题")),
                        ("series", models.CharField(blank=True, max_length=40, verbose_name="序列")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                        ("ordinal", models.PositiveIntegerField(null=True, verbose_name="序号")),
                        (
                            "number",
                            models.CharField(blank=True, db_index=True, max_length=60, verbose_name="文号"),
                        ),
                        ("issued_on", models.DateField(verbose_name="成文日期")),
                        ("addressee", portal.privacy.fields.SealedTextField(blank=True, verbose_name="主送")),
                        ("facts", portal.privacy.fields.SealedJSONField(verbose_name="要素")),
                        ("issuer", models.JSONField(default=dict, verbose_name="制发机关")),
                        (
                            "template_digest",
                            models.CharField(blank=True, max_length=64, verbose_name="模板摘要"),
                        ),
                        ("facts_digest", models.CharField(max_length=64, verbose_name="要素摘要")),
                        ("verify_code", models.CharField(max_length=16, unique=True, verbose_name="核验码")),
                        (
                            "status",
                            models.CharField(
                                choices=[("pending", "制作中"), ("ready", "已制作"), ("void", "已作废")],
                                default="pending",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "void_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="作废理由"),
                        ),
                        ("rendered_at", models.DateTimeField(null=True, verbose_name="制作时间")),
                        ("rendering", models.PositiveSmallIntegerField(default=1, verbose_name="版式版本")),
                        ("erased_at", models.DateTimeField(null=True, verbose_name="清除个人信息时间")),
                        ("former_files", models.JSONField(default=list, verbose_name="清除前文件的摘要")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="files.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="units.unit",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文书",
                        "verbose_name_plural": "文书",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "series", "year", "ordinal"), name="documents_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ordinal__isnull", True), ("series", "")),
                                    models.Q(models.Q(("series", ""), _negated=True), ("ordinal__gte", 1)),
                                    _connector="OR",
                                ),
                                name="documents_number_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "void"), _negated=True),
                                    models.Q(("void_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="documents_void_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectedRendering",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rendering", models.PositiveSmallIntegerField(verbose_name="版式版本")),
                        ("same_words", models.BooleanField(verbose_name="文字与原件相同")),
                        ("made_at", models.DateTimeField(verbose_name="制作时间")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="files.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="documents.officialdocument",
                                verbose_name="文书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "版式更正件",
                        "verbose_name_plural": "版式更正件",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "rendering"), name="documents_correction_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

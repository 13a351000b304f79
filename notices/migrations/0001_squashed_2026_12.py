"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notices.models.life_steps
import notices.models.review_steps
import portal.migrating

ROWS = {
    "AliveRule": (
        {
            "code": "home",
            "title": "首页信息更新",
            "days": 14,
            "warn_days": 4,
            "source": "国办秘函〔2019〕19号，细节待核",
        },
        {
            "code": "news",
            "title": "动态要闻类栏目更新",
            "days": 14,
            "warn_days": 4,
            "source": "国办秘函〔2019〕19号，细节待核",
        },
        {
            "code": "notice",
            "title": "通知公告类栏目更新",
            "days": 183,
            "warn_days": 30,
            "source": "国办秘函〔2019〕19号，细节待核",
        },
        {
            "code": "document",
            "title": "政策文件类栏目更新",
            "days": 183,
            "warn_days": 30,
            "source": "国办秘函〔2019〕19号，细节待核",
        },
        {
            "code": "enforcement",
            "title": "行政执法结果更新",
            "days": 31,
            "warn_days": 7,
            "source": "《玉溪市政府信息公开发布制度》第十三条第二项",
        },
    ),
    "WrongName": (
        {"wrong": "江川县", "right": "江川区", "why": "2015年12月撤县设区"},
        {"wrong": "澄江县", "right": "澄江市", "why": "2019年12月撤县设市"},
        {"wrong": "玉溪地区", "right": "玉溪市", "why": "1997年撤地设市"},
        {"wrong": "抚先湖", "right": "抚仙湖", "why": ""},
        {"wrong": "星云胡", "right": "星云湖", "why": ""},
    ),
}


def write(apps, schema_editor):
    for name, rows in ROWS.items():
        model = apps.get_model("notices", name)
        model.objects.bulk_create([model(**row) for row in rows])


class Migration(migrations.Migration):
    replaces = [
        ("notices", "0001_articles"),
        ("notices", "0002_rules"),
        ("notices", "0003_structures"),
        ("notices", "0004_enforcement"),
        ("notices", "0005_names"),
        ("notices", "0006_filecheck"),
        ("notices", "0007_versions"),
        ("notices", "0008_fill_versions"),
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
                    name="WrongName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "wrong",
                            models.CharField(max_length=60, unique=True, verbose_name="错误或者过时的写法"),
                        ),
                        ("right", models.CharField(max_length=60, verbose_name="应为")),
                        ("why", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "名称核对",
                        "verbose_name_plural": "名称核对",
                        "ordering": ["wrong"],
                    },
                ),
                migrations.CreateModel(
                    name="AliveRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                        ("title", models.CharField(max_length=80, verbose_name="检查项")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="天数（自然日）")),
                        ("warn_days", models.PositiveSmallIntegerField(verbose_name="提前提醒（自然日）")),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                    ],
                    options={
                        "verbose_name": "更新期限",
                        "verbose_name_plural": "更新期限",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 1), ("days__lte", 800)),
                                name="notices_rule_in_range",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        (
                            "case_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("general", "一般性信息"),
                                    ("major", "重大信息"),
                                    ("business", "业务类信息"),
                                    ("marked", "已标注“此件公开发布”"),
                                    ("event", "重大新闻、重要活动"),
                                    ("repost", "转载"),
                                    ("emergency", "突发公共事件"),
                                ],
                                max_length=12,
                                verbose_name="信息类别",
                            ),
                        ),
                        (
                            "index_number",
                            models.CharField(max_length=40, null=True, unique=True, verbose_name="索引号"),
                        ),
                        ("doc_number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                        ("issuer", models.CharField(max_length=120, verbose_name="发文机关")),
                        ("made_on", models.DateField(verbose_name="成文日期")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
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
                                ],
                                default="other",
                                max_length=14,
                                verbose_name="主题分类",
                            ),
                        ),
                        (
                            "openness",
                            models.CharField(
                                choices=[
                                    ("proactive", "主动公开"),
                                    ("on_request", "依申请公开"),
                                    ("closed", "不予公开"),
                                ],
                                default="proactive",
                                max_length=12,
                                verbose_name="公开属性",
                            ),
                        ),
                        (
                            "openness_ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("secret", "国家秘密、工作秘密"),
                                    ("trade", "商业秘密"),
                                    ("privacy", "个人隐私"),
                                    ("pending", "正在调查、讨论、审议"),
                                    ("internal", "限于机关内部公开"),
                                    ("other", "法律、法规、规章规定的其他情形"),
                                ],
                                max_length=10,
                                verbose_name="不予公开的情形",
                            ),
                        ),
                        (
                            "validity",
                            models.CharField(
                                choices=[
                                    ("in_force", "有效"),
                                    ("amended", "已修改"),
                                    ("expired", "失效"),
                                    ("repealed", "废止"),
                                ],
                                default="in_force",
                                max_length=10,
                                verbose_name="有效性",
                            ),
                        ),
                        (
                            "validity_document",
                            models.CharField(blank=True, max_length=160, verbose_name="有效性依据"),
                        ),
                        ("summary", models.CharField(blank=True, max_length=300, verbose_name="摘要")),
                        ("body", models.TextField(verbose_name="正文")),
                        ("source", models.CharField(blank=True, max_length=120, verbose_name="转载来源")),
                        ("source_url", models.URLField(blank=True, max_length=300, verbose_name="原文地址")),
                        ("structure", models.CharField(blank=True, max_length=10, verbose_name="结构")),
                        (
                            "particulars",
                            models.JSONField(blank=True, default=dict, verbose_name="结构化内容"),
                        ),
                        ("outlets", models.JSONField(blank=True, default=list, verbose_name="其他发布方式")),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="撤下的理由"),
                        ),
                        (
                            "change_note",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="更正说明"),
                        ),
                        (
                            "set_aside",
                            models.JSONField(blank=True, default=list, verbose_name="已移除的附件"),
                        ),
                        (
                            "interprets",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="notices.article",
                                verbose_name="解读的文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发布信息",
                        "verbose_name_plural": "发布信息",
                    },
                    bases=(
                        notices.models.review_steps.ReviewSteps,
                        notices.models.life_steps.LifeSteps,
                        "cases.case",
                    ),
                ),
                migrations.CreateModel(
                    name="Column",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry", models.SlugField(max_length=40, verbose_name="目录代码")),
                        ("title", models.CharField(max_length=80, verbose_name="栏目")),
                        (
                            "holds",
                            models.CharField(
                                choices=[
                                    ("news", "动态新闻"),
                                    ("notice", "通知公告"),
                                    ("document", "政府文件"),
                                    ("reading", "政策解读"),
                                    ("profile", "机构、领导等固定信息"),
                                    ("guide", "指南、目录、年度报告"),
                                    ("enforcement", "行政执法结果"),
                                    ("field", "重点领域信息"),
                                    ("topic", "专题专栏"),
                                ],
                                max_length=12,
                                verbose_name="内容",
                            ),
                        ),
                        ("obligatory", models.BooleanField(default=False, verbose_name="必设")),
                        ("source", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("is_open", models.BooleanField(default=True, verbose_name="启用")),
                        (
                            "alive_rule",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="columns",
                                to="notices.aliverule",
                                verbose_name="更新期限",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="notices.column",
                                verbose_name="上级栏目",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="columns",
                                to="units.unit",
                                verbose_name="维护单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "栏目",
                        "verbose_name_plural": "栏目",
                        "ordering": ["unit", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "entry"), name="notices_column_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "holds__in",
                                        [
                                            "news",
                                            "notice",
                                            "document",
                                            "reading",
                                            "profile",
                                            "guide",
                                            "enforcement",
                                            "field",
                                            "topic",
                                        ],
                                    )
                                ),
                                name="notices_holds_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleVersion",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                        ("title", models.CharField(max_length=160, verbose_name="标题")),
                        ("summary", models.CharField(blank=True, max_length=300, verbose_name="摘要")),
                        ("body", models.TextField(verbose_name="正文")),
                        (
                            "doc_number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="文号"),
                        ),
                        ("made_on", models.DateField(null=True, verbose_name="成文日期")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
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
                                ],
                                default="other",
                                max_length=14,
                                verbose_name="主题分类",
                            ),
                        ),
                        ("fields", models.JSONField(verbose_name="要素")),
                        ("sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        ("publish_at", models.DateTimeField(verbose_name="发布时间")),
                        ("first_at", models.DateTimeField(null=True, verbose_name="首次发布时间")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤下时间")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="notices.article",
                                verbose_name="信息",
                            ),
                        ),
                        (
                            "interprets",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="notices.article",
                                verbose_name="解读的文件",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "column",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="notices.column",
                                verbose_name="栏目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发布版本",
                        "verbose_name_plural": "发布版本",
                        "ordering": ["article", "number"],
                        "indexes": [models.Index(fields=["-publish_at", "-id"], name="notices_by_time")],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "number"), name="notices_version_once")
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="article",
                    name="column",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="notices.column",
                        verbose_name="栏目",
                    ),
                ),
                migrations.CreateModel(
                    name="EnforcementNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="期间首日")),
                        ("reason", models.CharField(max_length=500, verbose_name="说明")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enforcement_notes",
                                to="units.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "执法结果说明",
                        "verbose_name_plural": "执法结果说明",
                        "ordering": ["unit", "begins_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "begins_on"), name="notices_enforcement_note_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="notices_enforcement_note_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnforcementRhythm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("months", models.PositiveSmallIntegerField(default=2, verbose_name="每几个月")),
                        ("source", models.CharField(max_length=200, verbose_name="依据")),
                        (
                            "unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enforcement_rhythm",
                                to="units.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "执法结果更新周期",
                        "verbose_name_plural": "执法结果更新周期",
                        "ordering": ["unit"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months__in", (1, 2))), name="notices_rhythm_one_or_two"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="article",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "route__in",
                                ["general", "major", "business", "marked", "event", "repost", "emergency"],
                            )
                        ),
                        name="notices_route_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="article",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("validity__in", ["in_force", "amended", "expired", "repealed"])),
                        name="notices_validity_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="article",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("route", "repost"), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notices_repost_has_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="article",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("openness", "proactive"),
                            models.Q(("openness_ground", ""), _negated=True),
                            ("openness", "on_request"),
                            _connector="OR",
                        ),
                        name="notices_closed_on_a_ground",
                    ),
                ),
                migrations.CreateModel(
                    name="FileCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("findings", models.JSONField(default=list, verbose_name="发现")),
                        ("remarks", models.JSONField(default=list, verbose_name="公开件中的个人信息")),
                        ("needs_person", models.BooleanField(default=False, verbose_name="须人工核对")),
                        (
                            "problem",
                            models.CharField(blank=True, max_length=300, verbose_name="不能公开的原因"),
                        ),
                        (
                            "copy_name",
                            models.CharField(blank=True, max_length=200, verbose_name="公开件名称"),
                        ),
                        ("added_by", models.BigIntegerField(verbose_name="添加人")),
                        ("checked_at", models.DateTimeField(verbose_name="检查时间")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="published_copies",
                                to="files.storedfile",
                                verbose_name="公开件",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_result",
                                to="cases.casefile",
                                verbose_name="附件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "附件检查",
                        "verbose_name_plural": "附件检查",
                        "ordering": ["file"],
                    },
                ),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]

"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.migrating
import portal.privacy.fields
import portal.supervision.models.assessment
import portal.supervision.models.order
import portal.supervision.models.panel

ROWS = {
    "Indicator": (
        {
            "code": "timeliness",
            "title": "按期办结",
            "weight": 30,
            "source": "《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
        {
            "code": "columns",
            "title": "栏目更新",
            "weight": 10,
            "source": "《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
        {
            "code": "links",
            "title": "链接可用",
            "weight": 5,
            "source": "《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
        {
            "code": "orders",
            "title": "督办按期报告",
            "weight": 10,
            "source": "《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
        {
            "code": "quality",
            "title": "答复质量（抽查）",
            "weight": 20,
            "source": "《玉溪市政府网站群管理办法（试行）》第二十四条、《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
        {
            "code": "satisfaction",
            "title": "群众满意",
            "weight": 15,
            "source": "《玉溪市政府网站群管理办法（试行）》第二十四条、《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
        {
            "code": "remedies",
            "title": "复议、诉讼未被纠正",
            "weight": 10,
            "source": "《玉溪市政府网站群管理办法（试行）》第二十四条、《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核",
        },
    ),
}


def write(apps, schema_editor):
    for name, rows in ROWS.items():
        model = apps.get_model("supervision", name)
        model.objects.bulk_create([model(**row) for row in rows])


class Migration(migrations.Migration):
    replaces = [
        ("supervision", "0001_supervision"),
        ("supervision", "0002_assessment"),
        ("supervision", "0003_indicators"),
        ("supervision", "0004_panel"),
        ("supervision", "0005_more_indicators"),
        ("supervision", "0006_circular_numbers"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="FiguresMonth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(unique=True, verbose_name="月份")),
                        ("lines", models.JSONField(verbose_name="数字")),
                        ("sha256", models.CharField(max_length=64, verbose_name="摘要")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                    ],
                    options={
                        "verbose_name": "月度数字",
                        "verbose_name_plural": "月度数字",
                        "ordering": ["-month"],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                        ("first_month", models.DateField(verbose_name="首月")),
                        ("last_month", models.DateField(verbose_name="末月")),
                        ("weights", models.JSONField(verbose_name="权重")),
                        ("lines", models.JSONField(verbose_name="得分")),
                        ("objections_until", models.DateField(verbose_name="异议截止日")),
                    ],
                    options={
                        "verbose_name": "考核",
                        "verbose_name_plural": "考核",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first_month", "last_month"), name="supervision_assessed_once"
                            )
                        ],
                    },
                    bases=(portal.supervision.models.assessment.AssessmentSteps, "cases.case"),
                ),
                migrations.CreateModel(
                    name="Circular",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", models.CharField(max_length=7, unique=True, verbose_name="期间")),
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="文号")),
                        ("issued_on", models.DateField(verbose_name="印发日期")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="印发人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通报文号",
                        "verbose_name_plural": "通报文号",
                        "ordering": ["-issued_on", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, unique=True, verbose_name="代码")),
                        ("title", models.CharField(max_length=60, verbose_name="指标")),
                        ("weight", models.PositiveSmallIntegerField(verbose_name="权重")),
                        ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "考核指标",
                        "verbose_name_plural": "考核指标",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weight__lte", 100)), name="supervision_weight_in_range"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Panel",
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
                        ("first_month", models.DateField(verbose_name="首月")),
                        ("last_month", models.DateField(verbose_name="末月")),
                        ("seed", models.CharField(max_length=40, verbose_name="抽取种子")),
                        (
                            "members",
                            models.ManyToManyField(
                                related_name="panels", to=settings.AUTH_USER_MODEL, verbose_name="评分人"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "答复抽查",
                        "verbose_name_plural": "答复抽查",
                    },
                    bases=(portal.supervision.models.panel.PanelSteps, "cases.case"),
                ),
                migrations.CreateModel(
                    name="Sample",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", portal.privacy.fields.SealedTextField(verbose_name="标题")),
                        ("question", portal.privacy.fields.SealedTextField(verbose_name="来信或者申请")),
                        ("answer", portal.privacy.fields.SealedTextField(verbose_name="答复")),
                        (
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="supervision.panel",
                                verbose_name="抽查",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="答复机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "抽查件",
                        "verbose_name_plural": "抽查件",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("panel", "target"), name="supervision_drawn_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(verbose_name="得分")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("at", models.DateTimeField(verbose_name="评分时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评分人",
                            ),
                        ),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="supervision.sample",
                                verbose_name="抽查件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评分",
                        "verbose_name_plural": "评分",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("sample", "by"), name="supervision_marked_once"),
                            models.CheckConstraint(
                                condition=models.Q(("points__lte", 100)), name="supervision_points_in_range"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepPace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="业务")),
                        ("state", models.CharField(max_length=30, verbose_name="状态")),
                        ("usual", models.PositiveSmallIntegerField(verbose_name="通常所需工作日")),
                        ("cases", models.PositiveIntegerField(verbose_name="依据件数")),
                    ],
                    options={
                        "verbose_name": "通常用时",
                        "verbose_name_plural": "通常用时",
                        "ordering": ["kind", "state"],
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "state"), name="supervision_pace_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupervisionOrder",
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
                            "sort",
                            models.CharField(
                                choices=[("remind", "催办"), ("supervise", "督办"), ("correct", "责令改正")],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("demand", models.TextField(verbose_name="要求")),
                        ("report", models.TextField(blank=True, verbose_name="办理情况")),
                        ("verdict", models.CharField(blank=True, max_length=500, verbose_name="核实意见")),
                        (
                            "accountability",
                            models.CharField(blank=True, max_length=500, verbose_name="责任追究记录"),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="cases.case",
                                verbose_name="所涉办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "督办事项",
                        "verbose_name_plural": "督办事项",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sort__in", ["remind", "supervise", "correct"])),
                                name="supervision_sort_known",
                            )
                        ],
                    },
                    bases=(portal.supervision.models.order.OrderSteps, "cases.case"),
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("indicator", models.SlugField(max_length=20, verbose_name="指标")),
                        ("reason", models.CharField(max_length=500, verbose_name="理由")),
                        ("at", models.DateTimeField(verbose_name="提出时间")),
                        ("upheld", models.BooleanField(null=True, verbose_name="成立")),
                        (
                            "score",
                            models.DecimalField(
                                decimal_places=1, max_digits=5, null=True, verbose_name="更正得分"
                            ),
                        ),
                        ("decision", models.CharField(blank=True, max_length=500, verbose_name="决定")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="supervision.assessment",
                                verbose_name="考核",
                            ),
                        ),
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
                                related_name="objections",
                                to="units.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "考核异议",
                        "verbose_name_plural": "考核异议",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "unit", "indicator"), name="supervision_objected_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_at__isnull", True),
                                    models.Q(("decision", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="supervision_decision_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]

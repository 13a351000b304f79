"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notices.watch.models.duty
import portal.migrating


class Migration(migrations.Migration):
    replaces = [("watch", "0001_watch"), ("watch", "0002_judgement"), ("watch", "0003_duty_record")]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("notices", "0001_squashed_2026_12"),
        ("publishing", "0001_squashed_2026_12"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="SiteProbe",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                        ("good", models.BooleanField(verbose_name="可以打开")),
                        ("milliseconds", models.PositiveIntegerField(verbose_name="毫秒")),
                        ("answer", models.CharField(blank=True, max_length=120, verbose_name="结果")),
                    ],
                    options={
                        "verbose_name": "首页探测",
                        "verbose_name_plural": "首页探测",
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="DutyLog",
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
                        ("day", models.DateField(verbose_name="日期")),
                        (
                            "key",
                            models.CharField(
                                max_length=40, null=True, unique=True, verbose_name="单位和日期"
                            ),
                        ),
                        ("seen", models.JSONField(default=dict, verbose_name="读网清单")),
                        ("note", models.TextField(blank=True, verbose_name="值班情况")),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "值班日志",
                        "verbose_name_plural": "值班日志",
                    },
                    bases=(notices.watch.models.duty.DutySteps, "cases.case"),
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("url", models.CharField(max_length=500, unique=True, verbose_name="地址")),
                        ("host", models.CharField(db_index=True, max_length=255, verbose_name="主机")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unseen", "尚未检查"),
                                    ("good", "可以打开"),
                                    ("doubtful", "待复查"),
                                    ("dead", "打不开"),
                                    ("refused", "内部地址，不检查"),
                                ],
                                db_index=True,
                                default="unseen",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "failed_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="连续失败日数"),
                        ),
                        ("last_failed_on", models.DateField(null=True, verbose_name="最近失败日")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="检查时间")),
                        ("answer", models.CharField(blank=True, max_length=120, verbose_name="结果")),
                        (
                            "articles",
                            models.ManyToManyField(
                                related_name="links", to="notices.article", verbose_name="信息"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "外部链接",
                        "verbose_name_plural": "外部链接",
                        "ordering": ["host", "url"],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnWarning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("red_on", models.DateField(verbose_name="变红日期")),
                        ("at", models.DateTimeField(verbose_name="提醒时间")),
                        (
                            "column",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="warnings",
                                to="notices.column",
                                verbose_name="栏目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "栏目提醒",
                        "verbose_name_plural": "栏目提醒",
                        "ordering": ["-at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("column", "red_on"), name="watch_warned_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyTurn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("put_at", models.DateTimeField(null=True, verbose_name="安排时间")),
                        ("replaced_at", models.DateTimeField(null=True, verbose_name="改变时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_turns",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="值班人",
                            ),
                        ),
                        (
                            "put_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="安排人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_turns",
                                to="units.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "值班安排",
                        "verbose_name_plural": "值班安排",
                        "ordering": ["day", "unit"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("unit", "day"),
                                name="watch_turn_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionJudgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("clean", "没有发现"), ("found", "存在问题")],
                                max_length=8,
                                verbose_name="评判",
                            ),
                        ),
                        (
                            "severe",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("wording", "出现严重表述错误"),
                                    ("secret", "泄露国家秘密"),
                                    ("harmful", "发布或者链接反动、暴力、色情等内容"),
                                    ("attack", "网站被攻击、篡改，未及时有效处置"),
                                    ("faked", "弄虚作假，如伪造发布日期"),
                                    ("uproar", "网站管理不当引发严重负面舆情"),
                                ],
                                max_length=10,
                                verbose_name="问题类别",
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="依据和情况")),
                        ("label", models.CharField(max_length=60, verbose_name="评判人姓名")),
                        ("at", models.DateTimeField(verbose_name="评判时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评判人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查单评判",
                        "verbose_name_plural": "检查单评判",
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="watch_judged_with_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("severe", ""), ("verdict", "clean")),
                                    models.Q(("verdict", "found"), models.Q(("severe", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="watch_found_has_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TamperAlarm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80, verbose_name="对象")),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("words", "发布内容与发布时的摘要不一致"),
                                    ("missing", "发布记录对应的内容不存在"),
                                    ("unknown", "内容没有对应的发布记录"),
                                    ("release", "公开答复与核准的摘要不一致"),
                                    ("page", "网页显示的内容与发布内容不一致"),
                                    ("file", "附件与发布时不一致"),
                                    ("state", "公开状态、有效性或者撤下情况与办理记录不一致"),
                                    ("home", "首页内容与本平台的首页不一致"),
                                ],
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("expected", models.CharField(blank=True, max_length=64, verbose_name="应有摘要")),
                        ("found", models.CharField(blank=True, max_length=64, verbose_name="现有摘要")),
                        ("at", models.DateTimeField(verbose_name="发现时间")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="处理情况")),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alarms",
                                to="notices.article",
                                verbose_name="信息",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alarms",
                                to="publishing.release",
                                verbose_name="公开答复",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "篡改告警",
                        "verbose_name_plural": "篡改告警",
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("key", "sort"),
                                name="watch_alarm_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="watch_alarm_closed_with_words",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]

"""The yearly notices and their days."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="HolidayNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年份")),
                (
                    "document",
                    models.CharField(
                        help_text="例如：国办发明电〔2025〕7号", max_length=100, verbose_name="文号"
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="发文日期")),
                ("source_note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("entered_at", models.DateTimeField(auto_now=True, verbose_name="录入时间")),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "放假安排通知",
                "verbose_name_plural": "放假安排通知",
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="HolidayDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("off", "放假"), ("work", "上班（调休）")], max_length=4, verbose_name="类别"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="节日")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="holidays.holidaynotice",
                        verbose_name="通知",
                    ),
                ),
            ],
            options={
                "verbose_name": "放假或调休日",
                "verbose_name_plural": "放假或调休日",
                "ordering": ["date"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["off", "work"])),
                        name="holidays_holidayday_kind_known",
                    )
                ],
            },
        ),
    ]

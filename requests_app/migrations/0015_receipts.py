"""Receipts of notices; what the period does after a payment."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """The rule on payment; notices that wait and could be read at once in an account have been received."""
    apps.get_model("requests_app", "AfterPaymentRule").objects.create(
        after_payment="restart",
        source="国办函〔2020〕109号：缴费期间不计入办理期限，缴费后重新计算，待核",
    )
    for name, waits in (
        ("CorrectionNotice", {"corrected_on__isnull": True}),
        ("ReasonsInquiry", {"verdict": "pending"}),
    ):
        rows = apps.get_model("requests_app", name).objects.filter(**waits)
        rows.filter(request__applicant__isnull=False).update(received_on=models.F("told_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_corrected_renderings"),
        ("requests_app", "0014_party_is"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AfterPaymentRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "after_payment",
                    models.CharField(
                        choices=[("restart", "自缴费次日起重新计算"), ("resume", "自缴费次日起继续计算")],
                        default="restart",
                        max_length=10,
                        verbose_name="缴费后的答复期限",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "verbose_name": "缴费后的答复期限",
                "verbose_name_plural": "缴费后的答复期限",
            },
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="requests_delivery_has_its_day",
        ),
        migrations.RemoveConstraint(
            model_name="extensionrequest",
            name="requests_extension_decision_known",
        ),
        migrations.RemoveConstraint(
            model_name="feenotice",
            name="requests_fee_term_after_receipt",
        ),
        migrations.AddField(
            model_name="correctionnotice",
            name="receipt_evidence",
            field=models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
        ),
        migrations.AddField(
            model_name="correctionnotice",
            name="received_on",
            field=models.DateField(null=True, verbose_name="收到通知之日"),
        ),
        migrations.AddField(
            model_name="feenotice",
            name="receipt_evidence",
            field=models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
        ),
        migrations.AddField(
            model_name="reasonsinquiry",
            name="receipt_evidence",
            field=models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
        ),
        migrations.AddField(
            model_name="reasonsinquiry",
            name="received_on",
            field=models.DateField(null=True, verbose_name="收到通知之日"),
        ),
        migrations.AddField(
            model_name="replyitem",
            name="parties",
            field=models.JSONField(blank=True, default=list, verbose_name="为其不予公开的被征求方（序号）"),
        ),
        migrations.AlterField(
            model_name="extensionrequest",
            name="decision",
            field=models.CharField(
                choices=[
                    ("pending", "待批准"),
                    ("approved", "已批准"),
                    ("refused", "未批准"),
                    ("spent", "期限已重新起算，不再适用"),
                ],
                default="pending",
                max_length=10,
                verbose_name="决定",
            ),
        ),
        migrations.AlterField(
            model_name="feenotice",
            name="received_on",
            field=models.DateField(null=True, verbose_name="收到通知之日"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_on__isnull", False),
                    models.Q(("posted_on__isnull", False), ("send_by", "post")),
                    ("send_by", "online"),
                    _connector="OR",
                ),
                name="requests_delivery_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["pending", "approved", "refused", "spent"])),
                name="requests_extension_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="feenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_on__isnull", True), ("pay_by__gt", models.F("received_on")), _connector="OR"
                ),
                name="requests_fee_term_after_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="afterpaymentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("after_payment__in", ["restart", "resume"])),
                name="requests_after_payment_known",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

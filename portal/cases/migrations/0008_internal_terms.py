from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_proof_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="internal_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="内部期限工作日数"),
        ),
        migrations.AddField(
            model_name="case",
            name="internal_since",
            field=models.DateField(blank=True, null=True, verbose_name="内部期限起算日"),
        ),
        migrations.AddField(
            model_name="clockentry",
            name="since",
            field=models.DateField(null=True, verbose_name="等待期起算日"),
        ),
    ]

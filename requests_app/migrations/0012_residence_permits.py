# Residence permits of Hong Kong, Macao and Taiwan among the identity documents.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0011_contact_in_one_way"),
    ]

    operations = [
        migrations.AlterField(
            model_name="disclosurerequest",
            name="agent_identity_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("resident", "居民身份证"),
                    ("passport", "护照"),
                    ("hk_macao", "港澳居民来往内地通行证"),
                    ("taiwan", "台湾居民来往大陆通行证"),
                    ("hk_macao_residence", "港澳居民居住证"),
                    ("taiwan_residence", "台湾居民居住证"),
                    ("foreign_permanent", "外国人永久居留身份证"),
                ],
                max_length=20,
                verbose_name="代理人证件类型",
            ),
        ),
        migrations.AlterField(
            model_name="disclosurerequest",
            name="identity_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("resident", "居民身份证"),
                    ("passport", "护照"),
                    ("hk_macao", "港澳居民来往内地通行证"),
                    ("taiwan", "台湾居民来往大陆通行证"),
                    ("hk_macao_residence", "港澳居民居住证"),
                    ("taiwan_residence", "台湾居民居住证"),
                    ("foreign_permanent", "外国人永久居留身份证"),
                ],
                max_length=20,
                verbose_name="证件类型",
            ),
        ),
    ]

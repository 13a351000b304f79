# A telephone may be missing where another way of contact is told.

from django.db import migrations, models

import portal.privacy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("mailbox", "0006_response_term"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="phone",
            field=portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系电话"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="phone_index",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
    ]

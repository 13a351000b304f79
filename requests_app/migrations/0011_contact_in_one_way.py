# A telephone may be missing where another way of contact is told.

from django.db import migrations

import portal.privacy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0010_posting_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="disclosurerequest",
            name="phone",
            field=portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系电话"),
        ),
    ]

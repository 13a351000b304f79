# The columns whose content 0005 has moved to the items.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0005_reply_items")]

    operations = [
        migrations.RemoveField(
            model_name="reply",
            name="agency",
        ),
        migrations.RemoveField(
            model_name="reply",
            name="agency_contact",
        ),
        migrations.RemoveField(
            model_name="reply",
            name="body",
        ),
        migrations.RemoveField(
            model_name="reply",
            name="ground",
        ),
        migrations.RemoveField(
            model_name="reply",
            name="reason",
        ),
        migrations.RemoveField(
            model_name="reply",
            name="search_record",
        ),
        migrations.RemoveField(
            model_name="reply",
            name="withheld",
        ),
    ]

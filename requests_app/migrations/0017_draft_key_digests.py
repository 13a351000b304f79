"""A draft's key is derived from the draft and stood in clear; its digest takes the place."""

from typing import Any

from django.db import migrations, models

from portal.privacy.crypto import keyed_digest


def digest(apps: Any, schema: Any) -> None:
    """As RequestDraft.submission_key and portal.cases.intake.key_digest make it."""
    rows = apps.get_model("requests_app", "RequestDraft")._default_manager
    for pk, public_id in list(rows.values_list("pk", "public_id")):
        key = keyed_digest(str(public_id), "draft-key")
        rows.filter(pk=pk).update(key=keyed_digest(key, "submission-key"))


def forget(apps: Any, schema: Any) -> None:
    """A digest cannot be turned back."""


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0016_former_applicants")]

    operations = [
        migrations.AlterField(
            "requestdraft", "key", models.CharField("幂等键摘要", max_length=64, unique=True)
        ),
        migrations.RunPython(digest, forget),
    ]

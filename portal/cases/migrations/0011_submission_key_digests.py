"""Idempotency keys stand as keyed digests only; what is there in clear is digested in place."""

from typing import Any

from django.db import migrations, models

from portal.privacy.crypto import keyed_digest


def digest(apps: Any, schema: Any) -> None:
    """Replace each key by its digest, as portal.cases.intake.key_digest makes it."""
    rows = apps.get_model("cases", "Submission")._default_manager
    for pk, key in list(rows.values_list("pk", "key")):
        rows.filter(pk=pk).update(key=keyed_digest(key, "submission-key"))


def forget(apps: Any, schema: Any) -> None:
    """A digest cannot be turned back; a retry of an old submission would be taken for a new one."""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_counted_by")]

    operations = [
        migrations.AlterField("submission", "key", models.CharField("幂等键摘要", max_length=64)),
        migrations.RunPython(digest, forget),
    ]

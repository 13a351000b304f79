# Written by hand: data only.

from typing import Any

from django.db import migrations

NAMES = (
    ("江川县", "江川区", "2015年12月撤县设区"),
    ("澄江县", "澄江市", "2019年12月撤县设市"),
    ("玉溪地区", "玉溪市", "1997年撤地设市"),
    ("抚先湖", "抚仙湖", ""),
    ("星云胡", "星云湖", ""),
)


def write(apps: Any, schema_editor: Any) -> None:
    name = apps.get_model("notices", "WrongName")
    for wrong, right, why in NAMES:
        name.objects.get_or_create(wrong=wrong, defaults={"right": right, "why": why})


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_enforcement")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

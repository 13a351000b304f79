# Written by hand: data only. One name for each government and court of a district.

from typing import Any

from django.db import migrations

OLD_TO_NEW = {
    f"{district}{body}": f"玉溪市{district}{body}"
    for district in ("红塔区", "江川区")
    for body in ("人民政府", "人民政府办公室", "人民法院")
}
FIELDS = ("name", "review_body", "court")


def _rename(apps: Any, names: dict[str, str]) -> None:
    Unit = apps.get_model("units", "Unit")
    for field in FIELDS:
        for old, new in names.items():
            Unit.objects.filter(**{field: old}).update(**{field: new})


def full_names(apps: Any, schema_editor: Any) -> None:
    """Rows loaded before bear the full names too; what an administrator wrote stays."""
    _rename(apps, OLD_TO_NEW)


def short_names(apps: Any, schema_editor: Any) -> None:
    """The way back. The city's departments had the full name of their court before: it stays."""
    Unit = apps.get_model("units", "Unit")
    for old, new in OLD_TO_NEW.items():
        Unit.objects.filter(name=new).update(name=old)
        Unit.objects.filter(review_body=new).update(review_body=old)
        Unit.objects.filter(court=new, parent__kind="county").update(court=old)


class Migration(migrations.Migration):
    dependencies = [("units", "0002_fee_account")]

    operations = [migrations.RunPython(full_names, short_names)]

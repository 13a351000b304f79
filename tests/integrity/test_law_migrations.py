"""Migrations that put right what older data said of the law: there and back, on rows as they were."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

from portal.units.models import Unit


def test_units_loaded_before_bear_their_full_names(organisation: None) -> None:
    names = import_module("portal.units.migrations.0003_full_names")
    names.short_names(apps, None)
    county, office = Unit.objects.get(code="hongta"), Unit.objects.get(code="hongta-office")
    housing = Unit.objects.get(code="housing")
    assert (county.name, office.review_body, office.court) == (
        "红塔区人民政府",
        "红塔区人民政府",
        "红塔区人民法院",
    )
    assert housing.court == "玉溪市红塔区人民法院", "as it was before"
    names.full_names(apps, None)
    county, office = Unit.objects.get(code="hongta"), Unit.objects.get(code="hongta-office")
    assert (county.name, office.name) == ("玉溪市红塔区人民政府", "玉溪市红塔区人民政府办公室")
    assert (office.review_body, office.court) == ("玉溪市红塔区人民政府", "玉溪市红塔区人民法院")

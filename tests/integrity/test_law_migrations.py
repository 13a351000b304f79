"""Migrations that put right what older data said of the law: there and back, on rows as they were."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

from portal.units.models import Unit
from requests_app.models import ReviewFirst


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


def test_table_of_reconsideration_is_corrected_unless_changed_by_hand(db: None) -> None:
    law = import_module("requests_app.migrations.0007_review_first")
    law.back(apps, None)
    inquiry = ReviewFirst.objects.get(reply_kind="inquiry")
    assert (inquiry.review_first, "待核" in inquiry.source) == (True, True), "as 0005 wrote it"
    ReviewFirst.objects.filter(reply_kind="not_held").update(source="本市复议机关意见")
    law.correct(apps, None)
    inquiry.refresh_from_db()
    assert (inquiry.review_first, "法释〔2025〕8号" in inquiry.source) == (False, True)
    assert ReviewFirst.objects.get(reply_kind="not_held").source == "本市复议机关意见"


def test_units_loaded_before_get_the_internet_channel(organisation: None) -> None:
    filled = import_module("portal.units.migrations.0004_review_channel")
    Unit.objects.update(review_channel="", review_also="")
    Unit.objects.filter(code="housing").update(review_channel="本市行政复议网上窗口")
    filled.fill(apps, None)
    justice, housing = Unit.objects.get(code="justice"), Unit.objects.get(code="housing")
    assert (justice.review_also, justice.lacking) == ("云南省司法厅", ())
    assert (housing.review_also, housing.review_channel) == ("", "本市行政复议网上窗口")

"""What earlier tests did not notice: parts of a digest, the time of a copy, what a file must not carry."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from portal.files.checks import MAX_PIXELS, inspect
from portal.publishing.actions import PublicText, digest_of
from portal.publishing.models import Release
from portal.publishing.queries import filtered, find, published
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import answered

Team = dict[str, Person]


def test_the_parts_of_a_digest_are_kept_apart() -> None:
    assert digest_of("甲乙", "丙") != digest_of("甲", "乙丙")
    assert digest_of("甲", "") != digest_of("", "甲")
    assert digest_of("1:甲") != digest_of("甲")
    assert PublicText("标题", "问", "答").sha256 != PublicText("标题问", "", "答").sha256


def copy_of(case: DisclosureRequest, team: Team) -> Release:
    """Its public copy, out since noon of 9 March."""
    actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09", 11))
    return actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09", 12))


def test_a_copy_is_public_from_its_time_on(office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copy_of(answered(office, team), team)
    before, then = moment("2026-03-09", 11), moment("2026-03-09", 12)
    assert [list(published(at)) for at in (before, then)] == [[], [copy]]
    assert [filtered(at, year="2026").count() for at in (before, then)] == [0, 1]
    assert [find(copy.public_id, at) for at in (before, then)] == [None, copy]
    page = reverse("releases:detail", args=[copy.public_id])
    for at, status in ((before, 404), (then, 200)):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        assert Client().get(page).status_code == status


def pdf(**root: object) -> bytes:
    """One empty page with such entries in its catalogue."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_pdf_that_acts_or_carries_is_refused() -> None:
    assert inspect("pdf", pdf()) == ""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("a.exe"))
    for bad in (
        pdf(OpenAction=script),
        pdf(OpenAction=launch),
        pdf(AA=pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.GoTo))),
        pdf(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array()))),
        pdf(Extra=pikepdf.Dictionary(EF=pikepdf.Dictionary())),
    ):
        assert inspect("pdf", bad) == "PDF 含有脚本、自动动作或内嵌文件"


@pytest.mark.parametrize(("width", "problem"), [(8000, ""), (8001, "图片像素过大")])
def test_a_picture_has_at_most_forty_megapixels(width: int, problem: str) -> None:
    assert MAX_PIXELS == 40_000_000
    out = io.BytesIO()
    Image.new("1", (width, 5000)).save(out, "PNG")
    assert inspect("png", out.getvalue()) == problem

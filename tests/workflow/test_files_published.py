"""Files beside an item: inspected, made anew, confirmed by a second person; the file itself is never handed out."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from notices import actions
from notices.actions.checking import remarks_on
from notices.models import Article
from notices.watch.queries import differences
from portal.core.errors import StepRefused
from portal.files.actions import sweep_unused
from portal.jobs.outbox import run_due
from portal.publishing.models import FileCheck
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import BODY, drafted

Team = dict[str, Person]


def plain_pdf(author: str = "张某某") -> bytes:
    """One empty page with an author in its properties."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    made.docinfo["/Author"] = author
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def photo() -> bytes:
    """A picture with a place in its metadata."""
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 48), (30, 90, 160))
    exif = picture.getexif()
    exif[0x010F] = "SecretCamera"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def with_file(office: Unit, team: Team, name: str, data: bytes, alt: str = "", body: str = BODY) -> Article:
    case = drafted(office, team["clerk"], body=body)
    actions.attach_file(
        case=case, name=name, data=data, alt=alt, actor=team["clerk"].actor, at=moment("2026-03-02", 10)
    )
    return case


def said(case: Article, blocks: bool) -> str:
    return "；".join(remark.sentence for remark in remarks_on(case) if remark.blocks == blocks)


def publish(case: Article, team: Team) -> None:
    for name, who in (
        ("submit_item", "clerk"),
        ("review_item", "reviewer"),
        ("clear_item", "secrecy"),
        ("approve_item", "approver"),
        ("publish_item", "publisher"),
    ):
        getattr(actions, name)(case=case, actor=team[who].actor, at=moment("2026-03-03"))


def test_what_goes_out_is_a_copy_without_properties(office: Unit, team: Team, client: Client) -> None:
    data = plain_pdf()
    case = with_file(office, team, "说明.pdf", data)
    assert "正在进行" in said(case, True)
    run_due()
    assert "公开件中已去除" in said(case, False) and said(case, True) == ""
    publish(case, team)
    entry = case.files.get()
    shown = client.get(reverse("notices:file", args=[case.public_id, entry.public_id]))
    got = b"".join(shown.streaming_content) if shown.streaming else shown.content
    assert got != data and got.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(got)) as opened:
        assert "/Author" not in opened.docinfo
    assert list(differences(moment("2026-03-04"))) == []


def test_a_picture_waits_for_a_second_person(office: Unit, team: Team, client: Client) -> None:
    case = with_file(office, team, "map.jpg", photo(), "停水示意图", f"{BODY}\n![停水示意图](map.jpg)")
    run_due()
    assert "须由另一人核对" in said(case, True)
    with pytest.raises(StepRefused, match="以下问题"):
        actions.submit_item(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 12))
    entry = case.files.get()
    with pytest.raises(StepRefused):
        actions.confirm_file(case=case, file=entry, actor=team["clerk"].actor, at=moment("2026-03-02", 13))
    actions.confirm_file(case=case, file=entry, actor=team["reviewer"].actor, at=moment("2026-03-02", 13))
    with pytest.raises(StepRefused, match="已经核对"):
        actions.confirm_file(case=case, file=entry, actor=team["approver"].actor, at=moment("2026-03-02", 14))
    assert said(case, True) == ""
    assert case.events.filter(kind="confirm_file").count() == 1
    publish(case, team)
    shown = client.get(reverse("notices:file", args=[case.public_id, entry.public_id]))
    got = b"".join(shown.streaming_content) if shown.streaming else shown.content
    assert b"SecretCamera" not in got and Image.open(io.BytesIO(got)).size == (64, 48)


def test_a_workbook_loses_its_hidden_sheet(office: Unit, team: Team) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "公开"
    hidden = book.create_sheet("内部")
    hidden["A1"] = "身份证530402199003071231"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    case = with_file(office, team, "名单.xlsx", out.getvalue())
    run_due()
    check = FileCheck.objects.get()
    assert "隐藏" in said(case, False) and check.copy is not None
    with zipfile.ZipFile(io.BytesIO(check.copy.read())) as opened:
        assert not any(b"530402" in opened.read(name) for name in opened.namelist())
    assert not [words for _, words in check.remarks]


def test_personal_data_in_the_copy_blocks(office: Unit, team: Team) -> None:
    case = with_file(office, team, "名单.txt", "联系人王小芳，手机13812345678。".encode())
    run_due()
    assert "手机号码" in said(case, True)


def test_the_pages_of_a_file(office: Unit, team: Team) -> None:
    case = with_file(office, team, "map.jpg", photo(), "示意图")
    run_due()
    entry = case.files.get()
    here = reverse("workbench_notices:detail", args=[case.public_id])
    assert "已看过" not in team["clerk"].client().get(here).content.decode()
    page = team["reviewer"].client().get(here).content.decode()
    assert "已看过" in page and "查看公开件" in page
    copy = reverse("workbench_notices:copy", args=[case.public_id, entry.public_id])
    assert team["reviewer"].client().get(copy).status_code == 200
    confirm = reverse("workbench_notices:confirm", args=[case.public_id, entry.public_id])
    assert team["clerk"].client().post(confirm).status_code == 409
    assert team["reviewer"].client().post(confirm).status_code == 302
    assert "已核对" in team["clerk"].client().get(here).content.decode()


def test_a_file_of_very_many_pages_is_to_be_divided(office: Unit, team: Team) -> None:
    made = pikepdf.new()
    for _ in range(101):
        made.add_blank_page(page_size=(100, 100))
    out = io.BytesIO()
    made.save(out)
    case = with_file(office, team, "长.pdf", out.getvalue())
    run_due()
    assert "超过100页" in said(case, True)


def test_the_sweep_of_unused_files_leaves_the_published_copy(office: Unit, team: Team) -> None:
    with_file(office, team, "说明.pdf", plain_pdf())
    run_due()
    kept = FileCheck.objects.get().copy
    assert kept is not None
    assert sweep_unused(at=timezone.now() + timedelta(days=30)) == 0
    assert kept.read().startswith(b"%PDF")

"""The archive package of a year: complete, checkable, the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from notices import actions, archive
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved, drafted

Team = dict[str, Person]


def published(office: Unit, team: Team) -> None:
    case = approved(office, team, outlets=["board"])
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    drafted(office, team["clerk"])


def package(office: Unit, year: int = 2026) -> bytes:
    target = io.BytesIO()
    archive.write(target, office, year, moment("2026-12-31"))
    return target.getvalue()


def test_everything_of_an_item_is_in_it_and_checks(office: Unit, team: Team) -> None:
    published(office, team)
    data = package(office)
    assert data == package(office)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        names = found.namelist()
        rows = list(csv.DictReader(io.StringIO(found.read("登记簿.csv").decode("utf-8-sig"))))
        assert [row["标题"] for row in rows] == ["关于部分片区停水的通告"]
        folder = rows[0]["目录"]
        assert {
            f"{folder}{name}" for name in ("审核单.csv", "办理记录.csv", "第1版.txt", "第1版要素.json")
        } <= set(names)
        signed = list(csv.DictReader(io.StringIO(found.read(f"{folder}审核单.csv").decode("utf-8-sig"))))
        assert [row["签署人"] for row in signed] and len({row["签署人"] for row in signed}) == len(signed)
        assert "停水范围" in found.read(f"{folder}第1版.txt").decode()
        for line in found.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(found.read(name)).hexdigest() == digest


def test_another_year_is_empty(office: Unit, team: Team) -> None:
    published(office, team)
    with zipfile.ZipFile(io.BytesIO(package(office, 2025))) as found:
        assert found.namelist() == ["登记簿.csv", "SHA256SUMS"]


def test_the_command_writes_once(office: Unit, tmp_path: Path) -> None:
    target = tmp_path / "2026.zip"
    call_command("archive_items", office.code, "2026", str(target))
    assert zipfile.is_zipfile(target)
    with pytest.raises(FileExistsError):
        call_command("archive_items", office.code, "2026", str(target))
    with pytest.raises(CommandError):
        call_command("archive_items", "nobody", "2026", str(tmp_path / "x.zip"))


def test_the_page_hands_out_ones_own_unit(office: Unit, housing: Unit, team: Team) -> None:
    clerk = team["clerk"].client()
    here = reverse("workbench_notices:archive")
    assert office.name in clerk.get(here).content.decode()
    answer = clerk.get(here, {"unit": office.code, "year": "2026"})
    assert answer["Content-Type"] == "application/zip"
    other = clerk.get(here, {"unit": housing.code, "year": "2026"})
    assert other["Content-Type"].startswith("text/html") and housing.name not in other.content.decode()

"""Records of a request: added, decided, redacted, signed with the reply, handed over."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from portal.core.errors import InvalidInput, PortalError, StaleCase, StepRefused
from portal.jobs.outbox import run_due
from portal.records import actions, queries
from portal.records.actions import Details, Upload
from portal.records.choices import CopyState, Disposition, RecordState
from portal.records.models import Record, RecordPage
from portal.units.models import Unit
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.records import OPEN, SECRET, box, found, in_part, judge, kept, mark, paper, upload
from tests.factories.requests_app import handled
from tests.redaction.papers import drawn, raw, texts

Team = dict[str, Person]


@pytest.fixture
def case(office: Unit, clerk: Person) -> DisclosureRequest:
    """A request in a clerk's hands."""
    return handled(office, clerk)


# adding -------------------------------------------------------------------------------------------------


def test_add_several_files_keeps_the_good_ones_and_tells_what_to_do_with_the_others(
    case: DisclosureRequest, clerk: Person
) -> None:
    ofd = io.BytesIO()
    with zipfile.ZipFile(ofd, "w") as archive:
        archive.writestr("OFD.xml", "<OFD/>")
    added = upload(
        case,
        clerk,
        ("清单.pdf", paper(2)),
        ("批复.ofd", ofd.getvalue()),
        ("旧稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),
        ("稿.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("全部.zip", b"PK\x03\x04rest"),
        ("说明.docx", b"not a document"),
        ("坏.pdf", b"%PDF-1.4 broken"),
        ("空.pdf", b""),
    )
    run_due()
    assert [(row.title, row.state) for row in added.records] == [("清单", "preparing")]
    record = Record.objects.get()
    assert (record.state, record.pages, record.title) == (RecordState.READY, 2, "清单")
    told = dict(added.refused)
    assert told["批复.ofd"] == "“批复.ofd”不能直接添加（这是 OFD 版式文件，请另存为 PDF）"
    assert told["旧稿.doc"] == "“旧稿.doc”不能直接添加（这是旧版 Word 或者 WPS 文件，请另存为 DOCX 或者 PDF）"
    assert told["稿.wps"] == "“稿.wps”不能直接添加（WPS 文字请另存为 DOCX 或者 PDF 后上传）"
    assert told["全部.zip"] == "“全部.zip”不能直接添加（压缩包请解压后逐个上传）"
    assert "内容与文件类型不符" in told["说明.docx"]
    assert told["坏.pdf"] == "“坏.pdf”：PDF 已损坏或者无法打开，请用软件重新导出后上传"
    assert "空文件" in told["空.pdf"]


def test_add_word_file_without_libreoffice_says_what_to_do(
    case: DisclosureRequest, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.records.office.program", lambda: None)
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    added = upload(case, clerk, ("说明.docx", docx.getvalue()))
    assert [sentence for _, sentence in added.refused] == [
        "“说明.docx”：本平台没有安装文档转换程序，请将 Word、Excel 文件另存为 PDF 后上传"
    ]


def _locked() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def _long(pages: int) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(100, 100))
        document.save(out)
    return out.getvalue()


def test_add_bad_input_gives_a_sentence_each_and_loses_nothing(
    case: DisclosureRequest, clerk: Person
) -> None:
    wide = io.BytesIO()
    Image.new("1", (30_000, 2_000)).save(wide, "PNG")
    added = upload(
        case,
        clerk,
        ("锁.pdf", _locked()),
        ("长.pdf", _long(5000)),
        ("较长.pdf", _long(501)),
        ("宽.png", wide.getvalue()),
        ("空白.pdf", _long(1)),
    )
    run_due()
    told = dict(added.refused)
    assert told["锁.pdf"] == "“锁.pdf”：PDF 设有密码，请去除密码后上传"
    assert told["长.pdf"] == "“长.pdf”：PDF 页数或者对象过多，请拆分后上传"
    assert told["较长.pdf"] == "“较长.pdf”共501页，超过500页，请拆分后上传"
    assert told["宽.png"] == "“宽.png”：图片像素过大，请处理后重新上传"
    blank = Record.objects.get()
    assert (blank.state, blank.remark) == (
        RecordState.READY,
        "没有文字层，只能用框遮盖，查找不到其中的词",
    )


def test_same_file_twice_is_told_by_its_content(case: DisclosureRequest, clerk: Person) -> None:
    upload(case, clerk, ("一.pdf", paper()))
    added = upload(case, clerk, ("二.pdf", paper()))
    assert added.told == ["“二.pdf”与本件已有的一份信息内容相同，请核对是否重复。"]
    assert [entry.same for entry in queries.entries_of(case)] == [["本件第2份"], ["本件第1份"]]


def test_typed_text_becomes_a_record_with_pages(case: DisclosureRequest, clerk: Person) -> None:
    record = actions.add_text(
        case=case,
        text="2025年改造12个小区。\n总投资1.86亿元。",
        details=Details("改造情况"),
        actor=clerk.actor,
        at=moment("2026-02-24"),
    )
    run_due()
    record.refresh_from_db()
    page = RecordPage.objects.get(record=record)
    assert (record.state, record.pages) == (RecordState.READY, 1)
    assert "总投资1.86亿元" in page.text.replace("\n", "")


def test_picture_becomes_a_page(case: DisclosureRequest, clerk: Person) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    added = upload(case, clerk, ("照片.png", out.getvalue()))
    run_due()
    record = added.records[0]
    record.refresh_from_db()
    assert (record.state, record.pages, record.remark) == (
        "ready",
        1,
        "没有文字层，只能用框遮盖，查找不到其中的词",
    )


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("reviewer", "由市政府办公室的经办人添加和处理"), ("outsider", "由市政府办公室的经办人添加和处理")],
)
def test_nobody_but_a_clerk_of_the_unit_adds(
    case: DisclosureRequest, request: pytest.FixtureRequest, who: str, sentence: str
) -> None:
    with pytest.raises(StepRefused, match=sentence):
        upload(case, request.getfixturevalue(who), ("清单.pdf", paper()))


def test_event_log_says_what_was_done_without_words_of_the_record(
    case: DisclosureRequest, clerk: Person
) -> None:
    in_part(case, clerk, title="张伟的材料")
    events = list(case.events.filter(kind__endswith="_record").order_by("seq"))
    assert [event.kind for event in events] == [
        "add_record",
        "mark_record",
        "judge_record",
        "copy_record",
    ]
    assert events[-1].facts["grounds"] == {"privacy": 1}
    assert "张伟" not in str([event.facts for event in events])


# redaction ----------------------------------------------------------------------------------------------


def test_copy_holds_the_open_words_and_nothing_of_the_secret(case: DisclosureRequest, clerk: Person) -> None:
    record = found(case, clerk, pages=2)
    mark(record, clerk, box(1), box(2))
    judge(record, clerk, Disposition.PART)
    actions.make_copy(record=record, actor=clerk.actor, at=moment("2026-02-26"))
    run_due()
    copy = queries.present_copy(record)
    assert copy is not None and copy.file is not None
    assert (copy.state, copy.pages, copy.problem) == (CopyState.PROVEN, 2, "")
    assert [row[:2] for row in copy.withheld] == [[1, "个人隐私"], [2, "个人隐私"]]
    data = copy.file.read()
    assert [OPEN in page for page in texts(data)] == [True, True]
    assert not any("Zhang" in page or "13987701234" in page for page in texts(data))
    assert b"Zhang" not in raw(data)


def test_sealed_value_that_nobody_marked_stops_the_copy_and_names_the_place(
    office: Unit, clerk: Person
) -> None:
    case = handled(office, clerk, phone="13987701234")
    record = found(case, clerk)
    judge(record, clerk, Disposition.WHOLE)
    actions.make_copy(record=record, actor=clerk.actor, at=moment("2026-02-26"))
    run_due()
    entry = queries.entries_of(case)[0]
    assert entry.copy is not None
    assert entry.copy.state == CopyState.FAILED
    assert "第1页" in entry.problem and "副本未通过核验" in entry.problem
    judge(record, clerk, Disposition.WHOLE, own_data=True)
    actions.make_copy(record=record, actor=clerk.actor, at=moment("2026-02-26"))
    run_due()
    assert queries.entries_of(case)[0].problem == ""


def test_second_of_two_savers_is_told_and_loses_nothing(case: DisclosureRequest, clerk: Person) -> None:
    record = found(case, clerk)
    save: dict[str, Any] = {"record": record, "seen": 0, "actor": clerk.actor, "at": moment("2026-02-25")}
    actions.save_marks(marks={"boxes": [box()]}, **save)
    with pytest.raises(StaleCase, match="刚刚改动了遮盖的内容") as refused:
        actions.save_marks(marks={"boxes": []}, **save)
    assert refused.value.version == 1
    record.refresh_from_db()
    assert record.mark_count == 1


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ({"boxes": [box(9)]}, "没有第9页"),
        ({"boxes": [box(ground="because")]}, "请选择不予公开的理由"),
        ({"boxes": [box(place=[1, 1, 1.2, 1.2])]}, "框太小"),
        ({"boxes": [box(place=[float("nan"), 1, 9, 9])]}, "不在页面上"),
        ({"boxes": [{"page": 1}]}, "格式不对"),
        ({"boxes": "all"}, "格式不对"),
        ({"words": [{"text": "张", "ground": "privacy"}]}, "2至60个字"),
    ],
)
def test_marks_that_are_no_places_are_refused(
    case: DisclosureRequest, clerk: Person, marks: dict[str, Any], sentence: str
) -> None:
    Record.objects.create(
        case=case, origin="text", title="x", pages=2, state="ready", added_by=clerk.account,
        added_at=moment("2026-02-24"),
    )  # fmt: skip
    record = queries.records_of(case).get()
    record.case = case
    with pytest.raises(InvalidInput, match=sentence):
        actions.save_marks(record=record, marks=marks, seen=0, actor=clerk.actor, at=moment("2026-02-25"))


def test_find_all_marks_a_word_in_every_record_that_has_it(case: DisclosureRequest, clerk: Person) -> None:
    upload(case, clerk, ("一.pdf", paper(2)), ("二.pdf", drawn([[(50, 300, "Nothing here")]])))
    run_due()
    changed = actions.mark_word(
        case=case, word="13987701234", ground="privacy", actor=clerk.actor, at=moment("2026-02-25")
    )
    assert [record.title for record in changed] == ["一"]
    with pytest.raises(InvalidInput, match="都没有找到这个词"):
        actions.mark_word(
            case=case, word="Wang Fang", ground="privacy", actor=clerk.actor, at=moment("2026-02-25")
        )


def test_proposals_name_the_sealed_values_of_the_case_and_what_the_screening_finds(
    office: Unit, clerk: Person
) -> None:
    from portal.records.finding import spots

    case = handled(office, clerk, phone="13800138000")
    lines = [(50, 300, "Call 13800138000"), (50, 200, "or 13987701234"), (50, 100, "card 11010519491231002X")]
    upload(case, clerk, ("一.pdf", drawn([lines])))
    run_due()
    proposed = {spot.word: (spot.number, spot.page, spot.why) for spot in spots(case)}
    assert proposed["13800138000"] == (1, 1, "本件的个人信息")
    assert proposed["13987701234"][:2] == (1, 1)
    assert proposed["11010519491231002X"][:2] == (1, 1)
    assert [spot.word for spot in spots(case, "or 139")] == ["or 139"]


def test_upload_is_not_taken_from_an_empty_choice(case: DisclosureRequest, clerk: Person) -> None:
    with pytest.raises(InvalidInput, match="请选择文件"):
        actions.add_uploads(
            case=case, uploads=list[Upload](), details=Details(), actor=clerk.actor, at=moment("2026-02-24")
        )


def test_secret_of_the_factory_is_what_the_tests_say() -> None:
    assert SECRET in texts(paper())[0]


def test_copy_that_never_ends_is_told_after_a_few_tries(case: DisclosureRequest, clerk: Person) -> None:
    record = kept(case, clerk, "whole")
    copy = actions.make_copy(record=record, actor=clerk.actor, at=moment("2026-02-26"))
    type(copy).objects.filter(pk=copy.pk).update(tries=4)
    actions.run_copy(copy_id=copy.pk, at=moment("2026-02-26"))
    entry = queries.entries_of(case)[0]
    assert entry.problem == (
        "第1份信息的副本未通过核验：没有在限定的时间内制作完成，请拆分文件，或者减少遮盖的页数"
    )


def test_file_that_the_scanner_finds_bad_is_refused_with_its_reason(
    case: DisclosureRequest, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.files.scanner import FOUND, Scan

    monkeypatch.setattr("portal.files.scanner.scan", lambda data: Scan(FOUND, "Own.Test"))
    upload(case, clerk, ("清单.pdf", paper()))
    run_due()
    entry = queries.entries_of(case)[0]
    assert (entry.record.state, entry.problem) == (
        "refused",
        "第1份信息不能使用：文件含有病毒：Own.Test",
    )


def test_word_file_goes_through_libreoffice_where_it_is_installed(
    case: DisclosureRequest, clerk: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """A stand-in for the program: it is asked for a PDF beside the file, without our secrets, and its PDF is used."""
    from portal.records import office

    ready = tmp_path / "ready.pdf"
    ready.write_bytes(paper(3))
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nenv > "$HOME/env.txt"\ngrep -q PORTAL "$HOME/env.txt" && exit 1\n'
        f'for last; do :; done\ncp {ready} "${{last%.docx}}.pdf"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: str(program))
    assert office.as_pdf(b"PK", "docx") == paper(3)
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: str(broken))
    with pytest.raises(PortalError, match="无法转换为 PDF"):
        office.as_pdf(b"PK", "docx")

"""manage.py read_mail --file: what would become of mails; nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from mailbox.models import Letter
from portal.files.models import StoredFile
from portal.messaging.models import Message
from portal.postbox.models import InboundMail
from tests.factories.mailbox import Hands, staffed  # noqa: F401  a fixture
from tests.postbox.test_taking_in import comes, receipt_id
from tests.workflow.test_letters_by_mail import mail


def told(capsys: pytest.CaptureFixture[str], *paths: Path) -> list[dict[str, Any]]:
    capsys.readouterr()
    call_command("read_mail", "--file", *[str(path) for path in paths], "--json")
    entries: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return entries


def written(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_fates_are_told_and_nothing_is_stored(
    hands: Hands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comes(mail())
    case = Letter.objects.get()
    with_files = mail("新的信。", number=2)
    with_files.add_attachment("清单".encode(), maintype="text", subtype="plain", filename="说明.txt")
    with_files.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
    answer = mail("补充。\n> 引文", number=3, In_Reply_To=receipt_id())
    listed = mail(number=4, List_Id="<l.example.org>")
    counts = [model.objects.count() for model in (InboundMail, Letter, Message, StoredFile)]
    entries = told(
        capsys,
        written(tmp_path, "letter.eml", with_files.as_bytes()),
        written(tmp_path, "answer.eml", answer.as_bytes()),
        written(tmp_path, "list.eml", listed.as_bytes()),
        written(tmp_path, "broken.eml", b"\xff\x00\xfe" * 100),
        written(tmp_path, "empty.eml", b""),
    )
    assert [entry["outcome"] for entry in entries] == ["letter", "supplement", "tray", "tray", "tray"]
    assert [entry["reason"] for entry in entries] == [
        "",
        "回复办理中的来信",
        "邮件列表或者群发邮件",
        "没有可用的发件地址",
        "没有可用的发件地址",
    ]
    letter, supplement = entries[:2]
    assert (letter["from"], letter["name"], letter["subject"]) == (
        "wang@example.org",
        "王小明",
        "反映路灯问题",
    )
    assert letter["attachments"] == [
        {"name": "说明.txt", "size": 6, "type": "text/plain", "kept": True},
        {"name": "a.exe", "size": 2, "type": "application/octet-stream", "kept": False},
    ]
    assert [gap["what"] for gap in letter["left_out"]] == ["a.exe"]
    assert (supplement["text"], supplement["letter"]) == ("补充。", case.number)
    assert [gap["what"] for gap in supplement["left_out"]] == ["引用的来往邮件"]
    assert counts == [model.objects.count() for model in (InboundMail, Letter, Message, StoredFile)]


def test_what_is_told_is_what_is_kept(
    hands: Hands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = mail("路灯不亮。" * 1500)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="坏的.pdf")
    message.add_attachment("清单".encode(), maintype="text", subtype="plain", filename="说明.txt")
    (entry,) = told(capsys, written(tmp_path, "a.eml", message.as_bytes()))
    comes(message)
    case = Letter.objects.get()
    assert entry["text"] == case.text
    assert [file["name"] for file in entry["attachments"] if file["kept"]] == [
        row.name for row in case.files.all()
    ]


def test_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("read_mail", "--file", str(tmp_path / "none.eml"), "--json")
    assert ended.value.code == 1

"""Own words and quotations, line by line, and receipts that nobody else may read."""

from __future__ import annotations

import pytest

from portal.postbox.parsing import parse
from portal.postbox.reader.quoting import own_words, without_receipts
from tests.unit.test_mail_parsing import mail

pytestmark = pytest.mark.one_engine

RECEIPT = """您的电子邮件已登记为来信。可以凭以下编号和查询码在网上查询。

编号：X2026-00001
查询码：ABCD-EFGH-JKLM

https://portal.invalid/track/

玉溪市人民政府门户
（本邮件由系统发出，直接回复即可补充。）"""
MARKED = "\n".join(f"> {line}".rstrip() for line in RECEIPT.splitlines())
HEADS = '发件人: "玉溪" <x@y.cn>;\n发送时间: 2026年3月2日(星期一) 上午10:00\n收件人: "王"<w@e.org>;\n主题: 已收到您的来信'


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f'是第二个路口。\n\nAt 2026-03-02 10:00:00, "信箱" <x@y.cn> wrote:\n{MARKED}', "是第二个路口。"),
        (f"上面。\n{MARKED}\n下面。", "上面。\n下面。"),
        (
            f"上面。\n\n------------------ 原始邮件 ------------------\n{HEADS}\n\n{RECEIPT}\n\n下面。",
            "上面。\n\n下面。",
        ),
        (f"------ 原始邮件 ------\n{HEADS}\n\n{RECEIPT}\n只在下面。", "只在下面。"),
        (f"上面。\n\n{HEADS}\n\n来信收悉。", "上面。"),
        ("> 地点？\n北城街道。\n> 时间？\n昨天夜里。", "北城街道。\n昨天夜里。"),
        ("发件人：张三在二月写过信。\n以下是我的话。", "发件人：张三在二月写过信。\n以下是我的话。"),
        ("张三在2026年写道：我们很好。\n是真的。", "张三在2026年写道：我们很好。\n是真的。"),
        ("好。\nOn Mon, Mar 2, 2026 at 10:00 AM Yuxi\n<x@y.cn> wrote:\n\n> 问", "好。"),
        ("好。\n\n在 2026年3月2日，信箱 <m@y.cn> 写道：\n> 问\n> 问", "好。"),
    ],
)
def test_own_words(text: str, own: str) -> None:
    assert own_words(text) == own


@pytest.mark.parametrize("quoted", [RECEIPT, MARKED, f"------ 原始邮件 ------\n{HEADS}\n{RECEIPT}"])
def test_quoted_receipt_is_cut_out_before_anybody_reads(quoted: str) -> None:
    found = parse(mail(f"我的话。\n\n{quoted}\n\n还有。").as_bytes())
    assert "ABCD" not in found.text
    assert "我的话。" in found.text
    assert "还有。" in found.text
    assert own_words(found.text).startswith("我的话。")
    assert own_words(found.text).endswith("还有。")
    assert [(entry.what, entry.quiet) for entry in found.left_out] == [("引用的回执", True)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("查询码：ABCD-EFGH-JKLM，打不开", "查询码：（已隐去），打不开"),
        ("查询码\nabcd efgh jklm", "查询码：（已隐去）"),
        ("> 查询码：ABCD-EFGH-JKLM\n\nhttps", "> 查询码：（已隐去）\n\nhttps"),
        ("查询码忘了怎么办，请告诉我。", "查询码忘了怎么办，请告诉我。"),
    ],
)
def test_code_is_hidden_wherever_it_stands(text: str, shown: str) -> None:
    assert without_receipts(text)[0] == shown

"""What a file is by its own bytes, also for the kinds that are not taken in: so that the sentence can say what to do."""

from __future__ import annotations

import io
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A stream of an OLE file, and what such a file is; Kingsoft's WPS files are written the same way as Word's.
_STREAMS = (
    ("EncryptedPackage", "office-encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_PARTS = (
    ("OFD.xml", "ofd"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
)
_TOLD = {
    "ofd": "（这是 OFD 版式文件，请另存为 PDF）",
    "doc": "（这是旧版 Word 或者 WPS 文件，请另存为 DOCX 或者 PDF）",
    "xls": "（这是旧版 Excel 或者 WPS 表格，请另存为 XLSX 或者 PDF）",
    "ppt": "（这是演示文稿，请另存为 PDF）",
    "pptx": "（这是演示文稿，请另存为 PDF）",
    "office-encrypted": "（文件设有打开密码，请去除密码）",
    "docx": "（这是 DOCX 文档）",
    "xlsx": "（这是 XLSX 表格）",
    "zip": "（这是压缩包，请解压后逐个上传）",
    "pdf": "（这是 PDF）",
}


def kind_of(data: bytes) -> str:
    """ "pdf", "docx", "xlsx", "pptx", "ofd", "zip", "doc", "xls", "ppt", "office-encrypted", "ole" or ""."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(OLE):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), "ole")
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return "zip"
    return next((kind for name, kind in _PARTS if name in names), "zip")


def told(data: bytes) -> str:
    """A remark in brackets on what the file is, "" if that is not known."""
    return _TOLD.get(kind_of(data), "")

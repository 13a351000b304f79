"""An Office file as what it is: a bounded ZIP of XML parts with relations between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, Held, Unreadable
from portal.publishing.inspection.streams import jpeg_tells
from portal.publishing.inspection.xml_reading import local, parsed, texts_by_name

MOST_MEMBERS = 2000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 400
RATIO_FROM = 20 * 1024 * 1024
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, zlib.error, NotImplementedError, RuntimeError, EOFError)
_TELLING = {
    "creator": "作者",
    "lastModifiedBy": "最后修改人",
    "Company": "单位",
    "Manager": "负责人",
    "keywords": "关键词",
    "subject": "主题",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "HyperlinkBase": "链接地址",
}
_HARMLESS = ("hyperlink",)
_CARRYING = ("embeddings/", "activex/", "ctrlprops/", "afchunk", "oleobject")
_SIDE = ("/charts/", "/diagrams/", "/drawings/")
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "vbaprojectsignature")


@dataclass(frozen=True)
class Relation:
    """One relation of a part: its kind (the last word of its type), its target, and if that lies outside."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts of an Office file. Raises Unreadable if it is not one, is broken, or unpacks too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except _BROKEN as error:
            raise Unreadable("文件已损坏或者不是 Office 文档") from error
        size = sum(member.file_size for member in members)
        if (
            len(members) > MOST_MEMBERS
            or size > MOST_UNPACKED
            or (size > RATIO_FROM and size > MOST_RATIO * len(data))
        ):
            raise Unreadable("文件解压后过大")
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable("文件已加密，无法检查，请去除密码后上传")
        self.names = [member.filename for member in members]
        self._known = set(self.names)
        if len(self._known) != len(self.names):
            raise Unreadable("文件结构异常：有重名的部分")
        self._xml: dict[str, Any] = {}

    def has(self, name: str) -> bool:
        """True if there is such a part."""
        return name in self._known

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises Unreadable if it is missing or broken, or is larger than it says."""
        try:
            with self._archive.open(name) as member:
                limit = self._archive.getinfo(name).file_size
                data = member.read(limit + 1)
        except (*_BROKEN, KeyError) as error:
            raise Unreadable(f"文件中的“{name}”无法读取") from error
        if len(data) > limit:
            raise Unreadable("文件解压后过大")
        return data

    def xml(self, name: str) -> Any:
        """A part's root element, read once. Raises Unreadable."""
        if name not in self._xml:
            try:
                self._xml[name] = parsed(self.read(name))
            except ValueError as error:
                raise Unreadable(f"文件中的“{name}”无法读取") from error
        return self._xml[name]

    def relations(self, part: str) -> dict[str, Relation]:
        """A part's relations by id; targets inside are full part names."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(path):
            return {}
        found = {}
        for entry in self.xml(path):
            if local(entry) != "Relationship":
                continue
            target, outside = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[entry.get("Id", "")] = Relation(entry.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def main_part(self, otherwise: str) -> str:
        """The part that the file starts with."""
        starts = [entry.target for entry in self.relations("").values() if entry.kind == "officeDocument"]
        if len(starts) > 1:
            raise Unreadable("文件结构异常：有多个正文")
        return starts[0] if starts else otherwise

    def parts(self, folder: str) -> list[tuple[str, str]]:
        """The XML parts in a folder and below, each with the name of its root element. Raises Unreadable."""
        return [
            (name, local(self.xml(name)))
            for name in self.names
            if name.startswith(folder) and name.lower().endswith(".xml")
        ]


def common(package: Package, held: Held) -> None:
    """What Word and Excel files share: properties, things carried along, macros, links, pictures that tell."""
    for name in package.names:
        low = name.lower()
        if any(part in low for part in _MACROS):
            held.add(codes.MACRO, WHOLE, "文件中有宏")
        elif any(part in low for part in _CARRYING):
            held.add(codes.EMBEDDED, WHOLE, "文件中有嵌入的对象或者控件")
        elif _is_side_text(low):
            held.text.append(_all_text(package, name))
        elif low.endswith((".jpg", ".jpeg")) and jpeg_tells(package.read(name)):
            held.add(codes.EXIF, WHOLE, "文件中的图片带有拍摄信息或者说明", blocks=False)
        elif low.startswith("docprops/thumbnail"):
            held.add(codes.EMBEDDED, WHOLE, "文件中有预览图，可能保留旧内容")
        if low.startswith("docprops/") and low.endswith(".xml"):
            _properties(package, name, held)
        if low.endswith(".rels"):
            _links(package, name, held)


def _is_side_text(low: str) -> bool:
    """True for parts whose words show beside the text, or lie there as data: charts, diagrams, shapes."""
    if not low.endswith(".xml") or "/_rels/" in low:
        return False
    return low.startswith("customxml/item") or any(part in low for part in _SIDE)


def _all_text(package: Package, name: str) -> str:
    return "\n".join(words for _, words in texts_by_name(package.xml(name)))


def _properties(package: Package, name: str, held: Held) -> None:
    custom = name.lower().endswith("custom.xml")
    for element in package.xml(name).iter():
        words = (element.text or "").strip()
        if not words or not local(element):
            continue
        held.text.append(words)
        label = _TELLING.get(local(element), "自定义属性" if custom else "")
        if label:
            held.add(codes.PROPERTIES, WHOLE, f"文档属性“{label}”中有内容：{words[:24]}", blocks=False)


def _links(package: Package, name: str, held: Held) -> None:
    for entry in package.xml(name):
        if local(entry) != "Relationship" or entry.get("TargetMode") != "External":
            continue
        target = entry.get("Target", "")
        held.text.append(target)
        if entry.get("Type", "").rpartition("/")[2] not in _HARMLESS:
            held.add(codes.EXTERNAL_LINK, WHOLE, f"文件引用了外部内容：{target[:60]}")

"""What an inspection finds in an XLSX beside the cells that show."""

from __future__ import annotations

from typing import Any

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, Held, Inspection
from portal.publishing.inspection.package import Package, common
from portal.publishing.inspection.workbook import Workbook, hidden_columns, hidden_rows, is_true
from portal.publishing.inspection.xml_reading import texts_by_name

# What a part is by its root element, whatever its name.
_PARTS = {
    "comments": (codes.COMMENT, "单元格有批注"),
    "ThreadedComments": (codes.COMMENT, "单元格有批注"),
    "externalLink": (codes.EXTERNAL_LINK, "引用了别的工作簿，并带有其中的数据"),
    "pivotCacheDefinition": (codes.PIVOT_CACHE, "数据透视表带有原始数据"),
    "pivotCacheRecords": (codes.PIVOT_CACHE, "数据透视表带有全部原始数据"),
    "connections": (codes.EXTERNAL_LINK, "文件中有外部数据连接"),
    "queryTable": (codes.EXTERNAL_LINK, "文件中有外部数据连接"),
    "headers": (codes.TRACKED_CHANGE, "文件中有修订记录"),
    "revisions": (codes.TRACKED_CHANGE, "文件中有修订记录"),
}
_STATES = {"hidden": "已隐藏", "veryHidden": "已深度隐藏"}


def inspect_sheets(data: bytes) -> Inspection:
    """The findings and the text of an XLSX. Raises Unreadable."""
    package = Package(data)
    book = Workbook(package)
    held = Held()
    for sheet in book.sheets:
        where = f"工作表“{sheet.name}”"
        held.text.append(sheet.name)
        if sheet.state in _STATES:
            held.add(codes.HIDDEN_SHEET, where, f"工作表{_STATES[sheet.state]}")
        if sheet.is_grid:
            _grid(book, sheet.part, where, held)
        for relation in package.relations(sheet.part).values():
            if "omment" in relation.kind and package.has(relation.target):
                held.add(codes.COMMENT, where, "单元格有批注")
    _book(package, book, held)
    common(package, held)
    return Inspection(tuple(held.findings), "\n".join(part for part in held.text if part))


def _grid(book: Workbook, part: str, where: str, held: Held) -> None:
    root = book.package.xml(part)
    rows, columns = hidden_rows(root), hidden_columns(root)
    unseen = in_hidden = 0
    for cell in book.cells(part):
        in_hidden += cell.column + 1 in columns
        held.text.append(f"{cell.shown}\t" if cell.column else f"\n{cell.shown}\t")
        held.text.append(cell.formula)
        unseen += cell.unseen
    if rows:
        held.add(codes.HIDDEN_CELLS, where, f"有隐藏或者压扁的行（第{_some(rows)}行）")
    if in_hidden:
        held.add(codes.HIDDEN_CELLS, where, f"有隐藏或者压窄的列，其中{in_hidden}个单元格有内容")
    if unseen:
        held.add(
            codes.HIDDEN_CELLS,
            where,
            f"有{unseen}个单元格的内容不显示（颜色、字号、格式或者在合并的单元格下面）",
        )
    for name in ("headerFooter", "dataValidations"):
        for element in root.iter(f"{{*}}{name}"):
            held.text += [words for _, words in texts_by_name(element)]


def _some(rows: set[int]) -> str:
    first = sorted(rows)[:3]
    return "、".join(str(row) for row in first) + ("等" if len(rows) > 3 else "")


def _book(package: Package, book: Workbook, held: Held) -> None:
    for name, root in package.parts("xl/"):
        found = _PARTS.get(root)
        if found:
            held.text += [words for _, words in texts_by_name(package.xml(name))]
            held.add(found[0], WHOLE, found[1])
    for name in package.names:
        low = name.lower()
        if low.startswith("xl/printersettings/"):
            held.add(codes.PROPERTIES, WHOLE, "文件中有打印机信息", blocks=False)
        elif low.startswith("xl/media/"):
            words = "表格中有图片，图中文字、印章和签名无法自动检查，请人工核对"
            held.add(codes.NEEDS_PERSON, WHOLE, words, blocks=False)
    for name, root in package.parts("xl/drawings/"):
        if root == "wsDr" and any(_dark_shape(entry) for entry in package.xml(name)):
            held.add(codes.COVERED_TEXT, WHOLE, "有深色图形挡在单元格前面，挪开即可看到下面的内容")
    held.text += book.strings
    for element in book.root.iter("{*}definedName"):
        held.text.append(element.text or "")
        if is_true(element.get("hidden")) and not element.get("name", "").startswith("_xlnm"):
            held.add(codes.HIDDEN_CELLS, WHOLE, "工作簿中有隐藏的名称")
    held.text += [
        text for element in book.root.iter("{*}fileSharing") for text in [element.get("userName", "")]
    ]


def _dark_shape(anchor: Any) -> bool:
    """True for a black shape without words over the cells."""
    if any((part.text or "").strip() for part in anchor.iter("{*}t")):
        return False
    fills = list(anchor.iterfind(".//{*}sp/{*}spPr/{*}solidFill/*"))
    return any(entry.get("val", "").lower() in ("000000", "tx1", "dk1") for entry in fills)

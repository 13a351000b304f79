"""The copy that is published: always made anew, never the file that was handed in."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from portal.documents.render.worker import RenderFailed, render_pdf
from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import CannotRegenerate, FileFinding, Unreadable
from portal.publishing.inspection.inspecting import (
    DOCX,
    JPEG,
    PDF,
    PLAIN,
    PNG,
    XLSX,
    inspect,
    plain_text,
    without_unseen,
)
from portal.publishing.inspection.page_html import Block, page_html
from portal.publishing.inspection.pdf_rebuild import rebuild
from portal.publishing.inspection.pictures import regenerate_picture
from portal.publishing.inspection.sheets_rebuild import rebuild_sheets
from portal.publishing.inspection.word_blocks import word_blocks

logger = logging.getLogger(__name__)

MOST_TEXT = 400_000


@dataclass(frozen=True)
class Regenerated:
    """The new file, its media type and its name."""

    data: bytes
    media_type: str
    name: str


def regenerate(data: bytes, *, media_type: str, name: str, title: str) -> Regenerated:
    """A clean copy: pictures without metadata, Word and plain text as our own PDF, tables as values only,
    PDF as its bare pages.

    The copy is inspected too; it is free of everything but "needs_person". Raises CannotRegenerate with a
    sentence where that is not possible, always so for text under boxes.
    """
    try:
        return _regenerated(data, media_type, name, title)
    except CannotRegenerate:
        raise
    except Exception as error:
        # As in inspect(): broken bytes may trip any of the libraries.
        logger.warning("regeneration of a %s file failed: %s", media_type, type(error).__name__)
        raise CannotRegenerate("文件无法重新生成，请用软件重新导出后上传") from error


def _regenerated(data: bytes, media_type: str, name: str, title: str) -> Regenerated:
    found = inspect(data, media_type=media_type, name=name).findings
    stuck = next((entry for entry in found if entry.code in codes.INCURABLE), None)
    if stuck is not None:
        raise CannotRegenerate(_refusal(stuck))
    stem = name.rpartition(".")[0] or name
    if media_type == PDF:
        return _pdf(data, f"{stem}.pdf", title, found)
    if media_type in (DOCX, PLAIN):
        made = Regenerated(_own_pdf(title, _blocks(data, media_type)), PDF, f"{stem}.pdf")
    elif media_type == XLSX:
        made = Regenerated(rebuild_sheets(data, title), XLSX, f"{stem}.xlsx")
    elif media_type in (JPEG, PNG):
        made = Regenerated(regenerate_picture(data, media_type), media_type, name)
    else:
        raise CannotRegenerate("文件类型不受支持")
    return _checked(made, _left(made))


def _refusal(finding: FileFinding) -> str:
    if finding.code == codes.COVERED_TEXT:
        return f"{finding.where}：{finding.message}。请在原文件中删去这些文字后重新导出，不要只是盖住"
    if finding.code == codes.REMARK_OVER_PICTURE:
        return f"{finding.where}：{finding.message}。请先在图片上涂去要隐去的部分，再重新制作文件"
    if finding.code == codes.HIDDEN_LAYER:
        return f"{finding.message}，重新生成会使其显示。请在原文件中删去后重新导出"
    return finding.message


def _left(made: Regenerated) -> list[FileFinding]:
    found = inspect(made.data, media_type=made.media_type, name=made.name).findings
    return [entry for entry in found if entry.code != codes.NEEDS_PERSON]


def _checked(made: Regenerated, left: list[FileFinding]) -> Regenerated:
    if left:
        raise CannotRegenerate(
            f"重新生成后仍有问题（{left[0].where}：{left[0].message}），请用软件重新导出后上传"
        )
    return made


def _pdf(data: bytes, name: str, title: str, found: tuple[FileFinding, ...]) -> Regenerated:
    flattened = frozenset(entry.page for entry in found if entry.code == codes.COVERED_PICTURE)
    stays = not any(entry.code == codes.INVISIBLE_TEXT for entry in found)
    made = Regenerated(rebuild(data, title, flattened=flattened, keep_unpainted=stays), PDF, name)
    left = _left(made)
    if any(entry.code == codes.INVISIBLE_TEXT for entry in left):
        made = Regenerated(rebuild(data, title, flattened=flattened, without_white=True), PDF, name)
        left = _left(made)
    return _checked(made, left)


def _blocks(data: bytes, media_type: str) -> list[Block]:
    if media_type == DOCX:
        return word_blocks(data)
    try:
        text = without_unseen(plain_text(data))
    except Unreadable as error:
        raise CannotRegenerate(error.sentence) from error
    return [Block("paragraph", line.strip()) for line in text.splitlines() if line.strip()]


def _own_pdf(title: str, blocks: list[Block]) -> bytes:
    if (
        sum(len(block.text) + sum(len(cell) for row in block.rows for cell in row) for block in blocks)
        > MOST_TEXT
    ):
        raise CannotRegenerate("文档过长，请拆分后上传")
    try:
        return render_pdf(page_html(title, blocks))
    except RenderFailed as error:
        raise CannotRegenerate("文档无法转换为 PDF，请改为上传 PDF") from error

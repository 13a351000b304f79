"""What an inspection finds in a JPEG or PNG, and the same picture without it."""

from __future__ import annotations

import io
import warnings

from PIL import ExifTags, Image, ImageOps

from portal.files.checks import refuse_half_pictures
from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import WHOLE, CannotRegenerate, Held, Inspection, Unreadable
from portal.publishing.inspection.guesses import guesses
from portal.publishing.inspection.streams import jpeg_tells

MAX_IMAGE_PIXELS = 60_000_000
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
QUALITY = 92
GPS_BLOCK = 0x8825
_NOT_TELLING = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb", "icc_profile"}
)
_NOT_TELLING_EITHER = frozenset(
    {
        "adobe",
        "adobe_transform",
        "progressive",
        "progression",
        "transparency",
        "interlace",
        "aspect",
        "chromaticity",
    }
)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError)


def opened(data: bytes, media_type: str) -> Image.Image:
    """The picture, fully read. Raises Unreadable if it is broken, not of its type, or has too many pixels."""
    refuse_half_pictures()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=(FORMATS[media_type],))
            if image.width * image.height > MAX_IMAGE_PIXELS:
                raise Unreadable("图片像素过大，请缩小后上传")
            image.load()
    except Unreadable:
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable("图片像素过大，请缩小后上传") from error
    except (*_BROKEN, KeyError) as error:
        raise Unreadable("图片已损坏或者无法打开") from error
    return image


def inspect_picture(data: bytes, media_type: str) -> Inspection:
    """The findings of a picture. Its words cannot be read, so a person must always look. Raises Unreadable."""
    held = Held()
    image = opened(data, media_type)
    _told(image, data, held)
    held.add(codes.NEEDS_PERSON, WHOLE, "图片中的文字和人像无法自动检查，请人工核对", blocks=False)
    guesses(upright(image), WHOLE, held, first=True)
    return Inspection(tuple(held.findings), "\n".join(held.text))


def _told(image: Image.Image, data: bytes, held: Held) -> None:
    try:
        exif = image.getexif()
        place = exif.get_ifd(GPS_BLOCK)
        inner = exif.get_ifd(ExifTags.IFD.Exif)
    except _BROKEN:
        held.add(codes.EXIF, WHOLE, "图片的拍摄信息无法读取")
        return
    if place:
        held.add(codes.GPS, WHOLE, "图片中有拍摄地点（GPS 坐标）")
    for block in (exif, inner):
        held.text += [str(value) for value in block.values() if isinstance(value, str | bytes)]
    held.text += [str(value) for key, value in image.info.items() if _tells(key) and isinstance(value, str)]
    comment = image.info.get("comment", b"")
    held.text.append(comment.decode("utf-8", "replace") if isinstance(comment, bytes) else str(comment))
    told = any(_tells(key) for key in image.info)
    if exif or told or (image.format == "JPEG" and jpeg_tells(data)):
        held.add(codes.EXIF, WHOLE, "图片中有拍摄信息、作者或者说明", blocks=False)
    if getattr(image, "n_frames", 1) > 1:
        held.add(codes.EMBEDDED, WHOLE, "图片文件中还有别的画面")
    if len(data) - _end(data, image.format or "") > 8:
        held.add(codes.EMBEDDED, WHOLE, "图片之后还附有别的数据")


def _tells(key: object) -> bool:
    return str(key).lower() not in _NOT_TELLING | _NOT_TELLING_EITHER


def _end(data: bytes, form: str) -> int:
    """Where the picture's own bytes end, as far as a simple look tells."""
    mark = b"IEND\xaeB`\x82" if form == "PNG" else b"\xff\xd9"
    at = data.find(mark) if form == "PNG" else data.rfind(mark)
    return at + len(mark) if at >= 0 else len(data)


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says, in plain RGB on white."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        paper = Image.new("RGB", clear.size, (255, 255, 255))
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    if turned.mode.startswith("I;16") or turned.mode in ("I", "F"):
        raise Unreadable("图片的颜色格式不受支持，请另存为普通图片")
    return turned.convert("RGB")


def regenerate_picture(data: bytes, media_type: str) -> bytes:
    """The picture drawn anew: its pixels as they are seen, nothing else. Raises CannotRegenerate."""
    try:
        seen = upright(opened(data, media_type))
    except Unreadable as error:
        raise CannotRegenerate(error.sentence) from error
    bare = Image.new("RGB", seen.size)
    bare.paste(seen)
    target = io.BytesIO()
    if media_type == "image/png":
        bare.save(target, "PNG", optimize=True)
    else:
        bare.save(target, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    return target.getvalue()

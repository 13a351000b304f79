"""Pages drawn with a fixed seed: seals, red headers, and what only looks like them.

Invented offices only. Used by `make seal-report` and, in a smaller run, by the unit tests.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

PAGE = (620, 877)
INK = (25, 25, 30)
WORDS = "关于公开示例项目有关情况的说明根据规定现将有关事项予以公布各单位应当按照要求认真落实"
OFFICES = (
    "示例市样本局办公室",
    "虚构县人民政府",
    "样本区示例管理委员会",
    "测试镇人民政府",
    "示例市某某中心业务专用章",
)
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A picture; `kind` is "seal", "header" or "" for neither, `variety` how it was drawn."""

    image: Image.Image
    kind: str
    variety: str


class Pen:
    """The faces and the dice of one run."""

    def __init__(self, rng: random.Random, fonts: Path) -> None:
        self.rng = rng
        self.fonts = fonts

    def face(self, size: int, name: str = "song.otf") -> ImageFont.FreeTypeFont:
        """A typeface at a size in pixels."""
        return ImageFont.truetype(str(self.fonts / name), size)

    def words(self, count: int) -> str:
        """Words of official prose."""
        start = self.rng.randrange(len(WORDS))
        return (WORDS * (count // len(WORDS) + 2))[start : start + count]

    def red(self) -> Colour:
        """A red as stamps, printers and scanners give it."""
        rng = self.rng
        return rng.randint(195, 245), rng.randint(10, 60), rng.randint(15, 65)

    def page(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        """A page with a black title and lines of text on paper that is white or nearly so."""
        tone = self.rng.randint(238, 255)
        image = Image.new("RGB", PAGE, (tone, tone, max(230, tone - self.rng.randint(0, 8))))
        draw = ImageDraw.Draw(image)
        draw.text((PAGE[0] // 2, 240), self.words(12), fill=INK, font=self.face(26, "title.otf"), anchor="mm")
        for row in range(self.rng.randint(8, 17)):
            draw.text(
                (80, 290 + row * 30),
                self.words(28 if row % 5 else 17),
                fill=INK,
                font=self.face(16, "fang.otf"),
            )
        return image, draw

    def noise(self, size: tuple[int, int]) -> Image.Image:
        """Grey noise, the same for the same seed."""
        return Image.frombytes("L", size, self.rng.randbytes(size[0] * size[1]))

    def scanned(self, image: Image.Image) -> Image.Image:
        """The picture as it is, turned a little, blurred, noisy or packed hard: as scanners hand it over."""
        rng = self.rng
        if rng.random() < 0.4:
            image = image.rotate(
                rng.uniform(-1.2, 1.2), resample=Image.Resampling.BICUBIC, fillcolor=(250, 250, 248)
            )
        if rng.random() < 0.4:
            image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.1)))
        if rng.random() < 0.3:
            image = Image.blend(image, self.noise(image.size).convert("RGB"), rng.uniform(0.02, 0.08))
        if rng.random() < 0.5:
            packed = io.BytesIO()
            image.save(packed, "JPEG", quality=rng.randint(40, 85))
            image = Image.open(io.BytesIO(packed.getvalue())).convert("RGB")
        return image


def star(x: float, y: float, radius: float, turn: float = 0.0) -> list[tuple[float, float]]:
    """The ten corners of a five-pointed star."""
    corners = []
    for step in range(10):
        angle = turn + step * math.pi / 5 - math.pi / 2
        reach = radius if step % 2 == 0 else radius * 0.382
        corners.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    return corners


def stamp(pen: Pen, size: int, colour: Colour, oval: bool = False) -> Image.Image:
    """A seal on nothing: a ring, the office's name along it, a star or a line of words in the middle."""
    rng, scale = pen.rng, 3
    side = size * scale
    art = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(art)
    ring = max(scale, round(side * rng.uniform(0.022, 0.04)))
    edge = ring
    draw.ellipse((edge, edge, side - edge, side - edge), outline=colour, width=ring)
    name, middle = rng.choice(OFFICES), side / 2
    face = pen.face(max(10, round(side * rng.uniform(0.115, 0.145))), rng.choice(("song.otf", "fang.otf")))
    spread = math.radians(rng.uniform(215, 255))
    for place, sign in enumerate(name):
        angle = -math.pi / 2 - spread / 2 + spread * (place + 0.5) / len(name)
        tile = Image.new("L", (round(face.size) * 2,) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width // 2, tile.height // 2), sign, fill=255, font=face, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        x, y = middle + math.cos(angle) * side * 0.375, middle + math.sin(angle) * side * 0.375
        art.paste(colour, (round(x - tile.width / 2), round(y - tile.height / 2)), tile)
    if rng.random() < 0.75:
        radius = side * rng.uniform(0.13, 0.17)
        draw.polygon(star(middle, middle, radius), fill=colour)
    if rng.random() < 0.6:
        words = pen.face(max(9, round(side * 0.09)))
        draw.text(
            (middle, side * 0.74),
            "信息公开专用章"[: rng.choice((4, 7))],
            fill=colour,
            font=words,
            anchor="mm",
        )
    art = art.rotate(rng.uniform(-30, 30), resample=Image.Resampling.BICUBIC) if not oval else art
    return art.resize((size, round(size * (0.68 if oval else 1))), Image.Resampling.LANCZOS)


def press(
    pen: Pen, image: Image.Image, art: Image.Image, at: tuple[int, int], opacity: float, worn: float
) -> None:
    """Set a seal on a page; `worn` is the share of its ink that is missing in spots."""
    alpha = art.getchannel("A").point(lambda value: int(value * opacity))
    if worn:
        spots = pen.noise((max(2, art.width // 4), max(2, art.height // 4))).resize(
            art.size, Image.Resampling.NEAREST
        )
        limit = 255 * (1 - worn)
        alpha = Image.composite(
            alpha, Image.new("L", art.size, 0), spots.point(lambda value: 255 if value < limit else 0)
        )
    image.paste(art.convert("RGB"), at, alpha)


def seal_page(pen: Pen) -> Drawn:
    """A page with one seal: of any usual size, angle and strength, now and then cut or worn."""
    rng = pen.rng
    image, _ = pen.page()
    variety = rng.choice(("plain", "plain", "faint", "cut", "worn", "oval"))
    size = rng.randint(95, 150)
    art = stamp(pen, size, pen.red(), oval=variety == "oval")
    x, y = rng.randint(60, PAGE[0] - size - 10), rng.randint(300, PAGE[1] - size - 10)
    if variety == "cut":
        x = rng.choice(
            (-round(size * rng.uniform(0.15, 0.5)), PAGE[0] - round(size * rng.uniform(0.5, 0.85)))
        )
    opacity = rng.uniform(0.4, 0.6) if variety == "faint" else rng.uniform(0.7, 1.0)
    press(pen, image, art, (x, y), opacity, rng.uniform(0.08, 0.2) if variety == "worn" else 0.0)
    return Drawn(pen.scanned(image), "seal", variety)


def header_page(pen: Pen) -> Drawn:
    """A page with a red header: the office's name in wide red letters over a red rule, with a star or without."""
    rng = pen.rng
    image, draw = pen.page()
    colour, top = pen.red(), rng.randint(60, 105)
    name = rng.choice(("示例市人民政府文件", "样本局文件", "虚构县人民政府办公室文件", "中共示例市委办公室"))
    size = min(rng.randint(44, 64), 480 // len(name))
    draw.text((PAGE[0] // 2, top), name, fill=colour, font=pen.face(size, "title.otf"), anchor="mm")
    draw.text(
        (PAGE[0] // 2, top + 70), "示政发〔2026〕12号", fill=INK, font=pen.face(16, "fang.otf"), anchor="mm"
    )
    variety = rng.choice(("plain", "plain", "star", "double"))
    line, thick = top + 90, rng.randint(2, 4)
    left, right = 75, PAGE[0] - 75
    draw.rectangle((left, line, right, line + thick), fill=colour)
    if variety == "double":
        draw.rectangle((left, line + thick + 4, right, line + thick + 5), fill=colour)
    if variety == "star":
        draw.rectangle(
            (PAGE[0] // 2 - 20, line - 4, PAGE[0] // 2 + 20, line + 9), fill=image.getpixel((2, 2))
        )
        draw.polygon(star(PAGE[0] / 2, line + 1, 9), fill=colour)
    return Drawn(pen.scanned(image), "header", variety)

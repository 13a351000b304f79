"""Pages with red on them that are neither sealed nor headed: charts, flags, titles, photographs, blue stamps."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from portal.publishing.inspection.drawn import PAGE, Drawn, Pen, header_page, press, seal_page, stamp, star


def _bars(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    colour, foot = pen.red(), pen.rng.randint(560, 760)
    for place in range(pen.rng.randint(4, 9)):
        left = 100 + place * 48
        draw.rectangle((left, foot - pen.rng.randint(30, 220), left + 32, foot), fill=colour)
    draw.line((90, foot, 540, foot), fill=(40, 40, 40), width=2)
    return image


def _pie(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    size = pen.rng.randint(120, 240)
    box = (180, 480, 180 + size, 480 + size)
    start = pen.rng.randint(0, 359)
    share = pen.rng.randint(60, 250)
    draw.pieslice(box, start, start + share, fill=pen.red())
    draw.pieslice(box, start + share, start + 360, fill=(60, 110, 190))
    return image


def _lines(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    points = [(90 + step * 30, 620 + round(pen.rng.uniform(-90, 90))) for step in range(15)]
    draw.line(points, fill=pen.red(), width=3)
    for x, y in points:
        draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=pen.red())
    return image


def _flag(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    width = pen.rng.randint(120, 300)
    left, top = pen.rng.randint(40, 280), pen.rng.randint(60, 600)
    draw.rectangle((left, top, left + width, top + width * 2 // 3), fill=(222, 41, 16))
    draw.polygon(star(left + width / 6, top + width / 6, width / 11), fill=(255, 222, 0))
    return image


def _title(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    face = pen.face(pen.rng.randint(28, 40), "hei.otf")
    draw.text((PAGE[0] // 2, pen.rng.randint(70, 150)), pen.words(10), fill=pen.red(), font=face, anchor="mm")
    return image


def _lamp(pen: Pen) -> Image.Image:
    """A filled red disc, a Japanese flag, a button."""
    image, draw = pen.page()
    radius = pen.rng.randint(30, 70)
    draw.ellipse((200, 500, 200 + 2 * radius, 500 + 2 * radius), fill=pen.red())
    if pen.rng.random() < 0.5:
        draw.text(
            (200 + radius, 500 + radius), "禁", fill=(255, 255, 255), font=pen.face(radius), anchor="mm"
        )
    return image


def _blue(pen: Pen) -> Image.Image:
    image, _ = pen.page()
    press(
        pen,
        image,
        stamp(pen, pen.rng.randint(95, 150), (30, 60, 190)),
        (300, 520),
        pen.rng.uniform(0.6, 1),
        0,
    )
    return image


def _photograph(pen: Pen) -> Image.Image:
    """Soft coloured noise with warm spots, as a photograph of people, earth or flowers has them."""
    rng = pen.rng
    parts = [Image.frombytes("L", (40, 30), rng.randbytes(1200)).resize((500, 360)) for _ in range(3)]
    photo = Image.merge("RGB", parts).filter(ImageFilter.GaussianBlur(rng.uniform(3, 9)))
    draw = ImageDraw.Draw(photo)
    for _ in range(rng.randint(0, 8)):
        x, y, radius = rng.randint(0, 480), rng.randint(0, 340), rng.randint(5, 40)
        draw.ellipse((x, y, x + radius, y + radius), fill=(rng.randint(150, 240), rng.randint(20, 120), 40))
    image, _draw = pen.page()
    image.paste(photo.filter(ImageFilter.GaussianBlur(1.5)), (60, 420))
    return image


def _words(pen: Pen) -> Image.Image:
    """Lines of the text in red, as corrections and warnings are."""
    image, draw = pen.page()
    colour = pen.red()
    for row in range(pen.rng.randint(1, 6)):
        draw.text(
            (80, 640 + row * 30), pen.words(pen.rng.randint(6, 28)), fill=colour, font=pen.face(18, "hei.otf")
        )
    return image


def _table(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    colour, top = pen.red(), pen.rng.randint(300, 560)
    for row in range(7):
        draw.line((90, top + row * 34, 530, top + row * 34), fill=colour, width=2)
    for column in range(5):
        draw.line((90 + column * 110, top, 90 + column * 110, top + 204), fill=colour, width=2)
    return image


def _gauge(pen: Pen) -> Image.Image:
    """A red doughnut: a thick ring with a figure in it."""
    image, draw = pen.page()
    size = pen.rng.randint(100, 180)
    box = (220, 500, 220 + size, 500 + size)
    draw.arc(
        box, 0, pen.rng.randint(150, 360), fill=pen.red(), width=round(size * pen.rng.uniform(0.12, 0.22))
    )
    draw.text(
        (220 + size // 2, 500 + size // 2), "86%", fill=(30, 30, 30), font=pen.face(size // 5), anchor="mm"
    )
    return image


def _spark(pen: Pen) -> Image.Image:
    image, draw = pen.page()
    for _ in range(pen.rng.randint(2, 6)):
        x, y, radius = pen.rng.randint(80, 500), pen.rng.randint(420, 780), pen.rng.randint(14, 45)
        draw.polygon(star(x, y, radius, pen.rng.uniform(0, 1)), fill=pen.red())
    return image


def _black(pen: Pen) -> Image.Image:
    return pen.page()[0]


LOOKALIKES: dict[str, Callable[[Pen], Image.Image]] = {
    "bars": _bars,
    "pie": _pie,
    "lines": _lines,
    "flag": _flag,
    "title": _title,
    "disc": _lamp,
    "blue stamp": _blue,
    "photograph": _photograph,
    "red words": _words,
    "red table": _table,
    "doughnut": _gauge,
    "stars": _spark,
    "no red": _black,
}


def samples(seed: int, each: int, fonts: Path) -> list[Drawn]:
    """`each` sealed and headed pages, and as many of every lookalike divided among them: the same seed,
    the same pictures. There are as many lookalikes as sealed and headed pages together."""
    rng = random.Random(seed)  # noqa: S311  drawn pages, no secret
    pen = Pen(rng, fonts)
    made = [seal_page(pen) for _ in range(each)] + [header_page(pen) for _ in range(each)]
    varieties = list(LOOKALIKES)
    for place in range(2 * each):
        variety = varieties[place % len(varieties)]
        made.append(Drawn(pen.scanned(LOOKALIKES[variety](pen)), "", variety))
    return made

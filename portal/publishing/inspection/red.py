"""Guessing at seals and red headers on a picture of a page. Holds for a person, never a proof of absence.

The picture is made small, its saturated red becomes a grid of cells, and the grid is read: a round ring
with something in it may be a seal; wide red letters over a long thin red rule may be a red header.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops

LONG_SIDE = 420
LEAST_RED = 28
LEAST_RADIUS = 14
TRIALS = 160
MOST_POINTS = 420
BINS = 60


@dataclass(frozen=True)
class Grid:
    """The red cells of a picture, row by row; 1 where it is red."""

    width: int
    height: int
    cells: bytes

    def red(self, x: int, y: int) -> bool:
        """True if the cell is red; nothing outside is."""
        return 0 <= x < self.width and 0 <= y < self.height and self.cells[y * self.width + x] == 1


def grid_of(image: Image.Image) -> Grid:
    """The red cells of a picture, its long side at most LONG_SIDE cells."""
    small = image.convert("RGB")
    longest = max(small.size)
    if longest > LONG_SIDE * 2:
        factor = longest // (LONG_SIDE * 2)
        small = small.reduce(factor) if factor > 1 else small
    red, green, blue = small.split()
    over = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    # Orange, brown and skin have more green than blue by much of their redness.
    over = ImageChops.subtract(over, ImageChops.subtract(green, blue).point(lambda value: value // 2))
    scale = LONG_SIDE / max(over.size)
    if scale < 1:
        size = (max(1, round(over.width * scale)), max(1, round(over.height * scale)))
        over = over.resize(size, Image.Resampling.BOX)
    cells = over.point(lambda value: 1 if value >= LEAST_RED else 0).tobytes()
    return Grid(over.width, over.height, cells)


def components(grid: Grid, reach: int = 2) -> list[list[tuple[int, int]]]:
    """Groups of red cells with gaps of at most `reach` - 1 cells, the largest first."""
    left = {(at % grid.width, at // grid.width) for at, cell in enumerate(grid.cells) if cell}
    steps = [(x, y) for x in range(-reach, reach + 1) for y in range(-reach, reach + 1) if x or y]
    groups = []
    while left:
        start = left.pop()
        group, queue = [start], [start]
        while queue:
            x, y = queue.pop()
            for dx, dy in steps:
                near = (x + dx, y + dy)
                if near in left:
                    left.remove(near)
                    group.append(near)
                    queue.append(near)
        groups.append(group)
    return sorted(groups, key=len, reverse=True)


def has_seal(image: Image.Image) -> bool:
    """True if a round or oval red ring with something in it is on the picture."""
    return seal_in(grid_of(image))


def seal_in(grid: Grid) -> bool:
    """True if a ring of red cells looks like a seal."""
    rng = random.Random(7)  # noqa: S311  the same picture always gives the same answer
    for group in components(grid)[:14]:
        across = [x for x, _ in group]
        down = [y for _, y in group]
        width, height = max(across) - min(across) + 1, max(down) - min(down) + 1
        if max(width, height) < 2 * LEAST_RADIUS or min(width, height) < LEAST_RADIUS:
            continue
        for stretch in _stretches(width, height):
            points = [(float(x), y * stretch) for x, y in group]
            if any(ring_of(grid, circle, stretch).is_seal for circle in _circles(points, rng)):
                return True
    return False


def _stretches(width: int, height: int) -> tuple[float, ...]:
    """How much to pull the rows apart: not at all for a circle, and so that an oval becomes one."""
    ratio = width / height
    return (1.0,) if abs(ratio - 1) < 0.12 or not 0.5 < ratio < 2 else (1.0, ratio)


Circle = tuple[float, float, float]


def _circles(points: list[tuple[float, float]], rng: random.Random) -> list[Circle]:
    """The few circles through three of the points that most points lie on."""
    some = points if len(points) <= MOST_POINTS else rng.sample(points, MOST_POINTS)
    longest = max(
        max(x for x, _ in some) - min(x for x, _ in some), max(y for _, y in some) - min(y for _, y in some)
    )
    scored: list[tuple[float, Circle]] = []
    for _ in range(TRIALS):
        circle = _through(*(rng.choice(some) for _ in range(3)))
        if circle is None or not LEAST_RADIUS <= circle[2] <= longest:
            continue
        x0, y0, radius = circle
        near = 0
        for x, y in some:
            near += abs(math.hypot(x - x0, y - y0) - radius) < 1.2
        scored.append((near / math.sqrt(radius), circle))
    scored.sort(reverse=True)
    return [circle for _, circle in scored[:6]]


def _through(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> Circle | None:
    twice = 2 * (a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1]))
    if abs(twice) < 1e-6:
        return None
    squares = [x * x + y * y for x, y in (a, b, c)]
    x0 = (squares[0] * (b[1] - c[1]) + squares[1] * (c[1] - a[1]) + squares[2] * (a[1] - b[1])) / twice
    y0 = (squares[0] * (c[0] - b[0]) + squares[1] * (a[0] - c[0]) + squares[2] * (b[0] - a[0])) / twice
    return x0, y0, math.hypot(a[0] - x0, a[1] - y0)


@dataclass(frozen=True)
class Ring:
    """How a circle lies on the red cells, in shares of the part of it that is on the picture.

    `closed`: red on the circle; `outside`: red just beyond it; `inside`: red a little within; `thick`: its
    thickness in cells where no letters touch it; `filled`: red in the whole inner disc.
    """

    radius: float
    seen: float
    closed: float
    outside: float
    inside: float
    thick: int
    filled: float

    @property
    def is_seal(self) -> bool:
        """A thin ring, nearly closed, nothing around it, not full within; empty only if it is perfect (faint ink)."""
        least = 0.0 if self.closed >= 0.95 and self.outside <= 0.1 else 0.04
        return (
            self.seen >= 0.3
            and self.closed >= 0.72
            and self.closed - self.outside >= 0.66
            and self.inside <= 0.7
            and self.thick <= max(4, self.radius * 0.17)
            and least <= self.filled <= 0.7
        )


def ring_of(grid: Grid, circle: Circle, stretch: float) -> Ring:
    """A circle measured against the red cells."""
    x0, y0, radius = circle[0], circle[1] / stretch, circle[2]
    closed = inside = outside = seen = 0
    beyond = (max(3.5, radius * 0.12), max(5.0, radius * 0.17))
    runs = []
    for step in range(BINS):
        angle = 2 * math.pi * step / BINS
        dx, dy = math.cos(angle), math.sin(angle) / stretch
        if not (0 <= x0 + dx * radius < grid.width and 0 <= y0 + dy * radius < grid.height):
            continue
        seen += 1
        steps = [_at(grid, x0, y0, dx, dy, radius + off) for off in (0, 1, -1, 1.5, -1.5)]
        if any(steps):
            closed += 1
            start = radius + (0, 1, -1, 1.5, -1.5)[steps.index(True)]
            runs.append(_run(grid, (x0, y0), (dx, dy), start))
        outside += any(_at(grid, x0, y0, dx, dy, radius + off) for off in beyond)
        inside += _at(grid, x0, y0, dx, dy, radius * 0.9 - 2.5)
    filled = total = 0
    reach = int(radius * 0.84)
    for y in range(max(0, int(y0) - reach), min(grid.height, int(y0) + reach + 1)):
        for x in range(max(0, int(x0) - reach), min(grid.width, int(x0) + reach + 1)):
            if math.hypot(x - x0, (y - y0) * stretch) <= reach:
                total += 1
                filled += grid.red(x, y)
    part = max(1, seen)
    return Ring(
        radius,
        seen / BINS,
        closed / part,
        outside / part,
        inside / part,
        sorted(runs)[len(runs) // 4] if runs else 0,
        filled / max(1, total),
    )


def _run(grid: Grid, middle: tuple[float, float], step: tuple[float, float], start: float) -> int:
    """How many cells are red without a break, outwards and inwards from a red one."""
    length = 1
    for way in (1, -1):
        for off in range(1, 15):
            if not _at(grid, *middle, *step, start + way * off):
                break
            length += 1
    return length


def _at(grid: Grid, x0: float, y0: float, dx: float, dy: float, radius: float) -> bool:
    return grid.red(round(x0 + dx * radius), round(y0 + dy * radius))


def has_red_header(image: Image.Image) -> bool:
    """True if wide red letters stand over a long thin red rule in the upper part of the page."""
    return header_in(grid_of(image))


def header_in(grid: Grid) -> bool:
    """True if the rule and the letters over it are both there."""
    return any(_letters_over(grid, row) for row in _rules(grid))


def _rules(grid: Grid) -> list[int]:
    """The rows of the upper half where a thin red line runs over most of the width; it may slant a little."""
    found = []
    thick, around = max(3, grid.height // 80), max(4, grid.height // 70)
    width = grid.width
    reds = [grid.cells[y * width : (y + 1) * width].count(1) for y in range(grid.height)]
    for top in range(around, grid.height // 2):
        if sum(reds[top : top + thick]) < width * 0.5:
            continue
        beside = [top - 2 - step for step in range(around - 2)]
        beside += [top + thick + 1 + step for step in range(around - 2)]
        columns = sum(
            any(grid.red(x, y) for y in range(top, top + thick)) and not any(grid.red(x, y) for y in beside)
            for x in range(width)
        )
        if columns >= width * 0.5:
            found.append(top)
    return found


def _letters_over(grid: Grid, rule: int) -> bool:
    """True if between the top third's start and the rule red letters spread over a good part of the width."""
    columns: set[int] = set()
    changes = rows = 0
    for y in range(max(0, rule - grid.height // 4), rule - 2):
        reds = [x for x in range(grid.width) if grid.red(x, y)]
        if len(reds) < 4 or len(reds) > grid.width * 0.75:
            continue
        columns.update(reds)
        rows += 1
        changes += sum(later - earlier > 1 for earlier, later in pairwise(reds))
    if rows < 5 or not columns:
        return False
    spread = max(columns) - min(columns)
    return spread >= grid.width * 0.3 and len(columns) <= spread + 1 and changes / rows >= 4

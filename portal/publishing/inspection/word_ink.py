"""If a run of a DOCX can be read: its ink and ground, its size and width, through styles and the cells around it.

A colour is (red, green, blue), None where Word chooses it (auto): black, or white on a dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.publishing.inspection.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
DARK, BLACK, ALIKE = 90, 20, 28
TINIEST, NARROWEST, LOWEST = 4, 12, 40
_OFF = ("0", "false", "off", "none")
_HIGHLIGHTS: dict[str, Colour] = {
    "black": (0, 0, 0),
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128),
    "darkGray": (128, 128, 128),
    "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128),
    "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0),
    "green": (0, 255, 0),
    "lightGray": (192, 192, 192),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "white": WHITE,
    "yellow": (255, 255, 0),
}
SEEN, COVERED, INVISIBLE = "", "covered", "invisible"


@dataclass(frozen=True)
class Styles:
    """The styles of a document by id, each with the one it builds on, and the style of paragraphs without one."""

    elements: dict[str, Any] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    standard: str = ""

    def chain(self, name: str) -> list[Any]:
        """A style and what it builds on, the nearest first."""
        found: list[Any] = []
        while name in self.elements and len(found) < 12:
            found.append(self.elements[name])
            name = self.parents[name]
        return found


def styles_of(package: Package) -> Styles:
    """The styles of a document. Raises Unreadable."""
    if not package.has("word/styles.xml"):
        return Styles()
    elements, parents, standard = {}, {}, ""
    for style in package.xml("word/styles.xml").iter(W + "style"):
        name = style.get(W + "styleId", "")
        elements[name] = style
        parents[name] = _value(style.find(W + "basedOn"))
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
            standard = name
    return Styles(elements, parents, standard)


def state_of(run: Any, styles: Styles) -> str:
    """COVERED for text on a ground that hides it, INVISIBLE for hidden, white, tiny or squeezed text, else SEEN."""
    paragraph = next(run.iterancestors(W + "p"), None)
    layers = _run_layers(run, paragraph, styles)
    if any(_is_on(layer, "vanish") for layer in layers[:1]) or _first_on(layers, "vanish"):
        return INVISIBLE
    if _is_on(layers[0], "specVanish") or _is_pressed(layers, paragraph):
        return INVISIBLE
    return _by_colour(run, paragraph, layers, styles)


def _run_layers(run: Any, paragraph: Any, styles: Styles) -> list[Any]:
    """The run properties that apply, the nearest first: its own, its style's, its paragraph style's."""
    own = run.find(W + "rPr")
    layers = [own]
    name = _value(own.find(W + "rStyle")) if own is not None else ""
    layers += [style.find(W + "rPr") for style in styles.chain(name)]
    layers += [style.find(W + "rPr") for style in styles.chain(_paragraph_style(paragraph, styles))]
    return layers


def _paragraph_style(paragraph: Any, styles: Styles) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    return _value(found) or styles.standard


def _is_pressed(layers: list[Any], paragraph: Any) -> bool:
    """True for letters of two points or less, of a tenth of their width, or in lines or rows without height."""
    size, width = _first(layers, "sz"), _first(layers, "w")
    if _whole(size) is not None and (_whole(size) or 0) <= TINIEST:
        return True
    if _whole(width) is not None and 0 < (_whole(width) or 0) <= NARROWEST:
        return True
    if paragraph is None:
        return False
    line = paragraph.find(f"{W}pPr/{W}spacing")
    if line is not None and line.get(W + "lineRule") == "exact":
        height = line.get(W + "line", "")
        if height.isdigit() and int(height) <= LOWEST:
            return True
    for row in paragraph.iterancestors(W + "tr"):
        given = row.find(f"{W}trPr/{W}trHeight")
        if given is not None and given.get(W + "hRule") == "exact":
            return (given.get(W + "val", "").isdigit()) and int(given.get(W + "val")) <= LOWEST
    return False


def _by_colour(run: Any, paragraph: Any, layers: list[Any], styles: Styles) -> str:
    ink = _ink(layers)
    ground, near = _ground(run, paragraph, layers, styles)
    if ground is None:
        in_box = any(True for _ in run.iterancestors("{*}txbxContent"))
        return INVISIBLE if ink is not None and not in_box and _alike(ink, WHITE) else SEEN
    if ink is None:
        # Word turns such text white on shading, but whoever blackens words means to hide them.
        return COVERED if _light(ground) < near else SEEN
    if not _alike(ink, ground) and not (_light(ground) < DARK / 2 and _light(ink) < DARK / 2):
        return SEEN
    return COVERED if _light(ground) < 200 else INVISIBLE


def _ink(layers: list[Any]) -> Colour | None:
    found = _first(layers, "color")
    return _hex(_value(found)) if found is not None else None


def _ground(run: Any, paragraph: Any, layers: list[Any], styles: Styles) -> tuple[Colour | None, int]:
    """The nearest ground behind a run, and how dark it must be to be meant to hide words of no ink of their own."""
    highlight = _first(layers, "highlight")
    if highlight is not None and _value(highlight) in _HIGHLIGHTS:
        return _HIGHLIGHTS[_value(highlight)], DARK
    own = _fill(_first(layers, "shd"))
    if own is not None:
        return own, DARK
    if paragraph is not None:
        parts = [paragraph.find(W + "pPr")]
        parts += [style.find(W + "pPr") for style in styles.chain(_paragraph_style(paragraph, styles))]
        own = _fill(_first(parts, "shd"))
        if own is not None:
            return own, BLACK
    for part in run.iterancestors(W + "tc", W + "tbl"):
        around = part.find(f"{W}tcPr/{W}shd") if part.tag == W + "tc" else part.find(f"{W}tblPr/{W}shd")
        fill = _fill(around)
        if fill is not None:
            return fill, 0
        # A table's style may give its rows a ground and an ink of their own; that is not worked out here.
        if part.tag == W + "tbl" and part.find(f"{W}tblPr/{W}tblStyle") is not None:
            return (128, 128, 128), 0
    return None, 0


def _fill(shade: Any) -> Colour | None:
    """The colour of a shading: its fill, its pattern's colour where that is solid; None for none or auto."""
    if shade is None:
        return None
    pattern = shade.get(W + "val", "clear")
    if pattern == "solid":
        return _hex(shade.get(W + "color", "")) or (0, 0, 0)
    return _hex(shade.get(W + "fill", ""))


def _hex(value: str) -> Colour | None:
    try:
        number = int(value, 16) if len(value) == 6 else -1
    except ValueError:
        return None
    return (number >> 16, number >> 8 & 255, number & 255) if number >= 0 else None


def _light(colour: Colour) -> float:
    return (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) / 1000


def _alike(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < ALIKE


def _first(layers: list[Any], name: str) -> Any:
    for layer in layers:
        found = layer.find(W + name) if layer is not None else None
        if found is not None:
            return found
    return None


def _first_on(layers: list[Any], name: str) -> bool:
    found = _first(layers, name)
    return found is not None and str(found.get(W + "val", "1")).lower() not in _OFF


def _is_on(properties: Any, name: str) -> bool:
    return properties is not None and _first_on([properties], name)


def _value(element: Any) -> str:
    return str(element.get(W + "val", "")) if element is not None else ""


def _whole(element: Any) -> int | None:
    value = _value(element).removesuffix("%")
    return int(value) if value.isdigit() else None


def covering_shape(element: Any) -> bool:
    """True for a dark shape without words that lies before the text: a wp:anchor or an old v:rect."""
    if any(True for _ in element.iter("{*}txbxContent", "{*}blip", "{*}imagedata")):
        return False
    if str(element.tag).endswith("}anchor"):
        if element.get("behindDoc") in ("1", "true"):
            return False
        fills = element.iterfind(".//{*}spPr/{*}solidFill/{*}srgbClr")
        named = element.iterfind(".//{*}spPr/{*}solidFill/{*}schemeClr")
        dark = any((colour := _hex(entry.get("val", ""))) and _light(colour) < DARK for entry in fills)
        return dark or any(entry.get("val") in ("tx1", "dk1") for entry in named)
    colour = element.get("fillcolor", "").split(" ")[0].lower()
    return colour in ("black", "#000", "#000000", "#010101")

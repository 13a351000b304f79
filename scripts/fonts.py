"""Fetch, cut and renumber the fonts of official documents into var/fonts; by HarfBuzz and fontTools.

Fandol (仿宋 楷体 黑体 and a bold 宋体 that stands in for 小标宋) comes from Debian's texlive-lang-chinese, Noto Serif SC
(宋体) from the package pylopdf-fonts-zh-cn. What neither has comes from Debian's fonts-hanazono (CJK Ext B to F) and
fonts-babelstone-han (parts of Ext G and H), cut into many small files so that a letter embeds only what it shows.

Every CFF font is renumbered: WeasyPrint writes glyph indices as codes, and by ISO 32000-1 9.7.4.2 a code is a CID that
is looked up in the font's charset. Unless CID and glyph index agree, strict readers show blanks or other signs.

An operator's own files win: put them under the same names into PORTAL_FONT_DIR/own. Files named own-*.otf or
own-*.ttf there add signs that no free font has. ADR 4 tells why.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("PORTAL_FONT_DIR") or ROOT / "var" / "fonts")
VERSION = "8"
OWN = "own"
PART = 3000
FANDOL_PACKAGE = "texlive-lang-chinese"
FANDOL = {
    "fang.otf": "FandolFang-Regular.otf",
    "kai.otf": "FandolKai-Regular.otf",
    "hei.otf": "FandolHei-Regular.otf",
    "title.otf": "FandolSong-Bold.otf",
}
MAIN = (*FANDOL, "song.otf")
RARE = {"fonts-hanazono": "HanaMinB.ttf", "fonts-babelstone-han": "BabelStoneHan.ttf"}
RARE_FROM = 0x2E80
DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "VDMX", "hdmx", "LTSH", "FFTM")
SENTENCE = (
    "缺少公文字体：请以 root 运行 apt-get update 后重试，或把 {names} 放入 {target}/own。"
    " (Fonts missing: run `apt-get update` as root and try again, or put the files there yourself.)"
)


def cut(source: Path, target: Path, codes: Iterable[int]) -> None:
    """Write a smaller font with the given characters; no layout tables, CID and glyph index the same."""
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    plan = hb.SubsetInput()
    plan.unicode_set.clear()
    plan.unicode_set.update(set(codes))
    plan.layout_feature_tag_set.clear()
    for tag in DROPPED:
        plan.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
    plan.flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    target.write_bytes(hb.subset(face, plan).blob.data)
    renumber(target)


def renumber(path: Path) -> bool:
    """Give every glyph of a CID-keyed CFF font its index as CID; True if the file was rewritten."""
    with TTFont(path, recalcBBoxes=False) as font:
        if "CFF " not in font:
            return False
        top = font["CFF "].cff.topDictIndex[0]
        old = top.charset
        new = [".notdef", *(f"cid{index:05d}" for index in range(1, len(old)))]
        if not hasattr(top, "ROS") or old == new:
            return False
        name = dict(zip(old, new, strict=True))
        font["hmtx"].metrics = {name[glyph]: metric for glyph, metric in font["hmtx"].metrics.items()}
        for table in font["cmap"].tables:
            table.cmap = {code: name[glyph] for code, glyph in table.cmap.items()}
        top.CharStrings.charStrings = {
            name[glyph]: index for glyph, index in top.CharStrings.charStrings.items()
        }
        top.charset, top.ROS = new, ("Adobe", "Identity", 0)
        font.setGlyphOrder(new)
        font.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    return True


def signs_of(path: Path) -> set[int]:
    """The code points that a font file has."""
    return set(hb.Face(hb.Blob.from_file_path(str(path))).unicodes)


def is_usual(code: int) -> bool:
    """True for GB 2312 and symbols."""
    if code < 0x3400 or 0xFE30 <= code <= 0xFFEF:
        return True
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_private(code: int) -> bool:
    """True for private use: shape and meaning differ from machine to machine, so no face of ours draws it."""
    return unicodedata.category(chr(code)) == "Co"


def unpack(package: str, wanted: Iterable[str], folder: Path) -> None:
    """Download a Debian package and unpack the files of those names and its licence texts. Raises FileNotFoundError."""
    subprocess.run(
        ["apt-get", "-o", "APT::Sandbox::User=root", "download", package],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    deb = next(folder.glob(f"{package}_*.deb"))
    patterns = [
        "--wildcards",
        *[f"*/{name}" for name in wanted],
        "*/doc/*fandol*",
        f"*/doc/{package}/copyright",
    ]
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE) as tar:
        subprocess.run(["tar", "-x", *patterns], cwd=folder, stdin=tar.stdout, stderr=subprocess.DEVNULL)
    deb.unlink()
    for name in wanted:
        if not list(folder.rglob(name)):
            raise FileNotFoundError(name)


def fetch_fandol(folder: Path) -> None:
    """The Fandol faces as Debian ships them, and their licence, somewhere under `folder`."""
    unpack(FANDOL_PACKAGE, FANDOL.values(), folder)


def keep_own(target: Path, before: dict[str, int]) -> None:
    """Move files that an earlier set did not make (an operator's own) into own/; drop the rest."""
    own = target / OWN
    for path in [*target.glob("*.otf"), *target.glob("*.ttf")]:
        if path.name in MAIN and path.stat().st_size != before.get(path.name, path.stat().st_size):
            own.mkdir(exist_ok=True)
            path.rename(own / path.name)
        else:
            path.unlink()


def make_main(folder: Path, target: Path, noto: Path) -> None:
    """The five faces of the letter; an operator's own file is copied and renumbered instead."""
    own = target / OWN
    missing = [name for name in FANDOL if not (own / name).exists()]
    if missing:
        fetch_fandol(folder)
    for name in MAIN:
        if (own / name).exists():
            shutil.copy(own / name, target / name)
            renumber(target / name)
            continue
        source = noto if name == "song.otf" else next(folder.rglob(FANDOL[name]))
        cut(source, target / name, filter(is_usual, signs_of(source)))


def make_rare(folder: Path, target: Path, noto: Path) -> dict[str, list[int]]:
    """The faces of rare signs by their file names, with the code points of each as [first, last, first, last, …]."""
    have = signs_of(target / "song.otf")
    sources = [*sorted((target / OWN).glob("own-*.[ot]tf")), noto]
    for package, name in RARE.items():
        unpack(package, [name], folder)
        sources.append(next(folder.rglob(name)))
    made = {}
    for source in sources:
        mine = source.parent.name == OWN
        least = 0xA0 if mine else RARE_FROM
        codes = sorted(code for code in signs_of(source) - have if code >= least and not is_private(code))
        have |= set(codes)
        for start in range(0, len(codes), PART):
            part = codes[start : start + PART]
            name = f"rare{len(made) + 1:02d}{source.suffix}"
            cut(source, target / name, part)
            made[name] = as_ranges(sorted(signs_of(target / name) & set(part)))
    return made


def as_ranges(codes: list[int]) -> list[int]:
    """Sorted code points as first and last of each run."""
    runs: list[int] = []
    for code in codes:
        if runs and runs[-1] == code - 1:
            runs[-1] = code
        else:
            runs += [code, code]
    return runs


def own_digest(target: Path) -> str:
    """A digest over the operator's own files: others mean a new set."""
    whole = hashlib.sha256()
    for path in sorted((target / OWN).glob("*.[ot]tf")):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def is_current(target: Path) -> bool:
    """True if the set there is of this version, complete, and made from the own files that lie there."""
    stamp = target / "manifest.json"
    if not stamp.exists():
        return False
    made = json.loads(stamp.read_text())
    if made["version"] != VERSION or made["own"] != own_digest(target):
        return False
    return all((target / name).exists() for name in made["files"])


def make(target: Path) -> None:
    """Make the whole set anew. Raises OSError, CalledProcessError or StopIteration if a source cannot be had."""
    target.mkdir(parents=True, exist_ok=True)
    stamp = target / "manifest.json"
    before = json.loads(stamp.read_text())["files"] if stamp.exists() else {}
    with tempfile.TemporaryDirectory() as temporary:
        folder, made = Path(temporary) / "from", Path(temporary) / "to"
        folder.mkdir(mode=0o755)
        Path(temporary).chmod(0o755)
        made.mkdir()
        keep_own(target, before)
        if (target / OWN).exists():
            (made / OWN).symlink_to((target / OWN).resolve())
        noto = Path(str(files("pylopdf_fonts_zh_cn") / "NotoSerifSC-Regular.otf"))
        make_main(folder, made, noto)
        rare = make_rare(folder, made, noto)
        for text in folder.rglob("*"):
            if text.is_file() and text.name.upper().startswith(("COPYING", "README", "COPYRIGHT")):
                shutil.copy(text, made / f"{text.parent.name}-{text.name}")
        for path in made.iterdir():
            if path.is_file():
                shutil.copy(path, target / path.name)
    names = [*MAIN, *rare]
    sizes = {name: (target / name).stat().st_size for name in names}
    usual = {code for code in signs_of(target / "fang.otf") if not is_private(code)}
    song = {code for code in signs_of(target / "song.otf") - usual if not is_private(code)}
    runs = {"fang.otf": as_ranges(sorted(usual)), "song.otf": as_ranges(sorted(song)), **rare}
    stamp.write_text(
        json.dumps({"version": VERSION, "own": own_digest(target), "files": sizes, "signs": runs})
    )


def main() -> int:
    """Make the fonts that are missing or of an older set; 0 when all are there."""
    if is_current(TARGET):
        return 0
    try:
        make(TARGET)
    except (OSError, subprocess.CalledProcessError, StopIteration) as error:
        print(SENTENCE.format(names="、".join(MAIN), target=TARGET), f"[{error}]", file=sys.stderr)
        return 1
    print(f"fonts ready in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

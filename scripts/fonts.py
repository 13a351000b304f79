"""Fetch and cut the fonts of official documents into var/fonts; by HarfBuzz.

Fandol (仿宋 楷体 黑体 and a bold 宋体 that stands in for 小标宋) comes from Debian's texlive-lang-chinese package,
Noto Serif SC (宋体, and every character the others lack) from the package pylopdf-fonts-zh-cn. An
operator's own files win: put them under the same names into PORTAL_FONT_DIR.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("PORTAL_FONT_DIR") or ROOT / "var" / "fonts")
VERSION = "4"
RARE = tuple(f"rare{number}.otf" for number in range(1, 9))
PACKAGE = "texlive-lang-chinese"
FANDOL = {
    "fang.otf": "FandolFang-Regular.otf",
    "kai.otf": "FandolKai-Regular.otf",
    "hei.otf": "FandolHei-Regular.otf",
    "title.otf": "FandolSong-Bold.otf",
}
SENTENCE = (
    "缺少公文字体：请以 root 运行 apt-get update 后重试，或把 {names} 放入 {target}。"
    " (Fonts missing: run `apt-get update` as root and try again, or put the files there yourself.)"
)


def cut(source: Path, target: Path, wanted: Callable[[set[int]], set[int]]) -> None:
    """Write a smaller font with the characters that `wanted` picks of those it has; no layout tables."""
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    have = set(face.unicodes)
    plan = hb.SubsetInput()
    plan.unicode_set.clear()
    plan.unicode_set.update(wanted(have))
    plan.layout_feature_tag_set.clear()
    for tag in ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"):
        plan.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
    plan.flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    target.write_bytes(hb.subset(face, plan).blob.data)


def usual(have: set[int]) -> set[int]:
    """GB 2312 and symbols."""
    return {code for code in have if _usual(code)}


def rare(part: int) -> Callable[[set[int]], set[int]]:
    """One of the equal parts of all that is not usual: a letter with a rare name embeds only its part."""

    def wanted(have: set[int]) -> set[int]:
        codes = sorted(have - usual(have))
        size = -(-len(codes) // len(RARE))
        return set(codes[part * size : (part + 1) * size])

    return wanted


def _usual(code: int) -> bool:
    if code < 0x3400 or 0xFE30 <= code <= 0xFFEF:
        return True
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def fetch_fandol(folder: Path) -> None:
    """Download the Debian package into `folder` and unpack its Fandol faces and licence there."""
    subprocess.run(
        ["apt-get", "-o", "APT::Sandbox::User=root", "download", PACKAGE],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    package = next(folder.glob(f"{PACKAGE}_*.deb"))
    wanted = ["--wildcards", *[f"*/{name}" for name in FANDOL.values()], "*/doc/*fandol*"]
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as unpack:
        subprocess.run(["tar", "-x", *wanted], cwd=folder, stdin=unpack.stdout, stderr=subprocess.DEVNULL)
    for name in FANDOL.values():
        if not list(folder.rglob(name)):
            raise FileNotFoundError(name)


def main() -> int:
    """Make the fonts that are missing; 0 when all are there."""
    stamp = TARGET / "manifest.json"
    names = [*FANDOL, "song.otf", *RARE]
    if (
        stamp.exists()
        and json.loads(stamp.read_text())["version"] == VERSION
        and all((TARGET / n).exists() for n in names)
    ):
        return 0
    TARGET.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            folder.chmod(0o755)
            if not all((TARGET / name).exists() for name in FANDOL):
                fetch_fandol(folder)
                for name, original in FANDOL.items():
                    if not (TARGET / name).exists():
                        cut(next(folder.rglob(original)), TARGET / name, usual)
                for text in folder.rglob("*"):
                    if (
                        text.is_file()
                        and "fandol" in str(text).lower()
                        and text.name.upper().startswith(("COPYING", "README"))
                    ):
                        shutil.copy(text, TARGET / f"fandol-{text.name}")
            source = Path(str(files("pylopdf_fonts_zh_cn") / "NotoSerifSC-Regular.otf"))
            cut(source, TARGET / "song.otf", usual)
            for part, name in enumerate(RARE):
                cut(source, TARGET / name, rare(part))
    except (OSError, subprocess.CalledProcessError, StopIteration) as error:
        print(SENTENCE.format(names="、".join(names), target=TARGET), f"[{error}]", file=sys.stderr)
        return 1
    stamp.write_text(
        json.dumps({"version": VERSION, "files": {n: (TARGET / n).stat().st_size for n in names}})
    )
    print(f"fonts ready in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`make papers-report`: every kind of paper before veraPDF and four readers; exit 1 if one falls short."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from judges import absent  # type: ignore[import-not-found]  # a script beside the runner of the tests

from bench import readers, verapdf


def verdict(broken: dict[str, int]) -> str:
    """ok, or the broken rules with how often."""
    return "ok" if not broken else " ".join(f"{rule}×{count}" for rule, count in broken.items())


def report(say: Callable[[str], None] = print) -> int:
    """One line a paper; the number of papers that fall short."""
    from bench.papers import every_paper

    papers = every_paper()
    short = 0
    with TemporaryDirectory(prefix="papers-") as name:
        paths = [Path(name) / f"{code}.pdf" for code in papers]
        for path, data in zip(paths, papers.values(), strict=True):
            path.write_bytes(data)
        judged = verapdf.broken_rules(paths)
    say(f"{'kind':<26}{'PDF/UA-1':<12}{'PDF/A-2a':<12}{'four readers':<14}pages")
    for (code, data), broken in zip(papers.items(), judged, strict=True):
        apart = readers.differences(data)
        pages = len(readers.signs_of(data))
        agree = "agree" if not apart else "; ".join(map(str, apart))
        verdicts = [verdict(broken[profile]) for profile in verapdf.PROFILES]
        short += bool(apart) or verdicts != ["ok", "ok"]
        say(f"{code:<26}{verdicts[0]:<12}{verdicts[1]:<12}{agree:<14}{pages}")
    say(f"{len(papers)} papers, {short} fall short")
    return short


def main() -> int:
    """Print the report; 2 if a judge is not on this machine."""
    if missing := absent():
        print(f"not installed: {' '.join(missing)}; run make setup as root", file=sys.stderr)
        return 2
    return 1 if report() else 0


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    sys.exit(main())

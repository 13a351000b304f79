"""Write the hashed lock files anew from requirements/*.in; no address of a registry is written."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from terminal import ROOT, VENV, call, say

LOCKS = ("runtime", "dev", "tools", "node", "mutants", "peers")


def main() -> None:
    """One uv run for each lock."""
    for name in LOCKS:
        say(f"==> requirements/{name}.txt")
        call(
            [
                VENV / "bin" / "uv",
                "pip",
                "compile",
                "--universal",
                "--generate-hashes",
                "--no-header",
                "--no-annotate",
                "--python-version",
                "3.11",
                "--quiet",
                f"requirements/{name}.in",
                "-o",
                f"requirements/{name}.txt",
                *sys.argv[1:],
            ],
            tries=2,
        )
    say(f"Locks written under {ROOT.name}/requirements; run make setup to install them.")


if __name__ == "__main__":
    main()

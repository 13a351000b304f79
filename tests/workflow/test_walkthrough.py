"""Each path that manage.py walkthrough shows holds: its dates, its papers, its ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.site.management.commands.walkthrough import PATHS
from requests_app.walkthrough import Walk


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(PATHS))
def test_path_of_walkthrough(db: None, path: str, tmp_path: Path) -> None:
    said: list[str] = []
    PATHS[path](Walk(said.append, tmp_path))
    assert "台账核验通过" in said[-1]
    assert path in ("publish", "poll") or list(tmp_path.glob("*.pdf"))

"""The generated documents are those that the code would write now."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from portal.site.generated_docs import pages, write


def test_limits_and_lifecycles_are_up_to_date() -> None:
    folder = Path(settings.BASE_DIR) / "docs"
    stale = [
        name for name, content in pages().items() if (folder / name).read_text(encoding="utf-8") != content
    ]
    assert stale == []


def test_write_changes_nothing_the_second_time(tmp_path: Path) -> None:
    assert sorted(write(tmp_path)) == sorted(pages())
    assert write(tmp_path) == []

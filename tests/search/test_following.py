"""The index follows the database, and is made anew when it is torn, missing or another database's."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from portal.search import following
from portal.search.actions import drop, index
from portal.search.engine.home import Home
from portal.search.models import SearchEntry, SearchRemoval, SearchState
from portal.search.queries import search

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_index(db: None) -> Iterator[None]:
    following.forget()
    yield
    following.forget()


def put(key: str, title: str, body: str = "正文", **changes: object) -> None:
    facts = {"kind": "article", "unit": None, "published_on": date(2026, 3, 1), "url": f"/{key}/", **changes}
    index(key=key, title=title, body=body, **facts)  # type: ignore[arg-type]


def keys(query: str) -> list[str]:
    return [hit.entry.key for hit in search(query).hits]


def test_what_is_put_in_renewed_and_taken_out_is_followed() -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    put("b", "停车场解读")
    assert sorted(keys("停车场")) == ["a", "b"]
    put("a", "供水条例")
    assert keys("停车场") == ["b"] and keys("供水") == ["a"]
    drop(key="b")
    assert keys("停车场") == []


def test_every_change_has_the_next_number() -> None:
    first = SearchState.objects.get().change
    put("a", "一")
    put("b", "二")
    drop(key="a")
    assert SearchState.objects.get().change == first + 3
    assert SearchEntry.objects.get(key="b").change == first + 2
    assert SearchRemoval.objects.get().change == first + 3


def test_a_thing_that_comes_back_is_found_again() -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    drop(key="a")
    assert keys("停车场") == []
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    assert SearchRemoval.objects.count() <= 1


def test_a_row_that_is_gone_is_no_answer_even_while_the_index_has_it() -> None:
    put("a", "停车场规定")
    put("b", "停车场解读")
    assert len(keys("停车场")) == 2
    SearchEntry.objects.filter(key="a").delete()  # as a unit's end does: nothing tells the index
    assert keys("停车场") == ["b"]


@pytest.mark.parametrize("damage", ["meta", "segment", "pointer", "all"])
def test_a_torn_index_is_made_anew(damage: str) -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    folder = following.home().current()
    assert folder is not None
    following.forget()
    files = {
        "meta": [folder / "meta.json"],
        "segment": [path for path in folder.iterdir() if path.suffix in (".term", ".idx", ".store", ".fast")],
        "pointer": [Path(settings.PORTAL_SEARCH_DIR) / "current"],
        "all": [path for path in folder.iterdir() if path.is_file()],
    }[damage]
    for path in files:
        path.unlink()  # a new file: whoever still reads the old one in memory is not cut off
        path.write_bytes(b"torn" if damage != "all" else b"")
    assert keys("停车场") == ["a"]


def test_a_wiped_directory_is_made_anew() -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    folder = Path(settings.PORTAL_SEARCH_DIR)
    while any(folder.iterdir()):  # the writer that is still at work may leave a file behind
        for path in list(folder.iterdir()):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    assert keys("停车场") == ["a"]


def test_another_database_is_not_answered_from_this_index() -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    SearchEntry.objects.all().delete()
    SearchState.objects.update(history=uuid.uuid4())
    put("z", "停车场来自别处")
    assert keys("停车场") == ["z"]
    reader = following.reader()
    assert reader is not None and reader.searcher.num_docs == 2  # the one text and the state


def test_while_another_process_writes_the_database_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a", "停车场规定")
    home = following.home()
    home.root.mkdir(parents=True, exist_ok=True)
    with (home.root / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        results = search("停车场")
        assert results.waiting and [hit.entry.key for hit in results.hits] == ["a"]
    assert not search("停车场").waiting


def test_an_index_in_use_goes_on_answering_while_another_process_writes() -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    with (following.home().root / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        put("b", "停车场解读")
        drop(key="a")
        results = search("停车场")
        assert not results.waiting and [hit.entry.key for hit in results.hits] == []
    assert keys("停车场") == ["b"]


KILLED = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from portal.search.engine.document import Text
from portal.search.engine.home import Home
from portal.search.engine.writing import Followed, make

def texts():
    for number in range(100000):
        if number == 50:
            print("writing", flush=True)
        yield Text(number, "停车场规定", "正文" * 50)
        if number > 50:
            time.sleep(0.01)

home = Home(Path(sys.argv[2]))
with home.writing() as free:
    assert free
    path = home.fresh()
    make(path, texts(), Followed("x", 1))
    home.use(path)
"""


def test_a_killed_writer_leaves_the_index_before_and_a_free_lock(tmp_path: Path) -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    before = following.home().current()
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(ROOT), str(settings.PORTAL_SEARCH_DIR)],
        stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PORTAL_ENV": "test"},
    )  # fmt: skip
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"writing\n"
    assert search("停车场").hits[0].entry.key == "a"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert following.home().current() == before
    put("b", "停车场解读")
    assert sorted(keys("停车场")) == ["a", "b"]
    call_command("rebuild_index", stdout=StringIO())
    left = [path for path in following.home().root.iterdir() if path.is_dir()]
    assert left == [following.home().current()]


def test_two_readers_see_what_a_third_process_wrote() -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    held = following.reader()
    following.forget()  # another process of this machine
    put("b", "停车场解读")
    assert sorted(keys("停车场")) == ["a", "b"]
    assert held is not None
    held.refresh()
    assert held.searcher.num_docs == 3


def test_rebuild_tells_how_many() -> None:
    put("a", "停车场规定")
    put("b", "供水条例")
    out = StringIO()
    call_command("rebuild_index", stdout=out)
    assert "2 of 2 entries" in out.getvalue()
    assert "The index holds 2 entries" in out.getvalue()


def test_nothing_follows_inside_a_transaction_that_may_be_rolled_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("a", "停车场规定")
    assert keys("停车场") == ["a"]
    monkeypatch.setattr(settings, "PORTAL_SEARCH_INLINE", False)  # a test stands in a transaction
    put("b", "停车场解读")
    assert keys("停车场") == ["a"]


def test_a_home_takes_no_strange_directory_for_an_index(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("../elsewhere")
    (tmp_path.parent / "elsewhere").mkdir(exist_ok=True)
    assert Home(tmp_path).current() is None
    with Home(tmp_path).writing() as free:
        assert free

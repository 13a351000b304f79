"""The index of this machine, kept up with the database.

A search asks the database for its last change number, which is one short query, at most twice a second. An index that is behind follows
under the writer's lock; one that is torn, missing, or of another history is made anew, and until then the database
answers. Nothing follows inside a transaction, whose rows may never come to be.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, models

from portal.search.engine.document import Text
from portal.search.engine.home import Home
from portal.search.engine.reader import Reader
from portal.search.engine.schema import VERSION, opened
from portal.search.engine.writing import Followed, followed, make, write
from portal.search.kinds import number_of
from portal.search.models import SearchEntry, SearchRemoval, SearchState
from portal.search.ranks import rank_of

log = logging.getLogger("portal.search")

AT_ONCE = 300
BROKEN = (ValueError, OSError)
PANIC = "PanicException"
Progress = Callable[[int, int], None]


@dataclass
class _Open:
    """The index that this process reads."""

    path: Path | None = None
    reader: Reader | None = None
    state: Followed = field(default_factory=Followed)
    sure_until: float = 0.0


_open = _Open()
_guard = threading.RLock()
_builder: list[threading.Thread] = []


def home() -> Home:
    """The directory of this machine's index."""
    return Home(Path(settings.PORTAL_SEARCH_DIR))


def target() -> Followed:
    """How far the database is."""
    row = SearchState.objects.values_list("history", "change").first()
    return Followed(str(row[0]), int(row[1])) if row else Followed("", 0)


def reader() -> Reader | None:
    """The index, as near to the database as can be had now; None while there is none."""
    with _guard:
        now = time.monotonic()
        if now < _open.sure_until and _open.reader is not None:
            return _open.reader
        wanted = target()
        if _look(wanted):
            _open.sure_until = now + settings.PORTAL_SEARCH_SURE_SECONDS
            return _open.reader
        if _may_write():
            behind = _behind(wanted)
            if behind is not None and behind <= AT_ONCE:
                _try(lambda: _follow(wanted))
            elif behind is None and (settings.PORTAL_SEARCH_INLINE or not _many()):
                _try(rebuild)
            else:
                _build_beside(whole=behind is None)
            _look(wanted)
        same = _open.state.history == wanted.history and _open.state.change <= wanted.change
        return _open.reader if same and _open.state.version == VERSION else None


def forget() -> None:
    """Close what is open, for another directory or database."""
    with _guard:
        _open.path, _open.reader, _open.state, _open.sure_until = None, None, Followed(), 0.0


def _may_write() -> bool:
    return settings.PORTAL_SEARCH_INLINE or not connection.in_atomic_block


def _look(wanted: Followed) -> bool:
    """Read what is committed on disk; True if that is all that the database has."""
    path = home().current()
    if path is None:
        forget()
        return False
    if path == _open.path and _open.state == wanted:
        return True
    try:
        if path != _open.path or _open.reader is None:
            _open.path, _open.reader = path, Reader(opened(path))
        else:
            _open.reader.refresh()
        _open.state = followed(_open.reader.searcher)
    except BaseException as error:
        if not is_broken(error):
            raise
        torn()
        return False
    return _open.state == wanted


def _behind(wanted: Followed) -> int | None:
    """How many rows the index lacks; None if it must be made anew."""
    state = _open.state
    if _open.reader is None or state.history != wanted.history or state.change > wanted.change:
        return None
    if state.version != VERSION:
        return None
    changed = SearchEntry.objects.filter(change__gt=state.change).count()
    return changed + SearchRemoval.objects.filter(change__gt=state.change).count()


def _many() -> bool:
    return SearchEntry.objects.all()[AT_ONCE : AT_ONCE + 1].exists()


def is_broken(error: BaseException) -> bool:
    """True for what a torn index does; the engine's panics are no ordinary exceptions."""
    return isinstance(error, BROKEN) or type(error).__name__ == PANIC


def torn() -> None:
    """An index that could be opened and not read: out of use, so that it is made anew."""
    log.error("the search index is torn and is made anew", exc_info=True)
    forget()
    home().drop()


def _try(work: Callable[[], object]) -> None:
    try:
        work()
    except BaseException as error:
        if not is_broken(error):
            raise
        log.exception("the search index could not be written")
        torn()


def _follow(wanted: Followed) -> None:
    with home().writing() as free:
        path = home().current()
        if not free or path is None:
            return
        index = opened(path)
        since = followed(index.searcher()).change
        write(
            index,
            texts(SearchEntry.objects.filter(change__gt=since, change__lte=wanted.change)),
            SearchRemoval.objects.filter(change__gt=since).values_list("entry", flat=True),
            wanted,
        )


def rebuild(progress: Progress | None = None, *, wait: bool = False) -> int | None:
    """Make the index of this machine anew; gives how many texts it has, None if another process is at it."""
    with home().writing(wait=wait) as free:
        if not free:
            return None
        home().prune()
        wanted = target()
        path = home().fresh()
        rows = SearchEntry.objects.filter(change__lte=wanted.change)
        count = make(path, _told(texts(rows), progress, rows.count() if progress else 0), wanted)
        home().use(path)
        return count


def _told(rows: Iterator[Text], progress: Progress | None, total: int) -> Iterator[Text]:
    for done, text in enumerate(rows, 1):
        yield text
        if progress is not None and (done % 1000 == 0 or done == total):
            progress(done, total)


def texts(rows: models.QuerySet[SearchEntry]) -> Iterator[Text]:
    """Rows as the engine takes them, in the order of their changes."""
    fields = ("pk", "kind", "title", "body", "attached", "chip", "validity", "published_on")
    found = rows.order_by("change", "pk").values_list(*fields, "unit_id", "unit__code", "unit__short_name")
    for pk, kind, title, body, attached, chip, validity, day, unit_id, code, unit in found.iterator(500):
        yield Text(
            number=pk,
            title=title,
            body=f"{body}\n{attached}" if attached else body,
            kind=kind,
            kind_no=number_of(kind),
            chip=chip,
            chip_no=number_of(chip),
            unit=code or "",
            unit_no=unit_id or 0,
            day=day,
            rank=rank_of(chip, validity, day),
            extra=unit or "",
        )


def _build_beside(*, whole: bool) -> None:
    """Follow a long way in a thread of its own, one in this process."""
    if any(thread.is_alive() for thread in _builder):
        return

    def work() -> None:
        try:
            rebuild() if whole else _follow(target())
        except BROKEN:
            log.exception("the search index could not be made")
        finally:
            connection.close()

    _builder[:] = [threading.Thread(target=work, name="search-index", daemon=True)]
    _builder[0].start()

"""A connection that seals what a transaction wrote, before the transaction is committed."""

from __future__ import annotations

from typing import Any


class SealingWrapper:
    """Mixed into Django's DatabaseWrapper."""

    atomic_blocks: Any
    alias: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pending: Any = None
        self.written_by_migrations: dict[str, set[tuple[Any, ...]]] = {}

    @property
    def pending(self) -> Any:
        """The rows written and not sealed yet."""
        from portal.ledger.pending import Pending

        if self._pending is None:
            self._pending = Pending()
        return self._pending

    def settle(self) -> None:
        """Seal now, unless a block is open that will do so at its end."""
        if self._pending and not self._ends_later():
            self._pending.settle(self)

    def _ends_later(self) -> bool:
        """A test's own block never ends; one without a savepoint inside it tells nobody that it does."""
        return any(block.savepoint and not block._from_testcase for block in self.atomic_blocks)

    def commit(self) -> None:
        """As Django's, with the seals."""
        if self._pending:
            self._pending.settle(self)
        super().commit()  # type: ignore[misc]  # Django's wrapper stands behind this one

    def savepoint_commit(self, sid: str) -> None:
        """As Django's; the last of a test's blocks that can seal does so."""
        if not self.needs_rollback:
            self.settle()
        super().savepoint_commit(sid)  # type: ignore[misc]

    def rollback(self) -> None:
        """As Django's; nothing was written."""
        self._pending = None
        super().rollback()  # type: ignore[misc]

    def connect(self) -> None:
        """As Django's; a new connection has written nothing."""
        self._pending = None
        super().connect()  # type: ignore[misc]

    needs_rollback: bool

"""The compilers of PostgreSQL, sealing."""

from django.db.backends.postgresql import compiler

from portal.ledger.backends.writes import SealedDelete, SealedInsert, SealedUpdate

SQLCompiler = compiler.SQLCompiler
SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLInsertCompiler(SealedInsert, compiler.SQLInsertCompiler):  # type: ignore[misc]  # one signature for both engines
    pass


class SQLUpdateCompiler(SealedUpdate, compiler.SQLUpdateCompiler):  # type: ignore[misc]  # one signature for both engines
    pass


class SQLDeleteCompiler(SealedDelete, compiler.SQLDeleteCompiler):  # type: ignore[misc]  # one signature for both engines
    pass

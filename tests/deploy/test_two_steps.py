"""A release only adds, so that old and new processes run side by side."""

from __future__ import annotations

import pytest

from tests.servers import ROOT  # noqa: F401  # brings scripts/ into the path

from two_steps import contracting, since_last_release  # isort: skip

pytestmark = pytest.mark.one_engine


def migration(operation: str, more: str = "") -> str:
    """The source of a migration with that operation."""
    return f"from django.db import migrations, models\n{more}\nclass Migration:\n    operations = [{operation}]\n"


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ("migrations.RemoveField(model_name='case', name='title')", ["RemoveField case.title"]),
        ("migrations.RenameField(model_name='case', old_name='a', new_name='b')", ["RenameField case.a"]),
        ("migrations.DeleteModel(name='Draft')", ["DeleteModel Draft"]),
        (
            "migrations.AddField(model_name='case', name='x', field=models.CharField(default='', max_length=9))",
            ["AddField case.x without db_default or null"],
        ),
        ("migrations.AddField(model_name='case', name='x', field=models.CharField(default='', db_default=''))", []),
        ("migrations.AddField(model_name='case', name='x', field=models.DateField(null=True))", []),
        ("migrations.AddField(model_name='case', name='x', field=models.ManyToManyField(to='y'))", []),
        ("migrations.CreateModel(name='New', fields=[])", []),
        ("migrations.AddIndex(model_name='case', index=models.Index(fields=['x'], name='i'))", []),
    ],
)  # fmt: skip
def test_what_the_old_release_cannot_live_with_is_named(operation: str, told: list[str]) -> None:
    assert contracting(migration(operation)) == told


def test_second_step_says_what_stopped_using_it() -> None:
    source = migration("migrations.DeleteModel(name='Draft')", 'CONTRACTS = "Draft, unused since 1.2.0"')
    assert contracting(source) == []


def test_every_migration_since_the_last_release_only_adds() -> None:
    found = {path.name: contracting(path.read_text(encoding="utf-8")) for path in since_last_release()}
    assert {name: what for name, what in found.items() if what} == {}

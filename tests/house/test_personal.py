"""What is personal is declared once, on the field: nothing is sealed without saying what it tells of somebody."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.utils import timezone

from portal.privacy.fields import SealedTextField
from portal.privacy.personal import contacts
from portal.privacy.retention import RULES
from tests.house.sources import ROOT

SEALED = [
    (model, field)
    for model in apps.get_models()
    for field in model._meta.local_concrete_fields
    if isinstance(field, SealedTextField)
]


def test_every_sealed_field_says_what_it_tells_of_a_person() -> None:
    silent = [f"{model.__name__}.{field.name}" for model, field in SEALED if field.personal is None]
    assert (silent, len(SEALED) > 70) == ([], True)


def test_every_table_with_contacts_has_a_rule_that_erases_them(db: None) -> None:
    held = {model for model, _ in SEALED if contacts(model)}
    erased = {rule.overdue(timezone.now()).model for rule in RULES.values()}
    assert held - erased == set()


@pytest.mark.one_engine
def test_field_declared_on_the_model_alone_is_blocked_masked_revealed_and_erased() -> None:
    """A run of its own, in which the request has one field more."""
    own = str(ROOT / "var" / "test" / f"made-up-{os.getpid()}.sqlite3")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
            *("-p", "tests.house.made_up.plugin", "tests/house/made_up/check.py"),
        ],
        cwd=ROOT,
        env={**os.environ, "PORTAL_TEST_SQLITE": own, "DATABASE_URL": "", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 passed" in done.stdout

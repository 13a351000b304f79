"""Steps, papers, settings and words that must be declared in full."""

from __future__ import annotations

import ast
import importlib
import re
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import get_template
from django_fsm import FSMField

from portal.documents.kinds import KINDS as DOCUMENT_KINDS
from tests.house.sources import APPS, ROOT, python_files

LIFECYCLES = [
    (model, field)
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, FSMField)
]


def transitions() -> list[Any]:
    """Every transition of every lifecycle as a pytest parameter."""
    return [
        pytest.param(transition, id=f"{model.__name__}.{transition.name}:{transition.source}")
        for model, field in LIFECYCLES
        for transition in sorted(field.get_all_transitions(model), key=lambda t: (t.name, t.source))
    ]


@pytest.mark.parametrize("transition", transitions())
def test_every_transition_has_a_label_and_a_source(transition: Any) -> None:
    assert transition.custom.get("label")
    assert transition.custom.get("basis") or transition.custom.get("source")


@pytest.mark.parametrize("code", sorted(DOCUMENT_KINDS))
def test_every_document_kind_has_template_sample_and_statute(code: str) -> None:
    kind = DOCUMENT_KINDS[code]
    assert get_template(f"documents/{kind.template.removesuffix('.html')}.html")
    assert [fact for fact in kind.facts if fact not in kind.sample] == []
    assert kind.statute


def settings_read() -> set[str]:
    """Names of the environment variables that portal/settings.py and portal/env.py read."""
    readers = {"text", "flag", "number", "words", "secret"}
    found = set()
    for file in ("settings.py", "env.py"):
        for node in ast.walk(ast.parse((ROOT / "portal" / file).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            reader = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if reader in readers and str(node.args[0].value).isupper():
                found.add(str(node.args[0].value))
    return found


def test_every_setting_read_from_the_environment_is_in_the_readme() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("README.md is not there yet")
    text = readme.read_text(encoding="utf-8")
    assert {setting for setting in settings_read() if setting not in text} == set()


def test_every_glossary_identifier_exists_in_the_code() -> None:
    glossary = ROOT / "docs" / "glossary.md"
    if not glossary.exists():
        pytest.skip("docs/glossary.md is not there yet")
    texts = (path.read_text(encoding="utf-8") for path in python_files(*APPS))
    code = {word for text in texts for word in re.findall(r"\w+", text)}
    named = re.findall(r"`([A-Za-z_][\w.]*)(?:\(\))?`", glossary.read_text(encoding="utf-8"))
    missing = {word for word in named if word.split(".")[-1] not in code}
    assert missing == set()


def test_every_app_is_known_to_the_settings() -> None:
    from django.conf import settings

    folders = [path.parent for app in APPS for path in (ROOT / app).rglob("apps.py")]
    missing = [
        name
        for folder in folders
        if (name := ".".join(folder.relative_to(ROOT).parts)) not in settings.INSTALLED_APPS
    ]
    assert missing == []


def test_every_migration_can_be_undone() -> None:
    from django.db.migrations import Migration, RunPython, RunSQL

    stuck = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("migrations/0*.py")):
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            migration: type[Migration] = module.Migration
            stuck += [
                f"{module.__name__}: {type(operation).__name__}"
                for operation in migration.operations
                if isinstance(operation, RunPython | RunSQL) and not operation.reversible
            ]
    assert stuck == []

"""What a template may not hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import APPS, ROOT, committed, name, python_files, templates

# Papers are laid out by WeasyPrint, not by a browser: their page sizes stand in the paper's own style sheet.
PAPERS = "templates/documents/"
COMMENT = re.compile(r"{#.*?#}|{% comment.*?%}.*?{% endcomment %}|<!--.*?-->", re.S)
FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/(?:ld\+)?json|text/plain)\")"
    ),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "javascript address": re.compile(r"(?i)javascript:"),
    "unescaped output": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
    "origin of another": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)[a-z]"),
}
PAGES = [path for path in templates() if not name(path).startswith(PAPERS) or path.name == "verify.html"]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_template_has_nothing_inline_unescaped_or_foreign(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_papers_escape_everything() -> None:
    unsafe = re.compile(r"\|\s*safe\b|{%\s*autoescape off")
    found = [name(path) for path in templates() if unsafe.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_mark_safe_is_used_nowhere_in_python() -> None:
    found = [name(path) for path in python_files(*APPS) if "mark_safe" in path.read_text(encoding="utf-8")]
    assert found == []


def test_every_posting_form_carries_the_csrf_token() -> None:
    form = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.S | re.I)
    bare = [
        name(path)
        for path in templates()
        for body in form.findall(path.read_text(encoding="utf-8"))
        if "csrf_token" not in body and "block" not in body
    ]
    assert bare == []


def test_every_template_that_code_names_exists() -> None:
    known = {str(path.relative_to(ROOT / "templates")) for path in templates() if "templates" in path.parts}
    used = re.compile(r"[\"']((?:[a-z_]+/)+[a-z_]+\.html)[\"']")
    missing = {
        f"{name(path)}: {template}"
        for path in [*python_files(*APPS), *templates()]
        for template in used.findall(path.read_text(encoding="utf-8"))
        if template not in known
        and not template.startswith(("django/", "admin/", "allauth/", "mfa/", "account/"))
    }
    assert missing == set()


LEADING_NOUGHTS = re.compile(
    r"年0\d月|月0\d日|%m\s*月|%d\s*日|(?i:mm)月|(?i:dd)日|:02d?}\s*[月日]|\|\s*date:\s*[\"'][^\"']*(?:m月|d日)"
)


def test_dates_in_chinese_have_no_leading_noughts() -> None:
    """GB/T 9704-2012, 7.3.5.4: 2026年2月9日; `cn_date` and `cn_moment` write it, "Y年n月j日" in a template."""
    files = [*python_files(*APPS), *templates()]
    files += [
        path for path in committed() if path.suffix in (".js", ".ts") and name(path).startswith("assets/")
    ]
    found = [
        f"{name(path)}: {match.group()}"
        for path in files
        for match in LEADING_NOUGHTS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "written",
    ["%Y年%m月", "{day:%d日}", "yyyy年mm月dd日", "{month:02d}月", "|date:'Y年m月d日'", '|date:"m月d日"'],
)
def test_a_leading_nought_would_be_seen(written: str) -> None:
    assert LEADING_NOUGHTS.search(written)

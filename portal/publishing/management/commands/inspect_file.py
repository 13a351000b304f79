"""manage.py inspect_file FILE: what the gate finds in a file, and the copy that it would publish."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.files.checks import Verdict, judge
from portal.publishing.inspection import Outcome, Passage, let_out
from portal.publishing.inspection.inspecting import ENDINGS

WORDS = {Outcome.PASSED: "passed", Outcome.WAITS: "waits", Outcome.REFUSED: "refused"}
LABELS = {"passed": "已制作可发布的副本", "waits": "须由他人核对后发布", "refused": "不予通过"}
UPLOAD_LABELS = {"passed": "可以接收", "waits": "尚未检查完毕，暂不提供下载", "refused": "不予接收"}


class Command(BaseCommand):
    """Exit code 0: passed, 2: it waits for a person (or for the scanner), 3: refused; 1 if FILE cannot be read."""

    help = "Tell what the gate finds in a file; --copy writes the copy that would be published."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, where to write the copy, and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--copy", type=Path, help="write the copy here if one is made")
        parser.add_argument("--json", action="store_true", help="the answer as one JSON object")
        parser.add_argument("--upload", action="store_true", help="what the check of uploads says instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, print, leave with the code."""
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        if options["upload"]:
            verdict = judge(path.name, data, max_bytes=settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024)
            answer, code = upload_answer(path.name, verdict), verdict.code
        else:
            kind = ENDINGS.get(path.suffix.lower().lstrip("."), "application/octet-stream")
            passage = let_out(data, media_type=kind, name=path.name)
            answer, code = passage_answer(path.name, passage), int(passage.outcome)
            if options["copy"] and passage.copy is not None:
                options["copy"].write_bytes(passage.copy.data)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self._tell(answer)
        self.stdout.flush()
        sys.exit(code)

    def _tell(self, answer: dict[str, Any]) -> None:
        labels = UPLOAD_LABELS if answer["mode"] == "upload" else LABELS
        self.stdout.write(f"{answer['file']}：{labels[answer['outcome']]}")
        if answer["problem"]:
            self.stdout.write(f"  {answer['problem']}")
        for entry in answer["findings"]:
            self.stdout.write(f"  {entry['code']}  {entry['where']}  {entry['message']}")


def passage_answer(name: str, passage: Passage) -> dict[str, Any]:
    """The answer about a file on its way out; its form stands in docs/inspection.md."""
    copy = passage.copy
    return {
        "mode": "publish",
        "file": name,
        "outcome": WORDS[passage.outcome],
        "problem": passage.problem,
        "blocks": any(entry.blocks for entry in passage.findings),
        "findings": [
            {
                "code": entry.code,
                "where": entry.where,
                "page": entry.page,
                "message": entry.message,
                "blocks": entry.blocks,
                "curable": entry.curable,
            }
            for entry in passage.findings
        ],
        "copy": copy
        and {
            "name": copy.name,
            "media_type": copy.media_type,
            "bytes": len(copy.data),
            "sha256": sha256(copy.data).hexdigest(),
        },
    }


def upload_answer(name: str, verdict: Verdict) -> dict[str, Any]:
    """The answer about a file on its way in."""
    return {
        "mode": "upload",
        "file": name,
        "outcome": WORDS[Outcome(verdict.code)],
        "problem": verdict.problem,
        "blocks": verdict.code != Outcome.PASSED,
        "findings": [
            {
                "code": entry.code,
                "where": entry.where,
                "page": 0,
                "message": entry.message,
                "blocks": True,
                "curable": False,
            }
            for entry in verdict.dangers
        ],
        "scanner": verdict.scanner,
    }

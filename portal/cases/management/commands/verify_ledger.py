"""manage.py verify_ledger: prove chains, anchors, papers, files and texts; exit 1 at the first thing that does not hold."""

import json
import sys
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.cases.guards import missing_guards
from portal.cases.ledger import Finding, verify_cases
from portal.cases.proving import counts, everything
from portal.ledger.binding import not_bound


class Command(BaseCommand):
    help = "Verify the event log; exits 0 when it holds, 1 when it does not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", help="public id of one case")
        parser.add_argument("--all-findings", action="store_true", help="go on after the first finding")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        triggers = (Finding("数据库", 0, f"缺少触发器 {name}") for name in missing_guards())
        unbound = (Finding("数据库", 0, f"表 {name} 尚未登记") for name in not_bound())
        rest = verify_cases(options["case"]) if options["case"] else everything()
        found: list[Finding] = []
        for finding in chain(triggers, unbound, rest):
            found.append(finding)
            if not options["all_findings"]:
                break
        if options["json"]:
            self.stdout.write(
                json.dumps({"ok": not found, "findings": [vars(f) for f in found]}, ensure_ascii=False)
            )
        elif found:
            for finding in found:
                self.stdout.write(f"不符：{finding.case} 第{finding.seq}号事件 {finding.reason}")
        else:
            proven = (
                ["1件办件"] if options["case"] else [f"{number}{title}" for title, number in counts().items()]
            )
            self.stdout.write(f"台账完整：{'，'.join(proven)}")
        if found:
            sys.exit(1)

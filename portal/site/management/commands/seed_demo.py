"""manage.py seed_demo: demo accounts and requests, once; --list prints the accounts."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from consultations import demo as consultations
from consultations.courses import demo as courses
from consultations.hearings import demo as hearings
from consultations.polls import demo as polls
from consultations.proposals import demo as topics
from mailbox import demo as letters
from notices import demo as notices
from requests_app import demo


class Command(BaseCommand):
    help = "Make the demo accounts and requests; refuses in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="print the demo accounts and their password")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_DEMO:
            self.stderr.write("生产环境不生成演示数据（PORTAL_DEMO 未启用）")
            sys.exit(1)
        if options["list"]:
            for address, name, role in demo.accounts():
                self.stdout.write(f"  {address:<28} {name}  {role}")
            self.stdout.write(f"  密码 / password: {demo.password()}")
            return
        today = timezone.localdate()
        self.stdout.write(f"新增演示申请 {demo.seed(today)} 件，来信 {letters.seed(today)} 件")
        self.stdout.write(
            f"新增演示意见征集 {consultations.seed(today)} 项，投票调查 {polls.seed(today)} 项，发布信息 {notices.seed(today)} 条"
        )
        self.stdout.write(
            f"新增演示听证会 {hearings.seed(today)} 场，议题 {topics.seed(today)} 个，网上培训 {courses.seed(today)} 门"
        )

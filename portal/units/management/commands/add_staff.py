"""manage.py add_staff EMAIL NAME UNIT ROLE: an account with a verified address, appointed; prints its first password."""

import secrets
import sys
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.core.errors import PortalError, StepRefused
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Unit
from portal.units.queries import address_is_own


class Command(BaseCommand):
    help = "Add a member of staff; an account that exists is only appointed, if its address is confirmed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("unit", help="code of the unit, e.g. city-office")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument(
            "--from", dest="starts_on", type=date.fromisoformat, help="YYYY-MM-DD, today without it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            self.stderr.write(f"没有代码为“{options['unit']}”的机构")
            sys.exit(2)
        starts_on = options["starts_on"] or timezone.localdate()
        email = options["email"].lower()
        password = ""
        try:
            with transaction.atomic():
                account = Account.objects.filter(email=email).first()
                if account is None:
                    password = secrets.token_urlsafe(12)
                    account = Account.objects.create_user(email, password, display_name=options["name"])
                    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
                elif not (account.is_superuser or address_is_own(account)):
                    raise StepRefused(f"{email} 已有账号，但邮箱没有经本人确认，不能任职")
                appoint(account=account, unit=unit, role=Role(options["role"]), starts_on=starts_on)
        except PortalError as error:
            self.stderr.write(error.sentence)
            sys.exit(1)
        self.stdout.write(f"{account} 任 {unit} {Role(options['role']).label}，自{starts_on}起")
        if password:
            self.stdout.write(f"初始密码（只显示这一次，首次登录后请修改）：{password}")

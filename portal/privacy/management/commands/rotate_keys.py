"""manage.py rotate_keys: seal everything with the last key of PORTAL_FIELD_KEYS; run again after a break."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.privacy.crypto import key_ring, newest
from portal.privacy.rotation import Done, rotate


class Command(BaseCommand):
    help = "Seal fields, second factors, rows and stored files anew with the last key of PORTAL_FIELD_KEYS, while the portal runs."

    def handle(self, *args: Any, **options: Any) -> None:
        found: dict[str, Done] = {}
        for title, done in rotate():
            found[title] = done
        for title, done in found.items():
            broken = f"，{done.broken}项不能打开" if done.broken else ""
            self.stdout.write(f"{title}：改用新密钥{done.again}项{broken}")
        if any(done.broken for done in found.values()):
            sys.exit(1)
        self.stdout.write(f"全部改用密钥 {newest(key_ring())}，其余密钥可以移除。")

"""Keys are changed while the portal runs: nothing that was sealed is lost, and a run that was killed is gone on with."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from mailbox.models import Letter
from portal.cases import ledger, proving, tasks
from portal.cases.models import LedgerAnchor
from portal.files import vault
from portal.files.actions import store_bytes
from portal.ledger.models import RowSeal
from portal.privacy import rotation
from portal.privacy.anchor_keys import public_keys
from portal.privacy.second_factor import SecondFactorAdapter
from portal.units.models import Unit
from tests.cast import Person
from tests.factories.mailbox import submitted
from tests.integrity.test_ledger import sql

pytestmark = pytest.mark.django_db
OLD, NEW = "a:first secret", "b:second secret"


@pytest.fixture
def two(settings: Any) -> str:
    """The key with which everything is sealed so far, its id being 1, and a new one behind it."""
    return f"{settings.PORTAL_FIELD_KEYS},{NEW}"


def kids(table: str, column: str) -> set[str]:
    """The ids of the keys that sealed the column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")
        return {row[0].split(".")[1] for row in cursor.fetchall()}


def test_a_file_opens_whatever_the_order_of_keys(settings: Any) -> None:
    settings.PORTAL_FIELD_KEYS = OLD
    sha256 = vault.write(b"drawing")
    for keys in (f"{OLD},{NEW}", f"{NEW},{OLD}"):
        settings.PORTAL_FIELD_KEYS = keys
        assert vault.read(sha256) == b"drawing"
    assert vault.path_of(sha256).read_bytes()[:5] == b"PF2\x01a"
    settings.PORTAL_FIELD_KEYS = NEW
    with pytest.raises(vault.FileDamaged):
        vault.read(sha256)


def test_a_file_of_before_key_ids_opens_whatever_the_order_of_keys(settings: Any) -> None:
    data = b"an old attachment"
    sha256 = vault.name_of(data)
    path = vault.path_of(sha256)
    path.parent.mkdir(parents=True)
    nonce, key = os.urandom(12), hashlib.sha256(b"files\nfirst secret").digest()
    path.write_bytes(b"PF1" + nonce + AESGCM(key).encrypt(nonce, data, sha256.encode()))
    for keys in (OLD, f"{OLD},{NEW}", f"{NEW},{OLD}", "first secret", "second secret,first secret"):
        settings.PORTAL_FIELD_KEYS = keys
        assert vault.read(sha256) == data


def test_rotation_is_gone_on_with_after_a_kill_and_the_old_key_may_go(
    office: Unit, clerk: Person, settings: Any, two: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    letters = [submitted(name=name) for name in ("王小明", "李四", "赵六", "孙七")]
    stored = [store_bytes(data, media_type="text/plain") for data in (b"one", b"two")]
    factor = Authenticator.objects.create(
        user=clerk.account, type="totp", data={"secret": SecondFactorAdapter().encrypt("JBSW")}
    )
    settings.PORTAL_FIELD_KEYS = two
    monkeypatch.setattr(rotation, "CHUNK", 1)
    steps = rotation.rotate()
    while kids("mailbox_letter", "name") != {"1", "b"}:
        next(steps)
    steps.close()  # killed: the piece at hand was committed, the others were not begun
    assert [letter.name for letter in Letter.objects.order_by("pk")] == ["王小明", "李四", "赵六", "孙七"]
    assert list(proving.everything()) == []
    call_command("rotate_keys")
    assert "全部改用密钥 b" in capsys.readouterr().out
    settings.PORTAL_FIELD_KEYS = NEW
    assert (kids("mailbox_letter", "name"), kids("mailbox_letter", "text")) == ({"b"}, {"b"})
    assert set(RowSeal.objects.values_list("kid", flat=True)) == {"b"}
    assert [letter.name for letter in Letter.objects.order_by("pk")] == ["王小明", "李四", "赵六", "孙七"]
    assert [file.read() for file in stored] == [b"one", b"two"]
    factor.refresh_from_db()
    assert SecondFactorAdapter().decrypt(factor.data["secret"]) == "JBSW"
    assert (list(proving.everything()), len(letters)) == ([], 4)


def test_rotation_does_not_wash_a_moved_value(office: Unit, settings: Any, two: str) -> None:
    first, second = submitted(name="王小明"), submitted(name="李四")
    sql(
        "UPDATE mailbox_letter SET name = (SELECT name FROM mailbox_letter WHERE case_ptr_id = %s) WHERE case_ptr_id = %s",
        first.pk,
        second.pk,
    )
    settings.PORTAL_FIELD_KEYS = two
    with pytest.raises(SystemExit):
        call_command("rotate_keys")
    assert [finding.reason for finding in proving.everything()] == [
        f"来信（mailbox_letter）第{second.pk}行name被改动"
    ]


def test_anchors_of_an_older_key_hold_and_a_public_key_is_enough_to_verify(
    office: Unit, settings: Any
) -> None:
    settling = timedelta(seconds=-5)
    settings.PORTAL_ANCHOR_KEY = "the first anchor key"
    submitted()
    ledger.add_anchor(at=timezone.now(), settling=settling)
    settings.PORTAL_ANCHOR_KEY = "the first anchor key,the second anchor key"
    submitted()
    ledger.add_anchor(at=timezone.now(), settling=settling)
    assert list(ledger.verify_anchors()) == []
    settings.PORTAL_ANCHOR_KEY = ",".join(f"pub:{key}" for key in public_keys())
    assert list(ledger.verify_anchors()) == []
    settings.PORTAL_ANCHOR_KEY = settings.PORTAL_ANCHOR_KEY.split(",")[0]
    assert [finding.reason for finding in ledger.verify_anchors()] == ["签名无效"]


def test_without_the_anchor_key_nothing_is_signed_and_nothing_fails(office: Unit, settings: Any) -> None:
    settings.PORTAL_ANCHOR_KEY = ""
    submitted()
    tasks.anchor()
    assert LedgerAnchor.objects.count() == 0
    with pytest.raises(CommandError, match="PORTAL_ANCHOR_KEY"):
        call_command("sign_anchor")

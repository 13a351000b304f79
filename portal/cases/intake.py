"""Coming in: submissions that cannot double, query codes that cannot be guessed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from portal.cases.models import Case, CodeFailure, Submission
from portal.core.chain import canonical
from portal.core.errors import NotFound, PortalError
from portal.core.numbering import CODE_ALPHABET, CODE_LENGTH, normalise_code
from portal.privacy.crypto import keyed_digest

WINDOW = timedelta(minutes=15)
ADDRESS_WINDOW = timedelta(hours=1)
NO_MATCH = "编号或查询码不正确，请核对后重试。"


class KeyReused(PortalError):
    """The same idempotency key came with other content."""


class TooManyTries(PortalError):
    """Too many tries from one address: wrong query codes, submissions, ballots.

    `until` is the moment from which the next one is let in, None where that is not known.
    """

    def __init__(self, sentence: str, until: datetime | None = None) -> None:
        super().__init__(sentence)
        self.until = until


def fingerprint(content: str) -> str:
    """The digest of a submission's content."""
    return hashlib.sha256(content.encode()).hexdigest()


def content_of(*parts: object, files: Iterable[tuple[str, bytes]] = ()) -> str:
    """The digest of what was handed in: the answers, and each file by its name and its bytes."""
    listed = [[name, hashlib.sha256(data).hexdigest()] for name, data in files]
    return fingerprint(canonical({"parts": list(parts), "files": listed}))


def key_digest(key: str) -> str:
    """The digest under which an idempotency key is stored; the key itself never is, codes are derived from it."""
    return keyed_digest(key, "submission-key")


def earlier_submission(scope: str, key: str, content_digest: str) -> Case | None:
    """The case that this key already made, None if it is new; KeyReused if the content differs."""
    row = Submission.objects.select_related("case").filter(scope=scope, key=key_digest(key)).first()
    if row is None:
        return None
    if row.fingerprint != content_digest:
        raise KeyReused("同一提交标识对应了不同内容，请刷新页面后重新提交。")
    return row.case


def is_known(scope: str, key: str) -> bool:
    """True if that key has made a case already, whatever comes with it now."""
    return Submission.objects.filter(scope=scope, key=key_digest(key)).exists()


def record_submission(scope: str, key: str, content_digest: str, case: Case, at: datetime) -> None:
    """Bind the key to the case; the unique constraint makes a second one impossible."""
    Submission.objects.create(scope=scope, key=key_digest(key), fingerprint=content_digest, case=case, at=at)


def code_for(case_id: uuid.UUID, key: str) -> str:
    """The query code of a case: derived from the submission's key, so that a retry shows the same one.

    60 bits; only its keyed digest is stored, and the key never is in clear.
    """
    raw = bytes.fromhex(keyed_digest(f"{case_id}\n{key}", "query-code"))
    bits = int.from_bytes(raw[:16])
    code = ""
    for _ in range(CODE_LENGTH):
        bits, index = divmod(bits, len(CODE_ALPHABET))
        code += CODE_ALPHABET[index]
    return code


def hash_code(code: str) -> str:
    """The digest under which a query code is stored."""
    return keyed_digest(normalise_code(code), "query-code-stored")


def opens(case: Case, code: str) -> bool:
    """True if that is the case's query code now; never for a case whose code has been erased."""
    return bool(case.code_hash) and hmac.compare_digest(case.code_hash, hash_code(code))


def find_by_code(*, number: str, code: str, address: str, at: datetime) -> Case:
    """The case with that number and query code.

    Raises TooManyTries after too many failures of this address: for the receipt (15 minutes) or in all (1 hour). What
    others try locks nobody out: the code's 60 bits are not guessed from many addresses either. Raises NotFound with the
    same sentence for an unknown number and a wrong code.
    """
    number = unicodedata.normalize("NFKC", number).strip().upper()
    receipt_digest = keyed_digest(number, "receipt")
    address_digest = keyed_digest(address, "address")
    failures = CodeFailure.objects.filter(address=address_digest)
    by_receipt = failures.filter(receipt=receipt_digest, at__gt=at - WINDOW).count()
    in_all = failures.filter(at__gt=at - ADDRESS_WINDOW).count()
    if (
        by_receipt >= settings.PORTAL_CODE_FAILURES_PER_RECEIPT
        or in_all >= settings.PORTAL_CODE_FAILURES_PER_ADDRESS
    ):
        raise TooManyTries("查询失败次数过多，请15分钟后再试，或致电受理机关查询。", at + WINDOW)
    case = Case.objects.filter(number=number).first()
    if case is not None and opens(case, code):
        return case
    CodeFailure.objects.create(receipt=receipt_digest, address=address_digest, at=at)
    raise NotFound(NO_MATCH)


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes + uuid.uuid4().bytes).decode().rstrip("=")

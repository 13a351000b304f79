"""Proof of work for guests: a small puzzle that a browser solves by itself, with nothing asked of a third party.

The challenge is signed and names what it is for; a solution is taken once. Whoever browses without JavaScript
logs in instead.
"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

from altcha import v1 as altcha
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter

from portal.core.errors import InvalidInput
from portal.web.models import SpentProof

GOOD_FOR = timedelta(minutes=30)
PROOF_HEADER = OpenApiParameter(
    "Proof",
    str,
    OpenApiParameter.HEADER,
    description="GET /api/v1/proof/?for=… 的谜题的解；没有的，提交次数更少。",
)
NO_PROOF = "没有完成自动验证：请允许本页运行脚本后重新提交，或者登录后提交。"


def _key() -> str:
    return sha256(f"proof\n{settings.SECRET_KEY}".encode()).hexdigest()


def challenge(purpose: str) -> str:
    """A fresh puzzle for that purpose, as JSON for the page."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(
            hmac_key=_key(),
            max_number=settings.PORTAL_PROOF_NUMBER,
            expires=timezone.now() + GOOD_FOR,
            params={"for": purpose},
        )
    )
    return json.dumps(
        {
            "algorithm": made.algorithm,
            "challenge": made.challenge,
            "salt": made.salt,
            "signature": made.signature,
            "maxnumber": settings.PORTAL_PROOF_NUMBER,
        }
    )


def check(purpose: str, solution: str) -> None:
    """Take a solution once. Raises InvalidInput for none, a wrong or old one, one for something else, or one again."""
    payload = _payload(solution)
    good, _ = altcha.verify_solution(payload, _key())
    if not good or altcha.extract_params(payload).get("for") != [purpose]:
        raise InvalidInput(NO_PROOF)
    _spend(payload["signature"])


def _spend(signature: str) -> None:
    try:
        with transaction.atomic():
            SpentProof.objects.create(signature=sha256(signature.encode()).hexdigest(), at=timezone.now())
    except IntegrityError as error:
        raise InvalidInput("这份验证已经使用过，请刷新页面后重新提交。") from error


def _payload(solution: str) -> Any:
    try:
        payload = json.loads(base64.b64decode(solution, validate=True))
        return {
            "algorithm": str(payload["algorithm"]),
            "challenge": str(payload["challenge"]),
            "number": int(payload["number"]),
            "salt": str(payload["salt"]),
            "signature": str(payload["signature"]),
        }
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(NO_PROOF) from error


def solve(text: str) -> str:
    """The solution of a challenge, as a browser finds it; for tests and benches."""
    asked = json.loads(text)
    salt = asked["salt"] if asked["salt"].endswith("&") else f"{asked['salt']}&"
    for number in range(asked["maxnumber"] + 1):
        if sha256(f"{salt}{number}".encode()).hexdigest() == asked["challenge"]:
            found = {key: asked[key] for key in ("algorithm", "challenge", "salt", "signature")}
            return base64.b64encode(json.dumps({**found, "number": number}).encode()).decode()
    raise ValueError("no solution")

"""Signing in through another house: one OpenID provider for staff, one for citizens.

Staff are found by the address that the provider has verified, and by nothing else; nobody becomes staff here by having
an account there. A citizen's account is made at the first time and belongs to the provider's subject, whatever address it
names later. A provider that is away costs a sentence, not an error.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views as theirs
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from requests import RequestException

from portal.privacy.crypto import keyed_digest
from portal.units.access import actor_for
from portal.units.models import Account
from portal.units.queries import address_is_own

log = logging.getLogger("portal.oidc")
STAFF, CITIZENS = "staff", "citizens"
AWAY = "统一身份认证暂时不可用，请稍后再试，或者用邮箱和密码登录。"
REFUSED = "统一身份认证没有完成登录，请再试一次，或者用邮箱和密码登录。"
NOT_STAFF = "没有与您的工作邮箱对应的任职，请与本机关的安全管理员联系。"
STAFF_DOOR = "工作人员请用工作人员的统一身份认证登录。"
HAS_ACCOUNT = "这个邮箱已有账号，请用邮箱和密码登录。"
TOO_LOW = "登录的实名等级不够，请在统一身份认证提高等级后再试。"
CLOSED = "账号已停用，请与本机关的安全管理员联系。"


def said_no(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    """A page with why nobody was signed in."""
    return render(request, "refused.html", {"sentence": sentence}, status=status)


class OidcAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Who may come in by which provider, and as whom."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the subject to its account. Raises ImmediateHttpResponse with a sentence where there is none."""
        provider = sociallogin.account.provider
        _one_subject(request, sociallogin)
        if not _high_enough(sociallogin):
            raise ImmediateHttpResponse(said_no(request, TOO_LOW))
        request.means = _means(sociallogin)  # type: ignore[attr-defined]  # read by the record of log-ins
        if provider == STAFF:
            self._staff(request, sociallogin)
        else:
            self._citizen(request, sociallogin)

    def _staff(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = sociallogin.user if sociallogin.is_existing else _verified_account(sociallogin)
        if account is None or not actor_for(account, timezone.localdate()).roles:
            raise ImmediateHttpResponse(said_no(request, NOT_STAFF))
        if not account.is_active:
            raise ImmediateHttpResponse(said_no(request, CLOSED))
        if not sociallogin.is_existing:
            sociallogin.connect(request, account)

    def _citizen(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            if actor_for(sociallogin.user, timezone.localdate()).roles:
                raise ImmediateHttpResponse(said_no(request, STAFF_DOOR))
            return
        address = _verified_address(sociallogin)
        if address and Account.objects.filter(email__iexact=address).exists():
            raise ImmediateHttpResponse(said_no(request, HAS_ACCOUNT, 409))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Account:
        """A new citizen's account: the verified address, or one that leads nowhere where there is none."""
        user: Account = sociallogin.user
        nowhere = f"oidc-{keyed_digest(sociallogin.account.uid, 'oidc')[:24]}@citizen.invalid"
        user.email = _verified_address(sociallogin) or nowhere
        user.display_name = str(data.get("name") or "")[:40]
        sociallogin.email_addresses = [row for row in sociallogin.email_addresses if row.verified]
        return user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Citizens only."""
        return bool(sociallogin.account.provider == CITIZENS)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nothing more is asked."""
        return True

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """A sentence. Raises ImmediateHttpResponse."""
        away = isinstance(exception, RequestException)
        log.warning("no sign-in: %s", type(exception).__name__ if exception else error)
        raise ImmediateHttpResponse(said_no(request, AWAY if away else REFUSED, 503 if away else 403))


def _claims(sociallogin: SocialLogin) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the token says, what the user page says; the first was given to us alone, over our own connection."""
    data = sociallogin.account.extra_data
    return data.get("id_token") or {}, data.get("userinfo") or {}


def _one_subject(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """OpenID Connect Core 5.3.2: what the user page says of another subject must not be used."""
    token, page = _claims(sociallogin)
    if not token.get("sub") or (page and page.get("sub") != token["sub"]):
        raise ImmediateHttpResponse(said_no(request, REFUSED))


def _high_enough(sociallogin: SocialLogin) -> bool:
    from django.conf import settings

    wanted = settings.PORTAL_OIDC_LEVELS.get(sociallogin.account.provider, [])
    return not wanted or _claims(sociallogin)[0].get("acr") in wanted


def _means(sociallogin: SocialLogin) -> str:
    level = str(_claims(sociallogin)[0].get("acr") or "")[:20]
    return f"{sociallogin.account.provider} {level}".strip()


def _verified_address(sociallogin: SocialLogin) -> str:
    return next((row.email.lower() for row in sociallogin.email_addresses if row.verified), "")


def _verified_account(sociallogin: SocialLogin) -> Account | None:
    address = _verified_address(sociallogin)
    account = Account.objects.filter(email__iexact=address).first() if address else None
    return account if account is not None and address_is_own(account) else None


def _or_a_sentence(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def wrapped(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError, ValueError):  # away, or its answer is none
            log.warning("the provider is away", exc_info=True)
            return said_no(request, AWAY, 503)

    return wrapped


login = _or_a_sentence(theirs.login)
callback = _or_a_sentence(theirs.callback)

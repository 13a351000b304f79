"""Accounts at the door: the same answers for known and unknown addresses, links to this site only, fair limits.

Limits are rows (portal.web.door), which all processes share; allauth's own, counters in a cache, are off.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings as account_settings
from allauth.account.forms import SignupForm as BaseSignupForm
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import Login
from allauth.account.views import EmailView, PasswordResetView, SignupView
from allauth.core import context as current
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import FormView

from portal.cases.intake import TooManyTries
from portal.messaging.strangers import may_write_first
from portal.units.adapters import AccountAdapter
from portal.units.models import Account
from portal.web import idle
from portal.web.access import address_of
from portal.web.door import admitted, enter, has_proof, is_full, is_known_network, places_of, proof_for
from portal.web.errors import refuse

MANDATORY = account_settings.EmailVerificationMethod.MANDATORY
# Mails that anybody can have sent to any address: one a day, until its owner has confirmed it.
TO_STRANGERS = (
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/account_already_exists",
    "account/email/unknown_account",
)


class OwnSite:
    """What allauth's mails call the current site: this portal, whatever the request named."""

    name = settings.PORTAL_SITE_NAME
    domain = urlsplit(settings.SITE_URL).netloc


def own_address(value: Any) -> Any:
    """An absolute address with the host of PORTAL_SITE_URL instead of the one that the request named."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    parts = urlsplit(value)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.SITE_URL}{parts.path}{query}"


def guesses(address: str, name: str) -> dict[str, str]:
    """How wrong passwords and codes are counted: by who is meant and from where, and from where alone."""
    places = places_of(address)
    here = places.get("address", "")
    return {"login_pair": f"{here}\n{name}", **({"login_address": here} if here else {})}


class DoorAdapter(AccountAdapter):
    """Mails with our own links, and log-in limits that never lock out the right person.

    Too many wrong passwords from one address for one account, or from one address for any, are not looked at any more.
    What comes from elsewhere is; and so is, everywhere, the password of an account with a second factor, which alone opens
    nothing: whoever has both gets in, and nobody else learns anything.
    """

    _full = False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail whose links lead to PORTAL_SITE_URL; to strangers one a day."""
        if template_prefix in TO_STRANGERS and not may_write_first(email, timezone.now()):
            return
        ours = {name: own_address(value) for name, value in context.items()}
        super().send_mail(template_prefix, email, {**ours, "current_site": OwnSite()})

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse to look at a password where too many were wrong. Raises ValidationError."""
        address, email = address_of(request), str(credentials.get("email", "")).strip().lower()
        known = is_known_network(address)
        self._full = is_full("login", guesses(address, email), timezone.now(), known=known)
        if not self._full:
            return
        found = Account.objects.filter(email__iexact=email, is_active=True).first()
        if found is None or not is_mfa_enabled(found):
            make_password(str(credentials.get("password", "")))  # as long as a look at a password takes
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password; behind the limit the answer is the same as if it had not been looked at."""
        if self._full:
            raise self.validation_error("too_many_login_attempts")
        address, email = address_of(request), str(credentials.get("email", "")).strip().lower()
        count_wrong("login", guesses(address, email), address)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was taken that would have to be given back."""


def count_wrong(kind: str, scopes: dict[str, str], address: str) -> None:
    """One wrong guess more; the one that reaches the limit is answered as the others were."""
    try:
        enter(kind, scopes, timezone.now(), known=is_known_network(address))
    except TooManyTries:
        return


class _LimitedCode:
    """One-time codes: wrong ones are counted for each account and address, in all processes."""

    user: Account

    def clean_code(self) -> str:
        """The code. Raises ValidationError for a wrong one, and for any after too many."""
        request = current.request
        scopes = guesses(address_of(request), f"account {self.user.pk}")
        if is_full("second-factor", scopes, timezone.now()):
            raise AccountAdapter().validation_error("too_many_login_attempts")
        try:
            return str(super().clean_code())  # type: ignore[misc]  # allauth's form stands behind
        except Exception:
            count_wrong("second-factor", scopes, address_of(request))
            raise


class CodeForm(_LimitedCode, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor at log-in."""


class AgainForm(_LimitedCode, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor asked again."""


class SignupForm(BaseSignupForm):  # type: ignore[misc]  # allauth has no types
    """A new account; an address that has one already is no error, it gets a mail that says so."""

    def validate_unique_email(self, value: str) -> str:
        """The address, and whether there is an account; nothing is said about it."""
        self.account_already_exists = Account.objects.filter(email__iexact=value).exists()
        return value


class OwnSignupView(SignupView):  # type: ignore[misc]  # allauth has no types
    """Signing up: whatever address, the answer is that a mail is on its way."""

    form_class = SignupForm

    def get_form_class(self) -> Any:
        """Our own form."""
        return SignupForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the puzzle of guests."""
        return {**super().get_context_data(**kwargs), "proof": proof_for(self.request, "signup")}

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account, or write to the one that there is."""
        email = form.cleaned_data["email"]
        proved = has_proof("signup", self.request.POST.get("proof", ""))
        try:
            with admitted(self.request, "signup", at=timezone.now(), email=email, proved=proved):
                answer: HttpResponse = self._sign_up(form, email)
                return answer
        except TooManyTries as error:
            status = refuse(form, error)
            refused: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=status)
            return refused

    def _sign_up(self, form: Any, email: str) -> Any:
        if form.account_already_exists:
            make_password(form.cleaned_data["password1"])  # as long as a new account takes
            return perform_login(
                self.request, Login(user=None, email=email, signup=True, email_verification=MANDATORY)
            )
        user = form.save(self.request)
        return complete_signup(
            self.request, user=user, email_verification=MANDATORY, redirect_url=self.get_success_url()
        )


class OwnPasswordResetView(PasswordResetView):  # type: ignore[misc]  # allauth has no types
    """A forgotten password: so many mails to one address, from one address."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the mail, whether there is an account or not."""
        email = form.cleaned_data["email"]
        try:
            with admitted(self.request, "password-reset", at=timezone.now(), email=email):
                answer: HttpResponse = super().form_valid(form)
                return answer
        except TooManyTries as error:
            status = refuse(form, error)
            refused: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=status)
            return refused


class OwnEmailView(EmailView):  # type: ignore[misc]  # allauth has no types
    """The account's addresses; looking at them makes no entry for an account that has none."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As allauth's, without writing when somebody only looks."""
        if request.method != "GET":
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return answer
        self._did_send_verification_email = False
        return FormView.dispatch(self, request, *args, **kwargs)


@login_required
def kept_form(request: HttpRequest) -> HttpResponse:
    """What somebody sent after he had been idle, to be sent again by a button."""
    kept = idle.kept_form(request)
    if kept is None:
        return redirect("home")
    return render(request, "account/kept_form.html", {"kept": kept})


signup = OwnSignupView.as_view()
password_reset = OwnPasswordResetView.as_view()
email = login_required(OwnEmailView.as_view())

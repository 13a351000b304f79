"""allauth's hook for the keys of the second factor."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from portal.privacy.crypto import PREFIX, seal, unseal

SECOND_FACTOR = "mfa_authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The keys of the second factor (TOTP, seed of the recovery codes) are kept sealed."""

    def encrypt(self, text: str) -> str:
        """The sealed key."""
        return seal(text.encode(), SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """The key; one that was kept in clear before this was there opens as it is."""
        if not encrypted_text.startswith(f"{PREFIX}."):
            return encrypted_text
        return unseal(encrypted_text, SECOND_FACTOR).decode()

"""What a password may not be, said to the person in the house's words."""

from __future__ import annotations

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator


class NotLikeOneself(UserAttributeSimilarityValidator):
    """Django's check that a password is not like the person's name or address, with a sentence to the person."""

    def get_error_message(self) -> str:
        """The sentence of the error."""
        return "密码不能与您的个人信息过于相似。"

    def get_help_text(self) -> str:
        """The sentence beside the field."""
        return "密码不能与您的个人信息过于相似。"

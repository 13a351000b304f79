"""Loaded by pytest before Django: gives the request a made-up field as its class is made."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import class_prepared

COLUMN = "other_phone"


def add_field(sender: Any, **kwargs: Any) -> None:
    """What somebody would write in the model."""
    if sender.__name__ != "DisclosureRequest" or sender.__module__ == "__fake__":
        return
    from portal.privacy.fields import SealedTextField
    from portal.privacy.personal import PHONE

    field = SealedTextField("另一个电话", blank=True, default="", personal=PHONE)
    field.contribute_to_class(sender, COLUMN)


class_prepared.connect(add_field)

"""What must hold of the number series when the portal starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from portal.documents.kinds import series_missing


def check_series(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """portal.E010 for a kind of paper whose number series has no word of its own."""
    return [
        Error(f"the number series {code} is not registered", hint="register_series()", id="portal.E010")
        for code in series_missing()
    ]

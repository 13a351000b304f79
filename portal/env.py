"""Typed readers of PORTAL_* variables and *_FILE secrets; fails loudly."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
TRUE = {"1", "true", "yes", "on"}


class ConfigurationError(SystemExit):
    """A setting is missing or wrong; the message says which and what to do."""


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points at, or the default."""
    pointer = os.environ.get(f"{name}_FILE")
    if pointer:
        try:
            return Path(pointer).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigurationError(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """A boolean: 1, true, yes or on."""
    raw = text(name)
    return default if raw == "" else raw.lower() in TRUE


def number(name: str, default: int) -> int:
    """An integer; exits with a sentence if it is not one."""
    raw = text(name)
    try:
        return int(raw) if raw else default
    except ValueError as error:
        raise ConfigurationError(f"{name} must be a whole number, got {raw!r}") from error


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


ENVIRONMENT = text("PORTAL_ENV", "test" if "pytest" in sys.modules else "development")
if ENVIRONMENT not in ("development", "test", "production"):
    raise ConfigurationError("PORTAL_ENV must be development, test or production")
PRODUCTION = ENVIRONMENT == "production"
VAR_DIR = Path(text("PORTAL_VAR_DIR", str(BASE_DIR / "var")))


def secret(name: str, file_name: str, *, needed: bool = True) -> str:
    """A secret of at least 32 characters.

    In production it must be given, or is "" if not every process needs it; otherwise one is made once and kept in var/secrets/ (mode 600).
    """
    given = text(name)
    if given:
        if len(given) < 32:
            raise ConfigurationError(f"{name} must have at least 32 characters")
        return given
    if PRODUCTION and not needed:
        return ""
    if PRODUCTION:
        raise ConfigurationError(f"{name} (or {name}_FILE) must be set in production")
    if ENVIRONMENT == "test":
        return f"test-only-{file_name}-" + "0" * 32
    path = VAR_DIR / "secrets" / file_name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def database(variable: str = "DATABASE_URL") -> dict[str, object]:
    """A database from its variable; SQLite under var/ where none is given."""
    for name in ("test", "static"):
        (VAR_DIR / name).mkdir(parents=True, exist_ok=True)
    url = text(variable) or f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"
    config: dict[str, object] = dict(environ.Env.db_url_config(url))
    engine = str(config["ENGINE"])
    config["ENGINE"] = f"portal.ledger.backends.{engine.rpartition('.')[2]}"
    if engine.endswith("sqlite3"):
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        config["CONN_MAX_AGE"] = 60
        config["TEST"] = {"NAME": text("PORTAL_TEST_SQLITE") or str(VAR_DIR / "test" / "portal.sqlite3")}
    elif engine.endswith("postgresql"):
        # What the address says stays; a pool is for web processes only, it does not outlive a fork.
        given: Any = config.get("OPTIONS") or {}
        options: dict[str, object] = {"connect_timeout": 3, "tcp_user_timeout": 8000, **given}
        if flag("PORTAL_DB_POOL") and os.environ.get("PORTAL_PROCESS") == "web":
            options["pool"] = {"min_size": 1, "max_size": number("PORTAL_DB_POOL_SIZE", 8)}
            config["CONN_MAX_AGE"] = 0
        else:
            config.setdefault("CONN_MAX_AGE", 60)
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = options
    else:
        raise ConfigurationError("DATABASE_URL must name sqlite or postgres")
    return config


def oidc_apps() -> list[dict[str, Any]]:
    """The OpenID providers of PORTAL_OIDC_STAFF_* and PORTAL_OIDC_CITIZENS_*, as allauth takes them; none where no URL is.

    In production a provider is reached over https only.
    """
    found: list[dict[str, Any]] = []
    for provider in ("staff", "citizens"):
        name = f"PORTAL_OIDC_{provider.upper()}"
        url = text(f"{name}_URL").rstrip("/")
        if not url:
            continue
        if PRODUCTION and not url.startswith("https://"):
            raise ConfigurationError(f"{name}_URL must begin with https://")
        client, secret_word = text(f"{name}_CLIENT"), text(f"{name}_SECRET")
        if not (client and secret_word):
            raise ConfigurationError(f"{name}_CLIENT and {name}_SECRET must be set with {name}_URL")
        levels = words(f"{name}_LEVELS")
        asked = {"acr_values": " ".join(levels)} if levels else {}
        found.append(
            {
                "provider_id": provider,
                "name": text(f"{name}_NAME", "统一身份认证"),
                "client_id": client,
                "secret": secret_word,
                "settings": {"server_url": url, "levels": levels, "auth_params": asked},
            }
        )
    return found

"""The rule of each setting, as a function of its value: it gives the value back, or says what is wrong.

A ValueError here is the second half of a sentence whose first half is the setting's name; `bot.settings`
joins them. It never repeats the value, which may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import SecretStr

_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.?")


def token(value: SecretStr | None) -> SecretStr | None:
    """Check the shape of a Discord bot token: three parts joined by dots, and nothing around them."""
    text = value.get_secret_value() if value else ""
    if text.lower().startswith("bot "):
        raise ValueError("begins with the word Bot. Leave that word out and paste the token alone.")
    if re.search(r"[\s\"'“”‘’<>]", text):
        raise ValueError("has a space, a quote or a bracket in it. Paste the token alone.")
    if text and not _TOKEN.fullmatch(text):
        raise ValueError(
            "is not shaped like a bot token (three parts joined by dots). Copy it from the Bot page of your "
            "application in Discord's developer portal; public key and client secret are something else."
        )
    return value


def api_base(value: str) -> str:
    """Check an API address: https, or http on this machine only, since the token travels there."""
    url = _split(value)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise ValueError("must be an address that begins with https://. Leave it out to use Discord's own.")
    if url.scheme == "http" and not _loopback(url.hostname):
        raise ValueError("would send the token unencrypted. Use https://, or http:// on 127.0.0.1 for tests.")
    return value.rstrip("/")


def database_url(value: str) -> str:
    """Check a database address; SQLite only for now."""
    if value.startswith(("postgresql:", "postgres:", "postgresql+")):
        raise ValueError("names PostgreSQL, which comes later. Use sqlite:///data/tertulia.db for now.")
    path = value.removeprefix("sqlite:///")
    if path == value or not path.strip("/") or path.endswith("/"):
        raise ValueError("must be sqlite:/// and the path of a file, such as sqlite:///data/tertulia.db.")
    if path.startswith(":memory:") or "?" in path or "#" in path:
        raise ValueError("must name a plain file, without ? or # or :memory:, so that nothing is lost at the end.")
    if Path(path).is_dir():
        raise ValueError("names a folder. Add the name of a file in it, such as /tertulia.db.")
    return value


def host(value: str) -> str:
    """Check an address to listen on: an IP address or a host name, without scheme or port."""
    if not _is_ip(value) and not _HOST.fullmatch(value):
        raise ValueError("must be an address without http:// or port, such as 127.0.0.1. The port is WEB_PORT.")
    return value


def timezone(value: str) -> str:
    """Check an IANA time zone name."""
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):  # an unknown name is a KeyError, a folder's name an OSError
        close = get_close_matches(value, available_timezones(), n=1, cutoff=0.7)
        hint = f"Did you mean {close[0]}?" if close else "Use a name such as America/Mexico_City or UTC."
        raise ValueError(f"must be an IANA time zone. {hint}") from None
    return value


def folder(value: Path | None) -> Path | None:
    """Check a folder that must be there already."""
    if value is not None and not value.is_dir():
        raise ValueError("must be a folder that exists. Make it, or leave the setting out.")
    return value


def whole(low: int, high: int, usual: int) -> Callable[[object], int]:
    """Return a rule for whole numbers from `low` to `high`, both allowed."""

    def rule(value: object) -> int:
        text = str(value)
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}. The usual value is {usual}.")
        return int(text)

    return rule


def one_of(*words: str) -> Callable[[object], str]:
    """Return a rule for one of a few words, in capitals or not."""
    known = {word.lower(): word for word in words}

    def rule(value: object) -> str:
        if str(value).lower() not in known:
            raise ValueError(f"must be one of {', '.join(words)}.")
        return known[str(value).lower()]

    return rule


def _split(value: str) -> SplitResult:
    try:
        return urlsplit(value)
    except ValueError:  # such as an IPv6 address whose bracket is not closed
        return urlsplit("")


def _loopback(name: str) -> bool:
    return name == "localhost" or (_is_ip(name) and ip_address(name).is_loopback)


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

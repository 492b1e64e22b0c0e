"""`tertulia invite`: the link that brings the bot into a server, with the permissions it needs and none besides."""

from __future__ import annotations

import base64
import binascii
import sys
from collections.abc import Mapping
from typing import TextIO
from urllib.parse import urlencode

# Discord's permission bits. Answers to commands and presses need none; what the bot posts by itself does.
PERMISSIONS: Mapping[str, int] = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Send Messages in Threads": 1 << 38,
    "Create Public Threads": 1 << 35,
    "Manage Threads": 1 << 34,
    "Read Message History": 1 << 16,
}
_NO_ID = "There is no application id. Set DISCORD_TOKEN, or add --application and the id from the developer portal."
_BAD_ID = (
    "--application “{given}” is no application id: 17 to 20 digits, on General Information in the developer portal."
)
_NONE_INSIDE = "DISCORD_TOKEN holds no application id. Copy it again, or add --application and the id."


def application_of(token: str) -> str | None:
    """The application id inside a bot token's first part, or None when the token holds none."""
    part = token.partition(".")[0]
    try:
        found = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return found if _is_id(found) else None


def link(application: str) -> str:
    """The invite link of an application."""
    asked = {
        "client_id": application,
        "permissions": sum(PERMISSIONS.values()),
        "scope": "bot applications.commands",
        "integration_type": 0,
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"


def run(token: str | None, application: str | None = None, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Print the link and what it asks for; the exit code. `application` comes before the token's own."""
    wanted = application or (application_of(token) if token else None)
    if wanted is None or not _is_id(wanted):
        why = _BAD_ID.format(given=application) if application else _NONE_INSIDE if token else _NO_ID
        print(why, file=err or sys.stderr)
        return 1
    print(link(wanted), file=out or sys.stdout)
    print(
        f"It asks for: {', '.join(PERMISSIONS)}. Open it as somebody who may manage the server.", file=out or sys.stdout
    )
    return 0


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 15 <= len(text) <= 20

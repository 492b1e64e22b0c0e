"""A drawing as the arguments of a message that nobody asked for at this moment: no mentions, and one for all tries."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.platforms.discord.draw import Drawing
from bot.platforms.discord.reply import NO_MENTIONS


def nonce(name: str) -> str:
    """The same for every try to say this, so that Discord makes one message of them; at most 25 characters.

    Discord remembers it for some minutes.
    """
    return hashlib.sha256(name.encode()).hexdigest()[:25]


def said(drawing: Drawing, name: str) -> dict[str, Any]:
    """A classic message's arguments; `name` tells it from all others."""
    told: dict[str, Any] = {"content": drawing.content, "nonce": nonce(name), "allowed_mentions": NO_MENTIONS}
    return told | {"suppress_embeds": True} | ({"view": drawing.view} if drawing.view else {})

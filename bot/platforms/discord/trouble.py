"""What discord.py raises when Discord says no or nothing, as what our services understand: wait, or leave it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.services.reach import OutOfReach
from bot.services.stage import SlowDown

TROUBLE = 30.0  # seconds until another try when Discord is ill or out of reach
FLAGGED = 3600.0  # seconds, when Discord finds that we write to people too often
RIGHTS = {50001, 50013}  # no access, no permission
GONE = {10003, 10004, 10008}  # channel, server, message
NOWHERE = {50008, 50024, 50068}  # no text, no such act in a channel of this type
FULL = {160006, 160007}  # open threads, of all kinds and of announcements
TOO_OFTEN = {40003, 20026, 50278}  # conversations opened too fast; flagged as spam


@contextmanager
def translated() -> Iterator[None]:
    """Raises OutOfReach or SlowDown in the place of whatever discord.py and the network raise."""
    try:
        yield
    except discord.RateLimited as error:
        raise SlowDown(error.retry_after) from error
    except discord.HTTPException as error:
        raise _meant(error) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise SlowDown(TROUBLE) from error


def _meant(error: discord.HTTPException) -> OutOfReach | SlowDown:
    if error.code in TOO_OFTEN:
        return SlowDown(FLAGGED)
    if error.status == 429 or error.status >= 500:
        return SlowDown(TROUBLE)
    if error.code in FULL:
        return OutOfReach("full")
    if error.code in NOWHERE:
        return OutOfReach("nowhere")
    if error.code in GONE or (error.status == 404 and not error.code):
        return OutOfReach("gone")
    return OutOfReach("rights" if error.code in RIGHTS or error.status == 403 else "refused")

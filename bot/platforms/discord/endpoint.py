"""Where Discord is: its own address, or a stand-in on this machine for tests."""

from __future__ import annotations

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

OWN = "https://discord.com/api/v10"


def use(base: str) -> None:
    """Send every REST call to `base`. discord.py keeps its address in a class, so there is one for the process."""
    Route.BASE = base


async def reset(client: discord.Client) -> None:
    """Let go of a session whose login failed: discord.py opens another for the next try and would leak this one."""
    await client.http.close()
    client.http.connector = discord.utils.MISSING


async def follow(client: discord.Client, base: str) -> None:
    """Connect to the gateway that a stand-in names; Discord's own is known to discord.py. Call it after the login."""
    if base != OWN:
        told = await client.http.request(Route("GET", "/gateway"))
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(told["url"])

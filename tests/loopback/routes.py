"""REST paths and what answers them: the application, its commands, guilds, people, channels, messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.loopback import talks
from tests.loopback.calls import Call, Refusal, Reply
from tests.loopback.messages import Stored
from tests.loopback.people import Json, User, snowflake
from tests.loopback.world import World

Handler = Callable[[World, Call, list[str]], Reply]
NOTHING = Reply(status=204)


def gateway(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /gateway and /gateway/bot."""
    left = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return Reply({"url": gateway_url(world), "shards": 1, "session_start_limit": left})


def gateway_url(world: World) -> str:
    """Where the websocket is, as Discord would tell it."""
    return world.base.replace("http://", "ws://") + "/gateway/"


def me(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /users/@me."""
    return Reply(world.bot.json() | {"verified": True, "mfa_enabled": True, "email": None, "flags": 0})


def application(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /applications/@me and /oauth2/applications/@me."""
    told: Json = {"id": str(world.application), "name": world.bot.name, "description": "", "icon": None}
    told |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0}
    owner = User("operator").json()
    return Reply(told | {"owner": owner, "summary": "", "team": None, "rpc_origins": [], "redirect_uris": []})


def put_commands(world: World, call: Call, ids: list[str]) -> Reply:
    """PUT /applications/{id}/commands: the bulk overwrite, counted."""
    world.judged(call, call.json, "commands")
    more = {"application_id": str(world.application), "version": str(snowflake()), "guild_id": None}
    defaults: Json = {"type": 1, "description": "", "options": [], "default_member_permissions": None}
    world.commands = [defaults | {"id": str(snowflake())} | entry | more for entry in call.json or ()]
    for entry in world.commands:
        entry["default_member_permissions"] = _text_or_none(entry["default_member_permissions"])
    world.command_writes += 1
    return Reply(world.commands)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def get_commands(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /applications/{id}/commands."""
    return Reply(world.commands)


def get_guild(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /guilds/{id}; counts only when asked for."""
    told = world.guild(int(ids[0])).json()
    if call.query.get("with_counts") not in ("1", "true"):
        told.pop("approximate_member_count")
    return Reply(told)


def get_channels(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /guilds/{id}/channels."""
    guild = world.guild(int(ids[0]))
    return Reply([channel.json(guild.id) for channel in guild.channels])


def get_member(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /guilds/{id}/members/{id}; known are those who ever did something, and the bot."""
    world.guild(int(ids[0]))
    found = world.bot if int(ids[1]) == world.bot.id else world.users.get(int(ids[1]))
    if found is None:
        raise Refusal(404, 10007, "Unknown Member")
    return Reply(found.member())


def get_user(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /users/{id}."""
    if int(ids[0]) not in world.users:
        raise Refusal(404, 10013, "Unknown User")
    return Reply(world.users[int(ids[0])].json())


def get_channel(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /channels/{id}."""
    world.permitted(int(ids[0]))
    guild, channel = world.place(int(ids[0]))
    return Reply(talks.told(world, channel, guild.id))


def typing(world: World, call: Call, ids: list[str]) -> Reply:
    """POST /channels/{id}/typing."""
    return NOTHING


def _here(world: World, ids: list[str]) -> Stored:
    world.permitted(int(ids[0]))
    world.place(int(ids[0]))
    stored = world.messages.get(int(ids[1]))
    if stored.channel_id != int(ids[0]) or stored.reader is not None:
        raise Refusal(404, 10008, "Unknown Message")
    return stored


def get_message(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /channels/{id}/messages/{id}."""
    return Reply(_here(world, ids).json)


def post_message(world: World, call: Call, ids: list[str]) -> Reply:
    """POST /channels/{id}/messages."""
    world.permitted(int(ids[0]))
    world.place(int(ids[0]))
    talks.admitted(world, int(ids[0]))
    world.judged(call, call.json, "message")
    return Reply(world.messages.post(int(ids[0]), call.json, call.files).json)


def patch_message(world: World, call: Call, ids: list[str]) -> Reply:
    """PATCH /channels/{id}/messages/{id}, counted against the channel's limit."""
    stored = _here(world, ids)
    headers = world.edit_limited(stored, time.monotonic())
    world.judged(call, call.json, "edit")
    return Reply(world.messages.edit(int(ids[1]), call.json, call.files).json, headers=headers)


def delete_message(world: World, call: Call, ids: list[str]) -> Reply:
    """DELETE /channels/{id}/messages/{id}."""
    _here(world, ids)
    world.messages.delete(int(ids[1]))
    return NOTHING


ROUTES: dict[str, Handler] = {
    "GET gateway": gateway,
    "GET gateway/bot": gateway,
    "GET users/@me": me,
    "GET users/*": get_user,
    "GET applications/@me": application,
    "GET oauth2/applications/@me": application,
    "GET applications/*/commands": get_commands,
    "PUT applications/*/commands": put_commands,
    "GET guilds/*": get_guild,
    "GET guilds/*/channels": get_channels,
    "GET guilds/*/members/*": get_member,
    "GET guilds/*/threads/active": talks.active_threads,
    "POST users/@me/channels": talks.open_conversation,
    "GET channels/*": get_channel,
    "PATCH channels/*": talks.edit_channel,
    "GET channels/*/thread-members/*": talks.thread_member,
    "POST channels/*/typing": typing,
    "POST channels/*/threads": talks.start_thread,
    "GET channels/*/messages": talks.get_messages,
    "POST channels/*/messages": post_message,
    "GET channels/*/messages/*": get_message,
    "PATCH channels/*/messages/*": patch_message,
    "DELETE channels/*/messages/*": delete_message,
    "POST channels/*/messages/*/threads": talks.start_thread,
}

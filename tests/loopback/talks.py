"""Where people talk beside the channels: threads that are opened, put away and locked, and direct conversations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.loopback.calls import Call, Refusal, Reply
from tests.loopback.messages import Stored
from tests.loopback.people import THREADS, Channel, Json, snowflake
from tests.loopback.world import World

CLOSED, ARCHIVED = 50007, 50083
HIDDEN: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


def start_thread(world: World, call: Call, ids: list[str]) -> Reply:
    """POST /channels/{id}/threads and /channels/{id}/messages/{id}/threads."""
    guild, parent = world.place(int(ids[0]))
    number = int(ids[1]) if len(ids) > 1 else snowflake()
    if len(ids) == 1:
        world.judged(call, call.json, "thread")
    kind = call.json.get("type") or 11
    if (parent.type == 5) != (kind == 10) or parent.type not in (0, 5):
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    thread = Channel(call.json["name"], number, type=kind, parent_id=parent.id, owner_id=world.bot.id)
    world.threads[thread.id] = (thread, guild)
    return Reply(told(world, thread, guild.id), 201)


def edit_channel(world: World, call: Call, ids: list[str]) -> Reply:
    """PATCH /channels/{id}, of a thread: what is put away can only be taken out again."""
    thread, guild = _thread(world, int(ids[0]))
    world.judged(call, call.json, "channel")
    if thread.archived and call.json.get("archived") is not False:
        raise Refusal(400, ARCHIVED, "Thread is archived")
    changed = {name: call.json[name] for name in ("name", "archived", "locked") if name in call.json}
    world.threads[thread.id] = (replace(thread, **changed), guild)
    return Reply(told(world, world.threads[thread.id][0], guild.id))


def active_threads(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /guilds/{id}/threads/active."""
    guild = world.guild(int(ids[0]))
    here = [thread for thread, place in world.threads.values() if place.id == guild.id and not thread.archived]
    return Reply({"threads": [told(world, thread, guild.id) for thread in here], "members": [], "has_more": False})


def thread_member(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /channels/{id}/thread-members/{id}: who joined a thread."""
    _thread(world, int(ids[0]))
    if int(ids[1]) not in world.joined.get(int(ids[0]), ()):
        raise Refusal(404, 10007, "Unknown Member")
    return Reply({"id": ids[0], "user_id": ids[1], "join_timestamp": "2024-01-01T00:00:00+00:00", "flags": 0})


def open_conversation(world: World, call: Call, ids: list[str]) -> Reply:
    """POST /users/@me/channels: the same conversation each time."""
    reader = int(call.json["recipient_id"])
    found = next((number for number, user in world.conversations.items() if user == reader), None) or snowflake()
    world.conversations[found] = reader
    person = [world.users[reader].json()] if reader in world.users else []
    return Reply({"id": str(found), "type": 1, "recipients": person, "flags": 0, "last_message_id": None})


def admitted(world: World, channel: int) -> None:
    """Refuse a message to who takes none, and to a locked thread; one that was only put away comes back."""
    if world.conversations.get(channel) in world.closed:
        raise Refusal(403, CLOSED, "Cannot send messages to this user")
    thread, guild = world.threads.get(channel, (None, None))
    if thread and guild and thread.archived:
        if thread.locked:
            raise Refusal(400, ARCHIVED, "Thread is archived")
        world.threads[channel] = (replace(thread, archived=False), guild)


def get_messages(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /channels/{id}/messages, newest first: the newest, or those right after `after`.

    Without the intent for it the bot sees no words but its own.
    """
    world.permitted(int(ids[0]))
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 50))
    here = [kept for kept in world.messages.kept.values() if kept.channel_id == int(ids[0]) and kept.reader is None]
    oldest = sorted((kept for kept in here if int(kept.json["id"]) > after), key=lambda kept: int(kept.json["id"]))
    page = oldest[:limit] if "after" in call.query else oldest[-limit:]
    return Reply([_seen(world, kept) for kept in reversed(page)])


def told(world: World, channel: Channel, guild: int) -> Json:
    """A channel or a thread, with its last message."""
    said = [number for number, kept in world.messages.kept.items() if kept.channel_id == channel.id]
    return channel.json(guild) | ({"last_message_id": str(max(said))} if said and channel.type in THREADS else {})


def _seen(world: World, kept: Stored) -> Json:
    own = kept.json["author"]["id"] == str(world.bot.id)
    return kept.json if own or world.reads else kept.json | HIDDEN


def _thread(world: World, number: int) -> tuple[Channel, Any]:
    if number not in world.threads:
        raise Refusal(404, 10003, "Unknown Channel")
    return world.threads[number]

"""How an interaction is answered: the callback once and in time, then follow-ups and edits by its token."""

from __future__ import annotations

import time

from tests.loopback.asks import Answer, Pending
from tests.loopback.calls import Call, Refusal, Reply
from tests.loopback.messages import Stored
from tests.loopback.people import Json
from tests.loopback.routes import NOTHING, Handler
from tests.loopback.world import World
from tests.spec.parts import EPHEMERAL

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


def callback(world: World, call: Call, ids: list[str]) -> Reply:
    """POST /interactions/{id}/{token}/callback. Refuses: too late or unknown 10062, a second answer 40060."""
    pending = world.pendings.get(ids[1])
    elapsed = time.monotonic() - pending.sent_at if pending else 0.0
    if pending is None or str(pending.id) != ids[0] or elapsed > world.patience:
        raise Refusal(404, 10062, "Unknown interaction")
    if pending.answered:
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    _judged(world, call, pending)
    pending.answered = True
    stored = _result(world, call, pending)
    told = _told(call.json["type"], pending, stored)
    _answer(world, call, pending, stored, elapsed)
    return Reply(told) if call.query.get("with_response") in ("1", "true") else NOTHING


def _judged(world: World, call: Call, pending: Pending) -> None:
    """A refused answer is told to whoever waits for it at once, with the reasons."""
    try:
        world.judged(call, call.json, "callback")
    except Refusal as refusal:
        if not pending.answer.done():
            pending.answer.set_exception(refusal)
        raise


def _result(world: World, call: Call, pending: Pending) -> Stored | None:
    """The message that an answer makes or changes."""
    kind, data = call.json["type"], call.json.get("data") or {}
    if kind in (MESSAGE, DEFER):
        reader = pending.ask.user.id if (data.get("flags") or 0) & EPHEMERAL else None
        stored = world.messages.post(pending.channel_id, data, call.files, reader)
        pending.original = int(stored.json["id"])
        return stored
    if kind in (UPDATE, DEFER_UPDATE) and pending.ask.message_id is not None:
        pending.original = pending.ask.message_id
        return world.messages.edit(pending.original, data, call.files) if kind == UPDATE else None
    if kind == MODAL:
        world.modals[data["custom_id"]] = (data, pending)
    return None


def _told(kind: int, pending: Pending, stored: Stored | None) -> Json:
    seen: Json = {"id": str(pending.id), "type": pending.ask.kind, "response_message_loading": kind == DEFER}
    if pending.original is not None:
        seen["response_message_id"] = str(pending.original)
    if stored is None:
        return {"interaction": seen}
    seen["response_message_ephemeral"] = stored.reader is not None
    return {"interaction": seen, "resource": {"type": kind, "message": stored.json}}


def _answer(world: World, call: Call, pending: Pending, stored: Stored | None, elapsed: float) -> None:
    if pending.answer.done():
        return
    # Edits put new values in, they change none in place, so a shallow copy keeps how it looked.
    message = dict(stored.json) if stored and call.json["type"] != DEFER else None
    data = call.json.get("data") or {}
    pending.answer.set_result(Answer(call.json["type"], data, pending.token, elapsed, message, call.files))


def _pending(world: World, token: str) -> Pending:
    """The interaction of a token. Refuses: unknown 10015, over 15 minutes old 50027."""
    if token not in world.pendings or not world.pendings[token].answered:
        raise Refusal(404, 10015, "Unknown Webhook")
    if world.pendings[token].expired:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    return world.pendings[token]


def follow_up(world: World, call: Call, ids: list[str]) -> Reply:
    """POST /webhooks/{application}/{token}: a further message, private when flagged so."""
    pending = _pending(world, ids[1])
    world.judged(call, call.json, "followup")
    reader = pending.ask.user.id if (call.json.get("flags") or 0) & EPHEMERAL else None
    stored = world.messages.post(pending.channel_id, call.json, call.files, reader)
    pending.replies.append(int(stored.json["id"]))
    return Reply(stored.json)


def _number(pending: Pending, named: str) -> int:
    if named != "@original":
        return int(named)
    if pending.original is None:
        raise Refusal(404, 10008, "Unknown Message")
    return pending.original


def get_reply(world: World, call: Call, ids: list[str]) -> Reply:
    """GET /webhooks/{application}/{token}/messages/{id or @original}."""
    return Reply(world.messages.get(_number(_pending(world, ids[1]), ids[2])).json)


def edit_reply(world: World, call: Call, ids: list[str]) -> Reply:
    """PATCH /webhooks/{application}/{token}/messages/{id or @original}."""
    pending = _pending(world, ids[1])
    world.judged(call, call.json, "original")
    stored = world.messages.edit(_number(pending, ids[2]), call.json, call.files)
    pending.replies.append(int(stored.json["id"]))
    return Reply(stored.json)


def delete_reply(world: World, call: Call, ids: list[str]) -> Reply:
    """DELETE /webhooks/{application}/{token}/messages/{id or @original}."""
    world.messages.delete(_number(_pending(world, ids[1]), ids[2]))
    return NOTHING


CALLBACKS: dict[str, Handler] = {
    "POST interactions/*/*/callback": callback,
    "POST webhooks/*/*": follow_up,
    "GET webhooks/*/*/messages/*": get_reply,
    "PATCH webhooks/*/*/messages/*": edit_reply,
    "DELETE webhooks/*/*/messages/*": delete_reply,
}

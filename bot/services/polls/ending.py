"""The one way in which a poll closes: by a moderator, at its deadline, or early; all in somebody's own transaction."""

from __future__ import annotations

from bot.services.forgetting import forget_soon
from bot.services.polls import threads
from bot.storage import edits, polls, posts, proposals
from bot.storage.port import Tx


async def close_one(tx: Tx, poll_id: str, at_ms: int, by: str | None) -> bool:
    """Close a poll in this transaction; whether it was open until now. Whoever closes it seals it after the commit.

    Nobody's name stays beside a wish for an option: the limit on each person is needed no more. The bytes that tell in
    which order people voted are soon written anew.
    """
    if not await polls.close(tx, poll_id, at_ms, by):
        return False
    await edits.drop(tx, poll_id)
    await proposals.forget_proposers(tx, poll_id)
    await posts.bump(tx, f"poll:{poll_id}")
    await threads.wake(tx, poll_id, at_ms)
    await forget_soon(tx, at_ms)
    return True

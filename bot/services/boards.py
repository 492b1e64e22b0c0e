"""The shown is kept in step with the true by one loop over one query: which posts are behind?

That query is the debounce, the outbox, the retry and the recovery after a restart. A channel gets at most one message
or edit at its stage's pace, its posts take turns, and the last state is always shown in the end.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from bot.services.board_cards import card_of
from bot.services.desk import Desk
from bot.services.stage import PostGone, Slot, SlowDown, Stage
from bot.storage import posts
from bot.storage.port import Tx
from bot.storage.posts import Post

log = logging.getLogger("tertulia.boards")

TROUBLE_S = 2.0  # until another look when the loop itself met an error
BACK_OFF_S = (2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
BREATH_S = 0.05  # a crowd's rings are answered together, and the loop doesn't spin in a storm
LONGEST_SLEEP_S = 30.0  # a ring that a crash swallowed is made up for within this time
REMEMBERED_S = 600.0  # after this long it doesn't matter whose turn it was


@dataclass
class Boards:
    """The loop's memory: when each channel is free again, and each post's last turn. Harmless to lose on a restart."""

    desk: Desk
    stages: Mapping[str, Stage]
    time: Callable[[], float]
    free_at: dict[str, float] = field(default_factory=dict)
    turns: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Keep boards in step for ever."""
        forgetful = [stage.name for stage in self.stages.values() if stage.forgets]
        while True:
            ticket = self.desk.boards.ticket()
            try:
                while forgetful:
                    await self.desk.db.write(partial(posts.forget_shown, platform=forgetful[-1]))
                    forgetful.pop()
                pause = await self.step()
            except Exception:
                log.exception("boards failed")
                pause = TROUBLE_S
            await self.desk.boards.wait(ticket, LONGEST_SLEEP_S if pause is None else pause)
            await asyncio.sleep(BREATH_S)

    async def step(self) -> float | None:
        """Show what is behind in every channel that is free; seconds until the next one is; None: all are."""
        self._forget()
        found = await self.desk.db.read(self._behind)
        ends = await asyncio.gather(*(self._take_turn(post) for post in self._one_each(found)), return_exceptions=True)
        for error in filter(None, ends):
            raise error
        return max(0.0, min(self.free_at.values()) - self.time()) if self.free_at else None

    async def _behind(self, tx: Tx) -> list[Post]:
        return await posts.behind(tx, tuple(self.stages), tuple(self.free_at))

    def _one_each(self, found: Iterable[Post]) -> list[Post]:
        """One post a channel, whose turn is longest ago: one that changes all the time must not keep others back."""
        channels: dict[str, Post] = {}
        for post in sorted(found, key=lambda post: self.turns.get(post.id, 0.0)):
            channels.setdefault(post.channel, post)
        return list(channels.values())

    async def _take_turn(self, post: Post) -> None:
        self.turns[post.id] = self.time()
        stage = self.stages[post.platform]
        seconds = stage.pace_s
        try:
            seconds = await self._show(stage, post)
        finally:
            self.free_at[post.channel] = self.time() + seconds

    def _forget(self) -> None:
        """Drop what has passed."""
        now = self.time()
        self.free_at = {channel: at for channel, at in self.free_at.items() if at > now}
        self.turns = {post: at for post, at in self.turns.items() if at > now - REMEMBERED_S}

    async def _show(self, stage: Stage, post: Post) -> float:
        """Show one post; seconds until its channel may be written to again."""
        try:
            return await self._try(stage, post)
        except PostGone as gone:
            log.warning("post gone", extra={"post": post.id, "subject": post.subject, "why": gone.why})
            await self.desk.db.write(partial(posts.dead, post_id=post.id, note=gone.why))
            return stage.pace_s
        except SlowDown as slow:
            return max(slow.seconds, stage.pace_s)
        except Exception as error:
            log.exception("post failed", extra={"post": post.id, "subject": post.subject})
            await self.desk.db.write(partial(posts.tried, post_id=post.id, note=type(error).__name__))
            return BACK_OFF_S[min(post.tries, len(BACK_OFF_S) - 1)]

    async def _try(self, stage: Stage, post: Post) -> float:
        card = await card_of(self.desk, post)
        if card is None:
            await self.desk.db.write(partial(posts.dead, post_id=post.id, note=""))
            return 0.0
        message = await stage.show(Slot(post.id, post.place, post.channel, post.message), card)
        await self.desk.db.write(partial(posts.shown, post_id=post.id, message=message, revision=post.revision))
        return stage.pace_s

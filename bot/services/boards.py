"""The shown is kept in step with the true by one loop over one query: which posts are behind?

That query is the debounce, the outbox, the retry and the recovery after a restart. A channel gets at most one message
or edit in `PACE_S` seconds, and the last state is always shown in the end.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from bot.services.board_cards import card_of
from bot.services.desk import Desk
from bot.services.stage import PostGone, Slot, SlowDown, Stage
from bot.storage import posts
from bot.storage.posts import Post

log = logging.getLogger("tertulia.boards")

PACE_S = 2.0  # Discord allows about 5 edits in 5 s a channel, and 3 in 6 s once a message is an hour old
BACK_OFF_S = (2.0, 4.0, 8.0, 16.0, 32.0, 60.0)


@dataclass
class Boards:
    """The loop's memory: when each channel may be written to again. Lost on restart, and harmless to lose."""

    desk: Desk
    stages: Mapping[str, Stage]
    time: Callable[[], float]
    free_at: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Keep boards in step for ever."""
        for stage in self.stages.values():
            if stage.forgets:
                await self.desk.db.write(partial(posts.forget_shown, platform=stage.name))
        while True:
            ticket = self.desk.boards.ticket()
            try:
                pause = await self.step()
            except Exception:
                log.exception("boards failed")
                pause = PACE_S
            if pause is None:
                await self.desk.boards.wait(ticket, None)
            else:
                await asyncio.sleep(pause)

    async def step(self) -> float | None:
        """Show what is behind in every channel that is free; seconds until one is free; None: all shown."""
        waiting: list[float] = []
        for post in await self.desk.db.read(posts.behind):
            stage = self.stages.get(post.place.partition(":")[0])
            if stage is None:
                continue
            wait = self.free_at.get(post.channel, 0.0) - self.time()
            if wait > 0:
                waiting.append(wait)
                continue
            self.free_at[post.channel] = self.time() + PACE_S
            waiting.append(await self._show(stage, post))
        return min((wait for wait in waiting if wait > 0), default=None)

    async def _show(self, stage: Stage, post: Post) -> float:
        """Show one post; seconds until its channel should be tried again, 0 when it is in step."""
        card = await card_of(self.desk, post)
        if card is None:
            await self.desk.db.write(lambda tx: posts.dead(tx, post.id, "nothing to show"))
            return 0.0
        try:
            message = await stage.show(Slot(post.id, post.place, post.channel, post.message), card)
        except PostGone as gone:
            log.warning("post gone", extra={"post": post.id, "subject": post.subject, "why": gone.why})
            await self.desk.db.write(partial(posts.dead, post_id=post.id, note=gone.why))
            return 0.0
        except SlowDown as slow:
            return self._back_off(post, max(slow.seconds, PACE_S))
        except Exception as error:
            log.exception("post failed", extra={"post": post.id, "subject": post.subject})
            await self.desk.db.write(partial(posts.tried, post_id=post.id, note=type(error).__name__))
            return self._back_off(post, BACK_OFF_S[min(post.tries, len(BACK_OFF_S) - 1)])
        await self.desk.db.write(lambda tx: posts.shown(tx, post.id, message, post.revision))
        return 0.0

    def _back_off(self, post: Post, seconds: float) -> float:
        self.free_at[post.channel] = self.time() + seconds
        return seconds

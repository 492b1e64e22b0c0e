"""Plants a fresh console with the demo discussion: its pretend people do what real ones would, through the desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.content.demo import Demo, DemoPoll, Pretend, read_demo
from bot.core.card import Show
from bot.core.ctx import Actor, Ctx, EventId, Spot
from bot.core.intents import CastBallot, ClosePoll, DraftPoll, Intent, StartPoll, TakeStance, UseArticle
from bot.core.place import Scope
from bot.core.poll.values import Poll, State
from bot.services.desk import Desk
from bot.storage import events, polls
from bot.storage.port import Tx

# They came long before any poll opened: no rule about dates keeps them out.
_CREATED_MS = 1_577_836_800_000  # 2020-01-01
_JOINED_MS = 1_704_067_200_000  # 2024-01-01
_FIRST, _LAST = "article", "done"


class Unplanted(Exception):
    """The desk refused what the demo does: the seeds and the packs don't fit together, or storage is in trouble."""


async def plant(desk: Desk, place: Spot, seeds: Path) -> bool:
    """Plant `seeds/demo.yaml` in a place where nothing was ever set; False where something was.

    What was cut short goes on where it stopped: each step has an event of its own, and the last one says that all
    are done. Raises `PackError` for a file that can't be read, `Unplanted` for a step that was refused.
    """
    demo = read_demo(seeds / "demo.yaml")
    gardener = _Gardener(desk, place, demo)
    if not await gardener.may_begin():
        return False
    await gardener.ask(_FIRST, demo.moderator, UseArticle(demo.article))
    for stance in demo.stances:
        step = f"stance:{stance.member}:{stance.item}"
        await gardener.ask(step, demo.person(stance.member), TakeStance(demo.article, stance.item, stance.stance))
    for n, poll in enumerate(demo.polls):
        await gardener.poll(n, poll)
    await gardener.finish()
    return True


def actor(person: Pretend, platform: str) -> Actor:
    """A pretend person as a platform would tell of them."""
    return Actor(
        id=f"{platform}:{person.id}",
        name=person.name,
        locale=person.locale,
        manages=person.moderates,
        joined_ms=_JOINED_MS,
        created_ms=_CREATED_MS,
    )


@dataclass(frozen=True, slots=True)
class _Gardener:
    """Asks for one thing after the other, each by the name of its step."""

    desk: Desk
    place: Spot
    demo: Demo

    async def may_begin(self) -> bool:
        """Whether nothing was ever set here, or only by a planting that didn't come to its end."""
        here = await self.desk.here(Ctx(actor(self.demo.moderator, self.place.platform), self.place, ""))
        if not (here.place.article or here.place.revision):
            return True
        begun, done = (self.desk.keys.event(self._event(step)) for step in (_FIRST, _LAST))
        return await self.desk.db.read(lambda tx: _both(tx, begun, done)) == (True, False)

    async def finish(self) -> None:
        """Remember that all is done."""
        now, done = self.desk.clock(), self.desk.keys.event(self._event(_LAST))
        await self.desk.db.write(lambda tx: events.first_time(tx, done, now))

    async def ask(self, step: str, who: Pretend, intent: Intent) -> Show:
        """Have it done, unless it was. Raises `Unplanted` when it is refused."""
        ctx = Ctx(actor(who, self.place.platform), self.place, self._event(step))
        show = await self.desk.answer(ctx, intent)
        if show.refused:
            raise Unplanted(f"The demo discussion could not be planted: {intent} was refused. The log says why.")
        return show

    async def poll(self, n: int, poll: DemoPoll) -> None:
        """Have the demo's poll number `n`, from 0, drafted, started, voted in, and closed if it is to be."""
        found = await self._found(n) or await self._drafted(n, poll)
        if found.state is State.DRAFT:
            await self.ask(f"start:{n}", self.demo.moderator, StartPoll(found.id, found.revision))
        if found.state not in (State.DRAFT, State.OPEN):
            return
        for ballot in poll.ballots:
            cast = CastBallot(found.id, ",".join(ballot.marks))  # a ranked poll reads them as an order
            await self.ask(f"ballot:{n}:{ballot.member}", self.demo.person(ballot.member), cast)
        if poll.state == "closed":
            await self.ask(f"close:{n}", self.demo.moderator, ClosePoll(found.id, sure=True))

    async def _drafted(self, n: int, poll: DemoPoll) -> Poll:
        await self.ask(f"draft:{n}", self.demo.moderator, DraftPoll(ready=poll.ready))
        found = await self._found(n)
        if found is None:
            raise Unplanted(f"The demo's poll {poll.ready} was drafted, and is gone. Start again.")
        return found

    async def _found(self, n: int) -> Poll | None:
        """The poll that was made as number `n`: nobody else made one before the planting was done."""
        kept = await self.desk.db.read(lambda tx: polls.of_place(tx, Scope(self.place.place), *State))
        return {poll.number or len(kept): poll for poll in kept}.get(n + 1)

    def _event(self, step: str) -> str:
        return f"{self.place.platform}:plant:{self.place.place}:{step}"


async def _both(tx: Tx, begun: EventId, done: EventId) -> tuple[bool, bool]:
    return await events.known(tx, begun), await events.known(tx, done)

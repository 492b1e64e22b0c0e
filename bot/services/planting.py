"""Plants a fresh console with the demo discussion: its pretend people do what real ones would, through the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.content.demo import Demo, DemoPoll, Pretend, read_demo
from bot.core.card import Action, Card, Show
from bot.core.ctx import Actor, Ctx, Spot
from bot.core.intents import CastBallot, ClosePoll, DraftPoll, Intent, StartPoll, TakeStance, UseArticle
from bot.services.desk import Desk

# They came long before any poll opened: no rule about dates keeps them out.
_CREATED_MS = 1_577_836_800_000  # 2020-01-01
_JOINED_MS = 1_704_067_200_000  # 2024-01-01


class Unplanted(Exception):
    """The desk refused what the demo does: the seeds and the packs don't fit together."""


async def plant(desk: Desk, place: Spot, seeds: Path) -> bool:
    """Plant `seeds/demo.yaml` in a place where nothing was ever set; False where something was.

    Raises `PackError` for a file that can't be read, `Unplanted` for one that names what isn't there.
    """
    demo = read_demo(seeds / "demo.yaml")
    gardener = _Gardener(desk, place, demo)
    here = await desk.here(Ctx(actor(demo.moderator, place.platform), place, ""))
    if here.place.article or here.place.revision:
        return False
    await gardener.ask(demo.moderator, UseArticle(demo.article))
    for stance in demo.stances:
        await gardener.ask(demo.person(stance.member), TakeStance(demo.article, stance.item, stance.stance))
    for poll in demo.polls:
        await gardener.poll(poll)
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


@dataclass(slots=True)
class _Gardener:
    """Asks for one thing after the other, each with an event id of its own."""

    desk: Desk
    place: Spot
    demo: Demo
    steps: count[int] = field(default_factory=count)

    async def ask(self, who: Pretend, intent: Intent) -> Show:
        event = f"{self.place.platform}:plant:{self.place.place}:{next(self.steps)}"
        show = await self.desk.answer(Ctx(actor(who, self.place.platform), self.place, event), intent)
        if show.refused:
            raise Unplanted(f"{intent}: {show.card.blocks}")
        return show

    async def poll(self, poll: DemoPoll) -> None:
        draft = await self.ask(self.demo.moderator, DraftPoll(ready=poll.ready))
        start = _start(draft.card)
        await self.ask(self.demo.moderator, start)
        for ballot in poll.ballots:
            await self.ask(self.demo.person(ballot.member), CastBallot(start.poll, ",".join(ballot.marks)))
        if poll.state == "closed":
            await self.ask(self.demo.moderator, ClosePoll(start.poll, sure=True))


def _start(card: Card) -> StartPoll:
    """The start button of a draft's card."""
    actions = [action for row in card.actions for action in row if isinstance(action, Action)]
    found = next((a.intent for a in actions if isinstance(a.intent, StartPoll)), None)
    if found is None:
        raise Unplanted("a draft that can't be started")
    return found

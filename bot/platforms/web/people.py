"""Who sits at the table of the web console: the demo's pretend people, so that one person alone can try everything."""

from __future__ import annotations

from dataclasses import dataclass

from bot import paths
from bot.content.demo import Pretend, read_demo
from bot.core.ctx import Actor, AllChannels, Ctx, Spot
from bot.services import planting


@dataclass(frozen=True, slots=True)
class Person(Pretend):
    """A pretend person, as the console knows them."""

    @property
    def actor(self) -> Actor:
        """The person as the desk knows them."""
        return planting.actor(self, SPOT.platform)

    def ctx(self, event: str) -> Ctx:
        """The surroundings of something this person did; `event` counts once."""
        return Ctx(self.actor, SPOT, f"{SPOT.platform}:{event}", AllChannels())


PEOPLE: tuple[Person, ...] = tuple(
    Person(who.id, who.name, who.locale, who.moderates) for who in read_demo(paths.seeds_dir() / "demo.yaml").people
)
BY_ID = {person.id: person for person in PEOPLE}
SPOT = Spot("web", "web:local", "main", name="Tertulia", members=len(PEOPLE))

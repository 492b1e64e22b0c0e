"""The four who sit at the table of the web console: pretend people, so that one person alone can try everything."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.ctx import Actor, Ctx, Spot

# They have been here since long before any poll: no rule about joining dates keeps them out.
_CREATED_MS = 1_577_836_800_000  # 2020-01-01
_JOINED_MS = 1_704_067_200_000  # 2024-01-01


@dataclass(frozen=True, slots=True)
class Person:
    """A pretend person. `moderates` is what a platform's permission would say."""

    id: str
    name: str
    locale: str
    moderates: bool = False

    @property
    def actor(self) -> Actor:
        """The person as the desk knows them."""
        return Actor(
            id=f"web:{self.id}",
            name=self.name,
            locale=self.locale,
            manages=self.moderates,
            joined_ms=_JOINED_MS,
            created_ms=_CREATED_MS,
        )

    def ctx(self, event: str) -> Ctx:
        """The surroundings of something this person did; `event` counts once."""
        return Ctx(self.actor, SPOT, f"web:{event}")


PEOPLE: tuple[Person, ...] = (
    Person("maria", "María", "es"),
    Person("tom", "Tom", "en"),
    Person("aiko", "Aiko", "en"),
    Person("sam", "Sam", "en", moderates=True),
)
BY_ID = {person.id: person for person in PEOPLE}
SPOT = Spot("web", "web:local", "main", name="Tertulia", members=len(PEOPLE))

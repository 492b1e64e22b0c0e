"""Reads `seeds/demo.yaml`: the pretend people of the consoles, and what they have said and voted already."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from bot.content.explain import validated
from bot.content.marked import read_marked
from bot.content.problems import PackError
from bot.content.schema import Id, Strict, fits, good_language

_SHORT = 64  # UTF-16 units; a name longer than this fits no line

Name = Annotated[str, AfterValidator(fits(_SHORT))]
Language = Annotated[str, AfterValidator(good_language)]


class Person(Strict):
    """A pretend person, by the id that `/as` takes."""

    id: Id
    name: Name
    locale: Language


class DemoStance(Strict):
    """A member's stance on an item of the article."""

    member: Id
    item: Id
    stance: Literal["agree", "disagree", "pass"]


class DemoBallot(Strict):
    """A member's ballot: option ids, or a step of the support scale."""

    member: Id
    marks: tuple[Id, ...]


class DemoPoll(Strict):
    """A ready poll that is open, or was and has closed."""

    ready: Id
    state: Literal["open", "closed"]
    ballots: tuple[DemoBallot, ...] = ()


class DemoFile(Strict):
    """The whole file."""

    members: tuple[Person, ...]
    moderators: tuple[Person, ...]
    article: Id
    stances: tuple[DemoStance, ...] = ()
    polls: tuple[DemoPoll, ...] = ()


@dataclass(frozen=True, slots=True)
class Pretend:
    """A pretend person; `moderates` is what a platform's permission would say."""

    id: str
    name: str
    locale: str
    moderates: bool = False


@dataclass(frozen=True, slots=True)
class Demo:
    """What a fresh console is planted with. Everybody in `stances` and `polls` is one of `people`."""

    people: tuple[Pretend, ...]
    article: str
    stances: tuple[DemoStance, ...]
    polls: tuple[DemoPoll, ...]

    def person(self, person_id: str) -> Pretend:
        """The person with this id. KeyError if there is none."""
        return {person.id: person for person in self.people}[person_id]

    @property
    def moderator(self) -> Pretend:
        """The one who put the article on and opened the polls."""
        return next(person for person in self.people if person.moderates)


def read_demo(path: Path) -> Demo:
    """The demo of a file. Raises `PackError` with every problem."""
    marked = read_marked(path)
    if marked.problems:
        raise PackError(marked.problems)
    found = validated(DemoFile, marked.data, marked, {"": tuple(DemoFile.model_fields)})
    if isinstance(found, tuple):
        raise PackError(found)
    members = tuple(Pretend(p.id, p.name, p.locale) for p in found.members)
    moderators = tuple(Pretend(p.id, p.name, p.locale, moderates=True) for p in found.moderators)
    known = {person.id for person in (*members, *moderators)}
    spoken = [s.member for s in found.stances] + [b.member for poll in found.polls for b in poll.ballots]
    if strangers := sorted(set(spoken) - known):
        raise PackError((marked.problem(("members",), f"nobody here is called “{strangers[0]}”"),))
    if not moderators:
        raise PackError((marked.problem(("moderators",), "needs at least one"),))
    return Demo((*members, *moderators), found.article, found.stances, found.polls)

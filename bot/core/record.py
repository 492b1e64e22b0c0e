"""What may be carried away: the one rule of secrecy for exports, the same that the screens follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.article import Article
from bot.core.counting.values import Profile
from bot.core.poll.breakdown import Breakdown
from bot.core.poll.result import Outcome, may_see, withheld
from bot.core.poll.values import Poll, State
from bot.core.stance import ArticleTally, StanceRow

T = TypeVar("T")
Shuffle = Callable[[list[T]], None]


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said in a poll's thread: when, by whom, what."""

    at_ms: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, for light and for dark, with what it shows in words. `view` names what it is of: "results"."""

    view: str
    light: str
    dark: str
    alt: str


@dataclass(frozen=True, slots=True)
class PollRecord:
    """A poll to export; its ballots follow page by page, where `holds_ballots`.

    `wording_changed`: whether the item that the poll asks about reads otherwise today; None for a poll about no item,
    or about one that is gone. `profile` is what was counted, where a format writes it. `breakdown` is None where a part
    is too small to be shown. `transcript` is of the poll's thread.
    """

    poll: Poll
    outcome: Outcome
    place_name: str
    exported_ms: int
    wording_changed: bool | None = None
    profile: Profile | None = None
    breakdown: Breakdown | None = None
    transcript: tuple[Line, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def withheld(self) -> bool:
        """Whether the poll was secret and has too few ballots for its result to be told."""
        return withheld(self.poll, self.outcome.ballots)

    @property
    def holds_ballots(self) -> bool:
        """Whether a file of this record may hold each ballot."""
        return may_export_ballots(self.poll) and not self.withheld


@dataclass(frozen=True, slots=True)
class StanceRecord:
    """The stances on an article to export, as `unnamed` left them. `article` gives the items their wording."""

    article_id: str
    pack_version: str
    article: Article
    tally: ArticleTally
    stances: tuple[StanceRow, ...]
    place_name: str
    exported_ms: int


def may_export(poll: Poll) -> bool:
    """Whether a file may say the counts now: only when everybody may see them, moderators get no head start."""
    return may_see(poll, voted=False)


def may_export_ballots(poll: Poll) -> bool:
    """Whether a file may hold each ballot. While a secret poll is open the difference of two files is a vote."""
    return may_export(poll) and (poll.named or poll.state is State.CLOSED)


def told(record: PollRecord) -> PollRecord:
    """The record without anything that may not be told: of a withheld result nothing but how many voted."""
    if not record.withheld:
        return record
    bare = replace(record.outcome, counts={}, count=None, whole=0, others=())
    return replace(record, outcome=bare, profile=None, breakdown=None, pictures=())


def unnamed(stances: Sequence[StanceRow], shuffle: Shuffle[str]) -> tuple[StanceRow, ...]:
    """The stances as a file may hold them: by person, but each a number given by chance, without name and time."""
    people = sorted({row.actor_id for row in stances})
    shuffle(people)
    numbers = {person: n for n, person in enumerate(people, start=1)}
    bare = [replace(row, actor_id=str(numbers[row.actor_id]), actor_name="", set_ms=0) for row in stances]
    return tuple(sorted(bare, key=lambda row: (int(row.actor_id), row.item_id)))

"""What may be carried away: the one rule of secrecy for exports, the same that the screens follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.article import Article
from bot.core.poll.result import Outcome, may_see, withheld
from bot.core.poll.values import Ballot, Poll, State
from bot.core.stance import ArticleTally, StanceRow

T = TypeVar("T")
Shuffle = Callable[[list[T]], None]


@dataclass(frozen=True, slots=True)
class PollRecord:
    """A poll to export. `ballots` have name, id and time in a named poll; in an anonymous one only marks and reason.

    `ballots` is None where only counts may be told. `wording_changed`: whether the item that the poll asks about reads
    otherwise today; None for a poll about no item, or about one that is gone.
    """

    poll: Poll
    outcome: Outcome
    ballots: tuple[Ballot, ...] | None
    place_name: str
    exported_ms: int
    wording_changed: bool | None = None


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
    """Whether a file may hold each ballot. While an anonymous poll is open the difference of two files is a vote."""
    return may_export(poll) and (poll.named or poll.state is State.CLOSED)


def exportable(poll: Poll, ballots: Sequence[Ballot]) -> tuple[Ballot, ...] | None:
    """The ballots as a file may hold them, None where it may not: an open or a withheld secret poll's.

    Secret: without voter, name, time and part, in the order of their keyed ids, which says nothing.
    """
    if not may_export_ballots(poll) or withheld(poll, len(ballots)):
        return None
    if poll.named:
        return tuple(sorted(ballots, key=lambda ballot: (ballot.cast_ms or 0, ballot.voter)))
    return tuple(replace(ballot, voter="", name=None, cast_ms=None, part=None) for ballot in ballots)


def unnamed(stances: Sequence[StanceRow], shuffle: Shuffle[str]) -> tuple[StanceRow, ...]:
    """The stances as a file may hold them: by person, but each a number given by chance, without name and time."""
    people = sorted({row.actor_id for row in stances})
    shuffle(people)
    numbers = {person: n for n, person in enumerate(people, start=1)}
    bare = [replace(row, actor_id=str(numbers[row.actor_id]), actor_name="", set_ms=0) for row in stances]
    return tuple(sorted(bare, key=lambda row: (int(row.actor_id), row.item_id)))

"""What may be carried away: the one rule of secrecy for exports, the same that the screens follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.core.article import Article
from bot.core.poll.result import Outcome, may_see
from bot.core.poll.values import Ballot, Poll
from bot.core.stance import ArticleTally, StanceRow


@dataclass(frozen=True, slots=True)
class PollRecord:
    """A poll to export. `ballots` have name, id and time in a named poll; in an anonymous one only marks and reason."""

    poll: Poll
    outcome: Outcome
    ballots: tuple[Ballot, ...]
    place_name: str
    exported_ms: int


@dataclass(frozen=True, slots=True)
class StanceRecord:
    """The stances on an article to export. `article` gives the items their wording."""

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


def exportable(poll: Poll, ballots: Sequence[Ballot], shuffle: Callable[[list[Ballot]], None]) -> tuple[Ballot, ...]:
    """The ballots as a file may hold them. Anonymous: without voter, name and time, in an order that says nothing."""
    if poll.named:
        return tuple(sorted(ballots, key=lambda ballot: (ballot.cast_ms or 0, ballot.voter)))
    bare = [replace(ballot, voter="", name=None, cast_ms=None) for ballot in ballots]
    shuffle(bare)
    return tuple(bare)

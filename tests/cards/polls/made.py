"""Polls with ballots in them, counted as the desk counts them, for cards to be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.poll.counted import Group, outcome_of
from bot.core.poll.kinds import FIXED, KINDS
from bot.core.poll.result import Outcome
from bot.core.poll.values import LETTERS, Poll, PollOption, Rules, State
from bot.services.polls.counting import compared
from tests.support import NOON

TEXTS = ("Parks", "Buses", "Books", "Bread", "Baths", "Bikes")


def a_poll(kind: str, options: int = 3, *, state: State = State.CLOSED, named: bool = True, **rules: object) -> Poll:
    """A poll of this kind with short options, of 312 members, closed unless told otherwise."""
    fixed = FIXED.get(kind, ())
    texts = [TEXTS[n] if n < len(TEXTS) else f"Option {n}" for n in range(options)]
    free = tuple(PollOption(LETTERS[n].lower(), text) for n, text in enumerate(texts))
    return Poll(
        id="p" * 10,
        place="test:town",
        question="What first?",
        kind=kind,
        options=tuple(PollOption(option, "") for option in fixed) or free,
        rules=Rules.from_json({"maximum": options if kind in ("multiple", "approval") else 1, **rules}),
        named=named,
        state=state,
        number=7,
        electorate=312,
        opened_ms=NOON,
        closed_ms=NOON if state is State.CLOSED else None,
        salt="0123456789abcdef",
        root="ab" * 32 if state is State.CLOSED else None,
    )


def groups_of(poll: Poll, ballots: Mapping[str, int]) -> list[Group]:
    """Ballots as they are typed, and how many cast each: {"a>b": 5}, {"a=5,b=3": 2}, {"yes": 4}."""
    return [(KINDS[poll.kind].read(text, poll), n, n) for text, n in ballots.items()]


def counted(poll: Poll, ballots: Mapping[str, int], voided: int = 0) -> Outcome:
    """What came out, with what other methods say once the poll has closed."""
    groups = groups_of(poll, ballots)
    found = outcome_of(poll, groups, voided)
    return found if poll.state is State.OPEN else compared(poll, groups, found)


def weighed(poll: Poll, ballots: Mapping[str, tuple[int, int]]) -> Outcome:
    """The same for ballots of which so many weigh so much together."""
    groups = [(KINDS[poll.kind].read(text, poll), n, weight) for text, (n, weight) in ballots.items()]
    return outcome_of(replace(poll, rules=poll.rules), groups)

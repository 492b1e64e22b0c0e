"""A ballot that is still being filled in, as a short string: it travels in a button, so nothing has to remember it.

A ranking is its options' letters from the best on, a capital for an option that shares the place before it, and "=" at
the end when the next one is to share the last place: "bA=" has B and A first, and waits for a third beside them. A
score sheet is a sign for each option in the poll's order, its score or "-": "50-3". 25 options take 26 signs at most.
"""

from __future__ import annotations

import re

from bot.core.errors import refuse
from bot.core.poll.kinds import Marks, ranks_of
from bot.core.poll.values import BEST_SCORE, LETTERS, Poll, PollOption

NONE = "-"  # an option without a score
BESIDE = "="  # the next option shares the last place
PAGE = 5  # options that are scored at once
_RANKING = re.compile(r"([a-z][A-Za-z]*=?)?")
_SHEET = re.compile(rf"[-0-{BEST_SCORE}]*")


def written(marks: Marks, poll: Poll) -> str:
    """A ballot's marks as the string, to go on from."""
    if poll.kind == "score":
        return "".join(str(marks.get(option.id, NONE)) for option in poll.options).rstrip(NONE)
    places = [[poll.letter(option) for option in place] for place in ranks_of(marks, poll)]
    return "".join(place[0].lower() + "".join(place[1:]) for place in places)


def read(filled: str, poll: Poll) -> Marks:
    """The marks so far, which may be none yet. Refusal stale_ballot for what doesn't fit this poll (any more)."""
    if poll.kind == "score":
        return _scores(filled, poll)
    if poll.kind != "ranked" or not _RANKING.fullmatch(filled):
        raise refuse("stale_ballot")
    return _ranks(filled, poll)


def waits_beside(filled: str) -> bool:
    """Whether the next option shares the last place."""
    return filled.endswith(BESIDE)


def ranked_next(filled: str, letter: str) -> str:
    """The ranking with one option more, given by its letter."""
    return filled.removesuffix(BESIDE) + (letter.upper() if waits_beside(filled) else letter.lower())


def undone(filled: str) -> str:
    """The ranking without its last step: the wait for an option beside, or else the last option."""
    return filled[:-1]


def scored(filled: str, page: int, marks: Marks, poll: Poll) -> str:
    """The sheet with the five options of a page (from 1) scored anew: what `marks` leaves out has no score."""
    before = read(filled, poll)
    here = {option.id for option in on_page(poll, page)}
    kept = {option: score for option, score in before.items() if option not in here}
    return written(kept | {option: score for option, score in marks.items() if option in here}, poll)


def on_page(poll: Poll, page: int) -> tuple[PollOption, ...]:
    """The options of a page, from 1. Refusal stale_ballot where there is no such page."""
    if not 1 <= page <= pages(poll):
        raise refuse("stale_ballot")
    return poll.options[(page - 1) * PAGE : page * PAGE]


def pages(poll: Poll) -> int:
    """How many pages the options take."""
    return -(-len(poll.options) // PAGE)


def _ranks(filled: str, poll: Poll) -> Marks:
    marks: Marks = {}
    place = 0
    for sign in filled.removesuffix(BESIDE):
        place += sign.islower()
        option = _option(sign.upper(), poll)
        if option in marks:
            raise refuse("stale_ballot")
        marks[option] = place
    return marks


def _scores(filled: str, poll: Poll) -> Marks:
    if len(filled) > len(poll.options) or not _SHEET.fullmatch(filled):
        raise refuse("stale_ballot")
    return {option.id: int(sign) for option, sign in zip(poll.options, filled, strict=False) if sign != NONE}


def _option(letter: str, poll: Poll) -> str:
    number = LETTERS.index(letter)
    if number >= len(poll.options):
        raise refuse("stale_ballot")
    return poll.options[number].id

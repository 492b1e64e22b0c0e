"""Filling in a ballot step by step: what there is so far comes with every press; nothing is kept until it is cast."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls import ballot as cards
from bot.cards.polls import ranking, scoring
from bot.cards.polls.wording import in_words
from bot.core.card import Card, Show
from bot.core.errors import Refusal
from bot.core.intents import FillBallot, Intent
from bot.core.poll import unfinished
from bot.core.poll.kinds import kind_of
from bot.core.poll.values import Ballot, Poll
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.keeping import Given, kept
from bot.services.polls.voting import Decide, standing, vote, with_marks


async def fill(desk: Desk, here: Here, intent: FillBallot) -> Show:
    """One step: what there is by now, a page to be scored, or the vote."""
    try:
        if intent.cast or (intent.asked and not intent.page):
            done = await vote(desk, here, intent.poll, _deciding(here, intent))
            return Show(cards.recorded(here.t, done), replace=True)
        poll = (await standing(desk, here, intent.poll)).poll
        return Show(_step(here, poll, intent), replace=True)
    except Refusal as refusal:
        return await kept(desk, here, refusal, intent.poll, Given(intent.marks, intent.filled), replace=True)


def _step(here: Here, poll: Poll, intent: FillBallot) -> Card:
    if poll.kind == "ranked":
        return ranking.tapping(here.t, poll, intent.filled)
    if poll.kind != "score":
        return cards.paper(here.t, poll, None)
    if intent.page and not intent.asked:
        return scoring.page(here.t, poll, intent.filled, intent.page)
    return scoring.overview(here.t, poll, _filled(here, poll, intent), intent.page + 1 if intent.page else 0)


def _deciding(here: Here, intent: FillBallot) -> Decide:
    def decide(poll: Poll, before: Ballot | None) -> Ballot | None:
        marks = unfinished.read(_filled(here, poll, intent), poll)
        kind_of(poll).check(marks, poll)
        return with_marks(poll, before, marks)

    return decide


def _filled(here: Here, poll: Poll, intent: FillBallot) -> str:
    """What there is by now, with what a form brought."""
    if not intent.asked:
        return intent.filled
    marks = kind_of(poll).read(intent.marks, in_words(here.t, poll))
    if poll.kind == "score":
        return unfinished.scored(intent.filled, intent.page or 1, marks, poll)
    return unfinished.written(marks, poll)


HANDLERS: Mapping[type[Intent], Handler] = {FillBallot: fill}

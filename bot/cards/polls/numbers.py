"""Numbers of a count in words: whole or in parts, as ballots or by weight, and a share only where it may be told."""

from __future__ import annotations

from bot.core.counting.values import Number
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.i18n import Words


def number(t: Words, n: Number) -> str:
    """A number, parts of a vote with two decimals; the export has them all."""
    return t.number(int(n) if n.denominator == 1 else round(float(n), 2))


def votes(t: Words, poll: Poll, n: Number) -> str:
    """So many ballots; in a poll with weights, so much by weight; parts of votes where a method divides them."""
    if poll.rules.weights:
        return t.plain("result.by_weight", n=number(t, n))
    if n.denominator != 1:
        return t.plain("result.votes_part", n=number(t, n))
    return t.plain("result.votes" if poll.method == "stv" else "result.ballots", n=int(n))


def points(t: Words, n: Number) -> str:
    """So many points."""
    return t.plain("result.points", n=int(n)) if n.denominator == 1 else t.plain("result.points_part", n=number(t, n))


def with_share(t: Words, poll: Poll, outcome: Outcome, n: Number) -> str:
    """A bar's value: so many votes, and their percentage of all ballots where there are enough for one.

    "Votes" and not "ballots": beside its bar it has to fit a line of a phone.
    """
    said = votes(t, poll, n) if poll.rules.weights or n.denominator != 1 else t.plain("poll.bar", n=int(n))
    whole = outcome.count.ballots if outcome.count else outcome.ballots
    if not outcome.shows_shares or not whole:
        return said
    return t.plain("result.with_share", votes=said, share=t.percent(float(n / whole), outcome.decimals))

"""Minimax by winning votes: whose worst defeat is the smallest."""

from __future__ import annotations

from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import leading
from bot.core.counting.pairwise import closest_head_to_head, condorcet_winner, winning_votes
from bot.core.counting.values import Number


def minimax(case: Case, seats: int) -> Finding:
    """The option whose worst head-to-head defeat has the fewest votes against it; 0 for one that loses none.

    `margin` is the closest head-to-head of an option that beats all others, else by how much its worst defeat is
    smaller than the next option's.
    """
    against = worst_defeats(case)
    found = leading(case, "minimax", seats, {option: -votes for option, votes in against.items()}, {})
    facts = dict(found.facts) | {"variant": "winning-votes"}
    if found.margin is not None:
        facts["margin-of"] = "worst-defeats"
    winner = condorcet_winner(case.pairs)
    margin = found.margin
    if winner is not None and len(against) > 1:
        margin, facts["margin-of"] = closest_head_to_head(case.pairs, winner), "closest-head-to-head"
    return Finding(found.winners, found.tied, found.order, (), margin, facts)


def worst_defeats(case: Case) -> dict[int, Number]:
    """For each option the most votes against it in a head-to-head that it loses."""
    defeats = winning_votes(case.pairs)
    return {option: max((row[option] for row in defeats), default=0) for option in case.everybody}

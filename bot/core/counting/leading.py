"""The most of something wins: what plurality, approval, score and Borda have in common."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.counting.case import Case, Finding
from bot.core.counting.values import Number, Round


def leading(
    case: Case, method: str, seats: int, tallies: Mapping[int, Number], facts: Mapping[str, str], idle: Number = 0
) -> Finding:
    """The `seats` options with the most. A tie for the last seats is broken by lot, or stands.

    While it stands, those who have a seat whatever comes of it are the winners where there are several seats, and
    `tied` says between whom the others are. `idle` is the weight of the ballots that count for nobody.
    """
    order = places(tallies)
    sure, tied = cut(order, seats)
    drawn = case.lot(method, tied) if tied else None
    winners = sure + (drawn[: seats - len(sure)] if drawn else ())
    kept = Round(tallies, winners, exhausted=idle, tied=tied, broken="lot" if drawn else "")
    said = {"margin-of": facts.get("margin-of", "votes")} if len(tallies) > seats and (drawn or not tied) else {}
    return Finding(
        winners=winners,
        tied=(tied,) if tied and not drawn else (),
        order=order,
        rounds=(kept,),
        margin=_margin(tallies, winners) if said else None,
        facts={key: value for key, value in facts.items() if key != "margin-of"} | said | told(tied, bool(drawn)),
    )


def told(tied: tuple[int, ...], drawn: bool) -> dict[str, str]:
    """The fact of a tie: "lot" where a lot broke it, "open" where it stands."""
    return {"tie": "lot" if drawn else "open"} if tied else {}


def places(tallies: Mapping[int, Number]) -> tuple[tuple[int, ...], ...]:
    """Options from the most to the least, those with the same together."""
    found: dict[Number, list[int]] = {}
    for option in sorted(tallies):
        found.setdefault(tallies[option], []).append(option)
    return tuple(tuple(found[tally]) for tally in sorted(found, reverse=True))


def cut(order: tuple[tuple[int, ...], ...], seats: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those who surely have one of the seats, and those among whom the rest of the seats are disputed."""
    sure: tuple[int, ...] = ()
    for place in order:
        if len(sure) == seats:
            break
        if len(sure) + len(place) > seats:
            return sure, place
        sure += place
    return sure, ()


def _margin(tallies: Mapping[int, Number], winners: tuple[int, ...]) -> Number:
    return min(tallies[option] for option in winners) - max(
        tally for option, tally in tallies.items() if option not in winners
    )

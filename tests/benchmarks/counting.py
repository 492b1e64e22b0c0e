"""How fast ballots are counted, from a plain list of them, beside pyrankvote and votelib in the same run.

`python -m tests.benchmarks counting`; takes about half a minute. All times begin with the same ungrouped list: what it
takes to bring it into the shape that a library wants belongs to it.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from bot.core.counting.grouping import grouped
from bot.core.counting.methods import count
from bot.core.counting.values import Form, Profile

Lines = list[tuple[int, ...]]
Rankings = list[tuple[tuple[int, ...], ...]]
SPREAD = 0.21  # how much better liked each option is than the next: some 16,000 distinct rankings in 100,000


async def measure(voters: int = 100_000, options: int = 8) -> dict[str, Any]:
    """Seconds of processor time, the best of three, by what was counted."""
    lines = ballots(voters, options)
    found: dict[str, Any] = {
        "ballots": voters,
        "options": options,
        "distinct": len(set(lines)),
        "irv": best(lambda: count(profile(lines, options), "irv")),
        "schulze": best(lambda: count(profile(lines, options), "schulze")),
    }
    equal = with_equal_ranks(lines)
    found["distinct_equal_ranks"] = len(set(equal))
    found["schulze_equal_ranks"] = best(lambda: count(profile(equal, options), "schulze"))
    found |= _theirs(lines, options)
    return found | _crowds(voters, options) | _ties()


def ballots(voters: int, options: int, seed: int = 1) -> Lines:
    """Rankings of all options, from best to worst."""
    chance = random.Random(seed)
    keys = range(options)
    return [
        tuple(sorted(keys, key=[option * SPREAD - chance.expovariate(1) for option in keys].__getitem__))
        for _ in range(voters)
    ]


def with_equal_ranks(lines: Lines) -> Rankings:
    """The same with two neighbours equal in every other ranking."""
    made: Rankings = []
    for line in lines:
        ranks = [(option,) for option in line]
        if line[0] < line[-1]:
            place = line[1] % (len(line) - 1)
            ranks[place : place + 2] = [tuple(sorted(line[place : place + 2]))]  # type: ignore[list-item]
        made.append(tuple(ranks))
    return made


def profile(cast: Iterable[tuple[Any, ...]], options: int) -> Profile:
    """What is counted, from the list."""
    return grouped([f"option {number}" for number in range(options)], Form.RANKS, cast)


def best(work: Callable[[], object], times: int = 3) -> float:
    """Processor time of the shortest of a few runs, in seconds: other programs disturb it least."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return round(min(taken), 4)


def _crowds(voters: int, options: int) -> dict[str, float]:
    """Ten times as many ballots; three times as many with 34 options, nearly all of them different."""
    many = ballots(10 * voters, options, seed=3)
    found = {
        "irv_ten_times": best(lambda: count(profile(many, options), "irv"), 2),
        "schulze_ten_times": best(lambda: count(profile(many, options), "schulze"), 2),
    }
    wide = ballots(3 * voters, 34, seed=4)
    return found | {"irv_34_options_three_times": best(lambda: count(profile(wide, 34), "irv"), 1)}


def _ties() -> dict[str, float]:
    """Fourteen options in a circle, every defeat as strong as many others."""
    line = tuple(range(14))
    circle = [line[start:] + line[:start] for start in line]
    return {"ranked_pairs_14_all_tied": best(lambda: count(profile(circle, 14), "ranked-pairs"))}


def _theirs(lines: Lines, options: int) -> dict[str, float | str]:
    """The same elections counted by others; their names and why not, where they are not installed."""
    try:
        import pyrankvote
        import votelib.convert
        import votelib.evaluate.condorcet
        import votelib.evaluate.sequential
    except ImportError as error:
        return {"others": f"not installed: {error.name}"}
    people = [pyrankvote.Candidate(str(number)) for number in range(options)]
    runoff = votelib.evaluate.sequential.TransferableVoteSelector(quota_function="droop")
    schulze, pairs = votelib.evaluate.condorcet.Schulze(), votelib.convert.RankedToCondorcetVotes()

    def papers() -> list[Any]:
        return [pyrankvote.Ballot([people[option] for option in line]) for line in lines]

    def votes() -> dict[tuple[int, ...], int]:
        return dict(Counter(lines))

    return {
        "irv_pyrankvote": best(lambda: pyrankvote.instant_runoff_voting(people, papers())),
        "irv_votelib": best(lambda: runoff.evaluate(votes(), 1)),
        "schulze_votelib": best(lambda: schulze.evaluate(pairs.convert(votes()), 1)),
    }


if __name__ == "__main__":
    import asyncio
    import json

    print(json.dumps(asyncio.run(measure()), indent=2))

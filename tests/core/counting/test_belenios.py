"""Agreement with `belenios-tool` (Debian package belenios-tool), an independent count in another language.

Schulze is the same rule, ties and order included. STV isn't quite: Belenios elects one option at a time and lets its
surplus flow to others that have the quota already, counts exact fractions, and breaks ties by the order of the options.
So STV is compared where no stage but the last elects two at once and neither count meets a tie.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess

import pytest

from bot.core.counting.grouping import grouped
from bot.core.counting.methods import count
from bot.core.counting.values import Form

MISSING = shutil.which("belenios-tool") is None
pytestmark = pytest.mark.skipif(
    MISSING and not os.environ.get("CI"),
    reason="belenios-tool is not installed (Debian: apt-get install belenios-tool)",
)


def belenios(ballots: list[list[int]], *arguments: str) -> dict:
    """What the tool says of ballots that hold a rank for each option."""
    done = subprocess.run(
        ["belenios-tool", "method", *arguments], input=json.dumps(ballots), text=True, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def ballots(random: random.Random, options: int, voters: int, equal: float) -> list[tuple[tuple[int, ...], ...]]:
    """Rankings of some of the options, the first ones a little more liked."""
    made = []
    for _ in range(voters):
        order = sorted(range(options), key=lambda option: random.expovariate(1) + option / 5)
        ranking: list[list[int]] = []
        for option in order[: random.randint(1, options)]:
            if ranking and random.random() < equal:
                ranking[-1].append(option)
            else:
                ranking.append([option])
        made.append(tuple(tuple(sorted(rank)) for rank in ranking))
    return made


def places(ranking: tuple[tuple[int, ...], ...], options: int, unranked: int) -> list[int]:
    """The rank of each option, from 1."""
    place = {option: number for number, rank in enumerate(ranking, 1) for option in rank}
    return [place.get(option, unranked) for option in range(options)]


@pytest.mark.parametrize("seed", range(60))
def test_schulze(seed: int) -> None:
    """The matrix, the winners and the whole order, with equal ranks."""
    chance = random.Random(seed)
    options = chance.randint(2, 6)
    cast = ballots(chance, options, chance.choice((3, 7, 25)), equal=0.3)
    found = count(grouped("ABCDEF"[:options], Form.RANKS, cast), "schulze")
    told = [places(ranking, options, options + 1) for ranking in cast]
    said = belenios(told, "schulze", "--blank-allowed=false", f"--nchoices={options}")
    assert [list(row) for row in found.pairwise] == said["raw"]
    assert [set(place) for place in found.order] == [set(place) for place in said["winners"]]


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_stv(seats: int) -> None:
    """The same winners wherever the rules are the same, which is often enough to mean something."""
    chance, compared = random.Random(seats), 0
    for _ in range(60):
        options = chance.randint(3, 6)
        cast = ballots(chance, options, chance.choice((25, 60, 200)), equal=0)
        found = count(grouped("ABCDEF"[:options], Form.RANKS, cast), "stv", seats=seats)
        said = belenios([places(ranking, options, 0) for ranking in cast], "stv", f"--nseats={seats}")
        plain = all(not stage.tied and len(stage.elected) < 2 for stage in found.rounds[:-1])
        if plain and not found.tied and not any(event[0].startswith("Tie") for event in said["events"]):
            compared += 1
            assert sorted(found.winners) == sorted(said["winners"])
    assert compared > 20

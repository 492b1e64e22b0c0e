"""A half-filled ballot travels in a button: it comes back as it was, fits, and can't be bent into another."""

from __future__ import annotations

import random

import pytest

from bot.core.codec import LIMIT, decode, encode
from bot.core.errors import Refusal
from bot.core.intents import FillBallot
from bot.core.poll import unfinished
from bot.core.poll.kinds import tightened
from bot.core.poll.salvage import salvaged
from bot.core.poll.values import LETTERS, Poll, PollOption


def a_poll(kind: str, count: int = 4) -> Poll:
    """A poll of so many options, their ids unlike their letters."""
    texts = ("Parks", "Buses", "Books", "Bees")
    options = [PollOption(f"o-{n}", texts[n] if n < 4 else f"Option {LETTERS[n]}") for n in range(count)]
    return Poll("p" * 10, "test:town", "What first?", kind, tuple(options))


RANKINGS = [
    pytest.param("", {}, id="nothing yet"),
    pytest.param("b", {1: 1}, id="one"),
    pytest.param("bac", {1: 1, 0: 2, 2: 3}, id="in order"),
    pytest.param("bAc", {1: 1, 0: 1, 2: 2}, id="two share the best place"),
    pytest.param("cbA", {2: 1, 1: 2, 0: 2}, id="two share the last place"),
]


@pytest.mark.parametrize(("filled", "ranks"), RANKINGS)
def test_a_ranking_as_a_string(filled: str, ranks: dict[int, int]) -> None:
    """Letters from the best on, a capital beside the one before; waiting for one beside changes no mark."""
    poll = a_poll("ranked")
    marks = {f"o-{n}": rank for n, rank in ranks.items()}
    assert unfinished.read(filled, poll) == marks
    assert unfinished.read(unfinished.written(marks, poll), poll) == marks
    if filled:
        assert unfinished.read(filled + "=", poll) == marks


def test_skipped_ranks_close_up() -> None:
    """A ballot that was typed with gaps is gone on with without them."""
    poll = a_poll("ranked")
    assert unfinished.written({"o-1": 1, "o-0": 4}, poll) == "ba"


def test_steps_of_a_ranking() -> None:
    """The next option stands behind the last, or beside it when it waits for that; each step can be undone."""
    filled = ""
    for letter, beside in (("B", False), ("A", True), ("C", False)):
        filled = unfinished.ranked_next(filled + ("=" if beside else ""), letter)
    assert filled == "bAc"
    assert unfinished.undone(filled) == "bA"
    assert unfinished.undone("b=") == "b"


SHEETS = [
    pytest.param("", {}, id="nothing yet"),
    pytest.param("50-3", {0: 5, 1: 0, 3: 3}, id="one left out"),
    pytest.param("--4", {2: 4}, id="the last left out"),
]


@pytest.mark.parametrize(("filled", "scores"), SHEETS)
def test_a_score_sheet_as_a_string(filled: str, scores: dict[int, int]) -> None:
    """A sign for each option; what nothing follows is left off."""
    poll = a_poll("score")
    marks = {f"o-{n}": score for n, score in scores.items()}
    assert unfinished.read(filled, poll) == marks
    assert unfinished.written(marks, poll) == filled


def test_a_page_of_scores_is_filled_in_anew() -> None:
    """What it leaves out has no score any more; other pages stay, whatever a tampered form says of them."""
    poll = a_poll("score", 12)
    filled = unfinished.scored("50-3154", 2, {"o-5": 2, "o-0": 0}, poll)
    assert filled == "50-312"
    assert [len(unfinished.on_page(poll, page)) for page in range(1, unfinished.pages(poll) + 1)] == [5, 5, 2]


@pytest.mark.parametrize("kind", ["ranked", "score"])
def test_any_ballot_fits_a_button_and_comes_back(kind: str) -> None:
    """25 options however ranked or scored, in the 64 bytes of an intent."""
    draw = random.Random(7)
    poll = a_poll(kind, 25)
    for _ in range(300):
        some = draw.sample([option.id for option in poll.options], draw.randint(0, 25))
        marks = {option: draw.randint(0 if kind == "score" else 1, 5) for option in some}
        marks = marks if kind == "score" else tightened(marks)
        filled = unfinished.written(marks, poll)
        waiting = filled + "=" if kind == "ranked" and filled else filled
        intent = FillBallot(poll.id, waiting, 5, cast=True, asked=True)
        assert len(encode(intent)) <= LIMIT
        assert decode(encode(intent)) == intent
        assert unfinished.read(waiting, poll) == marks


BENT = [
    ("ranked", "B"), ("ranked", "aa"), ("ranked", "aA"), ("ranked", "e"), ("ranked", "a1"), ("ranked", "a=b"),
    ("ranked", "="), ("ranked", "a=="), ("ranked", "50-3"),
    ("score", "6"), ("score", "00000"), ("score", "ab"), ("score", "5=0"), ("single", "a"), ("motion", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "filled"), BENT)
def test_a_bent_string_is_refused(kind: str, filled: str) -> None:
    """What was tampered with, or belongs to another poll, makes no ballot."""
    with pytest.raises(Refusal) as refused:
        unfinished.read(filled, a_poll(kind))
    assert refused.value.key == "stale_ballot"


SALVAGED = [
    pytest.param("ranked", "b>a>b", {1: 1, 0: 2}, id="one twice: its first place"),
    pytest.param("ranked", "b>zebra>a", {1: 1, 0: 3}, id="one unknown"),
    pytest.param("ranked", "b=b=c", {1: 1, 2: 1}, id="twice at one place"),
    pytest.param("ranked", "???", {}, id="nothing to read"),
    pytest.param("score", "a=5 z=1 b=0", {0: 5, 1: 0}, id="one unknown among scores"),
    pytest.param("score", "a=5, b=9", {0: 5}, id="a score too high"),
    pytest.param("score", "a=5, a=1", {0: 5}, id="scored twice: the first"),
    pytest.param("single", "b", {1: 1}, id="a whole ballot"),
    pytest.param("single", "zebra", {}, id="no ballot"),
]


@pytest.mark.parametrize(("kind", "typed", "expected"), SALVAGED)
def test_what_can_be_read_is_kept(kind: str, typed: str, expected: dict[int, int]) -> None:
    """Of a ballot with a slip in it, everything else."""
    assert salvaged(typed, a_poll(kind)) == {f"o-{n}": number for n, number in expected.items()}


@pytest.mark.parametrize("kind", ["ranked", "approval", "score"])
def test_of_a_whole_page_only_the_beginning_is_kept(kind: str) -> None:
    """Nobody types a hundred names into a ballot: what is behind them isn't looked for, and keeps nobody waiting."""
    assert salvaged("no such thing," * 100 + "a=5" * (kind == "score") + "a" * (kind != "score"), a_poll(kind)) == {}

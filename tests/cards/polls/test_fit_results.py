"""Results and details of the largest polls there may be keep the budgets: 25 long options, 24 rounds, every method."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import cycle

import pytest

from bot.cards.polls import board, results
from bot.cards.polls.details import Material, details, views
from bot.core.card import Card
from bot.core.codec import encode
from bot.core.intents import ShowDetails
from bot.core.poll.breakdown import Breakdown
from bot.core.poll.counted import Group, outcome_of
from bot.core.poll.result import Outcome
from bot.core.poll.spread import spreads
from bot.core.poll.values import METHODS, About, Edit, Poll, Results, State
from bot.i18n import words
from bot.services.polls.counting import compared
from tests.cards.polls.test_fit import a_poll
from tests.platforms.discord.drawn import message, text
from tests.spec.gate import over_budget, violations
from tests.support import NOON, actions
from tests.worst import ALPHABETS, filled

COUNT = 25
WAYS = [(kind, method) for kind in ("ranked", "score", "approval") for method in METHODS[kind]]


def the_worst(kind: str, method: str, filling: str, state: State = State.CLOSED) -> Poll:
    """25 options of 95 units, a heavy role for each, an edit of each; several seats where the method fills them."""
    roles = tuple((str(n), filled(filling, 95), 100 + n) for n in range(COUNT))
    seats = {"stv": 12, "equal-shares": 24}.get(method, 1)
    poll = a_poll(
        COUNT,
        filling,
        kind=kind,
        state=state,
        method=method,
        seats=seats,
        weights=roles,
        quorum=20,
        breakdown="role:1",
        results=Results.LIVE,
    )
    edits = [Edit(NOON, option.id, filled(filling, 95), filled(filling, 95)) for option in poll.options]
    edits.append(Edit(NOON, "", filled(filling, 200), poll.question))
    return replace(poll, edits=tuple(edits), salt="s" * 16, root="f" * 64 if state is State.CLOSED else None)


@cache
def groups_of(kind: str) -> list[Group]:
    """Ballots that make every round different, and send votes from each option to all others."""
    ids = [chr(ord("a") + n) for n in range(COUNT)]
    found: list[Group] = []
    for n, first in enumerate(ids):
        for m, second in enumerate(ids):
            size = 1_000 + 7 * n + m
            marks = (
                {first: 1, second: 2} if kind == "ranked" else {first: 5, second: 3} if kind == "score" else {first: 1}
            )
            found.append((marks if first != second else {first: 1}, size, size * 2))
    return found


def told(kind: str, method: str, filling: str, state: State = State.CLOSED) -> tuple[Poll, Outcome]:
    """The poll and its outcome."""
    return the_worst(kind, method, filling, state), outcome(kind, method, state)


@cache
def outcome(kind: str, method: str, state: State) -> Outcome:
    """The same whatever the options' texts, with what other methods say once the poll has closed."""
    poll = replace(the_worst(kind, method, "x", state), electorate=9_876_543)
    found = outcome_of(poll, groups_of(kind), 99)
    return found if state is State.OPEN else compared(poll, groups_of(kind), found)


def check(card: Card) -> str:
    """What Discord would show, within the budgets."""
    drawn = message(card, layout=True)
    assert over_budget(drawn) == []
    assert violations(drawn, "message") == []
    return text(drawn)


@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
@pytest.mark.parametrize(("kind", "method"), WAYS, ids=[method for _, method in WAYS])
def test_results_fit(kind: str, method: str, filling: str) -> None:
    """Open and closed, and still say whom they describe and by which root."""
    t = words(language(filling))
    for state in (State.OPEN, State.CLOSED):
        poll, found = told(kind, method, filling, state)
        public = board.board(t, poll, found, [], None, open_now=state is State.OPEN)
        for card in (public, results.results(t, poll, found, [])):
            said = check(card)
            assert t.plain("result.voided", n=99) in said
            assert state is State.OPEN or "f" * 64 in said


def language(filling: str) -> str:
    """Each filling in one language: the longer one takes two."""
    return "en" if filling == ALPHABETS["words"] else "es"


@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
@pytest.mark.parametrize(("kind", "method"), WAYS, ids=[method for _, method in WAYS])
def test_hidden_results_fit(kind: str, method: str, filling: str) -> None:
    """A board that lists the options, with all its rules, an item's wording and that it was edited."""
    poll, found = told(kind, method, filling, State.OPEN)
    poll = replace(poll, rules=replace(poll.rules, results=Results.CLOSE, talk_minutes=30))
    t, about = words(language(filling)), About(filled(filling, 700), edited=True)
    for talking in (True, False):
        said = check(board.board(t, poll, found, [], about, open_now=True, talking=talking))
        assert t.plain("result.edits_all") in said and t.plain("poll.results_close") in said
    check(results.private(t, poll, found, None, about, open_now=True))


ROTATED = [(*way, filling) for way, filling in zip(WAYS, cycle(ALPHABETS.values()), strict=False)]


@pytest.mark.parametrize(("kind", "method", "filling"), ROTATED, ids=[method for _, method in WAYS])
def test_details_fit(kind: str, method: str, filling: str) -> None:
    """Every page of every view, from the first to the last by its own buttons; each fits, and all can be pressed."""
    for view in views(material_of(kind, method, filling)):
        assert 1 <= len(walked(kind, method, filling, view)) <= 40


def material_of(kind: str, method: str, filling: str) -> Material:
    """What the details of the worst poll are made of."""
    poll, found = told(kind, method, filling)
    ids = [option.id for option in poll.options]
    parts = Breakdown((99_999, 99_999), (dict.fromkeys(ids, 54_321), dict.fromkeys(ids, 99_998)))
    return Material(poll, found, True, spreads(poll, groups_of(kind)) if kind == "score" else {}, parts)


@cache
def walked(kind: str, method: str, filling: str, view: str) -> list[str]:
    """All pages of a view as Discord would show them, by their buttons."""
    t = words(language(filling))
    material, found = material_of(kind, method, filling), []
    following: ShowDetails | None = ShowDetails(material.poll.id, view)
    while following is not None:
        card = details(t, material, following.view, following.part)
        found.append(check(card))
        assert all(action.intent is None or encode(action.intent) for action in actions(card))
        later = [a.intent for a in actions(card) if a.label == t.plain("result.action.later")]
        following = later[0] if later and isinstance(later[0], ShowDetails) else None
    return found


def test_no_round_is_left_out() -> None:
    """All 24, each with its tallies."""
    said = "\n".join(walked("ranked", "irv", ALPHABETS["marks"], "rounds"))
    assert [n for n in range(1, 25) if f"Ronda {n} de 24" not in said] == []


def test_no_duel_is_left_out() -> None:
    """300 of them, each once."""
    cards = walked("ranked", "schulze", ALPHABETS["words"], "pairs")
    lines = [line for card in cards for line in card.split("\n") if line.startswith("- ")]
    assert len(lines) == len(set(lines)) == 300

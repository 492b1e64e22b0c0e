"""Rules of eligibility, of what may be seen, and of what numbers may be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.ctx import Actor
from bot.core.errors import Refusal
from bot.core.poll.eligibility import DAY_MS, check_eligible
from bot.core.poll.result import Outcome, may_see
from bot.core.poll.values import Poll, PollOption, Results, Rules, State, Wording
from bot.core.record import may_export, may_export_ballots

NOW = 1_000 * DAY_MS
OPTIONS = (PollOption("a", "A"), PollOption("b", "B"), PollOption("c", "C"))
POLL = Poll("p", "place", "Q?", "single", OPTIONS, state=State.OPEN, opened_ms=NOW - DAY_MS)
ANA = Actor("x:ana", "Ana", roles=frozenset({"r1"}), joined_ms=NOW - 9 * DAY_MS, created_ms=NOW - 99 * DAY_MS)

ELIGIBLE = [
    pytest.param(Rules(), ANA, None, id="everybody"),
    pytest.param(Rules(), Actor("x:new", "New"), None, id="everybody, of whom nothing is known"),
    pytest.param(Rules(roles=("r1", "r2")), ANA, None, id="one of the roles"),
    pytest.param(Rules(roles=("r2",)), ANA, "not_eligible_role", id="another role"),
    pytest.param(Rules(roles=("r2",)), replace(ANA, manages=True), "not_eligible_role", id="moderators too"),
    pytest.param(Rules(joined_before=True), ANA, None, id="joined before"),
    pytest.param(
        Rules(joined_before=True), replace(ANA, joined_ms=NOW - DAY_MS), "not_eligible_joined", id="joined as it opened"
    ),
    pytest.param(
        Rules(joined_before=True), replace(ANA, joined_ms=None), "not_eligible_unknown", id="joined, nobody knows when"
    ),
    pytest.param(Rules(account_days=99), ANA, None, id="just old enough"),
    pytest.param(Rules(account_days=100), ANA, "not_eligible_age", id="too young"),
    pytest.param(Rules(account_days=1), replace(ANA, created_ms=None), "not_eligible_unknown", id="of unknown age"),
    pytest.param(Rules(roles=("r1",), account_days=100), ANA, "not_eligible_age", id="every rule counts"),
]


@pytest.mark.parametrize(("rules", "actor", "why"), ELIGIBLE)
def test_who_may_vote(rules: Rules, actor: Actor, why: str | None) -> None:
    """What the platform doesn't tell is a no; a refusal says which rule it was."""
    try:
        check_eligible(actor, replace(POLL, rules=rules), NOW)
    except Refusal as refusal:
        assert refusal.key == why
    else:
        assert why is None


SEEN = [
    (Results.LIVE, False, True, True),
    (Results.LIVE, True, True, True),
    (Results.VOTED, False, False, True),
    (Results.VOTED, True, True, True),
    (Results.CLOSE, False, False, True),
    (Results.CLOSE, True, False, True),
]


@pytest.mark.parametrize(("results", "voted", "while_open", "closed"), SEEN)
@pytest.mark.parametrize("named", [True, False], ids=["named", "anonymous"])
def test_what_may_be_seen_and_exported(
    results: Results, voted: bool, while_open: bool, closed: bool, named: bool
) -> None:
    """Screens and files follow one rule; of a secret poll nothing is told before it closed."""
    poll = replace(POLL, rules=Rules(results=results), named=named)
    done = replace(poll, state=State.CLOSED)
    assert (may_see(poll, voted=voted), may_see(done, voted=voted)) == (while_open and named, closed)
    assert may_export(poll) is may_export_ballots(poll) is (results is Results.LIVE and named)
    assert may_export(done) and may_export_ballots(done)


OUTCOMES = [
    pytest.param({"a": 3, "b": 1, "c": 0}, 4, ("a",), 2, id="a leader"),
    pytest.param({"a": 2, "b": 2, "c": 0}, 4, ("a", "b"), 0, id="a tie of two"),
    pytest.param({"a": 1, "b": 1, "c": 1}, 3, ("a", "b", "c"), 0, id="a tie of all"),
    pytest.param({"a": 0, "b": 0, "c": 0}, 0, (), 0, id="nobody"),
]


@pytest.mark.parametrize(("counts", "ballots", "leaders", "margin"), OUTCOMES)
def test_leaders(counts: dict[str, int], ballots: int, leaders: tuple[str, ...], margin: int) -> None:
    """A tie has several leaders and no margin; without ballots nobody leads."""
    outcome = Outcome(counts, ballots, None, of_voters=False)
    assert (outcome.leaders, outcome.margin) == (leaders, margin)


@pytest.mark.parametrize(
    ("ballots", "shares", "decimals"), [(0, False, 0), (9, False, 0), (10, True, 0), (999, True, 0), (1000, True, 1)]
)
def test_how_exact_a_percentage_is(ballots: int, shares: bool, decimals: int) -> None:
    """None under ten ballots, no decimals under a thousand."""
    outcome = Outcome({"a": ballots}, ballots, None, of_voters=False)
    assert (outcome.shows_shares, outcome.decimals) == (shares, decimals)


@pytest.mark.parametrize(
    ("state", "closes", "expected"),
    [
        (State.OPEN, None, True),
        (State.OPEN, NOW + 1, True),
        (State.OPEN, NOW, False),
        (State.DRAFT, None, False),
        (State.CLOSED, NOW + 1, False),
        (State.ERASED, None, False),
    ],
)
def test_when_a_ballot_counts(state: State, closes: int | None, expected: bool) -> None:
    """While the poll is open and before its deadline, whether or not a loop has come by."""
    assert replace(POLL, state=state, closes_ms=closes).is_open(NOW) is expected


def test_a_poll_in_a_language() -> None:
    """Its own words where they are known in that language; the ids stay."""
    words = {"es": Wording("¿Qué?", ("x", "y", "z")), "fr": Wording("Quoi ?", ("too", "few"))}
    poll = replace(POLL, wordings=words)
    spanish = poll.in_language("es")
    assert (spanish.question, [o.text for o in spanish.options]) == ("¿Qué?", ["x", "y", "z"])
    assert [o.id for o in spanish.options] == ["a", "b", "c"]
    assert poll.in_language("fr") == poll.in_language("en") == poll


def test_rules_of_other_builds_are_read() -> None:
    """What an older build didn't know has its default; what a newer one added is left out."""
    rules = Rules(2, 3, Results.CLOSE, True, ("1",), ("Crew",), True, 30)
    assert Rules.from_json(rules.to_json()) == rules
    assert Rules.from_json({}) == Rules()
    assert Rules.from_json({"results": "live", "telepathy": 5}) == Rules(results=Results.LIVE)

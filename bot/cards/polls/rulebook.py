"""How a poll was counted, spelled out: the method, every policy it used, the quorum, the weights, salt and root."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards.pages import pages, weight
from bot.cards.polls.numbers import number, votes
from bot.cards.polls.wording import method_name, weights
from bot.core.card import Block, Facts
from bot.core.counting.pairwise import plain
from bot.core.counting.values import Count
from bot.core.poll.result import Outcome
from bot.core.poll.values import LOTS, STRICT, Poll
from bot.core.rich import Rich
from bot.i18n import Words

MOST = 14  # facts on a page
MOST_WEIGHTS = 25
Fact = tuple[str, str]


def pages_of(t: Words, poll: Poll, outcome: Outcome, counted: Count | None, limit: int) -> list[tuple[Block, ...]]:
    """The rules in pages. Without a count, what was fixed at opening alone."""
    facts = [(t.plain(f"details.fact.{name}"), value) for name, value in _facts(t, poll, outcome, counted)]
    found = pages(facts, lambda fact: weight(fact[0]) + weight(fact[1]) + 8, limit, MOST)
    return [(Facts(some),) for some in found]


def _facts(t: Words, poll: Poll, outcome: Outcome, counted: Count | None) -> Iterator[Fact]:
    rules = poll.rules
    yield "method", method_name(t, poll.method)
    if rules.seats > 1:
        yield "seats", t.number(rules.seats)
    if poll.kind == "motion":
        yield "threshold", t(f"result.passes.{rules.threshold}")
        yield "abstain", t("details.abstain")
    yield from _policies(t, poll)
    if rules.quorum:
        yield "quorum", t("result.ballots", n=rules.quorum)
    if poll.electorate:
        yield "electorate", t("details.electorate", n=poll.electorate)
    if rules.weights:
        yield "weights", t("details.weights", roles=weights(t, poll, MOST_WEIGHTS))
    yield from _counted(t, poll, outcome, counted)
    yield from _sealed(t, poll)


def _policies(t: Words, poll: Poll) -> Iterator[Fact]:
    """What a ballot that leaves something open means, and what a tie is."""
    if poll.kind in ("ranked", "score"):
        how = "zero" if poll.kind == "score" else "none" if poll.method in STRICT | {"borda"} else "below"
        yield "unranked", t(f"details.unranked.{how}")
    if poll.kind == "ranked":
        equal = "refused" if poll.method in STRICT else "mean" if poll.method == "borda" else "kept"
        yield "equal", t(f"details.equal.{equal}")
        yield "skipped", t("details.skipped")
    yield "ties", t(f"details.ties.{poll.method}" if poll.method in LOTS | {"motion"} else "details.ties.stay")


def _counted(t: Words, poll: Poll, outcome: Outcome, counted: Count | None) -> Iterator[Fact]:
    if counted is None:
        return
    for fact in ("quota", "price"):
        if fact in counted.facts:
            yield fact, counted.facts[fact] if fact == "price" else number(t, int(counted.facts[fact]))
    exhausted = plain(counted.rounds[-1].exhausted) if counted.rounds and poll.method in STRICT else 0
    if exhausted:
        yield "exhausted", votes(t, poll, exhausted)
    if outcome.voided:
        yield "voided", t("result.ballots", n=outcome.voided)


def _sealed(t: Words, poll: Poll) -> Iterator[Fact]:
    """What anybody needs to check the ballots and to redo a lot."""
    if poll.salt and poll.draws_lots:
        yield "salt", Rich(f"`{poll.salt}`")
    if poll.root:
        yield "root", Rich(f"`{poll.root}`")
    if poll.salt and poll.draws_lots:
        yield "seed", t("details.seed")

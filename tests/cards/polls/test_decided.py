"""What was decided is said first, and never more than the ballots carry, in every kind of poll."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.cards.polls import board, results
from bot.cards.polls.decided import sentence
from bot.cards.polls.decisive import decisive
from bot.cards.polls.numbers import votes
from bot.cards.polls.other_methods import others_say
from bot.core.card import Bars
from bot.core.intents import ShowDetails
from bot.core.poll.result import Outcome
from bot.core.poll.values import Edit, Poll, Results, State
from bot.core.rich import unmarked
from bot.i18n import LOCALES, words
from tests.cards.polls.made import a_poll, counted, weighed
from tests.support import NOON, actions, said

EN = words("en")
RANKED = {"a>b>c": 9, "b>c": 8, "c>b>a": 7, "d>b": 2}
CIRCLE = {"a>b>c": 9, "b>c>a": 8, "c>a>b": 7}
LAST_TIED = {"a>b>c": 5, "b>c>a": 3, "c>b>a": 3}
STV = {"a>b>c": 19, "b>c": 8, "c>b>a": 7, "d>b": 2, "d": 3, "e>c": 4}
SCORES = {"a=5,b=3": 9, "b=5,c=2": 8, "c=5,a=1": 7, "d=5,b=4": 2}
Ballots = dict[str, int]

SENTENCES = [
    pytest.param(a_poll("single"), {"a": 14, "c": 3},
                 "Most votes: A, Parks, with 14 of 17; 11 votes ahead of the next.", id="the most votes"),
    pytest.param(a_poll("single"), {"a": 7, "b": 7, "c": 3}, "A tie: A and B, 7 each.", id="a tie is a tie"),
    pytest.param(a_poll("single", quorum=20), {"a": 12},
                 "No decision: quorum missed (12 of 20 ballots).", id="no quorum"),
    pytest.param(a_poll("single", quorum=20), {},
                 "No decision: quorum missed (0 of 20 ballots).", id="nobody, no quorum"),
    pytest.param(a_poll("ranked"), {}, "No decision: nobody voted.", id="nobody"),
    pytest.param(a_poll("motion", threshold="two-thirds"), {"yes": 14, "no": 5, "abstain": 3},
                 "Passed: for 14, against 5, abstained 3. At least two thirds were needed: 13 of 19.", id="passed"),
    pytest.param(a_poll("motion", threshold="two-thirds"), {"yes": 12, "no": 7, "abstain": 30},
                 "Rejected: for 12, against 7, abstained 30. At least two thirds were needed: 13 of 19.",
                 id="rejected"),
    pytest.param(a_poll("motion"), {"yes": 5, "no": 5},
                 "Rejected: for 5, against 5, abstained 0. More than half was needed: 6 of 10.", id="half is not more"),
    pytest.param(a_poll("motion", threshold="unanimous"), {"yes": 9, "no": 1},
                 "Rejected: for 9, against 1, abstained 0. All had to be for: 10 of 10.", id="not all"),
    pytest.param(a_poll("motion", quorum=20), {"yes": 11, "abstain": 9},
                 "Passed: for 11, against 0, abstained 9. More than half was needed: 6 of 11.",
                 id="abstentions count for the quorum"),
    pytest.param(a_poll("motion", quorum=20), {"no": 19}, "No decision: quorum missed (19 of 20 ballots).",
                 id="missed is not rejected"),
    pytest.param(a_poll("motion"), {"abstain": 4},
                 "No decision: nobody voted for or against; 4 abstained.", id="all abstained"),
    pytest.param(a_poll("approval", 4, seats=2), {"a,b": 7, "b": 7, "c,d": 3, "a,d": 4},
                 "By approval, the 2 seats go, in this order, to B, Buses and A, Parks."
                 " The last seat was decided by 4 ballots.", id="seats in their order"),
    pytest.param(a_poll("approval", 4, seats=2), {"a": 7, "b,c": 3, "d": 1},
                 "By approval, one seat goes to A, Parks. The last seat is tied between B, Buses and C, Books.",
                 id="the last seat tied"),
    pytest.param(a_poll("ranked", 5, method="stv", seats=2), STV,
                 "By Scottish STV, the 2 seats go, in this order, to A, Parks and B, Buses."
                 " The last seat was decided by 3 votes.", id="stv"),
    pytest.param(a_poll("ranked", 4), RANKED, "B, Buses wins by Schulze (winning votes)."
                 " Ahead in its closest comparison by 8 ballots.", id="schulze"),
    pytest.param(a_poll("ranked"), CIRCLE, "A, Parks wins by Schulze (winning votes)."
                 " Its chains of wins are stronger than those against it by 1 ballot at least.", id="a circle"),
    pytest.param(a_poll("ranked"), {"a>b": 2, "b>a": 2, "c": 1},
                 "A tie by Schulze (winning votes): A, Parks and B, Buses.", id="a ranked tie"),
    pytest.param(a_poll("ranked", 4, method="irv"), RANKED,
                 "B, Buses wins by instant runoff (IRV). Ahead in the last round by 8 ballots.", id="irv"),
    pytest.param(a_poll("ranked", 4, method="borda"), RANKED,
                 "B, Buses wins by Borda count. Ahead of the next by 14 points.", id="borda"),
    pytest.param(a_poll("score", 4), SCORES,
                 "A, Parks wins by STAR (score, then runoff). Ahead in the runoff by 6 ballots.", id="star"),
    pytest.param(a_poll("score", 4, method="score"), SCORES,
                 "B, Buses wins by score (most points). Ahead of the next by 23 points.", id="score"),
]  # fmt: skip


@pytest.mark.parametrize(("poll", "ballots", "sentence_"), SENTENCES)
def test_what_was_decided(poll: Poll, ballots: Ballots, sentence_: str) -> None:
    """By the poll's own method, with the margin in ballots; on the board and in the results it stands first."""
    outcome = counted(poll, ballots)
    assert unmarked(sentence(EN, poll, outcome)) == sentence_
    for card in (
        board.board(EN, poll, outcome, [], None, open_now=False),
        results.results(EN, poll, outcome, []),
        results.private(EN, poll, outcome, None, None, open_now=False),
    ):
        assert said(card).split("\n")[1] == sentence_


WINNING = (" wins by", "Most votes", "Passed", "Rejected", "go, in this order", "No decision")


@pytest.mark.parametrize(("poll", "ballots", "sentence_"), SENTENCES)
def test_an_open_poll_has_no_winner(poll: Poll, ballots: Ballots, sentence_: str) -> None:
    """Somebody is ahead so far; nothing was passed, rejected, won or missed yet."""
    running = replace(poll, state=State.OPEN, root=None, rules=replace(poll.rules, results=Results.LIVE))
    told = sentence(EN, running, counted(running, ballots))
    assert not any(word in told for word in WINNING)


def test_a_lot_is_named_and_can_be_redone() -> None:
    """Which tie it decided, in which round, and how anybody can draw it again; without a root no lot is drawn."""
    poll = a_poll("ranked", method="irv")
    card = said(results.results(EN, poll, counted(poll, LAST_TIED), []))
    assert "In round 1 a lot decided the tie between B and C; anyone can redo it from the salt and the root." in card
    before = replace(poll, root=None)
    told = said(results.results(EN, before, counted(before, LAST_TIED), []))
    assert "a lot" not in told and "A tie by instant runoff" in told


@pytest.mark.parametrize("locale", LOCALES)
def test_a_withheld_result_tells_nothing_but_why(locale: str) -> None:
    """Of a secret poll with fewer than five ballots: no count, no leader, no way to details, in no language."""
    t, poll = words(locale), a_poll("single", named=False)
    bare = Outcome({"a": 0, "b": 0, "c": 0}, 4, 312, of_voters=False)
    for outcome in (counted(poll, {"a": 3, "b": 1}), bare):
        for card in (
            board.board(t, poll, outcome, [], None, open_now=False),
            results.results(t, poll, outcome, []),
            results.private(t, poll, outcome, None, None, open_now=False),
        ):
            assert unmarked(t("result.withheld", n=4, fewest=5)) in said(card)
            assert not any(isinstance(block, Bars) for block in card.blocks)
            assert "Parks" not in said(card) and actions(card) == []
    five = counted(poll, {"a": 4, "b": 1})
    assert "Parks" in said(results.results(t, poll, five, []))


def test_weights_are_printed_and_never_called_ballots() -> None:
    """How many ballots there are, what they weigh, and whose weigh more."""
    poll = a_poll("single", weights=(("r", "Council", 3),))
    card = said(results.results(EN, poll, weighed(poll, {"a": (30, 45), "b": (11, 11)}), []))
    assert "41 ballots, together 56 by weight." in card and "Percentages are of 56 by weight." in card
    assert "45 by weight · 80%" in card and "weights: Council 3; everybody else 1" in card
    assert "45 ballots" not in card and "with 45 of 56" in card


def test_the_quorum_is_of_ballots_whatever_they_weigh() -> None:
    """Four heavy ballots are four."""
    poll = a_poll("motion", quorum=5, weights=(("r", "Council", 3),))
    assert "quorum missed" in sentence(EN, poll, weighed(poll, {"yes": (4, 12)}))


def test_voided_ballots_are_counted_without_names() -> None:
    """How many, by whom."""
    poll = a_poll("single")
    assert "2 ballots were voided by moderators." in said(results.results(EN, poll, counted(poll, {"a": 9}, 2), []))


QUORUM = [
    pytest.param(12, "12 of the 20 ballots needed for the quorum", id="not yet"),
    pytest.param(20, "20 votes, quorum of 20 reached", id="reached"),
]


@pytest.mark.parametrize(("cast", "told"), QUORUM)
def test_an_open_poll_says_how_its_quorum_stands(cast: int, told: str) -> None:
    """To everybody, whoever may see counts: how many voted is no count of votes."""
    poll = a_poll("single", state=State.OPEN, named=False, quorum=20)
    assert told in said(board.board(EN, poll, counted(poll, {"a": cast}), [], None, open_now=True))


def test_few_ballots_have_no_percentages() -> None:
    """Nine of nine is not a hundred percent."""
    for kind, ballots in (("single", {"a": 9}), ("ranked", {"a>b": 9}), ("motion", {"yes": 9})):
        poll = a_poll(kind)
        card = said(results.results(EN, poll, counted(poll, ballots), []))
        assert "%" not in card and "9 ballots; too few for percentages." in card


def bars_of(poll: Poll, ballots: Ballots) -> list[tuple[str, str]]:
    """The letters and values of the bars that decided."""
    return [
        (bar.mark, bar.value)
        for block in decisive(EN, poll, counted(poll, ballots), 500)
        if isinstance(block, Bars)
        for bar in block.bars
    ]


def test_the_bars_are_of_the_decisive_round() -> None:
    """The last round; the winner against whoever came nearest; the points. Never first choices by another name."""
    assert bars_of(a_poll("ranked", 4, method="irv"), RANKED) == [
        ("B", "17 votes · 65%"),
        ("A", "9 votes · 35%"),
    ]
    assert bars_of(a_poll("ranked", 4), {**RANKED, "c": 3}) == [
        ("B", "17 votes · 59%"),
        ("A", "9 votes · 31%"),
    ]
    assert bars_of(a_poll("score", 4), SCORES)[1] == ("B", "75 points")
    assert bars_of(a_poll("ranked", 4, method="borda"), RANKED)[1] == ("B", "60 points")


def test_a_last_round_says_where_its_votes_came_from() -> None:
    """Transfers, and the ballots that count for nobody any more."""
    poll = a_poll("ranked", 4, method="irv")
    card = said(results.results(EN, poll, counted(poll, {**RANKED, "d": 3}), []))
    assert "From C, out in round 2: 7 to B." in card and "3 ballots went to nobody: no option on them was left." in card


def test_a_duel_says_how_many_say_nothing() -> None:
    """And a letter without a bar is explained."""
    poll = a_poll("ranked", 4)
    card = said(results.results(EN, poll, counted(poll, {**RANKED, "c": 3}), []))
    assert "The decisive comparison: B beats A, 17 ballots to 9; 3 say nothing." in card
    assert "C, Books · D, Bread" in card


def test_a_circle_is_said() -> None:
    """Where nobody beats everybody, the group is named with the comparisons within it."""
    poll = a_poll("ranked")
    card = said(results.results(EN, poll, counted(poll, CIRCLE), []))
    assert "No option beats every other one." in card and "(the Smith set): A, B, and C." in card
    assert "C beats A, 15 ballots to 9" in card


def test_where_methods_differ_it_is_said() -> None:
    """Grouped by what they say, those that agree with the poll first; only of a closed poll."""
    poll = a_poll("ranked", 4)
    told = said(results.results(EN, poll, counted(poll, RANKED), []))
    assert "Other methods would say · Not every method says the same." in told
    assert "Also B, Buses: Borda count, instant runoff (IRV), ranked pairs" in told
    assert "A, Parks: plurality (first choices)" in told
    running = replace(poll, state=State.OPEN)
    assert others_say(EN, running, counted(running, RANKED)) == ()


def test_where_all_methods_agree_it_is_one_line() -> None:
    """Each named once."""
    poll = a_poll("score")
    told = said(results.results(EN, poll, counted(poll, {"a=5,b=0,c=0": 9}), []))
    assert "Every other method says the same: score (most points), Borda count," in told


def test_edits_are_noted_publicly() -> None:
    """What stood there before and until when, on the board of an open and of a closed poll; an added option too."""
    edits = (
        Edit(NOON, "b", "Trams", "Buses"),
        Edit(NOON, "", "What frist?", "What first?"),
        Edit(NOON, "c", "", "Books"),
    )
    for state in (State.OPEN, State.CLOSED):
        poll = replace(a_poll("single", state=state), edits=edits)
        card = said(board.board(EN, poll, counted(poll, {"a": 9}), [], None, open_now=state is State.OPEN))
        assert "Edited: option B read “Trams” until" in card and "the question read “What frist?” until" in card
        assert "Option C was added" in card


def test_a_closed_board_leads_on_and_shows_the_root() -> None:
    """Details for everybody; nothing to vote with."""
    poll = a_poll("ranked")
    card = board.board(EN, poll, counted(poll, CIRCLE), [], None, open_now=False)
    assert ShowDetails(poll.id) in [action.intent for action in actions(card)]
    assert poll.root is not None and poll.root in said(card)


NUMBERS = [
    pytest.param("irv", 3, "3 ballots", id="whole"),
    pytest.param("stv", 1, "1 vote", id="stv has votes"),
    pytest.param("stv", Fraction(1234567, 100000), "12.35 votes", id="a part"),
]


@pytest.mark.parametrize(("method", "n", "told"), NUMBERS)
def test_numbers_of_votes(method: str, n: int | Fraction, told: str) -> None:
    """A ballot is whole; where a method divides votes it has votes."""
    assert votes(EN, a_poll("ranked", method=method), n) == told


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("poll", "ballots", "sentence_"), SENTENCES)
def test_every_language_says_it(poll: Poll, ballots: Ballots, sentence_: str, locale: str) -> None:
    """Nothing is left to fill in, and the options' letters stand where they stood."""
    told = said(results.results(words(locale), poll, counted(poll, ballots), []))
    assert "{" not in told and "  " not in told

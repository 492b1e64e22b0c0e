"""A poll's cards keep the narrowest platform's budgets and still say what came out, whatever was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cards.polls import ballot, board, draft, lists, mine, panel, results, rules
from bot.core.card import Card
from bot.core.intents import DraftPollSet
from bot.core.logbook import Entry
from bot.core.poll.counted import outcome_of
from bot.core.poll.drafting import LONGEST_OPTION, LONGEST_QUESTION, fixed_options
from bot.core.poll.result import Outcome
from bot.core.poll.values import LETTERS, About, Ballot, Poll, PollOption, Results, Rules, State
from bot.i18n import LOCALES, Words, words
from bot.services.polls.voting import Vote
from tests.platforms.discord.drawn import form, message, text
from tests.spec.gate import over_budget, violations
from tests.support import NOON
from tests.worst import ALPHABETS, filled

COUNTS = [2, 6, 7, 10, 11, 25]


def a_poll(count: int, filling: str, *, kind: str = "multiple", state: State = State.OPEN, **given: object) -> Poll:
    """The largest poll there may be, of so many options."""
    options = tuple(PollOption(LETTERS[n].lower(), f"{n} {filled(filling, LONGEST_OPTION - 3)}") for n in range(count))
    worst = {"maximum": count, "roles": ("1" * 18,), "role_names": (filled(filling, 90),), "account_days": 3650}
    return Poll(
        id="p" * 10,
        place="test:town",
        question=filled(filling, LONGEST_QUESTION),
        kind=kind,
        options=fixed_options(kind) or options,
        rules=Rules(**{**worst, "joined_before": True, "reasons": True, **given}),  # type: ignore[arg-type]
        named=True,
        state=state,
        number=1234,
        closes_ms=NOON,
        closed_ms=NOON if state is State.CLOSED else None,
        opened_ms=NOON,
    )


def told(poll: Poll, filling: str) -> tuple[Outcome, list[Ballot]]:
    """Counts of a large place, and long reasons of people with long names."""
    groups = [({option.id: 1}, 12_345 - n, 12_345 - n) for n, option in enumerate(poll.options)]
    reasons = [
        Ballot(f"v{n}", {o.id: 1 for o in poll.options[:3]}, filled(filling, 64), filled(filling, 300))
        for n in range(8)
    ]
    return outcome_of(replace(poll, electorate=987_654), groups, 12), reasons


def shown(t: Words, poll: Poll, filling: str) -> list[Card]:
    """Every card of one poll that tells its counts."""
    outcome, reasons = told(poll, filling)
    everything = Ballot("me", {option.id: 1 for option in poll.options})
    is_open = poll.state is State.OPEN
    about = About(filled(filling, 700), edited=True)
    return [
        board.board(t, poll, outcome, reasons[:5], about, open_now=is_open),
        results.private(t, poll, outcome, everything, about, open_now=is_open),
        results.results(t, poll, outcome, reasons),
    ]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_a_card_with_counts_says_them_all(filling: str, count: int, state: State, locale: str) -> None:
    """Every option's count, whom the result describes and what the percentages are of stand on the drawn card."""
    t, poll = words(locale), a_poll(count, filling, state=state, results=Results.LIVE)
    for card in shown(t, poll, filling):
        drawn = message(card, layout=True)
        assert over_budget(drawn) == []
        assert violations(drawn, "message") == []
        said = text(drawn)
        assert all(t.number(12_345 - n) in said for n in range(count))
        assert t.plain("poll.of_voters", n=told(poll, filling)[0].ballots) in said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("minimum", [1, 2])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_a_board_without_counts_fits(filling: str, count: int, minimum: int, locale: str) -> None:
    """A board that hides its counts, and the preview of it, show every option's letter and the rules."""
    t, poll = words(locale), a_poll(count, filling, results=Results.CLOSE, minimum=minimum)
    outcome, reasons = told(poll, filling)
    about = About(filled(filling, 700))
    for card in (
        board.board(t, poll, outcome, reasons, about, open_now=True),
        draft.preview(t, t, replace(poll, state=State.DRAFT), about),
        results.private(t, poll, outcome, None, about, open_now=True),
    ):
        drawn = message(card, layout=True)
        assert over_budget(drawn) == []
        assert violations(drawn, "message") == []
        assert t.plain("poll.results_close") in text(drawn)
        assert "12,3" not in text(drawn) and "12.3" not in text(drawn)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_the_other_cards_fit(filling: str, count: int, locale: str) -> None:
    """Receipts, papers, lists, panels and forms keep the budgets; a form is one that Discord takes."""
    t, poll = words(locale), a_poll(count, filling)
    whole = Ballot("me", {option.id: 1 for option in poll.options}, reason=filled(filling, 300))
    polls = [replace(poll, number=n, id=f"poll-{n:05d}") for n in range(1, 26)]

    def listed(*most: int) -> lists.Listed:
        """A page in the middle, as full as can be."""
        states = (State.OPEN, State.CLOSED) if len(most) == 2 else tuple(panel.MOST)
        found = {state: polls[:n] for state, n in zip(states, most, strict=True)}
        return lists.Listed(found, dict.fromkeys(states, 99_999), 1_000, 3_999)

    faster = Entry(NOON, "test:sam", filled(filling, 64), "poll_closed", "poll:x", {"number": 3})
    cards = [
        ballot.recorded(t, Vote(poll, None, whole)),
        ballot.paper(t, poll, whole),
        ballot.reason_form(t, poll, whole),
        lists.polls(t, listed(lists.MOST, lists.MOST), moderator=True),
        mine.ballots(t, [(each, whole) for each in polls[: mine.SHOWN]], 20, 99_999, 99),
        panel.panel(t, poll, 9, faster, filled(filling, 200), stale=True),
        panel.choose(t, listed(*panel.MOST.values()), article=True),
        panel.sure_to_close(t, poll, ""),
        panel.sure_to_erase(t, poll, ""),
        panel.extend_form(t, poll, "2026-12-01 10:00"),
        *(rules.rules(t, poll, part) for part in range(3)),
        draft.change_form(t, t, poll, "2026-12-01 10:00"),
        draft.set_preview(t, t, polls, DraftPollSet("w" * 24, sure=True, closes_ms=NOON, once="abcdef")),
        draft.started(t, polls),
    ]
    for card in cards:
        assert over_budget(message(card)) == [], card.title
        assert violations(message(card), "message") == []
        if card.form:
            assert violations(form(card), "modal") == []

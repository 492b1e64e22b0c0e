"""Papers that rank or score, and every step of filling them in, are what Discord takes, however much is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.cards.polls import ballot, board, ranking, scoring
from bot.cards.polls.wording import chosen
from bot.core.card import Action, Card, Form
from bot.core.codec import LIMIT, encode
from bot.core.errors import refuse
from bot.core.intents import FillBallot, Intent, ShowActions
from bot.core.poll import unfinished
from bot.core.poll.drafting import LONGEST_OPTION, LONGEST_QUESTION, fixed_options
from bot.core.poll.result import Outcome
from bot.core.poll.values import LETTERS, Ballot, Poll, PollOption, Rules, State
from bot.core.rich import unmarked
from bot.i18n import LOCALES, words
from bot.platforms.discord.forms import drawable
from bot.services.polls.voting import Vote
from tests.platforms.discord.drawn import form, message
from tests.spec.gate import over_budget, violations
from tests.support import NOON, actions, said
from tests.worst import ALPHABETS, filled

COUNTS = [2, 5, 6, 25]


def a_poll(kind: str, count: int, filling: str = "words ", **given: object) -> Poll:
    """The largest open poll there may be, of so many options."""
    options = tuple(PollOption(f"o-{n}", f"{n} {filled(filling, LONGEST_OPTION - 3)}") for n in range(count))
    rules = {"roles": ("1" * 18,), "role_names": (filled(filling, 90),), "talk_minutes": 90, **given}
    return Poll(
        "p" * 10,
        "test:town",
        filled(filling, LONGEST_QUESTION),
        kind,
        options,
        rules=Rules(**rules),  # type: ignore[arg-type]
        state=State.OPEN,
        number=1234,
        salt="s" * 16,
        opened_ms=NOON,
        closes_ms=NOON,
    )


def whole(poll: Poll) -> Ballot:
    """A ballot that marks everything, with a long reason."""
    numbers = {o.id: n + 1 if poll.kind == "ranked" else n % 6 for n, o in enumerate(poll.options)}
    return Ballot("me", numbers, reason="x " * 150, nonce="f" * 32)


def steps(t, poll: Poll) -> Iterator[Card]:  # type: ignore[no-untyped-def]
    """Every card between the paper and the answer."""
    mine = whole(poll)
    letters = [LETTERS[n].lower() for n in range(len(poll.options))]
    yield from (ballot.paper(t, poll, some) for some in (None, mine))
    yield ballot.recorded(t, Vote(poll, None, mine))
    yield ballot.kept(t, refuse("stale_ballot"), poll, mine.marks, go_on=True)
    if poll.kind == "ranked":
        for so_far in ("", "b=", "".join(letters), "a" + "".join(letters[1:]).upper()):
            yield ranking.tapping(t, poll, so_far)
        return
    sheet = unfinished.written(mine.marks, poll)
    yield from (scoring.page(t, poll, sheet, page) for page in {1, unfinished.pages(poll)})
    yield from (scoring.overview(t, poll, some, page) for some, page in (("", 0), (sheet, 2), (sheet, 9)))


def intents(card: Card) -> Iterator[Intent]:
    """What can be asked for from a card."""
    yield from (action.intent for action in actions(card) if action.intent)
    yield from (option.intent for pick in card.picks for option in pick.options)
    if card.form:
        yield card.form.intent


def judge(card: Card) -> None:
    """Discord takes it, as a message, in the place of one, and as a form; every button's string fits."""
    shown = drawable(card)
    for body in (message(shown), message(shown, layout=True)):
        assert violations(body, "message") == []
        assert over_budget(body) == []
    assert not shown.form or violations(form(shown), "modal") == []
    assert all(len(encode(intent)) <= LIMIT for intent in intents(shown))


@pytest.mark.parametrize(("locale", "reasons"), [("en", False), ("es", True)])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("kind", ["ranked", "score"])
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_every_step_is_one_that_discord_takes(filling: str, kind: str, count: int, reasons: bool, locale: str) -> None:
    """Two to 25 options of the longest words, empty, half filled and full."""
    poll = a_poll(kind, count, filling, reasons=reasons)
    for card in steps(words(locale), poll):
        judge(card)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("method", ["star", "score"])
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_a_board_with_small_print_fits(filling: str, method: str, locale: str) -> None:
    """25 long options, the time to talk, and the salt where lots may be drawn; one button to vote, once votes count."""
    t, poll = words(locale), a_poll("score", 25, filling, method=method)
    nothing = Outcome({}, 3, 99, of_voters=False)
    for talking in (True, False):
        card = board.board(t, poll, nothing, [], None, open_now=not talking, talking=talking)
        judge(card)
        assert ("s" * 16 in said(card)) == (method == "star")
        assert (t.plain("ballot.talk_first", when="x", left="x").split("x")[0] in said(card)) == talking
        labels = [action.label for action in actions(card)]
        assert (t.plain("poll.action.vote") in labels[:1]) == (not talking)


def test_a_closed_board_has_no_terms() -> None:
    """What was to be known before voting is over."""
    poll = replace(a_poll("score", 3), state=State.CLOSED, closed_ms=NOON)
    card = board.board(
        words("en"), poll, Outcome({o.id: 0 for o in poll.options}, 0, 9, of_voters=False), [], None, open_now=False
    )
    assert "votes count from" not in said(card)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_motion_has_three_equal_buttons(locale: str) -> None:
    """For, against, abstain: bare words, one look, one row, before anything else."""
    t = words(locale)
    poll = replace(a_poll("motion", 2), options=fixed_options("motion"))
    card = board.board(t, poll, Outcome({}, 0, 9, of_voters=False), [], None, open_now=True)
    first = [action for action in card.actions[0] if isinstance(action, Action)]
    assert [action.label for action in first] == [t.plain(f"motion.{side}") for side in ("yes", "no", "abstain")]
    assert len({action.style for action in first}) == 1
    judge(card)


def test_a_ranking_of_actions_leads_to_their_texts() -> None:
    """Whoever ranks the article's calls to action can read them; other polls offer no such thing."""
    poll = a_poll("ranked", 3)
    over = replace(poll, article="us-mexico-bargain", options=tuple(PollOption(f"a-{n}", f"Act {n}") for n in range(3)))
    for each, expected in ((poll, []), (over, [ShowActions("us-mexico-bargain")])):
        card = board.board(words("en"), each, Outcome({}, 0, 9, of_voters=False), [], None, open_now=True)
        assert [action.intent for action in actions(card) if isinstance(action.intent, ShowActions)] == expected


def test_a_dialog_holds_what_it_can() -> None:
    """Five places or options fit one; with a line for reasons they don't, and six go step by step."""
    for kind, count, reasons, expected in (
        ("ranked", 5, False, "whole"), ("ranked", 5, True, "dialog"), ("ranked", 6, False, "steps"),
        ("score", 5, False, "whole"), ("score", 5, True, "dialog"), ("score", 4, True, "whole"),
        ("score", 6, False, "page"),
    ):  # fmt: skip
        shown = drawable(ballot.paper(words("en"), a_poll(kind, count, reasons=reasons), None))
        assert _how(shown.form) == expected, (kind, count, reasons)


def _how(shown: Form | None) -> str:
    if shown is None:
        return "steps"
    if not isinstance(shown.intent, FillBallot):
        return "whole"
    return "page" if shown.intent.page else "dialog"


SAID = [
    pytest.param("ranked", {"o-1": 1, "o-0": 2, "o-2": 2}, 3, "B, 1 words > A, 0 words = C, 2 words", id="few"),
    pytest.param("ranked", {f"o-{n}": n // 2 for n in range(6)}, 6, "A = B > C = D > E = F", id="many: letters"),
    pytest.param("score", {"o-0": 5, "o-2": 0}, 3, "A 5, C 0", id="scores"),
    pytest.param("approval", {"o-0": 1, "o-2": 1}, 3, "A, 0 words and C, 2 words", id="approved"),
]


@pytest.mark.parametrize(("kind", "marks", "count", "expected"), SAID)
def test_a_ballot_in_words(kind: str, marks: dict[str, int], count: int, expected: str) -> None:
    """As receipts, my votes and refusals say it."""
    poll = replace(a_poll(kind, count), options=tuple(PollOption(f"o-{n}", f"{n} words") for n in range(count)))
    assert unmarked(chosen(words("en"), poll, marks)) == expected


def test_a_motion_in_words() -> None:
    """Its sides have no letters."""
    poll = replace(a_poll("motion", 2), options=fixed_options("motion"))
    assert unmarked(chosen(words("es"), poll, {"abstain": 1})) == "Abstención"

"""Ranking through the desk: typed, by form and by tapping; nothing is kept until it is cast, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Card, FieldKind, Show
from bot.core.intents import CastBallot, FillBallot, OpenBallot, PressOption, RetractBallot, ShowMyBallots, ShowPoll
from bot.core.poll.values import Poll
from tests.integrity.polls import box
from tests.services.polls.acting import a_poll, close
from tests.support import HOUR, Table, a_desk, actions, ctx, labelled, maria, said, tom

OPTIONS = "Parks | Buses | Books | Bees"
MANY = "Parks | Buses | Books | Bees | Bread | Boats"


async def ranked(table: Table, options: str = OPTIONS, **given: object) -> Poll:
    """An open poll that ranks, counted by Schulze unless told otherwise."""
    return await a_poll(table, options, kind="ranked", **given)


async def marks(table: Table, poll: Poll) -> list[dict[str, int]]:
    """What each ballot marks."""
    return [ballot.marks for ballot in await box(table, poll)]


def tapped(card: Card, letter: str) -> FillBallot:
    """The choice of this option on a tapping card."""
    [intent] = [option.intent for option in card.picks[0].options if option.label.startswith(letter)]
    assert isinstance(intent, FillBallot)
    return intent


async def taps(table: Table, poll: Poll, letters: str) -> Card:
    """So many options tapped, "=" before one that shares the place before it."""
    card = await table.card(tom, FillBallot(poll.id))
    for sign in letters:
        step = labelled(card, "Same place") if sign == "=" else tapped(card, sign)
        card = await table.card(tom, step)
    return card


TYPED = [
    pytest.param("b>a>c", {"b": 1, "a": 2, "c": 3}, "Recorded: B, Buses > A, Parks > C, Books.", id="letters"),
    pytest.param("B > A=C", {"b": 1, "a": 2, "c": 2}, "Recorded: B, Buses > A, Parks = C, Books.", id="equal ranks"),
    pytest.param("Buses > parks", {"b": 1, "a": 2}, "Recorded: B, Buses > A, Parks.", id="by their words"),
    pytest.param("2,1", {"b": 1, "a": 2}, "Recorded: B, Buses > A, Parks.", id="numbers and commas"),
    pytest.param("d", {"d": 1}, "Recorded: D, Bees.", id="only the best"),
    pytest.param("a=b=c=d", dict.fromkeys("abcd", 1), "A, Parks = B, Buses = C, Books = D, Bees", id="all the same"),
]


@pytest.mark.parametrize(("typed", "expected", "receipt"), TYPED)
async def test_a_ranking_is_typed(tmp_path: Path, typed: str, expected: dict[str, int], receipt: str) -> None:
    """The answer says it back from the best on, with the receipt of a secret ballot."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        answer = said(await table.card(tom, CastBallot(poll.id, marks=typed)))
        assert receipt in answer
        assert "Your receipt: " in answer
        assert await marks(table, poll) == [expected]


REFUSED = [
    pytest.param("b>b", "stands in your ballot twice", "B, Buses", id="twice"),
    pytest.param("b>bookz", "There is no option “bookz”", "B, Buses", id="unknown"),
    pytest.param("b>bookz", "Did you mean Books?", "B, Buses", id="what it looks like"),
    pytest.param("b>a=z", "Its options go from A to D", "B, Buses > A, Parks", id="no such letter"),
]


@pytest.mark.parametrize(("typed", "why", "kept"), REFUSED)
async def test_a_slip_costs_nothing(tmp_path: Path, typed: str, why: str, kept: str) -> None:
    """The refusal says what it is, shows what could be read, and leads on from there by tapping."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        show = await table.ask(tom, CastBallot(poll.id, marks=typed))
        assert show.refused and why in said(show)
        assert f"not counted: {kept}" in said(show)
        assert "Buses" in said(await table.card(tom, labelled(show.card, "Go on from there")))
        assert await marks(table, poll) == []


async def test_in_spanish(tmp_path: Path) -> None:
    """The same for María: recorded, refused, tapped."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        assert "Registrado: B, Buses > A, Parks." in said(await table.card(maria, CastBallot(poll.id, marks="b>a")))
        show = await table.ask(maria, CastBallot(poll.id, marks="b>bookz"))
        assert "¿Querías decir Books?" in said(show) and "no contada: B, Buses" in said(show)
        card = await table.card(maria, labelled(show.card, "Seguir desde ahí"))
        assert card.picks[0].label == "Elige para el puesto 2"


@pytest.mark.parametrize("typed", ["b=a", "c>b=a"])
async def test_a_strict_method_hears_one_option_at_a_time(tmp_path: Path, typed: str) -> None:
    """An equal rank is refused at the ballot, and neither form nor taps offer one."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, method="irv")
        assert "needs one option at each rank" in said(await table.ask(tom, CastBallot(poll.id, marks=typed)))
        paper = await table.card(tom, OpenBallot(poll.id))
        assert paper.form is not None and not paper.form.fields[0].ties
        assert paper.form.fields[0].example == "b>a>c"
        card = await taps(table, poll, "B")
        assert not [action for action in actions(card) if action.label.startswith("Same place")]
        assert (await table.ask(tom, FillBallot(poll.id, "bA", cast=True))).refused
        assert await marks(table, poll) == []


async def test_the_paper_holds_my_ranking(tmp_path: Path) -> None:
    """Empty before I voted; then as I ranked. What the form sends is what I typed."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        form = (await table.card(tom, OpenBallot(poll.id))).form
        assert form is not None
        [field] = form.fields
        assert (field.kind, field.value, field.ties, field.example) == (FieldKind.RANKING, "", True, "b>a=c")
        await table.card(tom, replace(form.intent, marks="b>a=c"))  # type: ignore[call-arg]
        again = (await table.card(tom, OpenBallot(poll.id))).form
        assert again is not None and again.fields[0].value == "b>a=c"
        assert await marks(table, poll) == [{"b": 1, "a": 2, "c": 2}]


async def test_a_walk_of_taps(tmp_path: Path) -> None:
    """Best first, one beside another, a step back, cast: each card says the order so far and offers what is left."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, MANY)
        card = await table.card(tom, FillBallot(poll.id))
        assert "from the best on" in said(card) and len(card.picks[0].options) == 6
        assert [action.label for action in actions(card)] == []
        card = await taps(table, poll, "B=AC")
        assert "A · Parks = B · Buses" in said(card) and "C · Books" in said(card)
        assert [option.label[0] for option in card.picks[0].options] == ["D", "E", "F"]
        card = await table.card(tom, labelled(card, "Undo"))
        assert "C · Books" not in said(card).split("Options may")[0]
        assert await marks(table, poll) == []  # nothing is kept until it is cast
        show = await table.ask(tom, labelled(card, "Cast"))
        assert show.replace and "Recorded: B, Buses = A, Parks" in said(show).replace(
            "A, Parks = B, Buses", "B, Buses = A, Parks"
        )
        assert await marks(table, poll) == [{"b": 1, "a": 1}]


async def test_all_taps_to_the_last(tmp_path: Path) -> None:
    """With every option in its place there is nothing left to choose, and one can begin again."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, MANY)
        card = await taps(table, poll, "FEDCBA")
        assert card.picks == ()
        assert [action.label for action in actions(card)] == ["Cast", "Undo", "Start again"]
        fresh = await table.card(tom, labelled(card, "Start again"))
        assert len(fresh.picks[0].options) == 6
        await table.card(tom, labelled(card, "Cast"))  # the older card still holds the whole ballot
        assert await marks(table, poll) == [{letter: 6 - n for n, letter in enumerate("abcdef")}]


async def test_taps_begin_with_my_ballot(tmp_path: Path) -> None:
    """Where a form can't be drawn, who has voted goes on from their ranking."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, MANY)
        await table.card(tom, CastBallot(poll.id, marks="c>a"))
        form = (await table.card(tom, OpenBallot(poll.id))).form
        assert form is not None and form.instead is not None
        assert "C · Books" in said(form.instead)
        await table.card(tom, tapped(form.instead, "B"))
        await table.card(tom, replace(tapped(form.instead, "B"), cast=True))
        assert await marks(table, poll) == [{"c": 1, "a": 2, "b": 3}]


async def test_double_clicks_and_replays_change_nothing(tmp_path: Path) -> None:
    """The same tap twice is one step, the same event twice one vote, and a second Cast the same ballot."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, MANY)
        card = await taps(table, poll, "B")
        once, twice = [await table.card(tom, tapped(card, "A")) for _ in range(2)]
        assert once == twice
        for _ in range(2):
            show = await table.ask(tom, labelled(once, "Cast"), event="interaction:7")
            assert "Recorded: B, Buses > A, Parks" in said(show)
        await table.card(tom, labelled(once, "Cast"))
        assert await marks(table, poll) == [{"b": 1, "a": 2}]


BENT = ["aa", "aA", "z", "g", "B", "a1", "=", "a==", "5"]


@pytest.mark.parametrize("filled", BENT)
@pytest.mark.parametrize("cast", [False, True])
async def test_a_bent_ballot_is_refused_and_begins_anew(tmp_path: Path, filled: str, cast: bool) -> None:
    """A sentence, and the way to a fresh paper; nothing is recorded."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, MANY)
        show = await table.ask(tom, FillBallot(poll.id, filled, cast=cast))
        assert show.refused and "does not fit the poll" in said(show)
        assert labelled(show.card, "Vote") == OpenBallot(poll.id)
        assert await marks(table, poll) == []


async def test_other_kinds_have_no_steps(tmp_path: Path) -> None:
    """A bent button can't make a ballot that ranks of a poll where one chooses."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        assert (await table.ask(tom, FillBallot(poll.id, "ba", cast=True))).refused
        assert (await table.ask(tom, FillBallot(poll.id, "", asked=True, marks="a"))).refused
        assert await marks(table, poll) == []


LATE = [
    pytest.param(CastBallot("", marks="b>a=c"), id="typed"),
    pytest.param(CastBallot("", marks="b>a=c", asked=True), id="form"),
    pytest.param(FillBallot("", "bac"), id="tap"),
    pytest.param(FillBallot("", "bac", cast=True), id="cast"),
    pytest.param(FillBallot("", marks="b>a=c", asked=True), id="dialog"),
]


@pytest.mark.parametrize("intent", LATE)
@pytest.mark.parametrize("when", ["deadline", "closed"])
async def test_who_comes_too_late_has_their_ballot_still(
    tmp_path: Path, intent: CastBallot | FillBallot, when: str
) -> None:
    """The poll closed while they filled it in: they learn it, and what they ranked stands there to be read."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, closes="2h")
        if when == "deadline":
            table.clock.now += 2 * HOUR
        else:
            await close(table, poll)
        show = await table.ask(tom, replace(intent, poll=poll.id))
        assert show.refused and "This poll closed" in said(show)
        assert "not counted: B, Buses" in said(show) and "A, Parks" in said(show) and "C, Books" in said(show)
        assert actions(show.card) == []


async def test_what_is_mine_says_it(tmp_path: Path) -> None:
    """My vote and my votes show the ranking; taken back, it is gone."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        await table.card(tom, CastBallot(poll.id, marks="d>a=b"))
        for intent in (ShowPoll(poll.id), ShowMyBallots()):
            assert "D, Bees > A, Parks = B, Buses" in said(await table.card(tom, intent))
        assert "Taken back" in said(await table.card(tom, RetractBallot(poll.id)))
        assert await marks(table, poll) == []


async def test_reasons_beside_a_ranking(tmp_path: Path) -> None:
    """Given in the form, kept while the ranking is the same, gone with another; a dialog without it keeps it."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table, reasons=True)
        await table.card(tom, CastBallot(poll.id, marks="b>a", reason="They are late.", asked=True))
        show: Show = await table.ask(tom, FillBallot(poll.id, asked=True, marks="b>a"))
        assert labelled(show.card, "Change the reason")
        assert (await box(table, poll))[0].reason == "They are late."
        await table.card(tom, FillBallot(poll.id, asked=True, marks="a>b"))
        assert (await box(table, poll))[0].reason is None


async def test_an_empty_dialog_takes_nothing_back(tmp_path: Path) -> None:
    """Sent without a place it is refused; my ballot stays."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        await table.card(tom, CastBallot(poll.id, marks="b>a"))
        for intent in (FillBallot(poll.id, asked=True), FillBallot(poll.id, cast=True)):
            show = await table.ask(tom, intent)
            assert show.refused and "Nothing is chosen" in said(show)
        assert await marks(table, poll) == [{"b": 1, "a": 2}]


async def test_a_press_ranks_next(tmp_path: Path) -> None:
    """A bent press on a board without such buttons is the poll's own step: the option behind the last."""
    async with a_desk(tmp_path) as table:
        poll = await ranked(table)
        for option in ("c", "a"):
            await table.card(tom, PressOption(poll.id, option))
        assert await marks(table, poll) == [{"c": 1, "a": 2}]


BEGUN = [
    pytest.param("", ["a", "b", "c", "d"], id="the options"),
    pytest.param("b>", ["b>a", "b>c", "b>d"], id="those left"),
    pytest.param("b > a = ", ["b > a = c", "b > a = d"], id="with spaces"),
    pytest.param("b>a>c>d>", [], id="none left"),
]


@pytest.mark.parametrize(("typed", "expected"), BEGUN)
async def test_a_ranking_being_typed_can_go_on(tmp_path: Path, typed: str, expected: list[str]) -> None:
    """Behind a sign come the options that have no place yet."""
    async with a_desk(tmp_path) as table:
        await ranked(table)
        found = await table.desk.suggest(ctx(tom), "mark", typed, {"poll": "1"})
        assert sorted(suggestion.value for suggestion in found) == expected

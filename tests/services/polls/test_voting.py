"""Voting through the desk: each vote is one transaction that checks everything, and can be changed or taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.ctx import Actor
from bot.core.intents import (
    CastBallot,
    ErasePoll,
    GiveReason,
    Intent,
    OpenBallot,
    PressOption,
    RetractBallot,
    ShowPoll,
    ShowResults,
    UnmarkOption,
)
from bot.core.poll.values import Poll, State
from bot.services import closing
from tests.integrity.polls import box, kept, tally
from tests.services.polls.acting import a_poll, behind, close, votes
from tests.support import DAY, HOUR, NOON, Table, a_desk, actions, aiko, labelled, maria, said, sam, tom


async def marks(table: Table, poll: Poll) -> list[set[str]]:
    """What each ballot marks."""
    return [set(ballot.marks) for ballot in await box(table, poll)]


KINDS = [
    pytest.param({}, "b", {"b"}, id="single"),
    pytest.param({"kind": "multiple", "maximum": 2}, "a c", {"a", "c"}, id="multiple"),
    pytest.param({"kind": "multiple", "minimum": 2, "maximum": 3}, "a,b,c", {"a", "b", "c"}, id="several needed"),
    pytest.param({"options": "", "kind": "support"}, "b", {"oppose"}, id="support by letter"),
    pytest.param({"options": "", "kind": "support"}, "Somewhat support", {"support"}, id="support by its words"),
]


@pytest.mark.parametrize("ballots", ["anonymous", "named"])
@pytest.mark.parametrize(("given", "typed", "expected"), KINDS)
async def test_a_vote_is_recorded(
    tmp_path: Path, given: dict[str, object], typed: str, expected: set[str], ballots: str
) -> None:
    """Of every kind, typed; the receipt says what was recorded and until when it can be changed."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=ballots, closes="2h", **given)  # type: ignore[arg-type]
        card = await table.card(tom, CastBallot(poll.id, marks=typed))
        assert await marks(table, poll) == [expected]
        assert "Recorded" in said(card) and f"<t:{(NOON + 2 * HOUR) // 1000}:" in said(card)
        ballot = (await box(table, poll))[0]
        assert (ballot.voter == tom.id, ballot.name, ballot.cast_ms) == (
            (True, "Tom", NOON) if ballots == "named" else (False, None, None)
        )


async def test_a_vote_by_form(tmp_path: Path) -> None:
    """The paper shows what I marked, and nothing else; sent, it replaces my ballot."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="multiple", minimum=2, maximum=3)
        blank = (await table.card(tom, OpenBallot(poll.id))).form
        assert blank is not None and not any(choice.chosen for choice in blank.fields[0].choices)
        assert (blank.fields[0].least, blank.fields[0].most) == (2, 3)
        await table.card(tom, replace(blank.intent, marks="a,c"))  # type: ignore[call-arg]
        again = (await table.card(tom, OpenBallot(poll.id))).form
        assert again is not None
        assert [choice.value for choice in again.fields[0].choices if choice.chosen] == ["a", "c"]
        await table.card(tom, replace(again.intent, marks="b,c"))  # type: ignore[call-arg]
        assert await marks(table, poll) == [{"b", "c"}]


async def test_a_form_without_marks_takes_nothing_back(tmp_path: Path) -> None:
    """Sent empty it is refused; my ballot stays."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(tom, PressOption(poll.id, "a"))
        for typed in ("", " , ", "  "):
            show = await table.ask(tom, CastBallot(poll.id, marks=typed, asked=True))
            assert show.refused and "Nothing is chosen" in said(show)
        assert (await table.ask(tom, CastBallot(poll.id, marks=","))).refused
        assert await marks(table, poll) == [{"a"}]


@pytest.mark.parametrize("ballots", ["named", "anonymous"])
async def test_pressing_again_is_safe(tmp_path: Path, ballots: str) -> None:
    """Another option replaces mine; mine again says so again, however often: only *Take it back* takes it back."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=ballots)
        for option, expected in (("a", [{"a"}]), ("b", [{"b"}]), ("b", [{"b"}]), ("b", [{"b"}])):
            card = await table.card(tom, PressOption(poll.id, option))
            assert f"Recorded: {option.upper()}, " in said(card)
            assert await marks(table, poll) == expected
        before = await box(table, poll)
        table.clock.now += 60_000
        await table.card(tom, PressOption(poll.id, "b"))
        assert await box(table, poll) == before  # nor does its time or its receipt change
        assert "Taken back" in said(await table.card(tom, labelled(card, "Take it back")))
        assert await marks(table, poll) == []


async def test_of_several_one_is_taken_back(tmp_path: Path) -> None:
    """The option that was pressed alone, or all; one too many offers each of mine."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="multiple", maximum=2)
        await table.card(tom, PressOption(poll.id, "a"))
        card = await table.card(tom, PressOption(poll.id, "b"))
        assert "Recorded: A, Parks and B, Buses" in said(card)
        for _ in range(2):
            card = await table.card(tom, PressOption(poll.id, "b"))
            assert await marks(table, poll) == [{"a", "b"}]
        full = await table.ask(tom, PressOption(poll.id, "c"))
        assert full.refused and "2 options at most" in said(full) and await marks(table, poll) == [{"a", "b"}]
        assert "Recorded: B, Buses" in said(await table.card(tom, labelled(full.card, "Take A back")))
        assert await marks(table, poll) == [{"b"}]
        assert not (await table.ask(tom, UnmarkOption(poll.id, "a"))).refused
        assert await marks(table, poll) == [{"b"}]
        assert "Taken back" in said(await table.card(tom, labelled(card, "Take B back")))
        assert await marks(table, poll) == []
        assert (await table.ask(tom, UnmarkOption(poll.id, "b"))).refused


async def test_a_retry_is_no_second_press(tmp_path: Path) -> None:
    """The same event again changes nothing and is answered as the vote stands, even after the close of a named poll."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        for _ in range(3):
            show = await table.ask(tom, PressOption(poll.id, "a"), event="interaction:1")
            assert not show.refused and "Recorded: A, Parks" in said(show)
        await close(table, poll)
        late = await table.ask(tom, PressOption(poll.id, "a"), event="interaction:1")
        assert not late.refused and "Recorded" in said(late)
        assert await marks(table, poll) == [{"a"}]


async def test_a_refused_event_may_come_again(tmp_path: Path) -> None:
    """What was refused left nothing, not even its event: sent again when it is right, it counts."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, joined_before=True)
        newcomer = replace(tom, joined_ms=NOON)
        assert (await table.ask(newcomer, PressOption(poll.id, "a"), event="e")).refused
        assert not (await table.ask(tom, PressOption(poll.id, "a"), event="e")).refused


LATE = [
    pytest.param(PressOption("", "a"), id="press"),
    pytest.param(CastBallot("", marks="a"), id="typed"),
    pytest.param(CastBallot("", marks="a", reason="x", asked=True), id="form"),
    pytest.param(OpenBallot(""), id="paper"),
    pytest.param(RetractBallot(""), id="retract"),
    pytest.param(GiveReason("", reason="x"), id="reason"),
    pytest.param(GiveReason("", asked=True), id="reason by form"),
]


@pytest.mark.parametrize("when", ["after the deadline", "closed by the loop", "closed by a moderator"])
@pytest.mark.parametrize("intent", LATE)
async def test_after_the_close_nothing_counts(tmp_path: Path, intent: Intent, when: str) -> None:
    """Not in the moment between the deadline and the loop either; the answer says when it closed."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour", reasons=True)
        await table.card(tom, PressOption(poll.id, "b"))
        before = await box(table, poll)
        if when == "closed by a moderator":
            await close(table, poll)
        else:
            table.clock.now += HOUR
        if when == "closed by the loop":
            await closing.step(table.desk)
        show = await table.ask(tom, replace(intent, poll=poll.id))  # type: ignore[call-arg]
        moment = NOON if when == "closed by a moderator" else NOON + HOUR
        assert show.refused and f"closed <t:{moment // 1000}:R>" in said(show)
        assert await box(table, poll) == before


@pytest.mark.parametrize("intent", LATE)
async def test_a_button_of_an_erased_poll(tmp_path: Path, intent: Intent) -> None:
    """Says that the poll was erased, and by whom; no ballot comes back."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(sam, ErasePoll(poll.id, sure=True))
        show = await table.ask(tom, replace(intent, poll=poll.id))  # type: ignore[call-arg]
        assert show.refused and "erased by the moderators" in said(show)
        assert await box(table, poll) == []


@pytest.mark.parametrize("intent", [*LATE, pytest.param(ShowResults(""), id="results")])
@pytest.mark.parametrize("named", ["nowhere", "99", "#7", "", "٣" * 12, "1; DROP TABLE polls"])
async def test_no_such_poll(tmp_path: Path, intent: Intent, named: str) -> None:
    """A number or id of nothing is said back."""
    async with a_desk(tmp_path) as table:
        await a_poll(table)
        show = await table.ask(tom, replace(intent, poll=named))  # type: ignore[call-arg]
        assert show.refused and "There is no poll" in said(show)


REFUSED = [
    pytest.param({"role": "42|Crew"}, tom, "role Crew", id="role"),
    pytest.param({"joined_before": True}, replace(tom, joined_ms=NOON), "joined before", id="joined as it opened"),
    pytest.param({"joined_before": True}, replace(tom, joined_ms=None), "can't tell", id="joined, who knows when"),
    pytest.param({"account_days": 30}, replace(tom, created_ms=NOON - 29 * DAY), "30 days", id="a young account"),
    pytest.param({"account_days": 30}, replace(tom, created_ms=None), "can't tell", id="an account of unknown age"),
    pytest.param({"role": "42|Crew"}, sam, "role Crew", id="a moderator without the role"),
]


@pytest.mark.parametrize(("given", "actor", "why"), REFUSED)
async def test_who_may_not_vote_learns_why(tmp_path: Path, given: dict[str, object], actor: Actor, why: str) -> None:
    """Before the form is filled in, and at every vote."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, **given)  # type: ignore[arg-type]
        for intent in (OpenBallot(poll.id), PressOption(poll.id, "a"), CastBallot(poll.id, marks="a")):
            show = await table.ask(actor, intent)
            assert show.refused and why in said(show)
        assert await box(table, poll) == []
        assert poll.electorate == (312 if poll.rules.countable else None)
        await table.card(replace(aiko, roles=frozenset({"42"})), PressOption(poll.id, "a"))


async def test_who_lost_the_role_can_vote_no_more(tmp_path: Path) -> None:
    """Eligible is who is so at the moment of the press; the vote that counted stays."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, role="42|Crew")
        await table.card(replace(tom, roles=frozenset({"42"})), PressOption(poll.id, "a"))
        assert (await table.ask(tom, PressOption(poll.id, "b"))).refused
        assert await marks(table, poll) == [{"a"}]


async def test_retracting(tmp_path: Path) -> None:
    """My ballot goes; without one I am told so."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(tom, PressOption(poll.id, "a"))
        mine = await table.card(tom, ShowPoll(poll.id))
        assert "Your vote: A, Parks" in said(mine)
        assert "Taken back" in said(await table.card(tom, labelled(mine, "Take my vote back")))
        assert await box(table, poll) == []
        again = await table.ask(tom, RetractBallot(poll.id))
        assert again.refused and "You have no vote" in said(again)


async def test_two_people_are_never_mixed_up(tmp_path: Path) -> None:
    """Each has one ballot, and sees their own."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(tom, PressOption(poll.id, "a"))
        await table.card(maria, PressOption(poll.id, "b"))
        assert "A, Parks" in said(await table.card(tom, ShowPoll(poll.id)))
        assert "B, Buses" in said(await table.card(maria, ShowPoll(poll.id)))
        assert (await tally(table, poll)).counts == {"a": 1, "b": 1, "c": 0}


# Reasons


async def test_reasons_only_where_the_poll_takes_them(tmp_path: Path) -> None:
    """Otherwise none is asked for, and a vote with one is refused whole."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        card = await table.card(tom, PressOption(poll.id, "a"))
        assert [action.label for action in actions(card)] == ["Take it back"]
        paper = (await table.card(tom, OpenBallot(poll.id))).form
        assert paper is not None and [field.name for field in paper.fields] == ["marks"]
        for intent in (GiveReason(poll.id, reason="Because"), CastBallot(poll.id, marks="b", reason="Because")):
            show = await table.ask(tom, intent)
            assert show.refused and "takes no reasons" in said(show)
        assert await marks(table, poll) == [{"a"}]


@pytest.mark.parametrize(("ballots", "signed"), [("anonymous", "A: Because."), ("named", "Tom · A: Because.")])
async def test_a_reason_stands_with_the_results(tmp_path: Path, ballots: str, signed: str) -> None:
    """With the name in a named poll, with the marks alone in an anonymous one."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, reasons=True, ballots=ballots)
        card = await table.card(tom, PressOption(poll.id, "a"))
        form = (await table.card(tom, labelled(card, "Add a reason"))).form
        assert form is not None
        await table.card(tom, replace(form.intent, reason="Because."))  # type: ignore[call-arg]
        await votes(table, poll, 0, 4)
        await close(table, poll)
        shown = said(await table.card(tom, ShowResults(poll.id)))
        assert signed in shown and ("Tom" in shown) == (ballots == "named")


async def test_a_reason_goes_with_the_marks_it_was_for(tmp_path: Path) -> None:
    """Other marks drop it, the same marks keep it, the paper sent with it emptied takes it away."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, reasons=True)
        steps = [
            (CastBallot(poll.id, marks="a", reason="Why A"), "Why A"),
            (CastBallot(poll.id, marks="a"), "Why A"),
            (CastBallot(poll.id, marks="a", asked=True), None),
            (GiveReason(poll.id, reason="Again"), "Again"),
            (PressOption(poll.id, "b"), None),
            (GiveReason(poll.id, reason="Why B"), "Why B"),
            (GiveReason(poll.id, asked=True), None),
            (GiveReason(poll.id, reason="\u202e\u200b Why \n\n\n\n B "), "Why\n\nB"),
        ]
        for intent, expected in steps:
            await table.card(tom, intent)
            assert (await box(table, poll))[0].reason == expected


async def test_a_long_reason_is_refused_and_the_vote_stays(tmp_path: Path) -> None:
    """Said with both lengths; what was recorded before still is."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, reasons=True)
        await table.card(tom, PressOption(poll.id, "a"))
        show = await table.ask(tom, CastBallot(poll.id, marks="b", reason="x" * 301))
        assert show.refused and "301" in said(show) and "300" in said(show)
        assert await marks(table, poll) == [{"a"}]
        assert (await table.ask(maria, GiveReason(poll.id, reason="x"))).refused


# The board is behind only when it would look different


BUMPS = [
    pytest.param(
        "close", [("a", 1), ("b", 1), ("b", 1), ("", 2), ("c", 3)], id="hidden: only with the number of votes"
    ),
    pytest.param("voted", [("a", 1), ("b", 1), ("", 2)], id="after voting: the same"),
    pytest.param("live", [("a", 1), ("b", 2), ("b", 2), ("", 3)], id="live: at every change"),
]


@pytest.mark.parametrize(("results", "presses"), BUMPS)
async def test_a_board_changes_when_it_would_look_different(
    tmp_path: Path, results: str, presses: list[tuple[str, int]]
) -> None:
    """No edit is spent on a ballot that merely changed where counts are hidden; refusals never cost one."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, results=results, ballots="named")
        subject = f"poll:{poll.id}"
        for option, revision in presses:
            await table.card(tom, PressOption(poll.id, option) if option else RetractBallot(poll.id))
            assert (await behind(table))[subject] == revision
            await table.ask(tom, PressOption(poll.id, "z"))
            await table.ask(tom, GiveReason(poll.id, reason="x"))
            assert (await behind(table))[subject] == revision


async def test_storage_state_is_open_until_closed(tmp_path: Path) -> None:
    """Votes never change the poll itself, so that a moderator's panel stays fresh."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(tom, PressOption(poll.id, "a"))
        after = await kept(table, poll.id)
        assert (after.state, after.revision) == (State.OPEN, poll.revision)


RANKED = [
    pytest.param("b", "c a d", id="letters behind a letter, as a console parts them"),
    pytest.param("b c a d", "", id="letters in one option"),
    pytest.param("b → c → a → d", "", id="arrows"),
]


@pytest.mark.parametrize(("typed", "rest"), RANKED)
async def test_a_ranking_needs_no_signs(tmp_path: Path, typed: str, rest: str) -> None:
    """What can only be letters is a ballot, not a reason."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, options="Red | Blue | Green | Grey", kind="ranked", ballots="named")
        await table.card(tom, CastBallot(poll.id, marks=typed, reason=rest))
        assert (await box(table, poll))[0].marks == {"b": 1, "c": 2, "a": 3, "d": 4}


async def test_a_reason_that_begins_with_a_letter(tmp_path: Path) -> None:
    """Stays a reason."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, reasons=True, ballots="named")
        await table.card(tom, CastBallot(poll.id, marks="b", reason="a good way to go"))
        assert [(ballot.marks, ballot.reason) for ballot in await box(table, poll)] == [({"b": 1}, "a good way to go")]

"""Opening and running polls: numbers, sets, closing, extending, erasing, and two moderators at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import refuse
from bot.core.intents import (
    ChangeSetting,
    ClosePoll,
    DiscardDraft,
    DraftPoll,
    DraftPollSet,
    ErasePoll,
    ExtendPoll,
    Intent,
    PressOption,
    RepostBoard,
    ShowLog,
    ShowPanel,
    ShowPoll,
    StartPoll,
    UseArticle,
)
from bot.core.poll.values import State
from bot.services import closing
from bot.storage import polls, posts
from tests.integrity.polls import box, kept
from tests.services.polls.acting import a_poll, behind, close, drafted, of_kind, of_state, start, votes
from tests.support import HOUR, NOON, SPOT, Seeing, a_desk, labelled, said, sam, tom

ARTICLE = "us-mexico-bargain"
ana = replace(sam, id="test:ana", name="Ana")


async def test_polls_are_numbered_as_they_open(tmp_path: Path) -> None:
    """Without gaps, whatever was drafted, dropped, refused or erased between; each place counts for itself."""
    async with a_desk(tmp_path) as table:
        dropped = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        first = await a_poll(table)
        await table.card(sam, DiscardDraft(dropped.id))
        late = await drafted(table, DraftPoll(question="Q?", options="A | B", closes="5 minutes"))
        table.clock.now += HOUR
        show = await table.ask(sam, StartPoll(late.id, late.revision))
        assert show.refused and "passed already" in said(show)
        await table.card(sam, ErasePoll(first.id, sure=True))
        second = await a_poll(table)
        assert (first.number, second.number) == (1, 2)
        elsewhere = replace(SPOT, place="test:elsewhere")
        draft = (await table.ask(sam, DraftPoll(question="Q?", options="A | B"), elsewhere)).card
        begin = of_kind(draft, StartPoll)
        await table.ask(sam, begin, elsewhere)
        assert (await kept(table, begin.poll)).number == 1  # type: ignore[attr-defined]


async def test_start_pressed_twice_opens_once(tmp_path: Path) -> None:
    """A double click, and two moderators at the same moment: one poll, one board, one number, one key."""
    async with a_desk(tmp_path) as table:
        draft = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        both = [table.ask(who, StartPoll(draft.id, draft.revision)) for who in (sam, ana)]
        ends = await asyncio.gather(*both)
        assert sorted(show.refused for show in ends) == [False, True]
        assert [poll.number for poll in await of_state(table, State.OPEN)] == [1]
        assert len(await behind(table)) == 1
        assert (await a_poll(table)).number == 2


async def test_a_late_start_does_not_change_the_key(tmp_path: Path) -> None:
    """Ballots cast between two presses on Start stay their voters' own."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        before = table.desk.keys.tag(poll.id, tom.id)
        table.desk.keys.create(poll.id)
        assert table.desk.keys.tag(poll.id, tom.id) == before


async def test_a_set_opens_all_at_once(tmp_path: Path) -> None:
    """One poll for each call to action and a last one asking which matters most, shown before they open."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        await table.card(sam, ChangeSetting("results", "close"))
        preview = await table.card(sam, DraftPollSet(closes="3 days"))
        assert "6" in preview.title and await of_state(table, State.OPEN) == []
        await table.card(sam, labelled(preview, "Start all"))
        opened = (await of_state(table, State.OPEN))[::-1]
        assert [poll.number for poll in opened] == [1, 2, 3, 4, 5, 6]
        assert [poll.kind for poll in opened] == ["support"] * 5 + ["single"]
        assert {poll.closes_ms for poll in opened} == {NOON + 72 * HOUR}
        assert {str(poll.rules.results) for poll in opened} == {"close"}
        assert len(await behind(table)) == 7  # and the article's board


async def test_a_set_opens_once(tmp_path: Path) -> None:
    """Two presses on one preview open one set; another preview opens another."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        sure = labelled(await table.card(sam, DraftPollSet()), "Start all")
        first, second = await asyncio.gather(table.ask(sam, sure), table.ask(sam, sure))
        assert "started already" in said(first) + said(second)
        assert len(await of_state(table, State.OPEN)) == 6
        assert len(table.desk.keys.kept()) == 6
        await table.card(sam, labelled(await table.card(sam, DraftPollSet()), "Start all"))
        assert len(await of_state(table, State.OPEN)) == 12


async def test_a_set_opens_all_or_none(tmp_path: Path) -> None:
    """A deadline that passed meanwhile, or a storage that fails at the last poll, opens nothing and uses no number."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        sure = labelled(await table.card(sam, DraftPollSet(closes="5 minutes")), "Start all")
        table.clock.now += HOUR
        assert (await table.ask(sam, sure)).refused
        assert "Cancelled" in said(await table.card(sam, labelled(await table.card(sam, DraftPollSet()), "Cancel")))
        assert await of_state(table, State.OPEN) == [] == await of_state(table, State.DRAFT)
        assert (await a_poll(table)).number == 1


async def test_close_asks_first(tmp_path: Path) -> None:
    """Then closes, at once and once: the number, the time and the moderator are kept, the key is gone."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="2h")
        ask = await table.card(sam, ClosePoll(poll.id))
        assert (await kept(table, poll.id)).state is State.OPEN
        assert "can't be opened again" in said(ask)
        await table.card(sam, labelled(ask, "Close it"))
        after = await kept(table, poll.id)
        assert (after.state, after.closed_ms, after.closed_by) == (State.CLOSED, NOON, sam.id)
        assert table.desk.keys.kept() == ()
        again = await table.ask(sam, ClosePoll(poll.id))
        assert again.refused and "closed" in said(again)


async def test_two_moderators_press_close_at_once(tmp_path: Path) -> None:
    """One closes it; the other sees who did, when, and the panel as it stands."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        sure = labelled(await table.card(sam, ClosePoll(poll.id)), "Close it")
        table.clock.now += 20_000
        ends = await asyncio.gather(table.ask(ana, sure), table.ask(sam, sure))
        assert not any(show.refused for show in ends)
        winner = (await kept(table, poll.id)).closed_by
        name = "Ana" if winner == ana.id else "Sam"
        late = next(show for show in ends if "was faster" in said(show))
        assert f"{name} was faster (<t:{table.clock.now // 1000}:R>): closed poll 1." in said(late)
        assert not any("was faster" in said(show) for show in ends if show is not late)


async def test_a_stale_panel_after_the_deadline(tmp_path: Path) -> None:
    """Nobody was faster: it says that the poll closed by itself."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        panel = await table.card(sam, ShowPanel(poll.id))
        table.clock.now += 2 * HOUR
        await closing.step(table.desk)
        close_ = replace(labelled(panel, "Close now"), sure=True)  # type: ignore[call-arg]
        said_ = said(await table.card(sam, close_))
        assert f"closed by itself <t:{(NOON + HOUR) // 1000}:R>" in said_ and "faster" not in said_


async def test_a_stale_panel_after_an_export(tmp_path: Path) -> None:
    """An export changes nothing: a panel opened before it can still be used."""
    from bot.core.intents import ExportRecord

    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, results="live", ballots="named")
        panel = await table.card(sam, ShowPanel(poll.id))
        await table.card(ana, ExportRecord(poll.id, "csv"))
        await table.card(sam, replace(labelled(panel, "Close now"), sure=True))  # type: ignore[call-arg]
        assert (await kept(table, poll.id)).state is State.CLOSED


async def test_a_close_between_the_deadline_and_the_loop(tmp_path: Path) -> None:
    """Is refused: the poll closed at its deadline, and by nobody's hand."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        table.clock.now += HOUR + 500
        show = await table.ask(sam, ClosePoll(poll.id, poll.revision, sure=True))
        assert show.refused
        await closing.step(table.desk)
        after = await kept(table, poll.id)
        assert (after.closed_ms, after.closed_by) == (NOON + HOUR, None)


async def test_extending(tmp_path: Path) -> None:
    """The form holds the present deadline; a new one is echoed, kept, logged, and the board follows."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        form = (await table.card(sam, ExtendPoll(poll.id))).form
        assert form is not None and form.fields[0].value == "2026-11-01 13:00"
        for typed, why in (("soonish", "can't read"), ("2020-01-01 10:00", "passed"), ("", "")):
            show = await table.ask(sam, replace(form.intent, until=typed))  # type: ignore[call-arg]
            assert (show.refused and why in said(show)) if typed else show.card.form is not None
        asked = await table.card(sam, replace(form.intent, until="tomorrow 18:00"))  # type: ignore[call-arg]
        until = NOON + 30 * HOUR
        assert f"<t:{until // 1000}:F>" in said(asked)
        assert (await kept(table, poll.id)).closes_ms == poll.closes_ms
        assert f"<t:{until // 1000}:f>" in said(await table.card(sam, labelled(asked, "Extend")))
        after = await kept(table, poll.id)
        assert (after.closes_ms, after.revision) == (until, poll.revision + 1)
        assert (await behind(table))[f"poll:{poll.id}"] == 1
        assert "moved the deadline of poll 1" in said(await table.card(sam, ShowLog()))
        table.clock.now += 2 * HOUR
        assert not (await table.ask(tom, PressOption(poll.id, "a"))).refused


async def test_a_poll_past_its_deadline_is_not_extended(tmp_path: Path) -> None:
    """Also before the loop came by: votes in between were refused already."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        table.clock.now += HOUR
        assert (await table.ask(sam, ExtendPoll(poll.id))).refused
        assert (await table.ask(sam, ExtendPoll(poll.id, poll.revision, until="2h"))).refused


async def test_erasing(tmp_path: Path) -> None:
    """Asks first; then question, options and ballots are gone, the number stays used, and the board says so."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await votes(table, poll, 2)
        ask = await table.card(sam, ErasePoll(poll.id))
        await table.card(sam, labelled(ask, "Erase it"))
        after = await kept(table, poll.id)
        assert (after.state, after.question, after.options, after.number) == (State.ERASED, "", (), 1)
        assert await box(table, poll) == []
        for intent in (ErasePoll(poll.id, sure=True), ClosePoll(poll.id, sure=True), ShowPanel(poll.id), ShowPoll("1")):
            show = await table.ask(sam, intent)
            assert show.refused and "was erased" in said(show)
        assert "What first?" not in said(await table.card(sam, ShowLog()))


async def test_a_board_is_posted_again(tmp_path: Path) -> None:
    """In the channel where it was asked for; the old message stays as it is, also after the close."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        hall = replace(SPOT, channel="hall")
        await table.ask(sam, RepostBoard(poll.id, sure=True), hall, access=Seeing("square"))
        found = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
        assert [post.channel for post in found] == ["hall"]
        await table.ask(sam, ClosePoll(poll.id, sure=True), hall)
        panel = (await table.ask(sam, ShowPanel(poll.id), hall)).card
        assert not (await table.ask(sam, labelled(panel, "Post the board again"), hall)).refused


ELSEWHERE = [
    ClosePoll("", sure=True),
    ErasePoll("", sure=True),
    ExtendPoll("", until="2h"),
    RepostBoard(""),
    ShowPanel(""),
]


@pytest.mark.parametrize("intent", ELSEWHERE, ids=[type(i).__name__ for i in ELSEWHERE])
async def test_another_server_has_no_hand_in_it(tmp_path: Path, intent: Intent) -> None:
    """A moderator of another place, who somehow knows the id, is told that there is no such poll."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        show = await table.ask(ana, replace(intent, poll=poll.id), replace(SPOT, place="test:elsewhere"))  # type: ignore[call-arg]
        assert show.refused and "There is no poll" in said(show)
        assert await kept(table, poll.id) == poll


async def test_an_act_and_its_log_stand_or_fall_together(tmp_path: Path) -> None:
    """A refusal inside the transaction leaves neither the change nor the entry nor the event."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)

        async def half(tx: object) -> None:
            await polls.close(tx, poll.id, NOON, sam.id)  # type: ignore[arg-type]
            raise refuse("already_closed", closed_ms=NOON)

        with pytest.raises(Exception, match="already_closed"):
            await table.desk.db.write(half)
        assert (await kept(table, poll.id)).state is State.OPEN


async def test_every_poll_can_be_found(tmp_path: Path) -> None:
    """Open polls and drafts stand in the panel however many have closed since."""
    async with a_desk(tmp_path) as table:
        old = await a_poll(table)
        waiting = await drafted(table, DraftPoll(question="Later?", options="A | B"))
        for _ in range(30):
            await close(table, await a_poll(table))
        card = await table.card(sam, ShowPanel())
        offered = [option.intent for pick in card.picks for option in pick.options]
        assert ShowPanel(old.id) in offered and ShowPanel(waiting.id) in offered


async def test_a_draft_starts_in_the_channel_of_the_press(tmp_path: Path) -> None:
    """The board goes where the moderator pressed Start."""
    async with a_desk(tmp_path) as table:
        draft = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        hall = replace(SPOT, channel="hall", members=40)
        await table.ask(sam, StartPoll(draft.id, draft.revision), hall, access=Seeing("square"))
        poll = await kept(table, draft.id)
        assert (poll.channel, poll.electorate) == ("hall", 40)
        other = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        await start(table, other)
        assert (await kept(table, other.id)).channel == SPOT.channel

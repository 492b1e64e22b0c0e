"""Voters ask for options; a moderator takes them in, for everybody to see, or says why not. Nobody learns who asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.core.card import Card
from bot.core.intents import (
    ChangeRules,
    DraftPoll,
    Intent,
    ProposeOption,
    SettleProposal,
    ShowLog,
    ShowPanel,
    ShowPoll,
    ShowProposals,
)
from bot.core.poll.values import Poll
from bot.services.board_cards import card_of
from bot.storage import posts, proposals
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, behind, close, drafted, start
from tests.services.polls.test_editing import the_board
from tests.support import Table, a_desk, actions, aiko, crowd, labelled, maria, said, sam, tom


async def open_to_all(table: Table, **rules: str) -> Poll:
    """A poll that takes options from voters."""
    poll = await drafted(table, DraftPoll(question="What first?", options="Parks | Buses | Books"))
    for rule, value in {"additions": "yes", **rules}.items():
        await table.card(sam, ChangeRules(poll.id, rule, value))
    await start(table, poll)
    return await kept(table, poll.id)


def menu(card: Card, label: str) -> dict[str, Intent]:
    """One menu of a card, by what stands there."""
    return {o.label: o.intent for pick in card.picks if pick.label == label for o in pick.options}


async def take(table: Table, poll: Poll, text: str) -> Card:
    """Take a proposal in, sure."""
    asks = await table.card(sam, menu(await table.card(sam, ShowProposals(poll.id)), "Take in")[text])
    return await table.card(sam, labelled(asks, "Take it in"))


async def test_a_wish_is_taken_in(tmp_path: Path) -> None:
    """It waits in the panel; taken in, it is an option like the others, noted on the board and in the log."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table)
        assert "waits for a moderator" in said(await table.card(tom, ProposeOption(poll.id, text=" A night  bus ")))
        assert "Proposed options (1)" in [a.label for a in actions(await table.card(sam, ShowPanel(poll.id)))]
        asks = await table.card(sam, menu(await table.card(sam, ShowProposals(poll.id)), "Take in")["A night bus"])
        assert "option D" in said(asks) and len((await kept(table, poll.id)).options) == 3
        await table.card(sam, labelled(asks, "Take it in"))
        after = await kept(table, poll.id)
        assert [(o.id, o.text) for o in after.options][-1] == ("d", "A night bus")
        assert (await behind(table))[f"poll:{poll.id}"] == 1 and "Option D was added" in await the_board(table)
        assert "took in option D of poll 1" in said(await table.card(sam, ShowLog()))
        assert "was taken in" in said(await table.card(tom, ProposeOption(poll.id)))


async def test_a_wish_is_refused_with_a_reason(tmp_path: Path) -> None:
    """Which its proposer reads when they look, and nobody else."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table)
        await table.card(tom, ProposeOption(poll.id, text="Rockets"))
        form = (await table.card(sam, menu(await table.card(sam, ShowProposals(poll.id)), "Refuse")["Rockets"])).form
        assert form is not None
        assert (await table.ask(sam, form.intent)).refused
        await table.card(sam, replace(form.intent, reason="Not ours to build"))  # type: ignore[call-arg]
        assert "was refused: Not ours to build" in said(await table.card(tom, ProposeOption(poll.id)))
        assert "Not ours" not in said(await table.card(aiko, ProposeOption(poll.id)))
        assert "refused an option" in said(await table.card(sam, ShowLog()))
        assert "No proposed option waits" in said(await table.card(sam, ShowProposals(poll.id)))


async def test_nobody_learns_who_asked(tmp_path: Path) -> None:
    """Not from the panel, the board, nor the log; and after the close not from the database either."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table)
        await table.card(tom, ProposeOption(poll.id, text="Rockets"))
        await table.card(tom, ProposeOption(poll.id, text="Ships"))
        cards = [await table.card(sam, ShowProposals(poll.id)), await take(table, poll, "Rockets")]
        cards += [await table.card(sam, ShowLog()), await table.card(sam, ShowPanel(poll.id))]
        assert not [card for card in cards if "Tom" in said(card)]
        await close(table, poll)
        rows = await table.desk.db.read(lambda tx: tx.all("SELECT proposer_id FROM proposals"))
        assert [row[0] for row in rows] == ["", ""]


async def test_what_is_there_already(tmp_path: Path) -> None:
    """Is not asked for again: it says which option it is, or that it waits; what only looks alike is said too."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table)
        show = await table.ask(tom, ProposeOption(poll.id, text="Parks\u200d"))
        assert show.refused and "an option like this already: A" in said(show)
        assert "looks like option B, “Buses”" in said(await table.card(tom, ProposeOption(poll.id, text="Busess")))
        show = await table.ask(aiko, ProposeOption(poll.id, text="Bus\u200bess"))
        assert show.refused and "proposed this already" in said(show)
        assert "looks like option A, “Parks”" in said(await table.card(aiko, ProposeOption(poll.id, text="Pärks")))


async def test_three_at_a_time(tmp_path: Path) -> None:
    """For each person; one that was dealt with makes room. Also when all come at once."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table)
        wishes = [ProposeOption(poll.id, text=f"Wish {n} of many") for n in range(8)]
        shows = await asyncio.gather(*(table.ask(tom, wish) for wish in wishes))
        assert sum(not show.refused for show in shows) == 3
        waiting = await table.desk.db.read(lambda tx: proposals.waiting(tx, poll.id, 10))
        await take(table, poll, waiting[0].text)
        assert not (await table.ask(tom, ProposeOption(poll.id, text="One more thing"))).refused
        assert not (await table.ask(aiko, ProposeOption(poll.id, text="Aiko's own"))).refused


async def test_who_may_not_vote_may_not_ask(tmp_path: Path) -> None:
    """Nor in a poll that takes none, nor in one that has closed, nor beyond what an option can be."""
    async with a_desk(tmp_path) as table:
        closed, plain = await open_to_all(table), await a_poll(table)
        await close(table, closed)
        young = await drafted(table, DraftPoll(question="Q?", options="A | B", account_days=3000))
        await table.card(sam, ChangeRules(young.id, "additions", "yes"))
        await start(table, young)
        for poll, words in ((closed, "closed"), (plain, "takes no other options"), (young, "3,000 days old")):
            for text in ("", "Rockets"):
                show = await table.ask(tom, ProposeOption(poll.id, text=text))
                assert show.refused and words in said(show)
        open_ = await open_to_all(table)
        assert "96 characters" in said(await table.ask(tom, ProposeOption(open_.id, text="x" * 96)))


async def test_people_may_ask_while_they_talk(tmp_path: Path) -> None:
    """Before votes count is when options are found."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table, talk="60")
        await table.card(tom, ProposeOption(poll.id, text="Rockets"))
        await take(table, poll, "Rockets")
        assert len((await kept(table, poll.id)).options) == 4


async def test_taken_twice_is_taken_once(tmp_path: Path) -> None:
    """By two moderators at the same moment; a wish of another poll can't be taken in here."""
    async with a_desk(tmp_path) as table:
        poll, other = await open_to_all(table), await open_to_all(table)
        await table.card(tom, ProposeOption(poll.id, text="Rockets"))
        wish = (await table.desk.db.read(lambda tx: proposals.waiting(tx, poll.id, 1)))[0]
        yes = SettleProposal(poll.id, wish.id, "take", asked=True)
        assert (await table.ask(sam, replace(yes, poll=other.id))).refused
        shows = await asyncio.gather(table.ask(sam, yes), table.ask(replace(sam, id="test:ana"), yes))
        assert sorted(show.refused for show in shows) == [False, True]
        assert len((await kept(table, poll.id)).options) == 4


async def test_a_full_poll_takes_no_more(tmp_path: Path) -> None:
    """25 options are the most; what waits then can only be refused."""
    async with a_desk(tmp_path) as table:
        poll = await open_to_all(table)
        people = crowd(23)
        for n, person in enumerate(people):
            await table.card(person, ProposeOption(poll.id, text=f"{n} is the number of this wish"))
        for n in range(22):
            page = await table.card(sam, ShowProposals(poll.id))
            asks = await table.card(sam, next(iter(menu(page, "Take in").values())))
            await table.card(sam, labelled(asks, "Take it in"))
            assert len((await kept(table, poll.id)).options) == 4 + n
        asks = await table.card(
            sam, next(iter(menu(await table.card(sam, ShowProposals(poll.id)), "Take in").values()))
        )
        show = await table.ask(sam, labelled(asks, "Take it in"))
        assert show.refused and "too many" in said(show)
        assert (await table.ask(tom, ProposeOption(poll.id, text="Another"))).refused


async def test_the_board_offers_it(tmp_path: Path) -> None:
    """Where the poll takes wishes, and nowhere else."""
    async with a_desk(tmp_path) as table:
        poll, plain = await open_to_all(table), await a_poll(table)
        for one, offered in ((poll, True), (plain, False)):
            found = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
            card = await card_of(table.desk, next(post for post in found if post.subject == f"poll:{one.id}"))
            assert card is not None
            assert (ProposeOption(one.id) in [a.intent for a in actions(card)]) is offered
        assert not (await table.ask(maria, ShowPoll(poll.id))).refused

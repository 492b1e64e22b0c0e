"""One discussion from beginning to end, told once and lived on every platform.

A moderator puts the article on; María reads and answers; a poll on a call to action is drafted, started and voted in;
somebody changes their mind; a vote comes too late; the poll closes; the moderator takes the record away.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.article import Article
from bot.core.evidence.checking import check
from bot.i18n import words
from bot.services import closing
from tests.scenario.discord import at_discord
from tests.scenario.table import Seen, Table
from tests.scenario.text import at_text
from tests.scenario.web import at_web
from tests.support import HOUR, Clock, a_desk

ARTICLE = "us-mexico-bargain"
EN, ES = words("en"), words("es")


@pytest.fixture(params=[at_text, at_web, at_discord], ids=["text", "web", "discord"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, Clock]]:
    """Each platform in turn, on a fresh database with a clock of our own."""
    async with a_desk(tmp_path) as desk, request.param(desk.desk, tmp_path) as found:
        yield found, desk.clock


async def test_an_article_becomes_a_discussion(place: tuple[Table, Clock]) -> None:
    """The whole main job, with what everybody gets to see on the way."""
    table, clock = place
    await article_goes_on(table)
    await maria_reads(table)
    await maria_takes_a_stance(table)
    board = await sam_starts_a_poll(table)
    assert board.says("poll.cast", "en", n=0)
    await people_vote(table, board)
    await maria_changes_her_mind(table)
    await a_late_vote_is_refused(table, board, clock)
    await the_poll_closes(table)
    await sam_takes_the_record(table)


RANKINGS = {
    "maria": "b>c>d",
    "tom": "a>d>b>c",
    "aiko": "a=d>b",
    "diego": "b>d>c>a",
    "noor": "b>d>e",
    "lena": "b>a>d",
}


async def test_a_secret_ranking_decides_and_can_be_checked(place: tuple[Table, Clock]) -> None:
    """Priorities over the calls to action: ranked in secret, counted exactly, recounted from the file by anybody."""
    table, clock = place
    await article_goes_on(table)
    board = await sam_asks_for_priorities(table)
    receipts = {name: await ranks(table, name, order) for name, order in RANKINGS.items()}
    await nobody_sees_counts_yet(table, board)
    before = await ranks(table, "maria", "b>c=d")
    assert before != receipts["maria"]
    clock.now += 2 * HOUR
    await closing.step(table.desk)
    root = await the_board_tells_what_decided(table)
    assert (await table.type("maria", "poll verify", poll="1", receipt=before)).says("evidence.counted", "es", n=6)
    lost = await table.type("maria", "poll verify", poll="1", receipt=receipts["maria"])
    assert lost.says("evidence.not_counted", "es", n=6)
    await the_file_counts_to_the_same(table, root, receipts["tom"])


async def test_a_moderator_steers_a_running_poll(place: tuple[Table, Clock]) -> None:
    """Wishes, edits, a void, a close and another opening: votes stay with their option, and everybody is told."""
    table, clock = place
    await article_goes_on(table)
    board = await sam_starts_a_named_poll(table)
    await table.press("tom", "A ·", board)
    await table.press("maria", "B ·", board)
    await a_wish_is_refused(table)
    await an_option_is_reworded(table)
    await a_ballot_is_voided(table)
    await it_closes_and_opens_again(table, clock)
    await it_is_planned_copied_and_kept(table, clock)


async def sam_starts_a_named_poll(table: Table) -> Seen:
    """Voters may propose options, which is set before it opens and fixed then."""
    given = {"question": "Which street first?", "options": "Oak | Elm | Ash", "ballots": "named", "results": "live"}
    await table.type("sam", "moderate poll start", **given)
    await table.type("sam", "moderate poll rule", rule="additions", value="yes")
    draft = await table.type("sam", "moderate poll later", starts="tomorrow 18:00")
    assert draft.says("planning.sure_to_start", "en")
    back = await table.press("sam", EN.plain("draft.action.back"), draft)
    await table.press("sam", EN.plain("draft.action.start"), back)
    board = await _poll_board(table)
    assert board.says("run.additions", "en") and board.says("poll.named", "en")
    return board


async def a_wish_is_refused(table: Table) -> None:
    """Whose it is stands nowhere; whoever had it reads the reason."""
    asked = await table.type("maria", "poll propose", poll="1", text="Yew")
    assert asked.private and asked.says("propose.asked", "es", option="Yew")
    waiting = await table.type("sam", "moderate poll proposals", poll="1")
    assert "Yew" in waiting.text and "María" not in waiting.text
    form = await table.press("sam", "Yew", waiting)
    await table.fill("sam", form, reason="It has no street")
    heard = await table.type("maria", "poll propose", poll="1")
    assert heard.says("propose.mine_refused", "es", option="Yew", reason="It has no street")


async def an_option_is_reworded(table: Table) -> None:
    """Said back first; Tom's vote for it stays."""
    change = {"question": "Which street first?", "options": "Oak Street | Elm | Ash | Fir"}
    look = await table.type("sam", "moderate poll edit", poll="1", **change)
    assert look.says("edit.sure", "en") and "“Oak” → “Oak Street”" in look.text
    await table.press("sam", EN.plain("edit.action.yes"), look)
    board = await _poll_board(table)
    assert "Oak Street" in board.text and board.says("result.edited_option", "en", letter="A", before="Oak")
    assert "Fir" in board.text and board.says("result.added_option", "en", letter="D")
    assert (await table.type("tom", "poll mine")).text.count("Oak Street") == 1


async def a_ballot_is_voided(table: Table) -> None:
    """With a reason that its voter reads; the board says that one was, not whose."""
    await table.type("sam", "moderate poll void", poll="1", name="tom", reason="A second account")
    board = await _poll_board(table)
    assert board.says("result.voided", "en", n=1) and "A second account" not in board.text
    assert "A second account" in (await table.type("tom", "poll show", poll="1")).text


async def it_closes_and_opens_again(table: Table, clock: Clock) -> None:
    """A named poll may; its votes are still there."""
    sure = await table.type("sam", "moderate poll close", poll="1")
    await table.press("sam", EN.plain("panel.action.close_now"), sure)
    assert (await _poll_board(table)).says("poll.closed_at", "en")
    again = await table.type("sam", "moderate poll reopen", poll="1", until="2 hours")
    await table.press("sam", EN.plain("panel.action.reopen"), again)
    board = await _poll_board(table)
    assert board.says("result.reopened", "en") and board.says("poll.cast", "en", n=1)
    assert (await table.type("maria", "poll details", poll="1")).private
    assert (await table.type("maria", "poll picture", poll="1")).private
    assert (await table.type("maria", "poll remind", reminders="on")).says("remind.set_on", "es")


async def it_is_planned_copied_and_kept(table: Table, clock: Clock) -> None:
    """It comes again by itself, as a poll of its own; a copy and a template are drafts for the moderator alone."""
    copied = await table.type("sam", "moderate poll copy", poll="1")
    assert copied.private and copied.says("draft.preview", "en")
    assert (await table.type("sam", "moderate poll save", poll="1", name="Streets")).says("template.saved", "en")
    assert (await table.type("sam", "moderate poll template", name="streets")).says("draft.preview", "en")
    sure = await table.type("sam", "moderate poll repeat", poll="1", rhythm="weekly")
    assert sure.says("planning.next_times", "en")
    await table.press("sam", EN.plain("planning.action.repeat_so"), sure)
    assert (await table.type("sam", "moderate poll planned")).says("planning.weeks", "en", n=1)
    clock.now += 7 * 24 * HOUR
    await closing.step(table.desk)
    assert (await table.boards())[-1].text.startswith("2 · Which street first?")


async def sam_asks_for_priorities(table: Table) -> Seen:
    """A ranked poll whose options are the calls to action; it says that it is secret until its close."""
    draft = await table.type("sam", "moderate poll start", kind="priority", closes="2 hours")
    said = await table.press("sam", EN.plain("draft.action.start"), draft)
    assert said.says("draft.started", "en", n=1)
    board = await _poll_board(table)
    assert board.says("poll.anonymous", "en") and board.says("poll.results_close", "en")
    return board


async def ranks(table: Table, who: str, order: str) -> str:
    """A typed ranking is recorded; the receipt in the answer."""
    said = await table.type(who, "poll vote", poll="1", marks=order)
    assert said.private, said.text
    found = re.search(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", said.text)
    assert found, said.text
    return found[0]


async def nobody_sees_counts_yet(table: Table, board: Seen) -> None:
    """Neither who voted, nor who runs the poll; no file either."""
    for who, locale in (("maria", "es"), ("sam", "en")):
        assert (await table.type(who, "poll results", poll="1")).says("error.hidden_until_close", locale)
    assert (await table.type("sam", "moderate poll export", poll="1", format="json")).says(
        "error.poll_not_closed", "en"
    )
    assert (await _poll_board(table)).says("poll.cast", "en", n=6)


async def the_board_tells_what_decided(table: Table) -> str:
    """The winner and by what, the comparison that decided, what other methods say; the root, which is given back."""
    board = await _poll_board(table)
    assert board.says("result.won", "en", method=EN.plain("result.method.schulze"))
    assert board.says("evidence.root", "en", n=6)
    assert (await table.type("tom", "poll details", poll="1")).private
    found = re.search(r"[0-9a-f]{64}", board.text)
    assert found, board.text
    return found[0]


async def the_file_counts_to_the_same(table: Table, root: str, receipt: str) -> None:
    """The export holds every ballot and nobody's name; each check of it agrees with what the board said."""
    record = await table.type("sam", "moderate poll export", poll="1", format="json")
    (document,) = (data for name, data in record.files.items() if name.endswith(".json"))
    export = json.loads(document)
    assert list(check(export, receipt=receipt, root=root))
    assert not [name for name in RANKINGS if name in document.decode().casefold()]


async def article_goes_on(table: Table) -> None:
    """The article's board stands in the channel, in the place's language."""
    said = await table.type("sam", "moderate article use", article=ARTICLE)
    assert said.private
    (board,) = await table.boards()
    assert _article(table, "en").title in board.text
    assert not board.private


async def maria_reads(table: Table) -> None:
    """She gets a section in her own language, for her eyes; the next one is a press away."""
    sections = _article(table, "es").sections
    page = await table.type("maria", "section", section="2")
    assert page.private
    assert sections[1].title in page.text
    after = await table.press("maria", ES.plain("reader.next"), page)
    assert sections[2].title in after.text
    lost = await table.type("tom", "section", section="mecanics of pressur")
    assert lost.says("error.unknown_section", "en", typed="mecanics of pressur")
    assert _article(table, "en").sections[2].title in lost.text


async def maria_takes_a_stance(table: Table) -> None:
    """One press records it; the tally counts her."""
    card = await table.type("maria", "stance", kind="takeaway")
    said = await table.press("maria", ES.plain("stances.press.agree"), card)
    assert said.says("stances.recorded", "es", stance=ES.plain("stance.agree"))
    tally = await table.type("maria", "tally", kind="takeaway")
    assert tally.private
    assert tally.says("counts.agree", "es", n=1)


async def sam_starts_a_poll(table: Table) -> Seen:
    """The draft is for the moderator alone; started, its board is for everybody. Returns the board."""
    draft = await table.type(
        "sam", "moderate poll start", item="a-demand", closes="2 hours", reasons="yes", ballots="named"
    )
    assert draft.private
    assert draft.says("draft.preview", "en")
    assert len(await table.boards()) == 1
    said = await table.press("sam", EN.plain("draft.action.start"), draft)
    assert said.says("draft.started", "en", n=1)
    return await _poll_board(table)


async def people_vote(table: Table, board: Seen) -> None:
    """María presses the board, Tom fills in the paper; nobody sees counts before voting, or another's ballot."""
    hidden = await table.type("maria", "poll results", poll="1")
    assert hidden.says("error.hidden_until_voted", "es")
    said = await table.press("maria", "D ·", board)
    assert said.private
    assert said.says("poll.recorded", "es")
    assert ES.plain("support.support") in said.text
    paper = await table.type("tom", "poll vote", poll="1")
    assert len(paper.fields) == 2
    cast = await table.fill("tom", paper, marks="support", reason="Demand comes first.")
    assert cast.says("poll.recorded", "en")
    assert (await _poll_board(table)).says("poll.cast", "en", n=2)


async def maria_changes_her_mind(table: Table) -> None:
    """A new ballot takes the old one's place: still two ballots, and hers is the new one."""
    said = await table.type("maria", "poll vote", poll="1", marks="b")
    assert said.says("poll.recorded", "es")
    assert ES.plain("support.oppose") in said.text
    results = await table.type("maria", "poll results", poll="1")
    assert results.says("poll.support_summary", "es", oppose=1, neutral=0, support=1, none=0)


async def a_late_vote_is_refused(table: Table, board: Seen, clock: Clock) -> None:
    """The board still stands open when the deadline has passed, but the press doesn't count."""
    clock.now += 2 * HOUR
    late = await table.press("tom", "A ·", board)
    assert late.private
    assert late.says("error.poll_closed", "en")


async def the_poll_closes(table: Table) -> None:
    """The board says that it is over, what came of it and of whom that is; nothing can be pressed to vote any more."""
    await closing.step(table.desk)
    board = await _poll_board(table)
    assert board.says("poll.closed_at", "en")
    assert board.says("poll.support_summary", "en", oppose=1, neutral=0, support=1, none=0)
    assert not [label for label in board.choices if label.startswith("A ·")]
    listed = await table.type("tom", "poll list")
    assert listed.says("poll.list_none", "en")


async def sam_takes_the_record(table: Table) -> None:
    """A file with each option's count, and who voted how: the poll was named, and said so."""
    record = await table.type("sam", "moderate poll export", poll="1", format="csv")
    assert record.private
    text = b"\n".join(record.files.values()).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    for option, count in (("oppose", "1"), ("support", "1"), ("neutral", "0")):
        assert any(EN.plain(f"support.{option}") in row and count in row for row in rows), (option, rows)
    assert "tom" in text.casefold() and "maría" in text.casefold()


def _article(table: Table, locale: str) -> Article:
    return table.desk.shelf.built_in[ARTICLE].article(locale)


async def _poll_board(table: Table) -> Seen:
    """The board of the one poll, as everybody sees it."""
    _, board = await table.boards()
    assert not board.private
    assert board.text.startswith("1 ·")
    return board

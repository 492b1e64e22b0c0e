"""Drafts: seen by moderators alone, shown as the board will look, changed without losing what they had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Card
from bot.core.intents import (
    ChangeDraft,
    ChangeRules,
    DiscardDraft,
    DraftPoll,
    Intent,
    ListPolls,
    OpenBallot,
    PressOption,
    ShowPanel,
    ShowPoll,
    ShowResults,
    StartPoll,
    UseArticle,
)
from bot.core.poll.values import Results, State
from bot.services.board_cards import card_of
from bot.storage import posts
from tests.integrity.polls import kept
from tests.services.polls.acting import drafted, of_kind, of_state, start
from tests.support import HOUR, NOON, SPOT, a_desk, actions, maria, said, sam, tom

ARTICLE = "us-mexico-bargain"

SOURCES = [
    pytest.param(DraftPoll(item="a-demand"), "support", 6, id="item"),
    pytest.param(DraftPoll(item="a-demand", question="Shall we?", options="Yes | No"), "single", 2, id="own options"),
    pytest.param(DraftPoll(ready="r-costs"), "multiple", 8, id="ready"),
    pytest.param(DraftPoll(question="Q?", options="A | B | C"), "single", 3, id="free"),
    pytest.param(DraftPoll(question="Q?", kind="support"), "support", 6, id="free scale"),
    pytest.param(DraftPoll(question="Q?", options="A | B | C", maximum=2), "multiple", 3, id="several by their limit"),
]


@pytest.mark.parametrize(("draft", "kind", "count"), SOURCES)
async def test_a_draft_from(tmp_path: Path, draft: DraftPoll, kind: str, count: int) -> None:
    """An item, a ready poll, or a moderator's own words; nobody but moderators sees it, and it has no number yet."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        poll = await drafted(table, draft)
        assert (poll.kind, len(poll.options), poll.state, poll.number) == (kind, count, State.DRAFT, None)
        assert not poll.named and poll.rules.results is Results.VOTED


@pytest.mark.parametrize("source", [pytest.param(s.values[0], id=s.id) for s in SOURCES])
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_preview_is_the_board(tmp_path: Path, source: DraftPoll, locale: str) -> None:
    """What the moderator looks at is what the channel gets: question, options, rules."""
    async with a_desk(tmp_path) as table:
        spot = replace(SPOT, locale=locale)
        await table.ask(sam, UseArticle(ARTICLE), spot)
        preview = (await table.ask(sam, source, spot)).card
        begin = of_kind(preview, StartPoll)
        await table.ask(sam, begin, spot)
        found = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
        board = await card_of(table.desk, next(post for post in found if post.subject.startswith("poll:")))
        assert board is not None
        assert board.title == f"1 · {preview.title}"
        shown = said(preview) + " ".join(action.label for action in actions(preview))
        for line in [*said(board).splitlines()[1:], *(a.label for a in actions(board)[:-2])]:
            assert line.replace("no votes yet · ", "").replace("aún sin votos · ", "").strip() in shown


HIDDEN = [ShowPoll, ShowResults, OpenBallot]


@pytest.mark.parametrize("look", HIDDEN, ids=[kind.__name__ for kind in HIDDEN])
async def test_members_never_see_a_draft(tmp_path: Path, look: type[Intent]) -> None:
    """For a member there is no such poll; for a moderator it is not started."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Secret plan?", options="A | B"))
        member, moderator = await table.ask(tom, look(poll.id)), await table.ask(sam, look(poll.id))  # type: ignore[call-arg]
        assert member.refused and "There is no poll" in said(member)
        assert moderator.refused and "not been started" in said(moderator)
        assert "Secret" not in said(member) + said(await table.ask(tom, ListPolls()))
        assert (await table.ask(tom, PressOption(poll.id, "a"))).refused


MODERATORS_ONLY = [
    DraftPoll(question="Q?", options="A | B"),
    ChangeDraft("x"),
    ChangeRules("x"),
    StartPoll("x"),
    DiscardDraft("x"),
    ShowPanel(),
]


@pytest.mark.parametrize("intent", MODERATORS_ONLY, ids=[type(i).__name__ for i in MODERATORS_ONLY])
async def test_members_can_draft_nothing(tmp_path: Path, intent: Intent) -> None:
    """Checked on every press, whatever a platform showed."""
    async with a_desk(tmp_path) as table:
        assert "Only moderators" in said(await table.ask(tom, intent))


async def test_a_change_keeps_what_was_set(tmp_path: Path) -> None:
    """The form holds what there is; sent back with one thing changed, the rest stays: limits, deadline, rules."""
    async with a_desk(tmp_path) as table:
        given = DraftPoll(
            question="Which?", options="A | B | C | D", kind="multiple", maximum=2, closes="2h", ballots="named"
        )
        poll = await drafted(table, given)
        form = (await table.card(sam, ChangeDraft(poll.id))).form
        assert form is not None
        held = {field.name: field.value for field in form.fields}
        assert held == {"question": "Which?", "options": "A\nB\nC\nD", "closes": "2026-11-01 14:00"}
        sent = replace(form.intent, **{**held, "question": "Which two?"})  # type: ignore[arg-type]
        await table.card(sam, sent)
        after = await kept(table, poll.id)
        assert replace(after, question=poll.question, revision=poll.revision) == poll
        assert after.question == "Which two?"


async def test_a_form_from_a_command_keeps_what_was_typed(tmp_path: Path) -> None:
    """Options or a deadline without a question open the form with them in it."""
    async with a_desk(tmp_path) as table:
        form = (await table.card(sam, DraftPoll(options="A | B", closes="2h"))).form
        assert form is not None
        assert {f.name: f.value for f in form.fields if f.value} == {"options": "A | B", "closes": "2h"}


BAD = [
    pytest.param(DraftPoll(question="Q?", options=" | ".join(map(str, range(26)))), "26 options", id="26 options"),
    pytest.param(DraftPoll(question="Q?"), "needs options", id="no options"),
    pytest.param(DraftPoll(question="Q?", options="A"), "at least two", id="one option"),
    pytest.param(DraftPoll(question="\u200b", options="A | B"), "needs a question", id="an invisible question"),
    pytest.param(DraftPoll(question="x" * 201, options="A | B"), "201 characters", id="a long question"),
    pytest.param(DraftPoll(question="Q?", options="A | " + "x" * 96), "96 characters", id="a long option"),
    pytest.param(DraftPoll(question="Q?", options="A | a"), "say the same", id="the same twice"),
    pytest.param(DraftPoll(question="Q?", options="A | B", closes="2020-01-01 10:00"), "passed already", id="past"),
    pytest.param(DraftPoll(question="Q?", options="A | B", closes="3 years"), "366 days", id="too far"),
    pytest.param(DraftPoll(question="Q?", options="A | B", closes="soonish"), "can't read", id="unclear"),
    pytest.param(DraftPoll(question="Q?", options="A | B", kind="ranked"), "no kind of poll", id="a kind to come"),
    pytest.param(DraftPoll(question="Q?", options="A | B", kind="multiple", maximum=3), "from 1 to 3", id="limits"),
    pytest.param(DraftPoll(item="nowhere"), "No article is on", id="an item without an article"),
    pytest.param(DraftPoll(ready="r-demnd"), "Did you mean", id="a ready poll misspelt"),
    pytest.param(DraftPoll(question="Q?", options="A | B", ballots="open"), "no choice for", id="an unknown rule"),
]


@pytest.mark.parametrize(("draft", "words"), BAD)
async def test_a_bad_draft_is_refused(tmp_path: Path, draft: DraftPoll, words: str) -> None:
    """In a sentence that says what to do; the platform keeps what was typed, and nothing is stored."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(sam, draft)
        assert show.refused and words in said(show)
        assert await of_state(table, State.DRAFT) == []


async def test_a_deadline_in_the_gap_of_the_clocks_is_refused(tmp_path: Path) -> None:
    """In the server's own zone: 02:30 doesn't exist in Madrid on the last Sunday of March."""
    from bot.core.intents import ChangeSetting

    async with a_desk(tmp_path) as table:
        await table.card(sam, ChangeSetting("timezone", "Europe/Madrid"))
        draft = DraftPoll(question="Q?", options="A | B", closes="2027-03-28 02:30")
        show = await table.ask(sam, draft)
        assert show.refused and "doesn't exist" in said(show)
        fine = await drafted(table, replace(draft, closes="2026-11-02 18:00"))
        assert fine.closes_ms == NOON + 29 * HOUR  # Madrid is an hour ahead of UTC


async def test_what_was_typed_is_said_back_clean_and_short(tmp_path: Path) -> None:
    """A refusal that quotes has no overrides, no markup that counts, and no end-less text."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(sam, DraftPoll(ready="\u202e**x**" + "y" * 4000))
        assert show.refused
        assert "\u202e" not in said(show) and "**x**" in said(show) and len(said(show)) < 500


async def test_options_with_marks_of_markup_are_shown_as_typed(tmp_path: Path) -> None:
    """Mentions, links and stars of an option stay text on board, receipt and results."""
    text = "**@everyone** [x](https://e.example) <@123> `c`"
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question=text, options=f"{text} | No", results="live"))
        await start(table, poll)
        for card in (await table.card(tom, PressOption(poll.id, "a")), await table.card(tom, ShowPoll(poll.id))):
            assert text in said(card)


async def test_two_moderators_on_one_draft(tmp_path: Path) -> None:
    """Who presses Start on a preview that is out of date sees the draft as it stands, and nothing starts."""
    async with a_desk(tmp_path) as table:
        old = await table.card(sam, DraftPoll(question="Q?", options="A | B"))
        begin = of_kind(old, StartPoll)
        await table.card(sam, ChangeRules(begin.poll, "ballots", "named"))  # type: ignore[attr-defined]
        show = await table.ask(sam, begin)
        assert "changed this draft" in said(show) and "named votes" in said(show)
        assert await of_state(table, State.OPEN) == []
        await table.card(sam, of_kind(show.card, StartPoll))
        assert [poll.named for poll in await of_state(table, State.OPEN)] == [True]


async def test_a_rule_pressed_twice_changes_nothing(tmp_path: Path) -> None:
    """The same choice again leaves the draft at its revision, so that its preview can still be started."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        for _ in range(2):
            await table.card(sam, ChangeRules(poll.id, "results", "live"))
        assert (await kept(table, poll.id)).revision == poll.revision + 1


async def test_a_started_poll_is_no_draft_any_more(tmp_path: Path) -> None:
    """No intent changes what was fixed at opening: not by the form, not by a rule, not by throwing it away."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        await start(table, poll)
        before = await kept(table, poll.id)
        for intent in (
            ChangeDraft(poll.id, asked=True, question="Other?", options="C | D"),
            ChangeRules(poll.id, "ballots", "named"),
            ChangeRules(poll.id, "results", "live"),
            StartPoll(poll.id, before.revision),
            DiscardDraft(poll.id),
        ):
            show = await table.ask(sam, intent)
            assert show.refused and "started already" in said(show)
        assert await kept(table, poll.id) == before


async def test_a_draft_is_thrown_away(tmp_path: Path) -> None:
    """It leaves no number behind; a second press says that it is gone; another server can't do it."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        elsewhere = replace(SPOT, place="test:elsewhere")
        assert (await table.ask(sam, DiscardDraft(poll.id), elsewhere)).refused
        assert (await table.ask(sam, StartPoll(poll.id, poll.revision), elsewhere)).refused
        assert (await table.ask(sam, ChangeRules(poll.id, "ballots", "named"), elsewhere)).refused
        assert await kept(table, poll.id) == poll
        assert "Nobody else saw it" in said(await table.card(sam, DiscardDraft(poll.id)))
        again = await table.ask(sam, DiscardDraft(poll.id))
        assert again.refused and "gone" in said(again)
        assert (await table.ask(sam, StartPoll(poll.id))).refused


async def test_a_draft_waits_in_the_panel(tmp_path: Path) -> None:
    """Moderators find it again there; the panel of a draft is its preview."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Later?", options="A | B"))
        card = await table.card(sam, ShowPanel())
        assert ShowPanel(poll.id) in [option.intent for pick in card.picks for option in pick.options]
        assert "Preview" in said(await table.card(sam, ShowPanel(poll.id)))


def texts(card: Card) -> str:
    """All that can be read on a card, buttons too."""
    return said(card) + " ".join(action.label for action in actions(card))


async def test_a_reader_sees_a_ready_poll_in_their_language(tmp_path: Path) -> None:
    """The board speaks the place's language, private cards the reader's."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        poll = await drafted(table, DraftPoll(ready="r-demand"))
        await start(table, poll)
        assert "¿Lo apoyas?" in texts(await table.card(maria, ShowPoll("1")))
        assert "Do you support it?" in texts(await table.card(tom, ShowPoll("1")))

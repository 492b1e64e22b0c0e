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
    pytest.param(DraftPoll(question="Q?", options="A | B | C", kind="approval"), "approval", 3, id="approval"),
    pytest.param(DraftPoll(question="Q?", kind="motion"), "motion", 3, id="a motion"),
    pytest.param(DraftPoll(question="Q?", threshold="two-thirds"), "motion", 3, id="a motion by its threshold"),
    pytest.param(DraftPoll(item="a-demand", kind="motion"), "motion", 3, id="a motion on an item"),
    pytest.param(
        DraftPoll(question="Q?", options="A | B | C", method="irv"), "ranked", 3, id="a ranking by its method"
    ),
    pytest.param(DraftPoll(question="Q?", options="A | B | C", kind="score"), "score", 3, id="scores"),
    pytest.param(DraftPoll(kind="priority"), "ranked", 5, id="priorities"),
    pytest.param(DraftPoll(kind="priority", question="What first?"), "ranked", 5, id="priorities, own question"),
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
        salt = (await kept(table, begin.poll)).salt  # type: ignore[attr-defined]
        shown = said(preview) + " ".join(action.label for action in actions(preview))
        for line in [
            *said(board).splitlines()[1:],
            *(a.label for a in actions(board) if isinstance(a.intent, PressOption)),
        ]:
            if salt in line:  # made at the opening
                continue
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
    pytest.param(DraftPoll(question="Q?", options="A | A\u200d"), "say the same", id="the same twice"),
    pytest.param(DraftPoll(question="Q?", options="A | B", closes="2020-01-01 10:00"), "passed already", id="past"),
    pytest.param(DraftPoll(question="Q?", options="A | B", closes="3 years"), "366 days", id="too far"),
    pytest.param(DraftPoll(question="Q?", options="A | B", closes="soonish"), "can't read", id="unclear"),
    pytest.param(DraftPoll(question="Q?", options="A | B", kind="guess"), "no kind of poll", id="no such kind"),
    pytest.param(DraftPoll(question="Q?", kind="ranked"), "needs options", id="a ranking of nothing"),
    pytest.param(DraftPoll(question="Q?", options="A | B", method="guess"), "doesn't count", id="no such method"),
    pytest.param(DraftPoll(question="Q?", options="A | B", kind="single", method="irv"), "doesn't count", id="unfit"),
    pytest.param(DraftPoll(question="Q?", options="A | B", seats=2), "can't be filled", id="too many seats"),
    pytest.param(DraftPoll(question="Q?", options="A | B", threshold="majority", quorum="x"), "no quorum", id="quorum"),
    pytest.param(
        DraftPoll(question="Q?", options="A | B", threshold="two-thirds"), "Only a motion", id="a threshold of choices"
    ),
    pytest.param(DraftPoll(method="irv"), "needs a question", id="a method without a question"),
    pytest.param(DraftPoll(kind="priority"), "No article is on", id="priorities without an article"),
    pytest.param(DraftPoll(kind="priority", options="A | B"), "nothing else", id="priorities of one's own"),
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


async def test_priorities_are_known_in_every_language(tmp_path: Path) -> None:
    """The calls to action are ranked, each reader in their own words."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        poll = await drafted(table, DraftPoll(kind="priority"))
        assert (poll.article, poll.item, set(poll.wordings)) == (ARTICLE, None, {"en", "es"})
        assert poll.options[0].id.startswith("a-")
        await start(table, poll)
        english, spanish = texts(await table.card(tom, ShowPoll("1"))), texts(await table.card(maria, ShowPoll("1")))
        assert "In which order" in english and "¿En qué orden" in spanish


async def test_what_counts_is_fixed_in_the_draft(tmp_path: Path) -> None:
    """Method, seats, threshold and quorum from one command."""
    async with a_desk(tmp_path) as table:
        given = DraftPoll(question="Q?", options="A | B | C | D", method="stv", seats=2, quorum="10 %")
        rules = (await drafted(table, given)).rules
        assert (rules.method, rules.seats, rules.quorum, rules.quorum_percent) == ("stv", 2, 0, 10)
        rules = (await drafted(table, DraftPoll(question="Q?", threshold="unanimous", quorum="5"))).rules
        assert (rules.threshold, rules.quorum) == ("unanimous", 5)


async def test_a_quorum_in_percent_is_fixed_at_opening(tmp_path: Path) -> None:
    """In ballots, rounded up, of those who were here then; where nobody knows how many, it doesn't open."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Q?", options="A | B", quorum="10 %"))
        await start(table, poll)
        assert (await kept(table, poll.id)).rules.quorum == 32  # of 312
        other = await drafted(table, DraftPoll(question="Q?", options="A | B", quorum="10 %", account_days=9))
        show = await table.ask(sam, StartPoll(other.id, other.revision))
        assert show.refused and "nobody knows it here" in said(show)


PAGES = [
    pytest.param(
        DraftPoll(question="Q?", options="A | B | C"), 0, {"ballots", "reasons", "kind", "audience"}, id="voting"
    ),
    pytest.param(
        DraftPoll(question="Q?", options="A | B | C", ballots="named", kind="multiple"),
        0,
        {"ballots", "results", "reasons", "kind", "limits", "audience"},
        id="voting, named",
    ),
    pytest.param(DraftPoll(question="Q?", options="A | B | C"), 1, {"breakdown", "quorum"}, id="counting"),
    pytest.param(DraftPoll(question="Q?", kind="motion"), 1, {"threshold", "breakdown", "quorum"}, id="of a motion"),
    pytest.param(
        DraftPoll(question="Q?", options="A | B | C", method="stv"),
        1,
        {"method", "breakdown", "quorum", "seats"},
        id="of a ranking",
    ),
    pytest.param(DraftPoll(question="Q?", options="A | B | C", kind="score"), 1, {"method", "quorum"}, id="of scores"),
    pytest.param(
        DraftPoll(question="Q?", options="A | B"), 2, {"talk", "early_end", "additions", "thread"}, id="running"
    ),
    pytest.param(DraftPoll(question="Q?", kind="support", account_days=9), 2, {"talk", "thread"}, id="what can be"),
]


@pytest.mark.parametrize(("draft", "part", "offered"), PAGES)
async def test_the_rules_card_offers_what_can_be(
    tmp_path: Path, draft: DraftPoll, part: int, offered: set[str]
) -> None:
    """On three pages, none of more than six choices beside its buttons, and nothing that would be refused."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, draft)
        card = await table.card(sam, ChangeRules(poll.id, part=part))
        changes = [o.intent for pick in card.picks for o in pick.options] + [a.intent for a in actions(card)]
        found = {change.rule for change in changes if isinstance(change, ChangeRules) and change.rule}
        assert found == offered
        assert len(card.picks) <= 6 and len(card.actions) <= 2
        for change in changes:
            show = await table.ask(sam, change)  # type: ignore[arg-type]
            assert not show.refused, said(show)


async def test_a_number_is_asked_for_in_a_form(tmp_path: Path) -> None:
    """It holds what stands; sent, the page of rules follows."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Q?", options="A | B", quorum="7"))
        form = (await table.card(sam, ChangeRules(poll.id, "quorum"))).form
        assert form is not None and form.fields[0].value == "7"
        card = await table.card(sam, replace(form.intent, value="12 %"))  # type: ignore[call-arg]
        assert "12" in said(card) and card.picks
        assert (await kept(table, poll.id)).rules.quorum_percent == 12
        show = await table.ask(sam, replace(form.intent, value="a lot"))  # type: ignore[call-arg]
        assert show.refused and "no quorum" in said(show)


async def test_a_weight_is_printed_before_anybody_votes(tmp_path: Path) -> None:
    """A typed rule means the moderator's own newest draft; the preview names the role; anonymous polls have none."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Q?", options="A | B", ballots="named"))
        await table.card(sam, ChangeRules(rule="weights", value="3", role="42|Elders"))
        assert "Elders" in said(await table.card(sam, ShowPanel(poll.id)))
        await table.card(sam, ChangeRules(poll.id, "ballots", "anonymous"))
        assert (await kept(table, poll.id)).rules.weights == ()
        show = await table.ask(sam, ChangeRules(poll.id, "weights", "3", role="42|Elders"))
        assert show.refused and "named ballots" in said(show)
        other = replace(sam, id="test:ana", name="Ana")
        assert "no draft here" in said(await table.ask(other, ChangeRules(rule="reasons", value="yes")))


async def test_an_anonymous_draft_says_why_nothing_is_seen_before_the_close(tmp_path: Path) -> None:
    """To the moderator who makes it, whatever was asked for; a named one shows what was chosen."""
    async with a_desk(tmp_path) as table:
        preview = said(await table.card(sam, DraftPoll(question="Q?", options="A | B", results="live")))
        assert "results at close" in preview and "difference of two counts" in preview
        named = said(await table.card(sam, DraftPoll(question="Q?", options="A | B", results="live", ballots="named")))
        assert "results at any time" in named and "difference" not in named

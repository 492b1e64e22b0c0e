"""The moderators' panel of a poll: how it stands and what can be done. What can't be undone asks first."""

from __future__ import annotations

from bot.cards.log import said
from bot.cards.pages import page_note, turns
from bot.cards.polls.fit import each, short
from bot.cards.polls.lists import Listed
from bot.cards.polls.wording import heading, rules_line
from bot.core.card import Action, Block, Card, Form, FormField, Pick, PickOption, Rule, Small, Style, Text
from bot.core.intents import (
    ClosePoll,
    CopyPoll,
    DraftPoll,
    DraftPollSet,
    EditPoll,
    ErasePoll,
    ExportRecord,
    ExtendPoll,
    PublishPoll,
    ReopenPoll,
    RepeatPoll,
    RepostBoard,
    SaveTemplate,
    ShowPanel,
    ShowPlanned,
    ShowProposals,
    UseTemplate,
    VoidBallot,
)
from bot.core.logbook import Entry
from bot.core.poll.certain import ended_early
from bot.core.poll.values import Poll, State
from bot.core.record import may_export
from bot.core.rich import Rich, join, moment
from bot.core.text import cut
from bot.i18n import Words

MOST = {State.OPEN: 25, State.DRAFT: 10, State.CLOSED: 15}  # to a page, newest first
LABELS = 2_500  # weight of all picks' labels: a whole answer stays under Discord's 8 kB


def panel(
    t: Words,
    poll: Poll,
    cast: int,
    faster: Entry | None,
    trouble: str | None,
    *,
    stale: bool,
    waiting: int = 0,
    key_stays: bool = False,
) -> Card:
    """One poll's panel. `stale`: this press came too late, after what `faster` says or after the poll's end.

    `waiting` is how many proposed options wait. `key_stays`: the poll is over, and its key could not be removed.
    """
    blocks: list[Block] = [Small(rules_line(t, poll, cast))]
    if stale:
        blocks.insert(0, Text(_why_stale(t, poll, faster)))
    if trouble:
        blocks.append(Text(t("panel.board_trouble", why=trouble)))
    if key_stays:
        blocks.append(Text(t("panel.key_stays")))
    return Card(heading(t, poll), tuple(blocks), _rows(t, poll, waiting), locale=t.locale)


def choose(t: Words, listed: Listed, *, article: bool = False) -> Card:
    """A page of all polls to choose from: open ones, drafts, closed ones.

    `article`: one is on, and its answers may be taken.
    """
    new = (
        Action(t.plain("panel.action.new"), DraftPoll(), Style.MAIN),
        Action(t.plain("panel.action.set"), DraftPollSet()),
        Action(t.plain("template.action.all"), UseTemplate()),
        Action(t.plain("planning.action.planned"), ShowPlanned()),
    )
    answers = tuple(
        Action(t.plain(f"panel.action.answers_{format_}"), ExportRecord("article", format_))
        for format_ in ("csv", "json")
    )
    turn = turns(t, listed.part, listed.last, lambda part: ShowPanel(part=part))
    rows = tuple(row for row in (turn, new, answers if article else ()) if row)
    if not any(listed.totals.values()):
        return Card(t.plain("panel.title"), (Text(t("panel.none")),), rows, locale=t.locale)
    picks, room = [], each(LABELS, sum(map(len, listed.polls.values())))
    for state, these in listed.polls.items():
        if these:
            options = tuple(PickOption(short(heading(t, poll), room), ShowPanel(poll.id)) for poll in these)
            picks.append(Pick(t.plain(f"panel.pick_{state}"), options))
    blocks: tuple[Block, ...] = (Text(t("panel.choose")), *page_note(t, listed.part, listed.last))
    return Card(t.plain("panel.title"), blocks, rows, tuple(picks), locale=t.locale)


def sure_to_close(t: Words, poll: Poll, closes: str) -> Card:
    """Closing a secret poll can't be undone."""
    yes = Action(t.plain("panel.action.close_now"), ClosePoll(poll.id, poll.revision, sure=True), Style.DANGER)
    return _sure(t, poll, t("panel.sure_to_close" if poll.secret else "panel.sure_to_close_named"), yes)


def sure_to_erase(t: Words, poll: Poll, closes: str) -> Card:
    """Erasing can't be undone, and takes the ballots with it."""
    yes = Action(t.plain("panel.action.erase_now"), ErasePoll(poll.id, poll.revision, sure=True), Style.DANGER)
    return _sure(t, poll, t("panel.sure_to_erase"), yes)


def sure_to_extend(t: Words, poll: Poll, closes: str, *, until_ms: int) -> Card:
    """A deadline as it was understood, beside the one it replaces: nothing has moved yet."""
    sooner = poll.closes_ms is not None and until_ms < poll.closes_ms
    label = t.plain("panel.action.sooner" if sooner else "panel.action.extend")
    asked = t("panel.sure_to_extend", until=moment(until_ms, "F"), left=moment(until_ms, "R"))
    now = t("panel.closes_now", when=moment(poll.closes_ms, "F")) if poll.closes_ms else t("panel.closes_never")
    yes = Action(label, ExtendPoll(poll.id, poll.revision, until_ms=until_ms), Style.MAIN)
    return _sure(t, poll, join([asked, now], " "), yes)


def sure_to_publish(t: Words, poll: Poll, closes: str) -> Card:
    """What everybody has seen can't be hidden again."""
    yes = Action(t.plain("panel.action.publish_now"), PublishPoll(poll.id, poll.revision, sure=True), Style.MAIN)
    return _sure(t, poll, t("panel.sure_to_publish"), yes)


def sure_to_move(t: Words, poll: Poll, closes: str) -> Card:
    """Another channel is another audience."""
    yes = Action(t.plain("panel.action.move_now"), RepostBoard(poll.id, sure=True), Style.MAIN)
    return _sure(t, poll, t("panel.sure_to_move_everybody" if poll.whole_server else "panel.sure_to_move"), yes)


def extend_form(t: Words, poll: Poll, closes: str) -> Card:
    """The form for a new deadline."""
    field = FormField("until", t.plain("panel.until"), hint=t.plain("panel.until_hint"), value=closes)
    form = Form(
        cut(t.plain("panel.extend_title"), 45),
        ExtendPoll(poll.id, poll.revision),
        (field,),
        submit=t.plain("panel.action.extend"),
    )
    again = ((Action(t.plain("panel.action.extend"), ExtendPoll(poll.id, poll.revision)),),)
    return Card(heading(t, poll), (), again, form=form, locale=t.locale)


def erased(t: Words, poll: Poll, *, key_stays: bool = False) -> Card:
    """The poll is gone; `key_stays`: its key is not, as it should be."""
    said = Text(t("panel.erased", number=poll.number))
    return Card(blocks=(said, Text(t("panel.key_stays"))) if key_stays else (said,), locale=t.locale)


def _rows(t: Words, poll: Poll, waiting: int) -> tuple[tuple[Action, ...], ...]:
    """Every act that this poll allows in its state; rows of five at most."""
    rows = (
        _steering(t, poll) if poll.state is State.OPEN else _closed(t, poll),
        _voters(t, poll, waiting) if poll.state is State.OPEN else (),
        _again(t, poll),
        (*_files(t, poll), Action(t.plain("panel.action.erase"), ErasePoll(poll.id, poll.revision))),
    )
    return tuple(row for row in rows if row)


def _steering(t: Words, poll: Poll) -> tuple[Action, ...]:
    return (
        Action(t.plain("panel.action.close"), ClosePoll(poll.id, poll.revision)),
        Action(t.plain("panel.action.extend"), ExtendPoll(poll.id, poll.revision)),
        Action(t.plain("panel.action.edit"), EditPoll(poll.id, poll.revision)),
        Action(t.plain("panel.action.repost"), RepostBoard(poll.id)),
    )


def _closed(t: Words, poll: Poll) -> tuple[Action, ...]:
    again = (Action(t.plain("panel.action.reopen"), ReopenPoll(poll.id, poll.revision)),) if poll.named else ()
    return (*again, Action(t.plain("panel.action.repost"), RepostBoard(poll.id)))


def _voters(t: Words, poll: Poll, waiting: int) -> tuple[Action, ...]:
    """What there is to decide about single voters: their ballots, their wishes."""
    void = (Action(t.plain("panel.action.void"), VoidBallot(poll.id)),) if poll.named else ()
    if not poll.rules.additions:
        return void
    return (*void, Action(t.plain("panel.action.proposals", n=waiting), ShowProposals(poll.id)))


def _again(t: Words, poll: Poll) -> tuple[Action, ...]:
    """Ways to have such a poll once more, and for more people."""
    publish = Action(t.plain("panel.action.publish"), PublishPoll(poll.id, poll.revision))
    return (
        *(() if poll.whole_server else (publish,)),
        Action(t.plain("planning.action.repeat"), RepeatPoll(poll.id)),
        Action(t.plain("panel.action.copy"), CopyPoll(poll.id)),
        Action(t.plain("template.action.save"), SaveTemplate(poll.id)),
    )


def _files(t: Words, poll: Poll) -> tuple[Action, ...]:
    if not may_export(poll):
        return ()
    return (
        Action(t.plain("panel.action.csv"), ExportRecord(poll.id, "csv")),
        Action(t.plain("panel.action.json"), ExportRecord(poll.id, "json")),
        Action(t.plain("panel.action.formats"), ExportRecord(poll.id)),
    )


def _sure(t: Words, poll: Poll, asked: Rich, yes: Action) -> Card:
    no = Action(t.plain("panel.action.keep"), ShowPanel(poll.id))
    return Card(heading(t, poll), (Text(asked), Rule()), ((yes, no),), locale=t.locale)


def _why_stale(t: Words, poll: Poll, faster: Entry | None) -> Rich:
    if faster is None and ended_early(poll):
        return t("panel.stale_early", closed=moment(poll.closed_ms or 0, "R"))
    if faster is None:
        return t("panel.stale_by_itself", closed=moment(poll.closed_ms or 0, "R"))
    what = said(t, faster)
    return t("panel.stale", who=faster.actor_name, what=what, when=moment(faster.at_ms, "R"))

"""Editing a running poll: votes follow their option; what would change is said back first, then noted on the board."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls import editing as cards
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import EditPoll, Intent
from bot.core.poll.editing import Change, edited
from bot.core.poll.values import Poll
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls import steering
from bot.services.polls.finding import need_shown
from bot.services.record import logged
from bot.storage import edits, polls, posts
from bot.storage.port import Tx


async def edit(desk: Desk, here: Here, intent: EditPoll) -> Show:
    """The form; then what it would change; then the change."""
    if intent.edit:
        return await _do(desk, here, intent)
    poll = await _as_kept(desk, here, intent.poll)
    if intent.revision not in (0, poll.revision):
        return Show(await steering.panel(desk, here, poll, stale=True), replace=True)
    if not (intent.asked or intent.question.strip() or intent.options.strip()):
        return Show(cards.edit_form(here.t, poll))
    return await _said_back(desk, here, intent, poll)


async def keep(tx: Tx, desk: Desk, poll: Poll, change: Change) -> None:
    """Give an open poll its new words, and tell the board. Refusal: already_closed."""
    steering.need_open(desk, poll)
    if not await polls.reword(tx, change.poll):
        raise refuse("already_closed", closed_ms=desk.clock())
    await edits.drop(tx, poll.id)
    await posts.bump(tx, f"poll:{poll.id}")


async def _said_back(desk: Desk, here: Here, intent: EditPoll, poll: Poll) -> Show:
    """What was typed, kept until the moderator says yes; a command that leaves something out leaves it as it is."""
    standing = "" if intent.asked else "\n".join(option.text for option in poll.options)
    question = intent.question if intent.asked else intent.question.strip() or poll.question
    options, now, edit_id = intent.options.strip() or standing, desk.clock(), new_id()
    change = edited(poll, question, options, now)
    if not change.edits:
        raise refuse("no_change")
    await desk.db.write(lambda tx: edits.keep(tx, edit_id, poll.id, question, options, now))
    return Show(cards.sure_to_edit(here.t, poll, change, edit_id), replace=True)


async def _do(desk: Desk, here: Here, intent: EditPoll) -> Show:
    async def work(tx: Tx, poll: Poll) -> None:
        steering.need_open(desk, poll)
        typed = await edits.find(tx, intent.edit, poll.id)
        if typed is None:
            raise refuse("edit_gone")
        now = desk.clock()
        change = edited(poll, *typed, now)
        await keep(tx, desk, poll, change)
        letters = ", ".join(change.poll.letter(edit.option) for edit in change.edits if edit.option)
        await logged(tx, here, now, "poll_edited", f"poll:{poll.id}", number=poll.number, letters=letters or "none")

    return await steering.change(desk, here, intent.poll, intent.revision, work)


async def _as_kept(desk: Desk, here: Here, reference: str) -> Poll:
    """An open poll in the words it is kept in. Refusal: already_closed."""

    async def look(tx: Tx) -> Poll:
        shown = await need_shown(tx, here, reference)
        return await polls.get(tx, shown.id) or shown

    poll = await desk.db.read(look)
    steering.need_open(desk, poll)
    return poll


HANDLERS: Mapping[type[Intent], Handler] = {EditPoll: edit}

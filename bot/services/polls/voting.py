"""Voting: each vote is one transaction that checks "open" and "eligible" itself, and is answered after its commit."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.cards.polls import ballot as cards
from bot.cards.polls.wording import in_words
from bot.core.card import Show
from bot.core.ctx import Actor
from bot.core.errors import Refusal, refuse
from bot.core.intents import (
    CastBallot,
    GiveReason,
    Intent,
    OpenBallot,
    PressOption,
    RetractBallot,
    UnmarkOption,
)
from bot.core.poll.eligibility import check_eligible, part_of, weight_of
from bot.core.poll.kinds import Marks, kind_of, names_options
from bot.core.poll.values import LONGEST_REASON, Ballot, Poll, Results, State
from bot.core.signs import plain_signs
from bot.core.text import clean, units
from bot.services.desk import Desk, Handler
from bot.services.forgetting import forget_in_time
from bot.services.here import Here
from bot.services.polls.early import maybe_end
from bot.services.polls.finding import check_open, need_shown
from bot.services.polls.keeping import Given, kept
from bot.services.polls.sealing import seal
from bot.storage import boxes, events, posts, secret_ballots
from bot.storage.port import Tx

Decide = Callable[[Poll, Ballot | None], "Ballot | None"]


@dataclass(frozen=True, slots=True)
class Vote:
    """A poll with a voter's ballot before and after. The same ballot: nothing changed."""

    poll: Poll
    before: Ballot | None
    after: Ballot | None


async def press(desk: Desk, here: Here, intent: PressOption) -> Show:
    """A press on the board marks an option. On one that is marked it says so again: nothing is taken back by it."""

    def decide(poll: Poll, before: Ballot | None) -> Ballot | None:
        marks = kind_of(poll).press(before.marks if before else {}, intent.option, poll)
        return before if before and marks == before.marks else with_marks(poll, before, marks)

    try:
        done = await vote(desk, here, intent.poll, decide)
    except Refusal as refusal:
        if refusal.key != "too_many_marks":
            raise
        stands = await standing(desk, here, intent.poll)
        return Show(cards.full(here.t, refusal, stands), refused=True)
    return Show(cards.recorded(here.t, done, intent.option))


async def unmark(desk: Desk, here: Here, intent: UnmarkOption) -> Show:
    """Take one of my options back; with the last one the ballot. One that isn't mine stays so."""

    def decide(poll: Poll, before: Ballot | None) -> Ballot | None:
        if before is None:
            raise refuse("empty_ballot")
        marks = kind_of(poll).without(before.marks, intent.option, poll)
        return before if marks == before.marks else with_marks(poll, before, marks)

    return Show(cards.recorded(here.t, await vote(desk, here, intent.poll, decide)), replace=True)


async def cast(desk: Desk, here: Here, intent: CastBallot) -> Show:
    """A whole ballot from a form or a typed line; without marks, the form."""
    if not intent.marks.strip() and not intent.asked:
        return await open_ballot(desk, here, OpenBallot(poll=intent.poll))

    typed = intent.marks

    def decide(poll: Poll, before: Ballot | None) -> Ballot | None:
        nonlocal typed
        shown = in_words(here.t, poll)
        typed, reason = _marks_and_reason(intent, shown)
        marks = kind_of(poll).read(typed, shown)
        kind_of(poll).check(marks, poll)
        after = with_marks(poll, before, marks)
        given = reason or (intent.asked and poll.rules.reasons)
        return _with_reason(poll, after, reason) if after and given else after

    try:
        return Show(cards.recorded(here.t, await vote(desk, here, intent.poll, decide)))
    except Refusal as refusal:
        return await kept(desk, here, refusal, intent.poll, Given(typed))


def _marks_and_reason(intent: CastBallot, poll: Poll) -> tuple[str, str]:
    """What was typed, as marks and as a reason: letters behind the first one, "b c a d", are no reason."""
    if intent.asked or not names_options(plain_signs(intent.reason).split(), poll):
        return intent.marks, intent.reason
    return f"{intent.marks} {intent.reason}", ""


async def open_ballot(desk: Desk, here: Here, intent: OpenBallot) -> Show:
    """My ballot paper, with what I have marked. Whoever may not vote learns it now, not after filling it in."""
    found = await standing(desk, here, intent.poll)
    return Show(cards.paper(here.t, found.poll, found.after))


async def give_reason(desk: Desk, here: Here, intent: GiveReason) -> Show:
    """A reason beside my ballot; asked for in a form, and taken away by sending it empty."""
    if not intent.asked and not intent.reason:
        return await _ask_reason(desk, here, intent.poll)

    def decide(poll: Poll, before: Ballot | None) -> Ballot | None:
        if before is None:
            raise refuse("empty_ballot")
        return _with_reason(poll, before, intent.reason)

    return Show(cards.recorded(here.t, await vote(desk, here, intent.poll, decide)))


async def retract(desk: Desk, here: Here, intent: RetractBallot) -> Show:
    """Take my ballot back."""

    def decide(poll: Poll, before: Ballot | None) -> Ballot | None:
        if before is None:
            raise refuse("empty_ballot")
        return None

    return Show(cards.recorded(here.t, await vote(desk, here, intent.poll, decide)), replace=True)


def voter(desk: Desk, poll: Poll, actor_id: str) -> str:
    """What a ballot is kept under: the person's id in a named poll, a keyed id in a secret one.

    Refusal: unlinkable_ballot, when the key is gone and nobody can say which ballot is whose.
    """
    if poll.named:
        return actor_id
    ballot_id = desk.keys.ballot_id(poll.id, actor_id)
    if ballot_id is None:
        raise refuse("unlinkable_ballot")
    return ballot_id


async def vote(desk: Desk, here: Here, reference: str, decide: Decide) -> Vote:
    """One vote in one transaction. A replayed event changes nothing and is answered as the vote stands."""
    now, ended = desk.clock(), list[str]()

    async def work(tx: Tx) -> Vote:
        if not await events.first_time(tx, here.event, now):  # it counted then, whatever has happened since
            return await _as_it_stands(tx, desk, here, await need_shown(tx, here, reference))
        poll = await _votable(tx, here, reference, now)
        me = voter(desk, poll, here.actor.id)
        before = await boxes.of(poll).get(tx, poll.id, me)
        if before is not None and before.void is not None:
            raise refuse("ballot_voided", reason=before.void)
        decided = decide(poll, before)
        if decided is before and before is not None:
            return Vote(poll, before, before)
        after = _signed(decided, before, poll, me, here.actor, now)
        await _keep(tx, desk, here.actor.id, Vote(poll, before, after))
        if await maybe_end(tx, desk, poll):
            ended.append(poll.id)
            poll = replace(poll, state=State.CLOSED)
        return Vote(poll, before, after)

    done = await desk.db.write(work)
    desk.boards.ring()
    if ended:
        await seal(desk, ended)
    return done


async def _votable(tx: Tx, here: Here, reference: str, now: int) -> Poll:
    poll = await need_shown(tx, here, reference)
    check_open(poll, now)
    check_eligible(here.actor, poll, now)
    return poll


async def _keep(tx: Tx, desk: Desk, actor_id: str, vote: Vote) -> None:
    poll, before, after = vote.poll, vote.before, vote.after
    if before not in (None, after):
        await forget_in_time(tx, desk.clock())
    if after is not None:
        await boxes.of(poll).put(tx, poll.id, after)
    elif before is not None:
        await boxes.of(poll).remove(tx, poll.id, before.voter)
    if (before is None) == (after is None):
        # A board that hides its counts looks the same when a ballot merely changed: no edit is spent on it.
        if poll.results is Results.LIVE:
            await posts.bump(tx, f"poll:{poll.id}")
        return
    await posts.bump(tx, f"poll:{poll.id}")
    if poll.secret and (tag := desk.keys.tag(poll.id, actor_id)):
        await (secret_ballots.unmark_voted if after is None else secret_ballots.mark_voted)(tx, poll.id, tag)


def with_marks(poll: Poll, before: Ballot | None, marks: Marks) -> Ballot | None:
    """The ballot with new marks. A reason given for other marks goes: it may not fit these."""
    if not marks:
        return None
    kind_of(poll).check(marks, poll)
    same = before is not None and before.marks == marks
    return Ballot(voter="", marks=marks, reason=before.reason if same and before else None)


def _with_reason(poll: Poll, ballot: Ballot, reason: str) -> Ballot:
    if not poll.rules.reasons:
        raise refuse("no_reasons")
    words = clean(reason)
    if units(words) > LONGEST_REASON:
        raise refuse("long_text", most=LONGEST_REASON, length=units(words))
    return replace(ballot, reason=words or None)


def _signed(ballot: Ballot | None, before: Ballot | None, poll: Poll, me: str, actor: Actor, now: int) -> Ballot | None:
    """The ballot under its voter. A secret one has no name and no time, and a nonce that stays while its marks do."""
    if ballot is None:
        return None
    bare = replace(ballot, voter=me, part=part_of(actor, poll))
    if poll.named:
        return replace(bare, name=actor.name, cast_ms=now, weight=weight_of(actor, poll))
    same = before is not None and before.marks == ballot.marks
    return replace(bare, nonce=before.nonce if before and same else secrets.token_hex(16))


async def standing(desk: Desk, here: Here, reference: str) -> Vote:
    """My ballot as it stands in a poll that I may vote in now. Refusals as for a vote."""
    now = desk.clock()

    async def look(tx: Tx) -> Vote:
        poll = await _votable(tx, here, reference, now)
        return await _as_it_stands(tx, desk, here, poll)

    return await desk.db.read(look)


async def _as_it_stands(tx: Tx, desk: Desk, here: Here, poll: Poll) -> Vote:
    kept = await boxes.of(poll).get(tx, poll.id, voter(desk, poll, here.actor.id))
    return Vote(poll, kept, kept)


async def _ask_reason(desk: Desk, here: Here, reference: str) -> Show:
    found = await standing(desk, here, reference)
    if found.after is None:
        raise refuse("empty_ballot")
    return Show(cards.reason_form(here.t, found.poll, found.after))


HANDLERS: Mapping[type[Intent], Handler] = {
    PressOption: press,
    CastBallot: cast,
    OpenBallot: open_ballot,
    GiveReason: give_reason,
    RetractBallot: retract,
    UnmarkOption: unmark,
}

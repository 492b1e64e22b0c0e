"""Voters ask for an option where the rules allow it; a moderator takes it in, for everybody to see, or says why not."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls import proposing as cards
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import Intent, ProposeOption, SettleProposal, ShowProposals
from bot.core.poll.drafting import LONGEST_OPTION
from bot.core.poll.editing import added, like, near
from bot.core.poll.eligibility import check_eligible
from bot.core.poll.proposal import Proposal
from bot.core.poll.values import MOST_OPTIONS, Poll
from bot.core.text import look_of, one_line, units
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls import steering
from bot.services.polls.editing import keep
from bot.services.polls.finding import need, need_shown
from bot.services.record import logged
from bot.storage import events, proposals
from bot.storage.port import Tx

MOST_WAITING = 3  # of one person in one poll


async def propose(desk: Desk, here: Here, intent: ProposeOption) -> Show:
    """Keep a wish for the moderators; without a text, the form.

    Refusal: no_additions, poll_closed, not_eligible_…, long_option, option_exists, proposal_waits, many_proposals,
    many_options.
    """
    text = one_line(intent.text)
    poll = await desk.db.read(lambda tx: _open_to(tx, desk, here, intent.poll))
    if not text:
        mine = await desk.db.read(lambda tx: proposals.of_person(tx, poll.id, here.actor.id))
        return Show(cards.form(here.t, poll, mine))
    if units(text) > LONGEST_OPTION:
        raise refuse("long_option", option=text, length=units(text), most=LONGEST_OPTION)

    async def work(tx: Tx) -> Poll:
        poll = await _open_to(tx, desk, here, intent.poll)
        if await events.first_time(tx, here.event, desk.clock()):
            await _check(tx, here, poll, text)
            await proposals.add(tx, Proposal(new_id(), poll.id, text), here.actor.id, desk.clock())
        return poll

    kept = await desk.db.write(work)
    return Show(cards.asked(here.t, kept, text, near(kept, text)))


async def show(desk: Desk, here: Here, intent: ShowProposals) -> Show:
    """A page of what waits."""
    part = max(0, intent.part)

    async def look(tx: Tx) -> tuple[Poll, list[Proposal]]:
        poll = await need_shown(tx, here, intent.poll)
        return poll, await proposals.waiting(tx, poll.id, cards.PAGE + 1, part * cards.PAGE)

    poll, found = await desk.db.read(look)
    more = len(found) > cards.PAGE
    return Show(cards.waiting(here.t, poll, found[: cards.PAGE], part, more=more), replace=True)


async def settle(desk: Desk, here: Here, intent: SettleProposal) -> Show:
    """Take it in or refuse it: asked first, done when sure."""
    if intent.verdict not in ("take", "refuse"):
        raise refuse("no_proposal")
    poll, proposal = await desk.db.read(lambda tx: _waiting(tx, desk, here, intent))
    if not intent.asked:
        ask = cards.sure_to_take if intent.verdict == "take" else cards.refuse_form
        return Show(ask(here.t, poll, proposal), replace=intent.verdict == "take")
    if intent.verdict == "refuse" and not one_line(intent.reason):
        raise refuse("no_reason")
    act = _take if intent.verdict == "take" else _refuse

    async def work(tx: Tx, poll: Poll) -> None:
        await act(tx, desk, here, poll, intent)

    done = await steering.write(desk, here, poll.id, 0, work)
    desk.boards.ring()
    assert isinstance(done, Poll)  # nothing is stale without a revision
    return await show(desk, here, ShowProposals(done.id))


async def _take(tx: Tx, desk: Desk, here: Here, poll: Poll, intent: SettleProposal) -> None:
    _, proposal = await _waiting(tx, desk, here, intent)
    now = desk.clock()
    change = added(poll, proposal.text, now)
    await keep(tx, desk, poll, change)
    await proposals.settle(tx, proposal.id, "taken", None)
    letter = change.poll.letter(change.edits[0].option)
    await logged(tx, here, now, "option_taken", f"poll:{poll.id}", number=poll.number, letter=letter)


async def _refuse(tx: Tx, desk: Desk, here: Here, poll: Poll, intent: SettleProposal) -> None:
    _, proposal = await _waiting(tx, desk, here, intent)
    reason = one_line(intent.reason)
    if units(reason) > cards.LONGEST_REASON:
        raise refuse("long_text", length=units(reason), most=cards.LONGEST_REASON)
    await proposals.settle(tx, proposal.id, "refused", reason)
    await logged(tx, here, desk.clock(), "option_refused", f"poll:{poll.id}", number=poll.number)


async def _open_to(tx: Tx, desk: Desk, here: Here, reference: str) -> Poll:
    """The poll, if it takes wishes from this person now; also before votes count, while people talk."""
    poll, now = await need_shown(tx, here, reference), desk.clock()
    if not poll.is_open(now):
        raise refuse("poll_closed", closed_ms=poll.closed_ms or poll.closes_ms or now)
    if not poll.rules.additions:
        raise refuse("no_additions")
    check_eligible(here.actor, poll, now)
    return poll


async def _check(tx: Tx, here: Here, poll: Poll, text: str) -> None:
    """Refusal where it is there already, waits already, or is one too many."""
    kept = await need(tx, here, poll.id)
    same = like(poll, text) or like(kept, text)
    if same is not None:
        raise refuse("option_exists", letter=poll.letter(same))
    mine = await proposals.of_person(tx, poll.id, here.actor.id)
    if sum(one.state == "waiting" for one in mine) >= MOST_WAITING:
        raise refuse("many_proposals", most=MOST_WAITING)
    waiting = await proposals.waiting(tx, poll.id, 1_000)
    if any(look_of(one.text) == look_of(text) for one in waiting):
        raise refuse("proposal_waits")
    if len(poll.options) >= MOST_OPTIONS:
        raise refuse("many_options", count=len(poll.options) + 1, most=MOST_OPTIONS)


async def _waiting(tx: Tx, desk: Desk, here: Here, intent: SettleProposal) -> tuple[Poll, Proposal]:
    """The poll and the proposal that waits. Refusal: already_closed, no_proposal."""
    poll = await need_shown(tx, here, intent.poll)
    steering.need_open(desk, poll)
    proposal = await proposals.get(tx, poll.id, intent.proposal)
    if proposal is None or proposal.state != "waiting":
        raise refuse("no_proposal")
    return poll, proposal


HANDLERS: Mapping[type[Intent], Handler] = {ProposeOption: propose, ShowProposals: show, SettleProposal: settle}

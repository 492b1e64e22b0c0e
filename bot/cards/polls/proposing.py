"""Options that voters ask for: the form and what became of mine; for moderators, those that wait."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.picks import Line, pick
from bot.cards.polls.wording import heading, option_text
from bot.core.card import Action, Block, Bullets, Card, Form, FormField, Rule, Small, Style, Text
from bot.core.intents import ProposeOption, SettleProposal, ShowPanel, ShowPoll, ShowProposals
from bot.core.poll.drafting import LONGEST_OPTION
from bot.core.poll.proposal import Proposal
from bot.core.poll.values import LETTERS, Poll
from bot.core.rich import Rich
from bot.core.text import cut
from bot.i18n import Words

PAGE = 10
SHOWN = 8  # of my own
LONGEST_REASON = 200


def form(t: Words, poll: Poll, mine: Sequence[Proposal]) -> Card:
    """The form, and what became of what I asked for before."""
    field = FormField("text", t.plain("propose.label"), hint=t.plain("propose.hint"), most=LONGEST_OPTION)
    asks = Form(
        cut(t.plain("propose.title"), 45), ProposeOption(poll.id), (field,), submit=t.plain("propose.action.send")
    )
    again = ((Action(t.plain("propose.action.propose"), ProposeOption(poll.id)),),)
    return Card(heading(t, poll), (Text(t("propose.intro")), *_mine(t, mine)), again, form=asks, locale=t.locale)


def asked(t: Words, poll: Poll, text: str, like: str | None) -> Card:
    """It waits for a moderator; and the option that looks like it, if one does."""
    blocks: list[Block] = [Text(t("propose.asked", option=text))]
    if like is not None:
        named = next(option for option in poll.options if option.id == like)
        blocks.append(Small(t("propose.near", letter=poll.letter(like), option=option_text(t, named))))
    row = (Action(t.plain("poll.action.mine"), ShowPoll(poll.id)),)
    return Card(blocks=tuple(blocks), actions=(row,), locale=t.locale)


def waiting(t: Words, poll: Poll, found: Sequence[Proposal], part: int, *, more: bool) -> Card:
    """What waits, the oldest first, each to take in or to refuse."""
    back = Action(t.plain("void.action.back"), ShowPanel(poll.id))
    turn = [Action(t.plain("void.action.earlier"), ShowProposals(poll.id, part - 1))] if part else []
    turn += [Action(t.plain("void.action.later"), ShowProposals(poll.id, part + 1))] if more else []
    if not found:
        return Card(heading(t, poll), (Text(t("propose.none")),), ((*turn, back),), locale=t.locale)
    take = [Line(one.text, SettleProposal(poll.id, one.id, "take")) for one in found]
    refuse = [Line(one.text, SettleProposal(poll.id, one.id, "refuse")) for one in found]
    picks = (*pick(t, "propose.pick_take", take), *pick(t, "propose.pick_refuse", refuse))
    listed = Bullets(tuple(one.text for one in found), numbered=True)
    return Card(heading(t, poll), (Text(t("propose.waiting")), listed), ((*turn, back),), picks, locale=t.locale)


def sure_to_take(t: Words, poll: Poll, proposal: Proposal) -> Card:
    """An option can't be taken away again."""
    yes = Action(t.plain("propose.action.take"), SettleProposal(poll.id, proposal.id, "take", asked=True), Style.MAIN)
    no = Action(t.plain("void.action.back"), ShowProposals(poll.id))
    asked_ = t("propose.sure", letter=LETTERS[min(len(poll.options), 25)], option=proposal.text)
    return Card(heading(t, poll), (Text(asked_), Rule()), ((yes, no),), locale=t.locale)


def refuse_form(t: Words, poll: Poll, proposal: Proposal) -> Card:
    """The form for the reason, which the proposer reads."""
    field = FormField("reason", t.plain("void.reason"), hint=t.plain("propose.reason_hint"), most=LONGEST_REASON)
    intent = SettleProposal(poll.id, proposal.id, "refuse", asked=True)
    asks = Form(cut(t.plain("propose.refuse_title"), 45), intent, (field,), submit=t.plain("propose.action.refuse"))
    again = ((Action(t.plain("propose.action.refuse"), SettleProposal(poll.id, proposal.id, "refuse")),),)
    return Card(
        heading(t, poll), (Text(t("propose.refusing", option=proposal.text)),), again, form=asks, locale=t.locale
    )


def _mine(t: Words, mine: Sequence[Proposal]) -> tuple[Block, ...]:
    lines = tuple(_line(t, one) for one in mine[:SHOWN])
    more = (Small(t("propose.mine_more", n=len(mine) - SHOWN)),) if len(mine) > SHOWN else ()
    return (Bullets(lines), *more) if lines else ()


def _line(t: Words, one: Proposal) -> Rich:
    note = cut(one.note or "", 120)
    if one.state == "refused":
        return t("propose.mine_refused", option=one.text, reason=note)
    return t("propose.mine_taken" if one.state == "taken" else "propose.mine_waiting", option=one.text)

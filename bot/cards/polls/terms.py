"""What one must know of an open poll beside its rules: from when votes count, and with what lots would be drawn."""

from __future__ import annotations

from bot.core.card import Small
from bot.core.poll.values import Poll, State
from bot.core.rich import moment
from bot.i18n import Words


def terms(t: Words, poll: Poll, *, talking: bool) -> tuple[Small, ...]:
    """Small print below the line of rules; nothing for most polls, and nothing once a poll has closed.

    `talking`: ballots don't count yet.
    """
    if poll.state is not State.OPEN:
        return ()
    found = []
    if talking and poll.votes_from_ms:
        when = {"when": moment(poll.votes_from_ms), "left": moment(poll.votes_from_ms, "R")}
        found.append(Small(t("ballot.talk_first", **when)))
    if poll.draws_lots and poll.salt:
        found.append(Small(t("ballot.lots", salt=poll.salt)))
    return tuple(found)


def over_actions(poll: Poll) -> bool:
    """Whether the options are the article's calls to action, which have more to say than their names."""
    return bool(poll.article) and all(option.id.startswith("a-") for option in poll.options)

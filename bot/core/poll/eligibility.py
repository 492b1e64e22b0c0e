"""Who may vote: decided from what the platform says of the person at that moment. A refused voter learns why."""

from __future__ import annotations

from bot.core.ctx import Actor
from bot.core.errors import refuse
from bot.core.poll.values import Poll

DAY_MS = 86_400_000


def check_eligible(actor: Actor, poll: Poll, now_ms: int) -> None:
    """Refusal unless the rules let this person vote. What the platform doesn't tell is a no: deny by default."""
    rules = poll.rules
    if rules.roles and not actor.roles & set(rules.roles):
        raise refuse("not_eligible_role", roles=list(rules.role_names or rules.roles))
    if rules.joined_before:
        _check_joined(actor, poll)
    if rules.account_days:
        _check_age(actor, rules.account_days, now_ms)


def _check_joined(actor: Actor, poll: Poll) -> None:
    if actor.joined_ms is None:
        raise refuse("not_eligible_unknown")
    if poll.opened_ms is not None and actor.joined_ms >= poll.opened_ms:
        raise refuse("not_eligible_joined", opened_ms=poll.opened_ms)


def _check_age(actor: Actor, days: int, now_ms: int) -> None:
    if actor.created_ms is None:
        raise refuse("not_eligible_unknown")
    if now_ms - actor.created_ms < days * DAY_MS:
        raise refuse("not_eligible_age", days=days)

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


def weight_of(actor: Actor, poll: Poll) -> int:
    """What a person's ballot weighs: the highest weight of their roles, 1 without one and in every secret poll."""
    weights = {role: weight for role, _, weight in poll.rules.weights} if poll.named else {}
    return max((weights[role] for role in actor.roles if role in weights), default=1)


def part_of(actor: Actor, poll: Poll) -> str | None:
    """The person's part of the poll's breakdown: "in" or "out"; None without one, or where nobody can tell."""
    what, _, value = poll.rules.breakdown.partition(":")
    if what == "role":
        return "in" if value in actor.roles else "out"
    if what == "joined" and actor.joined_ms is not None:
        return "in" if actor.joined_ms < int(value) else "out"
    return None


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

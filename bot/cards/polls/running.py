"""How a poll runs, on its line of rules: talk first, an early end, options from voters, parts, a thread."""

from __future__ import annotations

from bot.core.poll.certain import ended_early
from bot.core.poll.values import Poll, State
from bot.core.rich import Rich, moment
from bot.i18n import Words


def running(t: Words, poll: Poll) -> list[Rich]:
    """What is fixed at opening beside counting and eligibility, as long as it matters; and that a poll ended early."""
    if poll.state is State.CLOSED:
        return [t("run.ended_early")] if ended_early(poll) else []
    rules = poll.rules
    drafted = poll.state is State.DRAFT
    parts = [t("run.talk", time=span(t, rules.talk_minutes))] if drafted and rules.talk_minutes else []
    if rules.early_end:
        parts.append(t("run.early_secret" if poll.secret else "run.early"))
    parts += [t("run.additions")] if rules.additions else []
    parts += _parted(t, poll)
    return parts + ([t("run.thread")] if drafted and rules.thread else [])


def span(t: Words, minutes: int) -> str:
    """A length of time in words: days, hours or minutes, whichever is whole."""
    for unit, length in (("days", 1440), ("hours", 60)):
        if minutes % length == 0:
            return t.plain(f"run.{unit}", n=minutes // length)
    return t.plain("run.minutes", n=minutes)


def _parted(t: Words, poll: Poll) -> list[Rich]:
    what, _, value = poll.rules.breakdown.partition(":")
    if what == "role":
        return [t("run.by_role", role=poll.rules.breakdown_name or value)]
    return [t("run.by_joining", when=moment(int(value), "d"))] if what == "joined" else []

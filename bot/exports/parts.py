"""A breakdown as a file may say it: no number that tells what nearly all of a part did, nor one that leads to it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.poll.breakdown import ALMOST_ALL, Breakdown
from bot.core.poll.values import Poll
from bot.i18n import Words


def cells(breakdown: Breakdown, option: str) -> tuple[int, int] | None:
    """How many of each part marked the option; None where nearly all of one did.

    Then neither is told: the whole is public, so that one part's number gives away the other's.
    """
    first, second = (counts[option] for counts in breakdown.counts)
    shares = (first / breakdown.sizes[0], second / breakdown.sizes[1])
    return (first, second) if max(shares) <= ALMOST_ALL else None


def part_names(t: Words, poll: Poll) -> tuple[str, str]:
    """What the two parts are called: with a role and without it, joined before a day and later."""
    what, _, value = poll.rules.breakdown.partition(":")
    if what == "joined":
        day = f"{datetime.fromtimestamp(int(value) / 1000, UTC):%Y-%m-%d}"
        return t.plain("export.part.before", day=day), t.plain("export.part.later", day=day)
    name = poll.rules.breakdown_name or value
    return t.plain("export.part.with_role", role=name), t.plain("export.part.without_role", role=name)

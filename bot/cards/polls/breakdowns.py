"""A result by two parts of the voters, announced before the poll: shares alone, and only where nobody stands out."""

from __future__ import annotations

from bot.cards.polls.fit import each, short, taken
from bot.cards.polls.wording import option_text
from bot.core.card import Bar, Bars, Block, Heading, Small, Text
from bot.core.poll.breakdown import ALMOST_ALL, FEWEST, Breakdown
from bot.core.poll.result import FEWEST_FOR_SHARES
from bot.core.poll.values import Poll
from bot.core.rich import moment, rich
from bot.i18n import Words

LABELS = 800  # weight of the labels of one part's bars


def pages_of(t: Words, poll: Poll, found: Breakdown | None, limit: int) -> list[tuple[Block, ...]]:
    """Both parts on one page where it holds them, else one on each; or why there are none."""
    if found is None or min(found.sizes) < FEWEST_FOR_SHARES:
        return [(Text(t("details.suppressed", fewest=FEWEST, shares=FEWEST_FOR_SHARES)),)]
    parts = [_part(t, poll, found, part) for part in (0, 1)]
    why = Small(t("details.breakdown"))
    if taken((*parts[0], *parts[1], why)) <= limit:
        return [(*parts[0], *parts[1], why)]
    return [(*parts[0], why), (*parts[1], why)]


def _part(t: Words, poll: Poll, found: Breakdown, part: int) -> tuple[Block, ...]:
    room = each(LABELS, len(poll.options))
    bars = tuple(
        Bar(
            rich(short(option_text(t, option), room)),
            found.share(part, option.id),
            _share(t, found, part, option.id),
            poll.letter(option.id),
        )
        for option in poll.options
    )
    title = t("details.part_of", who=_who(t, poll, part), n=found.sizes[part])
    return (Heading(title), Bars(bars))


def _share(t: Words, found: Breakdown, part: int, option: str) -> str:
    """A part's share; of nearly all no more than that."""
    share = found.share(part, option)
    if share >= ALMOST_ALL:
        return t.plain("details.almost_all", share=t.percent(ALMOST_ALL))
    return t.percent(share)


def _who(t: Words, poll: Poll, part: int) -> str:
    what, _, value = poll.rules.breakdown.partition(":")
    inside = "in" if part == 0 else "out"
    if what == "joined":
        return t(f"details.joined_{inside}", when=moment(int(value), "f"))
    return t(f"details.role_{inside}", role=poll.rules.breakdown_name or value)

"""What both formats say: an option's text, of whom the numbers speak, which items are gone."""

from __future__ import annotations

from bot.core.poll.values import PollOption
from bot.core.record import PollRecord, StanceRecord
from bot.core.stance import ItemTally
from bot.i18n import Words


def option_text(t: Words, option: PollOption) -> str:
    """An option's text; a step of the support scale has its words in the locale files."""
    return option.text or t.plain(f"support.{option.id}")


def describes(t: Words, record: PollRecord) -> str:
    """The sentence that stands with every result."""
    outcome = record.outcome
    if not outcome.electorate:
        return t.plain("poll.turnout_unknown", n=outcome.ballots)
    return t.plain("poll.turnout_small", n=outcome.ballots, electorate=outcome.electorate)


def answered_by(t: Words, record: StanceRecord) -> str:
    """The same for stances."""
    return t.plain("export.stances_describe", n=len({row.actor_id for row in record.stances}))


def former(record: StanceRecord) -> list[ItemTally]:
    """Tallies of items that the article no longer has."""
    return [tally for tally in record.tally.items if record.article.item(tally.item_id) is None]

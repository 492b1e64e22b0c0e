"""What all formats say alike: an option's text, of whom the numbers speak, a choice in letters, what decided."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.poll.decision import Decision, decision
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import Poll, PollOption
from bot.core.record import PollRecord, StanceRecord
from bot.core.stance import ItemTally
from bot.i18n import Words


def option_text(t: Words, option: PollOption) -> str:
    """An option's text; those of a support scale and of a motion have their words in the locale files."""
    return option.text or t.plain(f"{_FIXED_KIND[option.id]}.{option.id}")


def headed(t: Words, poll: Poll) -> list[str]:
    """Each option as a column is headed: "A. text"."""
    return [f"{poll.letter(option.id)}. {option_text(t, option)}" for option in poll.options]


def letters(poll: Poll, options: Iterable[str]) -> str:
    """Options by their letters: "A, C"."""
    return ", ".join(poll.letter(option) for option in options)


def decided(record: PollRecord) -> Decision:
    """Whether the poll decided anything."""
    return decision(record.poll, record.outcome)


def describes(t: Words, record: PollRecord) -> str:
    """The sentence that stands with every result."""
    outcome = record.outcome
    if record.withheld:
        return t.plain("export.withheld", n=outcome.ballots)
    if not outcome.electorate:
        return t.plain("poll.turnout_unknown", n=outcome.ballots)
    return t.plain("poll.turnout_small", n=outcome.ballots, electorate=outcome.electorate)


def answered_by(t: Words, record: StanceRecord) -> str:
    """The same for stances."""
    return t.plain("export.stances_describe", n=len({row.actor_id for row in record.stances}))


def former(record: StanceRecord) -> list[ItemTally]:
    """Tallies of items that the article no longer has."""
    return [tally for tally in record.tally.items if record.article.item(tally.item_id) is None]


_FIXED_KIND = {option: kind for kind, options in FIXED.items() for option in options}

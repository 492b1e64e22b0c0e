"""What other methods say of the same ballots: where they differ, that is news."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cards.polls.decided import letters
from bot.cards.polls.wording import method_name, named_option
from bot.core.card import Block, Small, Text
from bot.core.counting.values import Count
from bot.core.poll.decision import named
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.core.rich import Rich, bold, join
from bot.i18n import Words

LABEL = 60  # weight of an option's text beside the methods that elect it
Said = tuple[bool, tuple[str, ...]]
"""(it is a tie, the option that won or those that are tied)."""


def others_say(t: Words, poll: Poll, outcome: Outcome) -> tuple[Block, ...]:
    """A line for each result, that of the poll's own method first; one remark where all say the same."""
    if outcome.count is None or not outcome.others:
        return ()
    ours, groups = said_by(outcome.count), grouped(outcome.others)
    if set(groups) == {ours}:
        return (Small(t("result.others_agree", methods=_methods(t, groups[ours]))),)
    lines = [_line(t, poll, said, groups[said], also=said == ours) for said in sorted(groups, key=lambda s: s != ours)]
    title = join([bold(t.plain("result.others")), t("result.others_differ")], " · ")
    return (Text(join([title, *lines])),)


def said_by(counted: Count) -> Said:
    """What a method says."""
    tied = tuple(option for group in counted.tied for option in group)
    return (True, named(counted, tied)) if not counted.winners else (False, named(counted, counted.winners))


def grouped(counts: Iterable[Count]) -> dict[Said, list[str]]:
    """The methods that say the same, by what they say, in the order in which they come."""
    found: dict[Said, list[str]] = {}
    for counted in counts:
        found.setdefault(said_by(counted), []).append(counted.method)
    return found


def _line(t: Words, poll: Poll, said: Said, methods: list[str], *, also: bool) -> Rich:
    is_tie, options = said
    if is_tie:
        key = "result.also_tie" if also else "result.tie_of"
        return t(key, options=letters(t, poll, options), methods=_methods(t, methods))
    option = named_option(t, poll, options[0], LABEL)
    return t("result.also" if also else "result.instead", option=option, methods=_methods(t, methods))


def _methods(t: Words, methods: list[str]) -> Rich:
    return t.listed([method_name(t, method) for method in methods])

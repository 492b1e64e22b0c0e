"""What a poll may look like: its question, its options and its limits, checked before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.core.errors import refuse
from bot.core.poll.kinds import CHOOSING, FIXED, KINDS
from bot.core.poll.values import LETTERS, METHODS, MOST_OPTIONS, SEVERAL_SEATS, Poll, PollOption, Rules, Wording
from bot.core.text import clean, look_of, one_line, seen_as, units

LONGEST_QUESTION = 200  # three lines on a phone
LONGEST_OPTION = 95  # with its letter before it, Discord's 100 for a choice's label
_BAR = re.compile(r"(?<!\\)[|｜]")  # the second is what keyboards of Chinese and Japanese write
_BULLET = re.compile(r"^\s*[-•*]\s+")


def read_question(text: str) -> str:
    """The question on one line. Refusal: empty_question, long_question."""
    question = one_line(text)
    if not question:
        raise refuse("empty_question")
    if units(question) > LONGEST_QUESTION:
        raise refuse("long_question", length=units(question), most=LONGEST_QUESTION)
    return question


def read_options(text: str, before: tuple[PollOption, ...] = ()) -> tuple[PollOption, ...]:
    """Options one a line, or "A | B | C", with letters as ids; the same texts as before stay the same options.

    Refusal: few_options, many_options, long_option, same_options.
    """
    texts = lines_of(text)
    check_texts(texts)
    if texts == [option.text for option in before]:
        return before
    return tuple(PollOption(LETTERS[n].lower(), text) for n, text in enumerate(texts))


def lines_of(text: str) -> list[str]:
    """The options in a text: one a line, without bullets; in a single line, between bars.

    Where there are lines, a bar is a sign of the text like any other; so is "\\|" everywhere.
    """
    lines = [line for line in clean(text).split("\n") if line.strip()]
    parts = _BAR.split(lines[0]) if len(lines) == 1 else lines
    texts = (one_line(_BULLET.sub("", part.replace("\\|", "|"))) for part in parts)
    return [each for each in texts if each]


def nearly_alike(options: Iterable[PollOption]) -> tuple[tuple[str, str], ...]:
    """Pairs of options that differ only in case, accents or the like: they may be meant, or be a slip."""
    first: dict[str, str] = {}
    pairs = [(first.setdefault(seen_as(option.text), option.text), option.text) for option in options if option.text]
    return tuple((before, after) for before, after in pairs if before != after)


def check_texts(texts: list[str]) -> None:
    """Refusal unless these can be the options of a poll."""
    if len(texts) < 2:
        raise refuse("few_options", count=len(texts))
    if len(texts) > MOST_OPTIONS:
        raise refuse("many_options", count=len(texts), most=MOST_OPTIONS)
    for text in texts:
        if units(text) > LONGEST_OPTION:
            raise refuse("long_option", option=text, length=units(text), most=LONGEST_OPTION)
    seen: dict[str, str] = {}
    for text in texts:
        look = look_of(text)
        if look in seen:
            raise refuse("same_options", first=seen[look], second=text)
        seen[look] = text


def fixed_options(kind: str) -> tuple[PollOption, ...]:
    """The options of a kind that always has the same; none of another. Their words are in the locale files."""
    return tuple(PollOption(option, "") for option in FIXED.get(kind, ()))


def with_kind(poll: Poll, kind: str) -> Poll:
    """The draft with another kind of ballot, counted by its usual method.

    Refusal: unknown_kind, and few_options where a poll with fixed options becomes one that needs its own.
    """
    if kind not in KINDS:
        raise refuse("unknown_kind", kind=kind)
    changed = replace(poll, kind=kind, rules=replace(poll.rules, method="", seats=1))
    if kind in FIXED:
        options = fixed_options(kind)
        wordings = {name: Wording(w.question, ("",) * len(options)) for name, w in poll.wordings.items()}
        return with_limits(replace(changed, options=options, wordings=wordings), 1, 1)
    if poll.kind in FIXED:
        raise refuse("few_options", count=0)
    return with_limits(changed, poll.rules.minimum, 0)


def with_method(poll: Poll, method: str, seats: int = 0) -> Poll:
    """The draft counted by another method, for so many seats (0: as they are). Refusal: wrong_method, bad_seats."""
    wanted = method or poll.method
    if wanted not in METHODS[poll.kind]:
        raise refuse("wrong_method", typed=wanted, kind=poll.kind, choices=list(METHODS[poll.kind]))
    several = seats or poll.rules.seats
    if not 1 <= several < max(len(poll.options), 2) or (several > 1 and wanted not in SEVERAL_SEATS):
        raise refuse("bad_seats", seats=several, options=len(poll.options), method=wanted)
    return replace(poll, rules=replace(poll.rules, method=wanted, seats=several))


def with_quorum(rules: Rules, electorate: int | None) -> Rules:
    """The rules as they are fixed at opening: a quorum in percent becomes ballots, rounded up.

    Refusal quorum_unknown where nobody knows how many may vote.
    """
    if not rules.quorum_percent:
        return rules
    if electorate is None:
        raise refuse("quorum_unknown", percent=rules.quorum_percent)
    return replace(rules, quorum=max(rules.quorum, -(-electorate * rules.quorum_percent // 100)))


def with_options(poll: Poll, options: tuple[PollOption, ...]) -> Poll:
    """The draft with other options; its limits and seats stay, as far as there are options enough for them."""
    seats = min(poll.rules.seats, max(1, len(options) - 1))
    changed = replace(poll, options=options, rules=replace(poll.rules, seats=seats))
    took_all = poll.rules.maximum >= len(poll.options)
    most = len(options) if took_all else min(poll.rules.maximum, len(options))
    return with_limits(changed, min(poll.rules.minimum, most), most)


def with_limits(poll: Poll, minimum: int, maximum: int) -> Poll:
    """The draft with the least and most marks of a ballot; 0 means 1 and all. Refusal: bad_limits."""
    if poll.kind not in CHOOSING:
        return replace(poll, rules=replace(poll.rules, minimum=1, maximum=1))
    least, most = minimum or 1, maximum or len(poll.options)
    if not 1 <= least <= most <= len(poll.options):
        raise refuse("bad_limits", least=least, most=most, options=len(poll.options))
    return replace(poll, rules=replace(poll.rules, minimum=least, maximum=most))

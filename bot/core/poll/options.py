"""The option that somebody means: by id, letter, text or number, as a form, a board or a person gives it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core import suggest
from bot.core.errors import Refusal, refuse
from bot.core.poll.values import LETTERS, Poll
from bot.core.signs import plain_signs
from bot.core.text import folded, seen_as


def find_option(text: str, poll: Poll) -> str | None:
    """The option's id for an id, a letter, the text itself, or a number from 1; None if it is none of these.

    In this order: a form gives ids, a board shows letters, and "1" among the options 0, 1 and 2 means the text. A text
    is first taken as it looks, then without regard to case, accents and punctuation where only one option reads so.
    """
    if any(option.id == text for option in poll.options):  # every press on a board comes this way
        return text
    typed = plain_signs(text)
    letters = {LETTERS[n].lower(): option.id for n, option in enumerate(poll.options)}
    texts = {option.id: option.text for option in poll.options if option.text}
    numbers = {str(n): option.id for n, option in enumerate(poll.options, start=1)}
    return (
        letters.get(seen_as(typed))
        or suggest.same(text, texts)
        or letters.get(seen_as(typed.strip().translate(_LOOKALIKES)))
        or numbers.get(folded(typed))
    )


_CYRILLIC, _LATIN = "АВЕЅІЈКМНОРСТХУаеіјорсху", "ABESIJKMHOPCTXYaeijopcxy"
_LOOKALIKES = str.maketrans(f"ı{_CYRILLIC}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", f"i{_LATIN}ABEZHIKMNOPTYX")
"""Letters of other keyboards that look like ours: a Russian "А" for the first option."""


def need_option(text: str, poll: Poll) -> str:
    """The option's id. Refusal: unknown_option."""
    found = find_option(text, poll)
    if found is None:
        raise _unknown(text, poll)
    return found


def options_in(part: str, poll: Poll) -> list[str]:
    """The options named between two commas: one, or several with spaces or "and" between them."""
    whole = find_option(part, poll)
    if whole is not None:
        return [whole]
    words = part.split()
    # "y" is also the 25th letter: it is the Spanish "and" only between two others.
    named = [word for n, word in enumerate(words) if not (0 < n < len(words) - 1 and word.lower() in ("y", "and"))]
    return [need_option(word, poll) for word in named]


def check_known(options: Mapping[str, int], poll: Poll) -> None:
    """Refusal unknown_option unless all of them are options of this poll."""
    ids = {option.id for option in poll.options}
    for option in options:
        if option not in ids:
            raise _unknown(option, poll)


def _unknown(option: str, poll: Poll) -> Refusal:
    texts = {each.id: each.text for each in poll.options if each.text}
    near = suggest.ranked(option, texts) if len(folded(option)) > 2 else []  # a letter or two are like everything
    suggestion = texts[near[0]] if near else ""
    return refuse("unknown_option", option=option, last=LETTERS[len(poll.options) - 1], suggestion=suggestion)

"""What can still be read of a ballot that can't be read as a whole: nobody should have to write it all again."""

from __future__ import annotations

import re

from bot.core.errors import Refusal
from bot.core.poll.kinds import Marks, kind_of, places_in
from bot.core.poll.options import find_option
from bot.core.poll.values import Poll
from bot.core.signs import plain_signs

MOST = 100  # parts that are looked at: who typed more than four for each option typed no ballot


def salvaged(typed: str, poll: Poll) -> Marks:
    """The marks of a typed ballot, without what can't be read: of an option that stands there twice, the first."""
    whole = _read(typed, poll)
    if whole:
        return whole
    return _ranked(typed, poll) if poll.kind == "ranked" else _parts(typed, poll)


def _ranked(typed: str, poll: Poll) -> Marks:
    marks: Marks = {}
    for place, part in enumerate(places_in(typed, poll)[:MOST], start=1):
        for name in re.split(r"[=~]", part)[:MOST]:
            option = find_option(name.strip(), poll) if name.strip() else None
            if option is not None:
                marks.setdefault(option, place)
    return marks


def _parts(typed: str, poll: Poll) -> Marks:
    marks: Marks = {}
    for part in re.split(r"[,;\s]+", plain_signs(typed))[:MOST]:
        marks = _read(part, poll) | marks
    return marks


def _read(text: str, poll: Poll) -> Marks:
    kind = kind_of(poll)
    try:
        marks = kind.read(text, poll)
        if marks:
            kind.check(marks, poll)
    except Refusal:
        return {}
    return marks

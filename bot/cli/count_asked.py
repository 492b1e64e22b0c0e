"""What the command line asks of a count: names as people type them, policies, shares. Wrong ones get a sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.core.counting.files.door import FORMATS
from bot.core.counting.methods import METHODS
from bot.core.counting.values import Form, Overvote, Policies, Unranked
from bot.core.suggest import exact, ranked
from bot.core.text import folded

ALL = "all"
ALIASES: Mapping[str, str] = {
    "scottish stv": "stv",
    "single transferable vote": "stv",
    "instant runoff": "irv",
    "instant runoff voting": "irv",
    "ranked choice": "irv",
    "rcv": "irv",
    "method of equal shares": "equal-shares",
    "mes": "equal-shares",
    "rule x": "equal-shares",
    "tideman": "ranked-pairs",
    "beatpath": "schulze",
    "schulze winning votes": "schulze",
    "first past the post": "plurality",
    "fptp": "plurality",
    "sntv": "plurality",
    "range": "score",
    "score then automatic runoff": "star",
    "yes no": "motion",
}
"""Other names of the methods, folded."""
NAMES: Mapping[str, str] = {**{folded(name): name for name in (*METHODS, ALL)}, **ALIASES}
_SHARE = re.compile(r"(>=?)?\s*([0-9]{1,6})(?:/([0-9]{1,6})|(\.[0-9]{1,6})?\s?(%)?)")


class Usage(Exception):
    """A command line that asks for nothing that there is. The text says what there is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command line. `seats` None: what the file says. `format` and `form` None: told by the file itself."""

    file: str
    method: str
    policies: Policies
    seats: int | None = None
    format: str | None = None
    form: Form | None = None
    json: bool = False


def asked(given: argparse.Namespace) -> Asked:
    """The command line as values. Usage."""
    share, reached = threshold(given.threshold)
    return Asked(
        file=given.file,
        method=method(given.method),
        policies=Policies(
            unranked=Unranked(_one_of("--unranked", given.unranked, tuple(Unranked))),
            overvote=Overvote(_one_of("--overvote", given.overvote, tuple(Overvote))),
            max_skips=None if given.max_skips is None else whole("--max-skips", given.max_skips, 0),
            seed=given.seed,
            threshold=share,
            threshold_reached=reached,
            quorum=whole("--quorum", given.quorum, 0),
        ),
        seats=None if given.seats is None else whole("--seats", given.seats, 1),
        format=given.format and _one_of("--format", given.format.lower().removeprefix("."), FORMATS),
        form=given.ballots and Form(_one_of("--ballots", given.ballots, tuple(Form))),
        json=given.json,
    )


def method(typed: str) -> str:
    """A method by its name or another name of it, however it is spelled. Usage with what it may have meant."""
    wanted = folded(typed)
    if wanted in NAMES:
        return NAMES[wanted]
    known = {name: name for name in NAMES}
    near = exact(typed, known) or next(iter(ranked(typed, known) if wanted else ()), None)
    meant = f" Did you mean {NAMES[near]}?" if near else ""
    raise Usage(f"There is no method “{typed}”.{meant} There are {', '.join(METHODS)}, and {ALL} to compare.")


def threshold(typed: str) -> tuple[Fraction, bool]:
    """A share, and whether it is enough to reach it. A half is to be exceeded unless the sign says otherwise."""
    found = _SHARE.fullmatch(typed.strip())
    bottom = int(found[3] or 1) if found else 0
    if not found or not bottom:
        raise Usage(f"--threshold is a share such as 1/2, 2/3 or 60%, not “{typed}”.")
    share = Fraction(found[2] + (found[4] or "")) / bottom / (100 if found[5] else 1)
    if not 0 < share <= 1:
        raise Usage(f"--threshold is between 0 and 1, which “{typed}” is not.")
    return share, found[1] == ">=" if found[1] else share != Fraction(1, 2)


def whole(option: str, typed: str, least: int) -> int:
    """A whole number from `least` on. Usage."""
    if not re.fullmatch(r"[0-9]{1,9}", typed) or int(typed) < least:
        raise Usage(f"{option} is a whole number from {least} on, not “{typed}”.")
    return int(typed)


def _one_of(option: str, typed: str, known: tuple[str, ...]) -> str:
    if typed not in known:
        raise Usage(f"{option} is one of {', '.join(known)}, not “{typed}”.")
    return typed

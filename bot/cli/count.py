"""`tertulia count`: the ballots of a file, counted by any method, every policy spelled out."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from bot.cli.count_asked import ALL, Asked, Usage, asked
from bot.cli.count_text import comparison, told
from bot.cli.progress import Bar, progress
from bot.core.counting.files.door import read
from bot.core.counting.files.errors import BadFile
from bot.core.counting.files.lines import pieces
from bot.core.counting.methods import METHODS, UnfitBallots, UnfitSeats, others
from bot.core.counting.said import as_json
from bot.core.counting.values import Count, Form, Policies, Profile


def run(given: argparse.Namespace) -> int:
    """Print the count. 1 for a file that can't be counted, with nothing on standard output; 2 for a wrong command."""
    try:
        wanted = asked(given)
        said = _said(_profile(wanted), wanted)
    except BadFile as bad:
        return _complain(str(bad), 1)
    except OSError as problem:
        return _complain(f"{given.file}: {problem.strerror}.", 1)
    except Usage as usage:
        return _complain(str(usage), 2)
    except (UnfitBallots, UnfitSeats) as unfit:
        return _complain(_why(unfit), 2)
    print(said)
    return 0


class _Counted(io.RawIOBase):
    """A file that tells a bar how much of it was read."""

    def __init__(self, file: BinaryIO, bar: Bar) -> None:
        self._file = file
        self._bar = bar

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._bar.step(len(data))
        return len(data)


def _profile(wanted: Asked) -> Profile:
    forms = frozenset({wanted.form}) if wanted.form else _forms(wanted.method)
    if wanted.file != "-":
        with Path(wanted.file).open("rb") as file:
            return _read(wanted.file, file, os.fstat(file.fileno()).st_size, wanted.format, forms)
    if not wanted.format:
        raise Usage("Standard input has no name that tells its format. Add --format.")
    return _read("stdin", sys.stdin.buffer, None, wanted.format, forms)


def _read(name: str, file: BinaryIO, size: int | None, format_: str | None, forms: frozenset[Form]) -> Profile:
    with progress("Reading", size) as bar:
        text = io.TextIOWrapper(io.BufferedReader(_Counted(file, bar), 1 << 16), "utf-8", "surrogateescape")
        return read(name, pieces(text), format_, forms)


def _forms(method: str) -> frozenset[Form]:
    return METHODS[method].forms if method in METHODS else frozenset()


def _said(profile: Profile, wanted: Asked) -> str:
    with progress(f"Counting {profile.ballots:,} ballots" if isinstance(profile.ballots, int) else "Counting"):
        if wanted.method == ALL:
            counts = _every(profile, wanted)
            return _json({count.method: as_json(count) for count in counts}) if wanted.json else comparison(counts)
        count = _one(profile, wanted.method, wanted)
        if wanted.json:
            return _json(as_json(count))
        elsewhere = others(profile, policies(profile, wanted), count.method) if count.seats == 1 else ()
        return told(count, elsewhere, profile)


def _one(profile: Profile, method: str, wanted: Asked) -> Count:
    chosen = METHODS[method]
    if method == "motion" and not 2 <= len(profile.options) <= 3:
        raise UnfitBallots(method, profile.form)
    seats = wanted.seats or (profile.seats if chosen.many_seats else 1)
    return chosen.count(profile, policies(profile, wanted), seats)


def policies(profile: Profile, wanted: Asked) -> Policies:
    """The policies as asked; what wasn't, as the record of a poll says it was counted by."""
    said, usual = profile.fixed, Policies()
    if said is None:
        return wanted.policies
    asked_share = (wanted.policies.threshold, wanted.policies.threshold_reached)
    as_said = asked_share == (usual.threshold, usual.threshold_reached)
    return replace(
        wanted.policies,
        seed=wanted.policies.seed or said.seed,
        quorum=wanted.policies.quorum or said.quorum,
        threshold=said.threshold if as_said else wanted.policies.threshold,
        threshold_reached=said.threshold_reached if as_said else wanted.policies.threshold_reached,
    )


def _every(profile: Profile, wanted: Asked) -> list[Count]:
    """By all methods that can count such ballots for so many seats. A motion is a question of its own."""
    seats = wanted.seats or profile.seats
    fitting = [m for m in METHODS.values() if profile.form in m.forms and (seats == 1 or m.many_seats)]
    if not fitting:
        raise UnfitSeats(ALL, seats)
    return [_one(profile, method.name, wanted) for method in fitting if method.name != "motion"]


def _why(unfit: UnfitBallots | UnfitSeats) -> str:
    if isinstance(unfit, UnfitSeats):
        several = ", ".join(m.name for m in METHODS.values() if m.many_seats)
        return f"{unfit.method} elects one. For {unfit.seats} seats there are {several}."
    if unfit.form in METHODS[unfit.method].forms:
        return "A motion has two options, for and against, and perhaps a third for those who abstain."
    fitting = ", ".join(m.name for m in METHODS.values() if unfit.form in m.forms)
    return f"The ballots are {unfit.form}, which {unfit.method} can't count. For them there are {fitting}."


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _complain(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status

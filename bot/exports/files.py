"""The files of a record, in the format that was asked for, and never of what may not be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.core.card import File
from bot.core.errors import refuse
from bot.core.poll.values import Ballot, Poll, State
from bot.core.record import PollRecord, StanceRecord, may_export, told
from bot.exports.ballot_files import poll_blt, poll_preflib
from bot.exports.csv_ import poll_csv
from bot.exports.html_ import poll_html
from bot.exports.json_ import poll_json
from bot.exports.outlet import Memory, Outlet
from bot.exports.pdf import poll_pdf
from bot.exports.stances import stances_csv, stances_json
from bot.exports.verifier import verifier
from bot.exports.xlsx import poll_xlsx
from bot.i18n import Words

T = TypeVar("T")


class Taker(Protocol):
    """What a format wants of the ballots: all of them, page by page, then the end."""

    def take(self, ballots: Sequence[Ballot]) -> None: ...
    def finish(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a poll's record, and what it needs.

    `ballots`: it holds each of them, and takes them page by page unless it is made of the grouped ones (`profile`).
    `compares`: it tells what other methods say. `pictures`: it shows charts. `transcript`: it holds the talk in the
    poll's thread. `kinds` that it is for; empty: all.
    """

    write: Callable[[PollRecord, Words, Outlet], Taker | None]
    ballots: bool = False
    profile: bool = False
    compares: bool = False
    pictures: bool = False
    transcript: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def pages(self) -> bool:
        """Whether the ballots are handed to it one by one."""
        return self.ballots and not self.profile


def _poll_pdf(record: PollRecord, t: Words, outlet: Outlet) -> None:
    for file in poll_pdf(record, t):
        outlet.put(file)


POLLS: Mapping[str, Format] = {
    "csv": Format(poll_csv, ballots=True),
    "json": Format(poll_json, ballots=True, transcript=True),
    "xlsx": Format(poll_xlsx, ballots=True),
    "html": Format(poll_html, profile=True, compares=True, pictures=True, transcript=True),
    "pdf": Format(_poll_pdf, profile=True, compares=True),
    "preflib": Format(poll_preflib, ballots=True, profile=True),
    "blt": Format(poll_blt, ballots=True, profile=True, kinds=frozenset({"ranked"})),
}
STANCES: Mapping[str, Callable[[StanceRecord, Words], tuple[File, ...]]] = {"csv": stances_csv, "json": stances_json}


def formats_for(poll: Poll) -> tuple[str, ...]:
    """The formats that a poll's record can have now, the one that most people want first; none while it is hidden."""
    if not may_export(poll):
        return ()
    return tuple(name for name, format_ in POLLS.items() if not format_.kinds or poll.kind in format_.kinds)


def write_poll(record: PollRecord, format: str, t: Words, outlet: Outlet) -> Taker | None:  # noqa: A002 (as the option)
    """Write a poll's files; what takes its ballots, where some belong into them.

    Refusal: unknown_format; poll_not_closed while its counts may not be seen; ballots_withheld, unfit_format.
    """
    chosen = known(format, POLLS)
    if not may_export(record.poll):
        raise refuse("poll_not_closed", number=record.poll.number)
    safe = told(record)
    taker = chosen.write(safe, t, outlet)
    if chosen.ballots and safe.holds_ballots and safe.poll.state is State.CLOSED:
        outlet.put(verifier())
    return taker


def poll_files(record: PollRecord, format: str, t: Words, ballots: Sequence[Ballot] = ()) -> tuple[File, ...]:  # noqa: A002
    """A poll's files in memory, `ballots` being all that it has. Refusals as for `write_poll`."""
    outlet = Memory()
    taker = write_poll(record, format, t, outlet)
    if taker:
        taker.take(ballots)
        taker.finish()
    return outlet.files()


def stance_files(record: StanceRecord, format: str, t: Words) -> tuple[File, ...]:  # noqa: A002
    """The files of the stances on an article. Refusal: unknown_format."""
    return known(format, STANCES)(record, t)


def known(format: str, formats: Mapping[str, T]) -> T:  # noqa: A002
    """What writes this format. Refusal: unknown_format."""
    if format not in formats:
        raise refuse("unknown_format", typed=format, choices=list(formats))
    return formats[format]

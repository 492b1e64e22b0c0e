"""Grouped ballots in the files of other programs: PrefLib and BLT, options by their texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core.counting.files import blt, preflib_write
from bot.core.counting.files.errors import Unwritable
from bot.core.counting.values import Form, Profile
from bot.core.errors import refuse
from bot.core.record import PollRecord
from bot.exports.outlet import Outlet
from bot.exports.said import option_text
from bot.exports.times import iso
from bot.i18n import Words

MIME = "text/plain"


def poll_preflib(record: PollRecord, t: Words, outlet: Outlet) -> None:
    """poll-N.soc, .soi, .toc, .toi or .cat, whichever promises most. Refusal: ballots_withheld, unfit_format."""
    profile = _profile(record, t)
    name = f"poll-{record.poll.number}.{preflib_write.extension(profile)}"
    day = (iso(record.poll.closed_ms or record.exported_ms) or "")[:10]
    try:
        _write(outlet, name, preflib_write.write(profile, record.poll.question, name, day))
    except Unwritable:
        raise refuse("unfit_format", format="PrefLib", why=_why(profile)) from None


def poll_blt(record: PollRecord, t: Words, outlet: Outlet) -> None:
    """poll-N.blt. Refusal: ballots_withheld, unfit_format for anything but rankings."""
    profile = _profile(record, t)
    try:
        _write(outlet, f"poll-{record.poll.number}.blt", blt.write(profile, record.poll.question))
    except Unwritable:
        raise refuse("unfit_format", format="BLT", why=_why(profile)) from None


def _profile(record: PollRecord, t: Words) -> Profile:
    """What was counted, options by their texts, each on one line."""
    if not record.holds_ballots or record.profile is None:
        raise refuse("ballots_withheld", number=record.poll.number)
    return replace(record.profile, options=tuple(option_text(t, option) for option in record.poll.options))


def _write(outlet: Outlet, name: str, lines: Iterable[str]) -> None:
    target = outlet.open(name, MIME)
    for line in lines:
        target.write(line.encode("utf-8", "replace"))


def _why(profile: Profile) -> str:
    """Why a format can't hold these ballots, as the refusal's sentence tells it apart."""
    if profile.form is not Form.RANKS:
        return "ranks"
    return "skipped" if any(() in ballot for ballot, _ in profile.groups) else "names"

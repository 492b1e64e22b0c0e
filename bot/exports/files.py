"""The files of a record, in the format that was asked for, and never of what may not be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.card import File
from bot.core.errors import refuse
from bot.core.record import PollRecord, StanceRecord, may_export
from bot.exports.csv_ import poll_csv, stances_csv
from bot.exports.json_ import poll_json, stances_json
from bot.i18n import Words

Writer = tuple[
    Callable[[PollRecord, Words], tuple[File, ...]],
    Callable[[StanceRecord, Words], tuple[File, ...]],
]
FORMATS: Mapping[str, Writer] = {"csv": (poll_csv, stances_csv), "json": (poll_json, stances_json)}


def poll_files(record: PollRecord, format: str, t: Words) -> tuple[File, ...]:  # noqa: A002 (as the option is named)
    """A poll's files. Refusal: unknown_format; poll_not_closed while its counts may not be seen."""
    writer = _writer(format)[0]
    if not may_export(record.poll):
        raise refuse("poll_not_closed", number=record.poll.number)
    return writer(record, t)


def stance_files(record: StanceRecord, format: str, t: Words) -> tuple[File, ...]:  # noqa: A002
    """The files of the stances on an article. Refusal: unknown_format."""
    return _writer(format)[1](record, t)


def _writer(format: str) -> Writer:  # noqa: A002
    if format not in FORMATS:
        raise refuse("unknown_format", typed=format)
    return FORMATS[format]

"""Our own JSON, `tertulia.poll`: a record as `tertulia export` writes it, in whatever order its keys stand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bot.core.counting.files.errors import Wrong
from bot.core.counting.files.lines import Lines
from bot.core.counting.files.marks import FORMS, ballot
from bot.core.counting.files.names import checked
from bot.core.counting.files.numbers import shown, simple, weight
from bot.core.counting.files.stream import Stream
from bot.core.counting.values import Approvals, Form, Number, Policies, Profile, Ranking, Scores

SCHEMA, VERSIONS = "tertulia.poll", (1, 2)
MOST = 5
_READ = ("schema", "schema_version", "poll", "result", "manifest")

Marks = tuple[tuple[str, int], ...]
Groups = dict[Marks, tuple[Number, int]]
"""Equal ballots together, with the line of the first."""


def read(source: Lines) -> Profile:
    """The ballots of a record. Wrong: whatever is damaged, promised and not there; counts without ballots, too."""
    source.long = True  # a record may stand on one line
    stream = Stream(source)
    if not stream.sign():
        raise Wrong("the file is empty", 1)
    said: dict[str, tuple[Any, int]] = {}
    groups: Groups = {}
    count = 0
    for key in stream.keys():  # noqa: SIM118 (a stream is no mapping)
        line = stream.line
        if key in said:
            raise Wrong(f"{shown(key)} is said twice", line)
        said[key] = (stream.value() if key in _READ else None, line)
        if key == "ballots":
            count = _ballots(stream, groups)
        elif key not in _READ:
            stream.skip()
    stream.end()
    return _profile(said, groups, count, stream.line)


def _ballots(stream: Stream, groups: Groups) -> int:
    """Gathers those that count, voided ones don't; how many there are."""
    if stream.sign() == "n" and stream.value() is None:
        raise Wrong("the record holds no ballots: the poll was still open, or has too few to tell", stream.line)
    count = 0
    for line, value in stream.items():
        marks, times = _marks(value, line)
        if value.get("void") is not None:
            continue
        before, first = groups.get(marks, (0, line))
        groups[marks] = (before + times, first)
        count += 1
    return count


def _marks(value: Any, line: int) -> tuple[Marks, Number]:
    marks = value.get("marks") if isinstance(value, dict) else None
    if not isinstance(marks, dict):
        raise Wrong("a ballot without marks", line)
    if {*map(type, marks.values())} - {int}:  # true is no 1
        option = next(option for option, number in marks.items() if type(number) is not int)
        raise Wrong(f"option {shown(option)}: a mark that is not a whole number", line)
    return tuple(marks.items()), _times(value, line)


def _times(value: Mapping[str, Any], line: int) -> Number:
    try:
        return weight(str(value["weight"])) if "weight" in value else 1
    except Wrong as wrong:
        raise Wrong(wrong.what, line) from None


def _profile(said: Mapping[str, tuple[Any, int]], groups: Groups, count: int, last: int) -> Profile:
    schema, line = said.get("schema", (None, 1))
    if schema != SCHEMA:
        raise Wrong(f"not a record of a poll: its schema is not {SCHEMA}", line)
    version, line = said.get("schema_version", (None, last))
    if type(version) is not int or version not in VERSIONS:
        raise Wrong(f"schema_version is none of {', '.join(map(str, VERSIONS))}", line)
    for key in ("poll", "ballots"):
        if key not in said:
            raise Wrong(f"the record has no {key}", last)
    poll, line = said["poll"]
    form, places, names, seats = _poll(poll, line)
    _promised(said.get("result", (None, last)), count)
    made: dict[Ranking | Approvals | Scores, Number] = {}
    for marks, (times, line) in groups.items():
        one = _ballot(form, marks, places, line)
        made[one] = simple(made.get(one, 0) + times)
    fixed = _fixed(said.get("manifest", (None, 1))[0])
    return Profile(names, form, tuple(made.items()), MOST, seats, fixed, people=count)


def _poll(poll: Any, line: int) -> tuple[Form, dict[str, int], tuple[str, ...], int]:
    """Form of the ballots, options' positions by id, their names, seats."""
    kind = poll.get("kind") if isinstance(poll, dict) else None
    if not isinstance(kind, str) or kind not in FORMS:
        raise Wrong(f"the poll's kind is none of {', '.join(FORMS)}", line)
    options = poll.get("options")
    if not isinstance(options, list) or not options or not all(map(_is_option, options)):
        raise Wrong("the poll's options are not a list of ids and texts", line)
    names = checked([option["text"] or option["id"] for option in options], [line] * len(options))
    places = {option["id"]: at for at, option in enumerate(options)}
    if len(places) < len(options):
        raise Wrong("two options have the same id", line)
    rules = poll.get("rules")
    seats = rules.get("seats") if isinstance(rules, dict) else None
    return FORMS[kind], places, names, seats if type(seats) is int and seats > 0 else 1


def _fixed(manifest: Any) -> Policies | None:
    """The policies of a closed poll's manifest; what is damaged there is for `verify` to find."""
    told: Any = manifest.get("policies") if isinstance(manifest, dict) else None
    try:
        return Policies(
            seed=told["seed"],
            threshold=Fraction(told["threshold"]),
            threshold_reached=bool(told["threshold_reached"]),
            quorum=int(told["quorum"]),
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None


def _is_option(option: Any) -> bool:
    return isinstance(option, dict) and all(isinstance(option.get(key), str) for key in ("id", "text"))


def _promised(result: tuple[Any, int], count: int) -> None:
    value, line = result
    promised = value.get("ballots") if isinstance(value, dict) else None
    if type(promised) is int and promised != count:
        raise Wrong(f"{promised:,} ballots are promised, there are {count:,}", line)


def _ballot(form: Form, marks: Marks, places: Mapping[str, int], line: int) -> Ranking | Approvals | Scores:
    for option, _ in marks:
        if option not in places:
            raise Wrong(f"a ballot marks {shown(option)}, which is no option of the poll", line)
    try:
        return ballot(form, [(places[option], number) for option, number in marks], len(places), MOST)
    except Wrong as wrong:
        raise Wrong(wrong.what, line) from None

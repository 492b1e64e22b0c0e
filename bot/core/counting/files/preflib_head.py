"""What a PrefLib file says before its ballots, of both forms, and what it promises of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.counting.files.errors import Wrong
from bot.core.counting.files.lines import Lines
from bot.core.counting.files.names import checked
from bot.core.counting.files.numbers import MOST_OPTIONS, shown, whole

KINDS = ("soc", "soi", "toc", "toi", "cat")
_NAME = re.compile(r"ALTERNATIVE NAME ([0-9]{1,9})")
_CATEGORY = re.compile(r"CATEGORY NAME ([0-9]{1,9})")
_PROMISED = ("NUMBER ALTERNATIVES", "NUMBER VOTERS", "NUMBER UNIQUE ORDERS", "NUMBER UNIQUE PREFERENCES")
_ONCE = frozenset({*_PROMISED, "NUMBER CATEGORIES", "DATA TYPE"})

Said = Mapping[str, tuple[str, int]]
"""What a header says by key, with the line."""


@dataclass(frozen=True, slots=True)
class Head:
    """A header. `kinds`: what the name and DATA TYPE say, which may be two. Promises are None where there are none."""

    kinds: frozenset[str]
    names: tuple[str, ...]
    separator: str = ":"
    voters: int | None = None
    voters_line: int | None = None
    orders: int | None = None
    orders_line: int | None = None
    categories: int = 0
    type_line: int | None = None

    @property
    def kind(self) -> str:
        """The kinds as a message names them: `.soc`."""
        return ", ".join(f".{kind}" for kind in sorted(self.kinds))

    @property
    def strict(self) -> bool:
        """Whether no options may be ranked equal."""
        return any(kind in ("soc", "soi") for kind in self.kinds)

    @property
    def complete(self) -> bool:
        """Whether every ballot ranks every option."""
        return any(kind in ("soc", "toc") for kind in self.kinds)


def head_of(source: Lines, kind: str) -> Head:
    """The header, read up to the first line of ballots."""
    for line in source:
        if not line.strip():
            continue
        source.put_back(line)
        return _today(_said(source), source.line, kind) if line.lstrip().startswith("#") else _older(source, kind)
    raise Wrong("the file is empty", 1)


def _said(source: Lines) -> Said:
    said: dict[str, tuple[str, int]] = {}
    for line in source:
        if line.strip() and not line.lstrip().startswith("#"):
            source.put_back(line)
            break
        key, _, value = line.strip().removeprefix("#").partition(":")
        key = " ".join(key.upper().split())
        if key in said and (key in _ONCE or _NAME.fullmatch(key)):
            raise Wrong(f"{key} is said a second time; it is in line {said[key][1]} already")
        said[key] = (value.strip(), source.line)
    return said


def _today(said: Said, last: int, kind: str) -> Head:
    declared, type_line = said.get("DATA TYPE", ("", None))
    kinds = frozenset({kind, declared.lower()} - {""})
    if not kinds <= set(KINDS):
        raise Wrong(f"DATA TYPE {shown(declared)} is none of {', '.join(KINDS)}", type_line)
    voters, voters_line = _number(said, "NUMBER VOTERS")
    orders_key = next((key for key in _PROMISED[2:] if key in said), _PROMISED[2])
    orders, orders_line = _number(said, orders_key)
    categories = _categories(said, last) if kinds == {"cat"} else 0
    names = _names(said, last)
    return Head(kinds, names, ":", voters, voters_line, orders, orders_line, categories, type_line)


def _number(said: Said, key: str) -> tuple[int, int] | tuple[None, None]:
    if key not in said:
        return None, None
    text, line = said[key]
    try:
        return whole(text, key), line
    except Wrong as wrong:
        raise Wrong(wrong.what, line) from None


def _names(said: Said, last: int) -> tuple[str, ...]:
    promised, line = _number(said, _PROMISED[0])
    if promised is None:
        raise Wrong("the header does not say NUMBER ALTERNATIVES", last)
    if promised > MOST_OPTIONS:
        raise Wrong(f"{promised:,} options; more than {MOST_OPTIONS:,} are not counted", line)
    found = {int(match[1]): value for key, value in said.items() if (match := _NAME.fullmatch(key))}
    for number, (_, at) in found.items():
        if not 1 <= number <= promised:
            raise Wrong(f"a name for option {number}, where {promised} options are promised", at)
    for number in range(1, promised + 1):
        if number not in found:
            raise Wrong(f"{promised} options are promised, option {number} has no name", line)
    ordered = [found[number] for number in range(1, promised + 1)]
    return checked([name for name, _ in ordered], [at for _, at in ordered])


def _categories(said: Said, last: int) -> int:
    promised, line = _number(said, "NUMBER CATEGORIES")
    if promised is None:
        raise Wrong("the header does not say NUMBER CATEGORIES", last)
    if not 1 <= promised <= MOST_OPTIONS:
        raise Wrong(f"{promised:,} categories", line)
    for key, (_, at) in said.items():
        if (match := _CATEGORY.fullmatch(key)) and not 1 <= int(match[1]) <= promised:
            raise Wrong(f"a name for category {match[1]}, where {promised} are promised", at)
    return promised


def _older(source: Lines, kind: str) -> Head:
    """`3`, then `1,name` three times, then `voters,sum,orders`."""
    if kind == "cat":
        raise Wrong("a .cat file begins with lines such as # NUMBER ALTERNATIVES: 3", 1)
    promised = whole(_next(source, "the number of options").strip(), "the number of options")
    if promised > MOST_OPTIONS:
        raise Wrong(f"{promised:,} options; more than {MOST_OPTIONS:,} are not counted")
    names, at = [], []
    for number in range(1, promised + 1):
        id_, _, name = _next(source, f"the name of option {number}").partition(",")
        if id_.strip() != str(number):
            raise Wrong(f"{shown(id_)} where the name of option {number} is expected")
        names.append(name.strip())
        at.append(source.line)
    options = checked(names, at)
    sums = [whole(part.strip(), "sum of the ballots") for part in _next(source, "the sums").split(",")]
    if len(sums) != 3:
        raise Wrong("the line after the names says how many voters, ballots and different ballots there are")
    return Head(frozenset({kind}), options, ",", sums[1], source.line, sums[2], source.line)


def _next(source: Lines, what: str) -> str:
    for line in source:
        if line.strip():
            return line.rstrip("\n")
    raise Wrong(f"the file ends before {what}")

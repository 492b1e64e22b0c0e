"""Reading BLT line by line: where it stands, what it has, and whether it is whole at the end."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.core.counting.files.errors import Wrong
from bot.core.counting.files.names import checked
from bot.core.counting.files.numbers import MOST_OPTIONS, shown, simple, weight, whole
from bot.core.counting.values import Form, Number, Profile, Ranking

_WITHDRAWN = re.compile(r"-[0-9]+")
_SAID = re.compile(r'\s*(?:"([^"]*)"|(#.*)|([^"#\s][^"#]*))')
_BALLOT = re.compile(r"[0-9\s=./-]+")
_MOST_KNOWN = 100_000
_AFTER_NAMES = 3
"""The title, and what Wichmann's programs write after it: a source and a comment."""


class Reader:
    """Takes lines, gives a profile."""

    def __init__(self) -> None:
        self.options = 0
        self.seats = 0
        self.withdrawn: set[int] = set()
        self.groups: dict[Ranking, Number] = {}
        self.names: list[str] = []
        self.lines: list[int] = []
        self._known: dict[str, tuple[Ranking, Number]] = {}
        self._next: Callable[[str], None] = self._head
        self._line = 0

    def take(self, line: str, number: int) -> None:
        """The next line. One that was there before is not read again: most ballots are like others."""
        self._line = number
        known = self._known.get(line)
        if known and self._next == self._ballots:
            self.groups[known[0]] += known[1]
        else:
            self._next(line)

    def profile(self) -> Profile:
        """All of it, those that withdrew left out. Wrong where something is missing."""
        if not self.options:
            raise Wrong("the file is empty", 1)
        if self._next == self._ballots:
            raise Wrong("the file ends before the 0 that ends the ballots")
        if len(self.names) <= self.options:  # a title is a must: without it a name that is missing would go unseen
            raise Wrong(f"{self.options} names and a title are expected after the ballots, there are {len(self.names)}")
        names = checked(self.names[: self.options], self.lines)
        staying = [option for option in range(self.options) if option not in self.withdrawn]
        if not staying:
            raise Wrong("every option withdrew")
        groups = _without(self.groups, staying) if self.withdrawn else self.groups
        return Profile(
            tuple(names[option] for option in staying),
            Form.RANKS,
            tuple((ballot, simple(number)) for ballot, number in groups.items()),
            seats=self.seats,
        )

    def _head(self, line: str) -> None:
        tokens = line.partition("#")[0].split()
        if not tokens:
            return
        if len(tokens) < 2:
            raise Wrong(f"{shown(line)} is not the number of options and of seats, such as 4 2")
        self.options = whole(tokens[0], "the number of options")
        self.seats = whole(tokens[1], "the number of seats")
        if not 1 <= self.options <= MOST_OPTIONS:
            raise Wrong(f"{self.options:,} options, where 1 to {MOST_OPTIONS:,} are counted")
        if not 1 <= self.seats <= MOST_OPTIONS:
            raise Wrong(f"{self.seats:,} seats, where 1 to {MOST_OPTIONS:,} are counted")
        self._next = self._ballots
        self._ballots(" ".join(tokens[2:]))

    def _ballots(self, line: str) -> None:
        """Any number of ballots, each ended by 0; a ballot does not go on in the next line."""
        if '"' in line.partition("#")[0]:
            raise Wrong("a name before the 0 that ends the ballots")
        tokens = line.partition("#")[0].split()
        if tokens.count("0") == 1 and tokens[-1] == "0" and len(tokens) > 1 and not _WITHDRAWN.fullmatch(tokens[0]):
            said = self._ballot(tokens)
            if len(self._known) < _MOST_KNOWN:
                self._known[line] = said
            return
        self._several(tokens)

    def _several(self, tokens: list[str]) -> None:
        """Withdrawals, ballots, the end of the ballots, as they come on one line."""
        while tokens:
            if tokens[0] == "0":
                self._next = self._names
                self._names(" ".join(tokens[1:]))
                return
            if _WITHDRAWN.fullmatch(tokens[0]):
                self._withdraw(tokens.pop(0))
                continue
            if "0" not in tokens:
                raise Wrong("a ballot without the 0 that ends it")
            end = tokens.index("0") + 1
            self._ballot(tokens[:end])
            tokens = tokens[end:]

    def _ballot(self, tokens: list[str]) -> tuple[Ranking, Number]:
        """A weight, options, 0."""
        ballot, times = self._ranking(tokens[1:-1]), weight(tokens[0])
        self.groups[ballot] = self.groups.get(ballot, 0) + times
        return ballot, times

    def _withdraw(self, token: str) -> None:
        option = self._option(token[1:])
        if self.groups:
            raise Wrong(f"{token}, a withdrawal, after the first ballot")
        self.withdrawn.add(option)

    def _ranking(self, tokens: list[str]) -> Ranking:
        groups = [() if ranked == "-" else tuple(sorted(map(self._option, ranked.split("=")))) for ranked in tokens]
        listed = [option for group in groups for option in group]
        if len(set(listed)) < len(listed):
            twice = next(option for option in listed if listed.count(option) > 1)
            raise Wrong(f"option {twice + 1} stands twice in a ballot")
        return _trimmed(groups)

    def _option(self, text: str) -> int:
        option = whole(text, "option")
        if not 1 <= option <= self.options:
            raise Wrong(f"option {option}, where options go from 1 to {self.options}")
        return option - 1

    def _names(self, line: str) -> None:
        """Names and title, in quotes; without them a line is one name."""
        at, text = 0, line.strip()
        while at < len(text):
            found = _SAID.match(text, at)
            if not found:
                raise Wrong(f"{shown(text[at:])} has no closing quotation mark")
            at = found.end()
            if found[3] is not None and _BALLOT.fullmatch(found[3]):
                raise Wrong("a ballot after the 0 that ends the ballots")
            if found[2] is None:
                self._name(found[1] if found[1] is not None else found[3])

    def _name(self, text: str) -> None:
        if len(self.names) == self.options + _AFTER_NAMES:
            raise Wrong(f"{shown(text)} after the names of {self.options} options and the title")
        self.names.append(text.strip())
        self.lines.append(self._line)


def _without(groups: dict[Ranking, Number], staying: list[int]) -> dict[Ranking, Number]:
    """The ballots as if those that withdrew had never stood: no rank is skipped because of them."""
    place = {option: position for position, option in enumerate(staying)}
    left: dict[Ranking, Number] = {}
    for ballot, number in groups.items():
        kept = _trimmed([group for group in (_kept(ranked, place) for ranked in ballot) if group is not None])
        left[kept] = left.get(kept, 0) + number
    return left


def _trimmed(groups: list[tuple[int, ...]]) -> Ranking:
    """Without the ranks that are skipped at the end: nothing comes after them."""
    while groups and not groups[-1]:
        groups.pop()
    return tuple(groups)


def _kept(group: tuple[int, ...], place: dict[int, int]) -> tuple[int, ...] | None:
    """A group without those that withdrew; None where nothing else was in it. A skipped rank stays one."""
    if not group:
        return ()
    return tuple(place[option] for option in group if option in place) or None

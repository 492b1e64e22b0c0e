"""The kinds of ballot. Each says how marks are read, what may be marked, what a press does, and how it is written.

`Marks` serve every kind: option → number (1 = chosen; a rank, 1 the best; a score). A new kind is one class in `KINDS`;
storage, cards and exports ask it and know nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import refuse
from bot.core.poll.options import check_known, find_option, need_option, options_in
from bot.core.poll.values import BEST_SCORE, STRICT, Poll
from bot.core.signs import plain_signs

Marks = dict[str, int]

SUPPORT = ("oppose-strongly", "oppose", "neutral", "support", "support-strongly")
NO_OPINION = "no-opinion"
MOTION = ("yes", "no", "abstain")
LONG_NUMBER = 10  # digits of a number that nobody means
LONGEST_LIST = 60  # pieces of a typed list: in a longer one no option's own commas are looked for
CHOOSING = frozenset({"multiple", "approval"})  # kinds of which a ballot may mark several options


class Kind(Protocol):
    """What a kind of ballot must know."""

    @property
    def name(self) -> str:
        """As it stands in the database and in commands."""

    @property
    def one_press(self) -> bool:
        """Whether a board's button can hold a whole ballot."""

    def read(self, text: str, poll: Poll) -> Marks:
        """The marks of a typed or chosen text. Refusal: unknown_option, and what the kind finds wrong."""

    def check(self, marks: Marks, poll: Poll) -> None:
        """Refusal unless the marks make a ballot: no_marks, unknown_option, and what the kind finds wrong."""

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """The marks after a press on an option; on one that is marked already, the same marks."""

    def without(self, before: Marks, option: str, poll: Poll) -> Marks:
        """The marks after an option was taken back; none left means that the ballot is."""

    def write(self, marks: Marks, poll: Poll) -> str:
        """The marks as text that `read` understands."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Kinds whose ballot is a set of chosen options, between the poll's `limits`."""

    name: str

    @property
    def one_press(self) -> bool:
        """A press marks or unmarks one option."""
        return True

    def read(self, text: str, poll: Poll) -> Marks:
        """Options by id, letter, text or number; several with commas, plus signs, spaces or "and" between them."""
        whole = find_option(text, poll)
        if whole is not None:
            return {whole: 1}
        return {option: 1 for part in _chosen_in(plain_signs(text), poll) for option in options_in(part, poll)}

    def check(self, marks: Marks, poll: Poll) -> None:
        """Between the least and the most marks, all of them of this poll."""
        check_known(marks, poll)
        least, most = limits(poll)
        if not marks:
            raise refuse("no_marks")
        if len(marks) > most:
            raise refuse("too_many_marks", most=most)
        if len(marks) < least:
            raise refuse("too_few_marks", least=least)

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """One choice: replaces the one before. Several: adds. The same press again changes nothing."""
        pressed = need_option(option, poll)
        after = {pressed: 1} if limits(poll)[1] == 1 else {**before, pressed: 1}
        if len(after) > limits(poll)[1]:
            raise refuse("too_many_marks", most=limits(poll)[1])
        return after

    def without(self, before: Marks, option: str, poll: Poll) -> Marks:
        """Those that are left."""
        return _left(before, option, poll)

    def write(self, marks: Marks, poll: Poll) -> str:
        """The letters of the marked options."""
        return ",".join(poll.letter(option.id).lower() for option in poll.options if option.id in marks)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ballot that ranks: 1 is the best, options with the same number are equal, what is left out has no rank."""

    name: str = "ranked"

    @property
    def one_press(self) -> bool:
        """A press gives one rank, not a ballot."""
        return False

    def read(self, text: str, poll: Poll) -> Marks:
        """ "b>a=c": ranks from the best, equal ones with "=". Commas, semicolons and lines part ranks as well as ">".

        Letters with nothing but spaces between them, "b a c", are ranks in that order. Refusal: twice_marked.
        """
        marks: Marks = {}
        for rank, part in enumerate(places_in(text, poll), start=1):
            for name in re.split(r"[=~]", part):
                _once(marks, need_option(name.strip(), poll), rank, poll)
        return marks

    def check(self, marks: Marks, poll: Poll) -> None:
        """Ranks from 1 to the number of options. Refusal equal_ranks where the method hears one option at a time."""
        check_known(marks, poll)
        if not marks:
            raise refuse("no_marks")
        if any(not 1 <= rank <= len(poll.options) for rank in marks.values()):
            raise refuse("wrong_rank", most=len(poll.options))
        if poll.method in STRICT and len(set(marks.values())) < len(marks):
            raise refuse("equal_ranks", method=poll.method)

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """Ranks the option after those ranked so far; one that is ranked stays where it is."""
        pressed = need_option(option, poll)
        return before if pressed in before else {**before, pressed: max(before.values(), default=0) + 1}

    def without(self, before: Marks, option: str, poll: Poll) -> Marks:
        """Those that are left, the gap closed."""
        return tightened(_left(before, option, poll))

    def write(self, marks: Marks, poll: Poll) -> str:
        """ "b>a=c", in letters."""
        return ">".join("=".join(poll.letter(option).lower() for option in rank) for rank in ranks_of(marks, poll))


@dataclass(frozen=True, slots=True)
class Scored:
    """A ballot that scores: 0 to 5 for each option, as many as one likes; 5 is the best."""

    name: str = "score"

    @property
    def one_press(self) -> bool:
        """A press scores one option, and not even that."""
        return False

    def read(self, text: str, poll: Poll) -> Marks:
        """ "a5 b0 c3", "a=5, b=0": a score after each option. Refusal: twice_marked, no_score."""
        marks: Marks = {}
        for part in _scored_parts(plain_signs(text)):
            name, score = _name_and_score(part)
            _once(marks, need_option(name, poll), score, poll)
        return marks

    def check(self, marks: Marks, poll: Poll) -> None:
        """Whole numbers from 0 to 5."""
        check_known(marks, poll)
        if not marks:
            raise refuse("no_marks")
        if any(not 0 <= score <= BEST_SCORE for score in marks.values()):
            raise refuse("wrong_score", best=BEST_SCORE)

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """The best score for one option more; one that has a score keeps it."""
        pressed = need_option(option, poll)
        return before if pressed in before else {**before, pressed: BEST_SCORE}

    def without(self, before: Marks, option: str, poll: Poll) -> Marks:
        """Those that are left."""
        return _left(before, option, poll)

    def write(self, marks: Marks, poll: Poll) -> str:
        """ "a=5,c=3"."""
        scored = [(poll.letter(o.id).lower(), marks[o.id]) for o in poll.options if o.id in marks]
        return ",".join(f"{letter}={score}" for letter, score in scored)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Chosen("single"), Chosen("multiple"), Chosen("support"), Chosen("approval"), Chosen("motion"),
        Ranked(), Scored(),
    )
}  # fmt: skip
FIXED: Mapping[str, tuple[str, ...]] = {"support": (*SUPPORT, NO_OPINION), "motion": MOTION}
"""Kinds whose options are always the same; their words are in the locale files under `<kind>.<id>`."""


def kind_of(poll: Poll) -> Kind:
    """The poll's kind of ballot."""
    return KINDS[poll.kind]


def limits(poll: Poll) -> tuple[int, int]:
    """The least and the most options a ballot of this poll may mark."""
    if poll.kind in CHOOSING:
        return poll.rules.minimum, min(poll.rules.maximum, len(poll.options))
    if poll.kind in ("ranked", "score"):
        return 1, len(poll.options)
    return 1, 1


def ranks_of(marks: Mapping[str, int], poll: Poll) -> list[list[str]]:
    """The ranked options, best rank first, equal ones in the poll's order; skipped ranks are passed over."""
    return [
        [option.id for option in poll.options if marks.get(option.id) == rank] for rank in sorted(set(marks.values()))
    ]


def tightened(marks: Mapping[str, int]) -> Marks:
    """The same ranking without gaps: ranks 1, 2, 3 …"""
    place = {rank: n for n, rank in enumerate(sorted(set(marks.values())), start=1)}
    return {option: place[rank] for option, rank in marks.items()}


def _left(before: Marks, option: str, poll: Poll) -> Marks:
    """The marks without those of one option."""
    taken = need_option(option, poll)
    return {other: number for other, number in before.items() if other != taken}


def _once(marks: Marks, option: str, number: int, poll: Poll) -> None:
    if option in marks:
        raise refuse("twice_marked", option=poll.letter(option))
    marks[option] = number


def places_in(text: str, poll: Poll) -> list[str]:
    """What stands at each place of a typed ranking, equal ones with "=" between them."""
    plain = plain_signs(text)
    places = [part.strip() for part in re.split(r"[>,;\n]", plain) if part.strip()]
    if len(places) != 1 or find_option(places[0], poll) is not None:
        return places
    words = re.sub(r"\s*([=~])\s*", r"\1", places[0]).split()
    return words if names_options(words, poll) else places


def names_options(words: Sequence[str], poll: Poll) -> bool:
    """Whether all of these words are letters or numbers of options, so that together they are no sentence."""
    names = [name for word in words for name in re.split(r"[=~]", word)]
    return bool(names) and all(len(name) <= 2 and find_option(name, poll) is not None for name in names)


def _chosen_in(text: str, poll: Poll) -> list[str]:
    """The parts of a typed choice: between its signs, but an option whose text holds such a sign stays whole."""
    pieces = re.split(r"([,;+\n])", text)
    parts: list[str] = []
    at = 0
    while at < len(pieces):
        ends = range(len(pieces), at + 1, -2) if len(pieces) - at <= LONGEST_LIST else ()
        end = next((end for end in ends if find_option("".join(pieces[at:end]).strip(), poll) is not None), at + 1)
        parts.append("".join(pieces[at:end]).strip())
        at = end + 1
    return [part for part in parts if part]


def _scored_parts(text: str) -> list[str]:
    """One part for each scored option: between commas, or where there are none, up to each number."""
    if re.search(r"[,;\n]", text):
        return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    parts: list[list[str]] = [[]]
    for word in text.split():
        parts[-1].append(word)
        if word[-1].isdecimal() and len("".join(parts[-1])) > 1:
            parts.append([])
    return [" ".join(words) for words in parts if words]


def _name_and_score(part: str) -> tuple[str, int]:
    """An option and the number behind it. No pattern: one that looks back would be kept busy for minutes by "a= = =".

    Refusal: no_score. A number too long to be any score is one too many.
    """
    end = len(part)
    while end > 1 and part[end - 1].isdecimal():
        end -= 1
    name, digits = part[:end], part[end:]
    if not digits:
        raise refuse("no_score", typed=part, best=BEST_SCORE)
    score = int(digits) if len(digits) < LONG_NUMBER else BEST_SCORE + 1
    if end > 1 and name.endswith("-"):
        name, score = name[:-1], -score
    return name.rstrip(" \t:=") or name, score
